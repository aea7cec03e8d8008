"""The composer: decides every line of a paragraph together, glyph by glyph.

runs of text → cells (`cells.py`) → breaks of least cost (`fit.py`) → set lines (`lines.py`)
"""
