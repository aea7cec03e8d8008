"""Word files (.docx): a package of XML parts → lines.

`package.py` opens only what is no danger, `xml_parts.py` reads its parts. `numbering.py` makes text
of what Word only shows, `hidden.py` tells what it hides. `document.py` knows mammoth,
`html_lines.py` reads its HTML.
"""
