"""What each output takes beside a screen PDF of the same issue, in time and in size.

cases.py      what is made of which issue, and what it may take
measuring.py  turns of all cases → ratios, sizes        table.py   measured beside target
"""
