"""What files of imposed pages have: sides of sheets that show forms, and nothing for readers."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.document import DOCUMENT_KINDS
from hongtou.preflight.kinds.fonts import FONT_KINDS
from hongtou.preflight.kinds.kind import ANY_NAME, DEFLATED, Entries, Kind, changed, to
from hongtou.preflight.kinds.pages import BOX, PAGE_KINDS, PICTURE
from hongtou.preflight.kinds.press import COLOUR_SPACES, X4_KINDS

SHOWN: Final[Entries] = {"Font": to("fonts"), "XObject": {ANY_NAME: to("image", "photograph")}}

IMPOSED_KINDS: Final[dict[str, Kind]] = {
    **DOCUMENT_KINDS,
    **FONT_KINDS,
    **PAGE_KINDS,
    "catalogue": changed(
        DOCUMENT_KINDS["catalogue"],
        {},
        without=("MarkInfo", "Names", "Outlines", "StructTreeRoot", "ViewerPreferences"),
    ),
    "page": changed(
        PAGE_KINDS["page"],
        {"Resources": {"XObject": {ANY_NAME: to("form")}}},
        without=("Annots?", "StructParents", "Tabs"),
    ),
    "form": Kind(
        "拼版的一页",
        PICTURE,
        {
            **DEFLATED,
            "BBox": rf"(?P<BBox>{BOX})",
            "Resources": SHOWN,
            "Subtype": "/Form",
            "Type": "/XObject",
        },
        is_stream=True,
    ),
}
# The same in plates: a file of PDF/X-4 whose pages are sides.
IMPOSED_PRESS_KINDS: Final[dict[str, Kind]] = {
    **X4_KINDS,
    "page": IMPOSED_KINDS["page"],
    "form": changed(IMPOSED_KINDS["form"], {"Resources": {"ColorSpace?": COLOUR_SPACES, **SHOWN}}),
}
