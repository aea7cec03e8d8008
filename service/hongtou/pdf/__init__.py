"""The bytes of a PDF. Only this folder knows pydyf.

text.py          a set line as text operators
subsets.py       the faces of a document as embedded subsets
font_objects.py  these subsets as the font objects of a PDF
tagging.py       structure elements of a tagged PDF
file.py          the objects of a PDF as the bytes of its file
compression.py   streams, compressed with libdeflate
"""

import pydyf

from hongtou.pins import require_pinned

require_pinned("pydyf", pydyf.__version__)
