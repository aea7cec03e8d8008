"""Pages as data: the product of layout, from which every output is made.

page.py       pages, and everything on them with its place
mirroring.py  even pages bound at their right
preprinted.py pages for paper that has a colour already
sources.py    from a line back to the issue JSON
report.py     measurements of lines and findings about them
stages.py     an issue on its way to an order's product
edition.py    the product of an order
"""
