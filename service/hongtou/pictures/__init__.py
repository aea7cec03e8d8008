"""Pictures sent along with an issue.

reading.py    what was sent: formats and sizes by their headers, before anything is decoded
files/        the formats by their parts: what does not show never reaches a decoder
printing.py   what is printed: each picture decoded once, at the resolution of its place
pixels.py     modes, transparency and size
colour.py     ICC profiles applied
condition.py  the press that pictures are for, by its profile
plates.py     pictures in the inks of a press
findings.py   what is said of pictures
"""
