"""Fonts and their parts (ISO 32000-1 §9.7 to §9.9)."""

from __future__ import annotations

from typing import Final

from hongtou.preflight.kinds.kind import (
    ANY_NAME,
    DEFLATED,
    NAME,
    NUMBER,
    REFERENCE,
    STRING,
    WHOLE,
    Kind,
    Reference,
    to,
)

FONT_TYPE: Final = "preflight/font-type"

FONT_NAME = rf"(?P<name>{NAME})"

FONT_KINDS: Final[dict[str, Kind]] = {
    "font": Kind(
        "字体",
        FONT_TYPE,
        {
            "BaseFont": FONT_NAME,
            "DescendantFonts": Reference(frozenset({"glyphs"}), rf"\[ {REFERENCE} \]"),
            "Encoding": "/Identity-H",
            "Subtype": "/Type0",
            "ToUnicode": to("stream"),
            "Type": "/Font",
        },
    ),
    "glyphs": Kind(
        "字形",
        FONT_TYPE,
        {
            "BaseFont": FONT_NAME,
            "CIDSystemInfo": {
                "Ordering": r"\(Identity\)",
                "Registry": r"\(Adobe\)",
                "Supplement": "0",
            },
            "CIDToGIDMap": "/Identity",
            "FontDescriptor": to("descriptor"),
            "Subtype": "/CIDFontType2",
            "Type": "/Font",
            "W": rf"(?P<W>\[ (?:{WHOLE} \[ (?:{WHOLE} )++\] )*+\])",
        },
    ),
    "descriptor": Kind(
        "字体描述",
        FONT_TYPE,
        {
            "Ascent": NUMBER,
            "CapHeight": NUMBER,
            "Descent": NUMBER,
            "Flags": WHOLE,
            "FontBBox": rf"\[ {NUMBER} {NUMBER} {NUMBER} {NUMBER} \]",
            "FontFamily": STRING,
            "FontFile2": to("program"),
            "FontName": FONT_NAME,
            "ItalicAngle": "0",
            "StemV": WHOLE,
            "Type": "/FontDescriptor",
        },
    ),
    "program": Kind(
        "字体程序", FONT_TYPE, {**DEFLATED, "Length1": rf"(?P<length>{WHOLE})"}, is_stream=True
    ),
    "fonts": Kind("字体资源", FONT_TYPE, {ANY_NAME: to("font")}),
}
