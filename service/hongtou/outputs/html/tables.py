"""Tables of a page: cells keep room for their words, and what is wider than the window scrolls."""

from __future__ import annotations

from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement

from hongtou.plan.structure import Element

NAME = "表格"  # what a table without a caption is called
SIDES = {"left": ("left",), "right": ("right",), "decimal": ("right",)}  # others: in the middle
LONG = 6  # characters: the least width of .long in bulletin.css


def scrolling(holder: Tag, caption: str) -> Tag:
    """Add what a table stands in: whoever has no mouse can come to it and scroll by keys."""
    named = {"role": "group", "aria-label": caption or NAME, "tabindex": "0"}
    return SubElement(holder, "div", {"class": "scrolling", **named})


def cell_tag(element: Element, text: str) -> str:
    """Return the tag of a cell: an empty one is the header of nothing."""
    return "th" if element.role == "TH" and text else "td"


def cell_attributes(element: Element, text: str, align: str) -> dict[str, str]:
    """Return of what a header is one, how far a cell reaches, and how its words stand."""
    classes = [*SIDES.get(align, ()), *(["long"] if len(text) > LONG else [])]
    given = {"class": " ".join(classes)} if classes else {}
    if cell_tag(element, text) == "th":
        given["scope"] = "colgroup" if element.colspan > 1 else "col"
    spans = {"colspan": element.colspan, "rowspan": element.rowspan}
    return given | {key: str(count) for key, count in spans.items() if count > 1}
