"""What files of numbered copies have: pages that inherit from the tree, and a bookmark a copy."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.document import DOCUMENT_KINDS
from hongtou.preflight.kinds.fonts import FONT_KINDS
from hongtou.preflight.kinds.kind import (
    ANY_NAME,
    OBJECT,
    REFERENCE,
    STRING,
    WHOLE,
    Entries,
    Kind,
    Reference,
    changed,
    to,
    to_many,
)
from hongtou.preflight.kinds.navigation import NAVIGATION_KINDS
from hongtou.preflight.kinds.pages import BOX, PAGE_KINDS
from hongtou.preflight.kinds.press import COLOUR_SPACES, X4_KINDS

SHARED: Final[Entries] = {"Font": to("fonts"), "XObject": {ANY_NAME: to("image", "photograph")}}
LABELS = rf"(?P<PageLabels>\[ (?:{WHOLE} << /P {STRING} /S /D >> )++\])"
ONE_OR_TWO = rf"(?:{REFERENCE}|\[ {REFERENCE} {REFERENCE} \])"

COPIES_KINDS: Final[dict[str, Kind]] = {
    **DOCUMENT_KINDS,
    **FONT_KINDS,
    "catalogue": changed(
        DOCUMENT_KINDS["catalogue"],
        {"PageLabels": {"Nums": LABELS}},
        without=("MarkInfo", "Names", "StructTreeRoot", "ViewerPreferences"),
    ),
    "bookmarks": NAVIGATION_KINDS["bookmarks"],
    "bookmark": Kind(
        "书签",
        OBJECT,
        {
            "Dest": Reference(frozenset({"page"}), rf"\[ {REFERENCE} /Fit \]"),
            "Next?": to("bookmark"),
            "Parent": to("bookmarks"),
            "Prev?": to("bookmark"),
            "Title": rf"(?P<Title>{STRING})",
        },
    ),
    "page": Kind(
        "页面",
        OBJECT,
        {
            "Contents": Reference(frozenset({"stream", "number"}), ONE_OR_TWO),
            "Parent": to("copy"),
            "Type": "/Page",
        },
    ),
    "copy": Kind(
        "一份",
        OBJECT,
        {"Count": WHOLE, "Kids": to_many("page"), "Parent": to("pages"), "Type": "/Pages"},
    ),
    "pages": Kind(
        "页面树",
        OBJECT,
        {
            "Count": rf"(?P<Count>{WHOLE})",
            "Kids": to_many("copy"),
            "MediaBox": rf"(?P<MediaBox>{BOX})",
            "Resources": SHARED,
            "Type": "/Pages",
        },
    ),
    "number": Kind("份号", OBJECT, {"Length": WHOLE}, is_stream=True),
    **{name: PAGE_KINDS[name] for name in ("stream", "image", "photograph")},
}
OWN = ("bookmarks", "bookmark", "copy", "number")
# The same in plates: a file of PDF/X-4 with many copies of its pages.
COPIES_PRESS_KINDS: Final[dict[str, Kind]] = {
    **X4_KINDS,
    **{name: COPIES_KINDS[name] for name in OWN},
    "catalogue": changed(
        X4_KINDS["catalogue"],
        {"Outlines": to("bookmarks"), "PageLabels": {"Nums": LABELS}},
    ),
    "page": changed(COPIES_KINDS["page"], {"TrimBox": rf"(?P<TrimBox>{BOX})"}),
    "pages": changed(
        COPIES_KINDS["pages"], {"Resources": {"ColorSpace?": COLOUR_SPACES, **SHARED}}
    ),
}
