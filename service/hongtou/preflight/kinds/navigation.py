"""Links, bookmarks and destinations (ISO 32000-1 §12.3, §12.5)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.kind import (
    OBJECT,
    PLACE,
    RECTANGLE,
    STRING,
    WHOLE,
    Kind,
    Reference,
    to,
)

ANNOTATION: Final = "preflight/annotation"

NAVIGATION_KINDS: Final[dict[str, Kind]] = {
    "link": Kind(
        "链接",
        ANNOTATION,
        {
            "BS": "<< /W 0 >>",
            "Contents": rf"(?P<Contents>{STRING})",
            "Dest": rf"(?P<Dest>{STRING})",
            "F": "4",
            "Rect": RECTANGLE,
            "StructParent": WHOLE,
            "Subtype": "/Link",
            "Type": "/Annot",
        },
    ),
    "bookmark": Kind(
        "书签",
        OBJECT,
        {
            "Count?": WHOLE,
            "Dest": Reference(frozenset({"page"}), PLACE),
            "First?": to("bookmark"),
            "Last?": to("bookmark"),
            "Next?": to("bookmark"),
            "Parent": to("bookmark", "bookmarks"),
            "Prev?": to("bookmark"),
            "Title": STRING,
        },
    ),
    "bookmarks": Kind(
        "书签",
        OBJECT,
        {
            "Count": WHOLE,
            "First": to("bookmark"),
            "Last": to("bookmark"),
            "Type": "/Outlines",
        },
    ),
}
