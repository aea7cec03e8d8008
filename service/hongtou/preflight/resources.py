"""A rule on resources: every font, picture and colour space that a page uses must exist.

Readers silently draw nothing, or something else, if they do not find it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

TITLES = {
    "Font": "字体",
    "XObject": "图片",
    "ColorSpace": "颜色空间",
    "ExtGState": "绘图状态",
    "Shading": "渐变",
    "Pattern": "图案",
}


def _missing(inspected: InspectedPdf) -> Iterator[str]:
    for page, (category, name), found in inspected.uses:
        if found is None:
            yield f"第 {page} 页找不到要用的{TITLES[category]} /{name}"


RESOURCES = Rule("preflight/resources", _missing)
