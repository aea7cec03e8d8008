"""Pages as data: the product of layout, from which every output is made.

page.py      pages, and everything on them with its place
sources.py   from a line back to the issue JSON
report.py    measurements of lines and findings about them
edition.py   the product of an order
"""
