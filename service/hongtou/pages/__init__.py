"""Pages as data: what layout makes and every output is made of.

page.py      pages with all that stands on them, and where
sources.py   from a line back to the manuscript
report.py    how the lines of an issue are set
edition.py   what came of an order
"""
