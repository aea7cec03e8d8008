"""Word files (.docx): a package of XML parts → lines.

`package.py` opens only what is no danger, `xml_parts.py` reads its parts. `wrappers.py` takes away
what stands around text. `numbering.py`, `characters.py` and `word_art.py` make text of what Word
only shows, `hidden.py` tells what it hides, `looks.py` how paragraphs look. `document.py` knows
mammoth, `html_lines.py` reads its HTML.
"""
