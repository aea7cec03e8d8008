"""The masthead: marks, nameplate, number, who issues it and when, and the red rule."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.layouts import Layout
from hongtou.outputs.docx.markup import Element, gap, properties, rule, twips, w
from hongtou.outputs.docx.paragraphs import Paragraphs
from hongtou.outputs.docx.styles import colour_of
from hongtou.plan import SetText
from hongtou.plan.masthead import MastheadPlan


def masthead(plan: MastheadPlan, layout: Layout, paragraphs: Paragraphs) -> Iterator[Element]:
    """Yield the masthead, as high as in the edition."""
    marks = plan.marks[:-1] if plan.is_mark_beside else plan.marks
    if plan.copy_number:
        yield _framed(plan.copy_number, plan.copy_number.above, layout, paragraphs)
    for mark in marks:
        yield paragraphs.paragraph(mark)
    if plan.is_mark_beside:
        row = layout.pt("masthead.mark_pitch") if plan.copy_number else 0.0
        yield _framed(plan.marks[-1], marks[0].above + row, layout, paragraphs)
    taken = sum(mark.height for mark in marks)
    if plan.copy_number and plan.copy_number.height > taken:
        yield gap(plan.copy_number.height - taken)
        taken = plan.copy_number.height
    names = [plan.overline, *plan.nameplate] if plan.overline else plan.nameplate
    for line in names:
        yield paragraphs.paragraph(line, pitch=line.height - line.above - line.below)
    yield paragraphs.paragraph(plan.issue_line)
    yield from _issuing_lines(plan, layout, paragraphs)
    taken += sum(one.height for one in (*names, plan.issue_line, *plan.issuing_bodies))
    yield from _rule(plan, taken, layout)


def _framed(text: SetText, top: float, layout: Layout, paragraphs: Paragraphs) -> Element:
    """Return a text in a frame at the right edge, beside what else stands there."""
    line = text.lines[0]
    frame = w(
        "framePr",
        w=twips(line.width + line.size / 2),
        hRule="exact",
        h=twips(layout.pt("masthead.mark_pitch")),
        wrap="around",
        vAnchor="margin",
        hAnchor="margin",
        xAlign="right",
        y=max(1, twips(top)),
    )
    bare = text._replace(above=0.0, below=0.0, heights=())
    return paragraphs.paragraph(bare, frame, w("jc", val="right"))


def _issuing_lines(plan: MastheadPlan, layout: Layout, paragraphs: Paragraphs) -> Iterator[Element]:
    """Yield who issues it; at the right of the last line stands the date."""
    side = layout.pt("masthead.side_indent")
    place = {"left": twips(side), "right": twips(side), "firstLine": 0}
    for body in plan.issuing_bodies[:-1]:
        yield paragraphs.paragraph(body, w("ind", **place))
    last = plan.issuing_bodies[-1]
    edge = twips(layout.pt("page.type_area_width") - side)
    tabs = w("tabs", w("tab", val="right", pos=edge))
    yield w(
        "p",
        paragraphs.properties(last, [w("ind", **place), tabs]),
        *paragraphs.runs(last),
        w("r", w("tab")),
        *paragraphs.runs(plan.issue_date),
    )


def _rule(plan: MastheadPlan, taken: float, layout: Layout) -> Iterator[Element]:
    """Yield the red rule, and the blank down to where the text begins; ``taken`` is over it."""
    pitch = layout.pt("page.line_pitch")
    pushed = plan.lines - layout.lines("masthead.height")
    weight = layout.pt("masthead.rule_weight")
    above = max(0.0, layout.pt("masthead.rule_top") + pushed * pitch - taken)
    colour = colour_of(layout.styles["nameplate"], layout)
    border = w("pBdr", rule("top", weight, colour))
    below = max(1.0, plan.lines * pitch - taken - above)
    line = w("spacing", before=twips(above), after=0, line=twips(below), lineRule="exact")
    yield w("p", properties("pPr", [border, w("snapToGrid", val=0), line]))
