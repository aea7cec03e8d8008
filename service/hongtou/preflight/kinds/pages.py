"""Pages with their streams and pictures (ISO 32000-1 §7.7.3, §8.9)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.kind import (
    ANY_NAME,
    DEFLATED,
    NUMBER,
    OBJECT,
    WHOLE,
    Kind,
    to,
    to_many,
)

PICTURE: Final = "preflight/picture"

BOX = rf"\[ 0 0 {NUMBER} {NUMBER} \]"
IMAGE = {
    "BitsPerComponent": "8",
    "ColorSpace": "(?P<Space>/Device(?:Gray|RGB))",
    "Height": rf"(?P<Height>{WHOLE})",
    "Length": WHOLE,
    "Subtype": "/Image",
    "Type": "/XObject",
    "Width": rf"(?P<Width>{WHOLE})",
}
PREDICTION = {
    "Colors": "(?P<Colors>[13])",
    "Columns": rf"(?P<Columns>{WHOLE})",
    "Predictor": "15",
}

PAGE_KINDS: Final[dict[str, Kind]] = {
    "page": Kind(
        "页面",
        OBJECT,
        {
            "Annots?": to_many("link"),
            "Contents": to("stream"),
            "MediaBox": rf"(?P<MediaBox>{BOX})",
            "Parent": to("pages"),
            "Resources": {"Font": to("fonts"), "XObject": {ANY_NAME: to("image", "photograph")}},
            "StructParents": WHOLE,
            "Tabs": "/S",
            "TrimBox": rf"(?P<TrimBox>{BOX})",
            "Type": "/Page",
        },
    ),
    "pages": Kind(
        "页面树",
        OBJECT,
        {"Count": rf"(?P<Count>{WHOLE})", "Kids": to_many("page"), "Type": "/Pages"},
    ),
    "stream": Kind("数据流", OBJECT, DEFLATED, is_stream=True),
    "image": Kind(
        "图片",
        PICTURE,
        {**IMAGE, "DecodeParms": PREDICTION, "Filter": "/FlateDecode"},
        is_stream=True,
    ),
    "photograph": Kind("图片", PICTURE, {**IMAGE, "Filter": "/DCTDecode"}, is_stream=True),
}
