"""The engine: HTML and set lines → PDF. Only this folder knows WeasyPrint.

    typesetting.py  the one door: a plan goes in, pages and bytes come out
    savings.py      what WeasyPrint need not do for a bulletin
    hooks.py        where WeasyPrint's line layout and text drawing give way to set lines
    tagging.py      structure elements of a tagged PDF
    drawing.py      a set line as PDF text operators
    fonts.py        the faces of a document as embedded subsets
    font_objects.py these subsets as the font objects of a PDF
    writing.py      the objects of a PDF as the bytes of its file
    compression.py  streams, compressed with libdeflate
    styles.py       computed styles, kept from render to render
    loading.py      what of WeasyPrint is not even imported
"""

import hongtou.paginate.loading  # noqa: F401 - before any module here imports WeasyPrint
