"""People who log in, and many of them at once.

names.py    an unknown name and a wrong password take the same time
flood.py    renders beside a flood of log-ins
endings.py  sessions that end at one of two services
tenants.py  keys and people who ask for what is not theirs (asking.py, desk_addresses.py)
crowd.py    editors who save beside renders
"""
