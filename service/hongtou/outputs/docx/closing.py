"""The closing block: a table between rules, which stands at the foot of the last page."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.layouts import Layout
from hongtou.outputs.docx.markup import Element, gap, properties, rule, twips, w
from hongtou.outputs.docx.paragraphs import Paragraphs, indent, runs
from hongtou.plan import SetText
from hongtou.plan.closing import ClosingPlan, RowPlan

BLACK = "000000"


def closing_block(plan: ClosingPlan, layout: Layout, paragraphs: Paragraphs) -> Iterator[Element]:
    """Yield the block, and the paragraph at which it is anchored."""
    width = twips(layout.pt("page.type_area_width"))
    place = w(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="page",  # LibreOffice floats no table as wide as the text from its margin
        tblpX=twips(layout.pt("page.binding_margin")),
        tblpYSpec="bottom",
    )
    none = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
    table = w(
        "tbl",
        properties(
            "tblPr",
            [place, w("tblW", w=width, type="dxa"), w("tblLayout", type="fixed"), none],
        ),
        w("tblGrid", w("gridCol", w=width)),
    )
    last = sum(map(len, plan.groups)) - 1
    at = 0
    for group in plan.groups:
        for row in group:
            ends = "outer" if at == last else "inner" if row is group[-1] else ""
            borders = _borders(layout, is_first=at == 0, ends=ends)
            cell = properties("tcPr", [w("tcW", w=width, type="dxa"), *borders])
            paragraph = _row(row, plan.pitch, layout, paragraphs)
            whole = properties("trPr", [w("cantSplit")])
            table.append(w("tr", whole, w("tc", cell, paragraph)))
            at += 1
    yield table
    yield gap(0)


def _borders(layout: Layout, *, is_first: bool, ends: str) -> list[Element]:
    """Return the rules over and under a row, if there are any."""
    rules = []
    if is_first:
        rules.append(rule("top", layout.pt("closing.outer_rule"), BLACK))
    if ends:
        rules.append(rule("bottom", layout.pt(f"closing.{ends}_rule"), BLACK))
    return [w("tcBorders", *rules)] if rules else []


def _row(row: RowPlan, pitch: float, layout: Layout, paragraphs: Paragraphs) -> Element:
    """Return a row as one paragraph: what stands beside and at the right stands behind tabs."""
    width, side = layout.pt("page.type_area_width"), layout.pt("closing.side_indent")
    tabs = [w("tab", val="right", pos=twips(width - side))]
    if row.left and _beside(row.left):
        tabs.insert(0, w("tab", val="left", pos=twips(width / 2)))
    first = row.left or row.right
    assert first is not None
    under = first.lines[-1].x if row.left else 0.0
    place = indent(side + (first.lines[0].x if row.left else 0.0), side + under)
    place.set(place.tag.replace("}ind", "}right"), str(twips(side)))
    line = w("spacing", line=twips(pitch), lineRule="exact")
    style = w("pStyle", val="closing")
    content = [*_left(row.left, paragraphs)] if row.left else []
    if row.right:
        content += [w("r", w("tab")), *runs(row.right.text)]
    return w("p", properties("pPr", [style, w("tabs", *tabs), line, place]), *content)


def _beside(text: SetText) -> bool:
    """Tell whether something stands beside the first of a text, in the other half."""
    return any(run.takes for run in text.runs[1:-1])


def _left(text: SetText, paragraphs: Paragraphs) -> Iterator[Element]:
    if not _beside(text):
        yield from paragraphs.runs(text)
        return
    *first, beside = text.runs
    yield from runs("".join(run.text for run in first))
    yield w("r", w("tab"))
    yield from runs(beside.text)
