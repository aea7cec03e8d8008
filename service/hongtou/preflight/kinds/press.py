"""What files for the press have: PDF/X-4 and PDF/X-1a:2003 (ISO 15930-7, ISO 15930-4).

There is nothing in them for readers; pages have boxes and plates, and pictures no RGB.
"""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.document import DOCUMENT_KINDS
from hongtou.preflight.kinds.fonts import FONT_KINDS
from hongtou.preflight.kinds.kind import (
    ANY_NAME,
    DEFLATED,
    INFORMATION,
    INTENT,
    NAME,
    NUMBER,
    RECTANGLE,
    REFERENCE,
    STRING,
    Kind,
    Reference,
    changed,
    to,
    to_many,
)
from hongtou.preflight.kinds.pages import PAGE_KINDS, PREDICTION

SHARES = rf"\[ (?:{NUMBER} ){{4}}\]"
TINT = rf"<< /C0 {SHARES} /C1 {SHARES} /Domain \[ 0 1 \] /FunctionType 2 /N 1 >>"
SEPARATION = rf"\[ /Separation {NAME} /DeviceCMYK {TINT} \]"
COLOUR_SPACES = rf"(?P<ColorSpace><< (?:{NAME} {SEPARATION} )++>>)"
STREAMS = rf"(?:{REFERENCE}|\[ (?:{REFERENCE} ){{4}}\])"  # its own, or with three around it
DATE = r"\(D:\d{8}000000\+08'00'\)"
COLOUR_SPACE = "(?P<Space>/Device(?:Gray|CMYK))"
X1A = r"\(PDF/X-1a:2003\)"
X4_ONLY = ("pack", "trailer of a stream", "cross-references")

COMMON_KINDS: Final[dict[str, Kind]] = {
    **FONT_KINDS,
    "catalogue": changed(
        DOCUMENT_KINDS["catalogue"],
        {"OutputIntents": to_many("intent")},
        without=("MarkInfo", "Names", "Outlines", "StructTreeRoot", "ViewerPreferences"),
    ),
    "metadata": DOCUMENT_KINDS["metadata"],
    "information": changed(
        DOCUMENT_KINDS["information"],
        {"CreationDate": rf"(?P<CreationDate>{DATE})", "ModDate": DATE, "Trapped": "/False"},
        code=INFORMATION,
    ),
    "page": changed(
        PAGE_KINDS["page"],
        {
            "BleedBox?": rf"(?P<BleedBox>{RECTANGLE})",
            "Contents": Reference(frozenset({"stream"}), STREAMS),
            "MediaBox": rf"(?P<MediaBox>{RECTANGLE})",
            "Resources": {
                "ColorSpace?": COLOUR_SPACES,
                "Font": to("fonts"),
                "XObject": {ANY_NAME: to("image", "photograph")},
            },
            "TrimBox": rf"(?P<TrimBox>{RECTANGLE})",
        },
        without=("Annots?", "StructParents", "Tabs"),
    ),
    "pages": PAGE_KINDS["pages"],
    "stream": PAGE_KINDS["stream"],
    "image": changed(
        PAGE_KINDS["image"],
        {
            "ColorSpace": COLOUR_SPACE,
            "DecodeParms": {**PREDICTION, "Colors": "(?P<Colors>[14])"},
        },
    ),
    "photograph": changed(
        PAGE_KINDS["photograph"],
        {"ColorSpace": COLOUR_SPACE, "Decode?": r"\[ 1 0 1 0 1 0 1 0 \]"},
    ),
    "intent": Kind(
        "输出意图",
        INTENT,
        {
            "DestOutputProfile?": to("profile"),
            "Info": STRING,
            "OutputCondition?": STRING,
            "OutputConditionIdentifier": STRING,
            "RegistryName?": STRING,
            "S": "/GTS_PDFX",
            "Type": "/OutputIntent",
        },
    ),
    "profile": Kind("颜色特性文件", INTENT, {**DEFLATED, "N": "4"}, is_stream=True),
    "trailer": DOCUMENT_KINDS["trailer"],
}
X4_KINDS: Final[dict[str, Kind]] = {
    **COMMON_KINDS,
    **{name: DOCUMENT_KINDS[name] for name in X4_ONLY},
    "intent": changed(
        COMMON_KINDS["intent"],
        {"DestOutputProfile": to("profile")},
        without=["DestOutputProfile?"],
    ),
}
X1A_KINDS: Final[dict[str, Kind]] = {
    **COMMON_KINDS,
    "information": changed(
        COMMON_KINDS["information"], {"GTS_PDFXConformance": X1A, "GTS_PDFXVersion": X1A}
    ),
}
