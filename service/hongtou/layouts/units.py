"""The units of the values in a `layout.toml`, with what they mean to authors of layouts."""

from __future__ import annotations

from collections.abc import Mapping

UNITS: Mapping[str, str] = {
    "mm": "毫米",
    "pt": "点，1/72 英寸",
    "lines": "行，版面网格的一行",
    "chars": "字，版面网格的一字",
    "em": "字，以所在文字的字号计",
    "share": "份额，0 至 1",
    "count": "个数，整数",
    "text": "文字",
    "colour": "颜色，写作 #rrggbb",
    "cmyk": "油墨，写作 [青, 品红, 黄, 黑]，各为百分之几",
    "percent": "百分之几",
    "flag": "true 或 false",
}
LENGTHS = ("mm", "pt", "lines", "chars")
OF_PAPER = ("mm", "pt")  # units that do not depend on the grid
