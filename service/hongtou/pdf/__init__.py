"""Pages → the bytes of a PDF. Knows no layout engine.

document.py      the entry point: `write_pdf`
content.py       the content stream of a page
text.py          a set line as text operators
inks.py          colour names → operators of a medium
medium.py        what a PDF is made for: a screen, archival.py an archive, press.py a press
intent.py        which colours its device colours are
separations.py   plates beside the process colours
sheet.py         boxes, marks and slug around the pages of a press
enclosures.py    files that a PDF carries
reading_aids.py  what readers find besides pages: tags, links, bookmarks
structure.py     structure elements of a tagged PDF
navigation.py    bookmarks, links and destinations
pictures.py      pictures as image objects
metadata.py      document information and XMP
subsets.py       faces as embedded subsets
font_objects.py  subsets as font objects
syntax.py        numbers, strings and references as text
file.py          objects → the bytes of a file
"""
