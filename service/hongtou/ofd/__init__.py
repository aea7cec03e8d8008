"""Pages → the bytes of an OFD file (GB/T 33190-2016): a zip of XML, fonts and pictures.

document.py  the entry point: `write_ofd`, and what holds the pages together
content.py   the objects of a page
text.py      a set line as text objects
fonts.py     faces as embedded subsets
markup.py    elements, numbers and boxes
package.py   the zip
"""
