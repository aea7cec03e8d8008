"""Pages → the bytes of a PDF. Knows no layout engine.

document.py      the door: `write_pdf`
content.py       a page's lines, rules and pictures as its content stream
text.py          a set line as text operators
inks.py          what ink the name of a colour is printed in
structure.py     structure elements of a tagged PDF
navigation.py    bookmarks, links and where they lead
pictures.py      pictures as image objects
metadata.py      what the file says of itself
subsets.py       the faces of a document as embedded subsets
font_objects.py  these subsets as the font objects of a PDF
syntax.py        numbers, strings and references as they are written
file.py          the objects of a PDF as the bytes of its file
compression.py   streams, compressed with libdeflate
"""
