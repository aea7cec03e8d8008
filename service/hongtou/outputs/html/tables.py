"""Tables of a page: cells keep room for their words, and what is wider than the window scrolls."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element as Tag
from xml.etree.ElementTree import SubElement

from hongtou.outputs.blocks import blocks_of
from hongtou.plan import Plan
from hongtou.plan.structure import Element
from hongtou.plan.tables import TablePlan

NAME = "表格"  # what a table without a caption is called
SIDES = {"left": "left", "right": "right", "decimal": "right"}  # others: in the middle
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
    classes = filter(None, (SIDES.get(align), "long" if len(text) > LONG else None))
    given = {"class": named} if (named := " ".join(classes)) else {}
    if cell_tag(element, text) == "th":
        given["scope"] = "colgroup" if element.colspan > 1 else "col"
    spans = {"colspan": element.colspan, "rowspan": element.rowspan}
    return given | {key: str(count) for key, count in spans.items() if count > 1}


def alignments_of(plan: Plan) -> Mapping[int, str]:
    """Return how the text of each cell is aligned, by its key (`CellPlan.align`)."""
    return {
        cell.text.key: cell.align
        for table in blocks_of(plan)
        if isinstance(table, TablePlan)
        for row in (*table.header, *table.rows)
        for cell in row.cells
    }
