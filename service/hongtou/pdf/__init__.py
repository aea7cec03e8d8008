"""Pages → the bytes of a PDF. Knows no layout engine.

document.py      the entry point: `write_pdf`
content.py       the content stream of a page
text.py          a set line as text operators
inks.py          colour names → operators of a medium
structure.py     structure elements of a tagged PDF
navigation.py    bookmarks, links and destinations
pictures.py      pictures as image objects
metadata.py      document information and XMP
subsets.py       faces as embedded subsets
font_objects.py  subsets as font objects
syntax.py        numbers, strings and references as text
file.py          objects → the bytes of a file
"""
