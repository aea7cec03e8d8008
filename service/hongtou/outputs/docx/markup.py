"""Elements of WordprocessingML, with their children in the order of its schema.

Lengths are given in points. Source: ISO/IEC 29500-1 §17.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement

# The children of w:pPr, w:rPr, w:tblPr, w:trPr and w:tcPr that are written, in their order.
_SEQUENCE = (
    "pStyle", "rStyle", "tblStyle", "rFonts", "b", "color", "keepNext", "keepLines",
    "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs", "overflowPunct", "autoSpaceDE",
    "autoSpaceDN", "tblpPr", "cantSplit", "trHeight", "tblHeader", "tcW", "gridSpan", "vMerge",
    "tblW", "snapToGrid", "spacing", "w", "kern", "sz", "szCs", "lang", "ind", "jc", "outlineLvl",
    "tblBorders", "tblLayout", "tblCellMar", "tcBorders", "vAlign", "rPr", "sectPr",
)  # fmt: skip
ORDER = {name: at for at, name in enumerate(_SEQUENCE)}


@cache
def _qualified(name: str) -> str:
    return qn(f"w:{name}")


def w(name: str, /, *parts: Element, **attributes: str | int) -> Element:
    """Return an element of the main namespace, its attributes in the same."""
    made: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(_qualified(key), str(value))
    made.extend(parts)
    return made


def properties(name: str, parts: Iterable[Element]) -> Element:
    """Return the properties of something, in the order in which they must stand."""
    return w(name, *sorted(parts, key=lambda part: ORDER[part.tag.rpartition("}")[2]]))


def twips(points: float) -> int:
    """Return a length in twentieths of a point."""
    return round(points * 20)


def half_points(points: float) -> int:
    """Return a size of type as it is written."""
    return round(points * 2)


def rule(side: str, weight: float, colour: str, space: int = 0) -> Element:
    """Return a rule at a side; its weight is written in eighths of a point."""
    return w(side, val="single", sz=max(2, round(weight * 8)), space=space, color=colour)


def gap(height: float, *more: Element) -> Element:
    """Return a paragraph that is but a blank of this height."""
    line = w("spacing", line=max(14, twips(height)), lineRule="exact", before=0, after=0)
    snap = w("snapToGrid", val=0)
    return w("p", properties("pPr", [snap, line, *more]))
