"""What a proof has besides: notes where something was found (ISO 32000-1 §12.5.6.8)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds import SCREEN_KINDS
from hongtou.preflight.kinds.kind import RECTANGLE, STRING, Kind, changed, to_many
from hongtou.preflight.kinds.navigation import ANNOTATION

PROOF_KINDS: Final[dict[str, Kind]] = {
    **SCREEN_KINDS,
    "note": Kind(
        "批注",
        ANNOTATION,
        {
            "BS": "<< /W 0 >>",
            "Contents": STRING,
            "F": "4",
            "Rect": RECTANGLE,
            "Subtype": "/Square",
            "Type": "/Annot",
        },
    ),
    "page": changed(SCREEN_KINDS["page"], {"Annots?": to_many("link", "note")}),
}
