"""People who log in, and many of them at once.

names.py    an unknown name and a wrong password take the same time
flood.py    renders beside a flood of log-ins
"""
