"""The kinds of objects in our own files: all that `hongtou.pdf` writes for a screen.

    kind.py        the type of a kind           pages.py     pages, their streams and pictures
    structure.py   the structure tree           fonts.py     fonts and their programs
    navigation.py  links and bookmarks          document.py  catalogue, metadata, trailer

A file that leaves holds objects of these kinds alone, so that whatever else PDF knows, now or in a
later version, is refused without being named. Another output (`archival.py`, `press.py`; pages
within pages, copies that inherit resources) has a table of its own, made from these.
"""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.document import DOCUMENT_KINDS
from hongtou.preflight.kinds.fonts import FONT_KINDS
from hongtou.preflight.kinds.kind import Kind
from hongtou.preflight.kinds.navigation import NAVIGATION_KINDS
from hongtou.preflight.kinds.pages import PAGE_KINDS
from hongtou.preflight.kinds.structure import STRUCTURE_KINDS

SCREEN_KINDS: Final[dict[str, Kind]] = {
    **STRUCTURE_KINDS,
    **NAVIGATION_KINDS,
    **PAGE_KINDS,
    **FONT_KINDS,
    **DOCUMENT_KINDS,
}
