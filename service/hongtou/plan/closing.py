"""The closing block (报尾): rows between rules at the foot of the last page."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.closing_block import ClosingBlock
from hongtou.bulletin.closing_rows import (
    Row,
    contact_rows,
    distribution_rows,
    imprint_row,
    print_run,
    staff,
)
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.measure import mm_from_pt
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

IDEOGRAPHIC_SPACE = "\u3000"


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row: the text at the left and, if there is one, at the right."""

    left: SetText | None
    right: SetText | None


@dataclass(frozen=True, slots=True)
class ClosingPlan:
    """Groups of rows, divided by thin rules and bounded by thick ones.

    ``space`` reserves the block's height in the flow of the text; the block itself stands at
    the foot of the page on which that space falls. ``pitch`` is that of its ``lines``; lengths are
    in points.
    """

    groups: tuple[tuple[RowPlan, ...], ...]
    space: SetText
    lines: int
    pitch: float

    def height_at(self, pitch: float) -> float:
        """Return how high the block is with its lines at another pitch."""
        return self.space.height + self.lines * (pitch - self.pitch)


def plan_closing(closing: ClosingBlock, setter: TextSetter) -> ClosingPlan:
    """Set the closing block's rows and reserve its height."""
    layout = setter.layout
    answering = [*_staff_rows(closing, setter), *contact_rows(closing)]
    groups = [distribution_rows(closing), [imprint_row(closing)], answering]
    planned = tuple(tuple(_row(row, setter) for row in group) for group in groups if group)
    rules = 2 * layout.pt("closing.outer_rule")
    rules += (len(planned) - 1) * layout.pt("closing.inner_rule")
    lines = sum(_lines(row) for group in planned for row in group)
    pitch = layout.pt("closing.line_pitch")
    block = ClosingPlan(planned, setter.blank(lines * pitch + rules), lines, pitch)
    return _on_a_page(block, setter)


def _on_a_page(closing: ClosingPlan, setter: TextSetter) -> ClosingPlan:
    """Return a block that is taller than a page with its lines closer, as copyfitting sets them."""
    room = setter.layout.pt("page.type_area_height")
    for pitch in ("copyfit.closing_pitch", "copyfit.least_closing_pitch"):
        if closing.space.height <= room:
            return closing
        closing = repitched(closing, setter.layout.pt(pitch), setter)
    _refuse_tall(closing.space.height, setter)
    return closing


def repitched(closing: ClosingPlan, pitch: float, setter: TextSetter) -> ClosingPlan:
    """Return the closing block with its lines closer together; ``pitch`` in points."""
    closer = pitch - closing.pitch

    def moved(text: SetText | None) -> SetText | None:
        if text is None:
            return None
        heights = tuple(height and height + closer for height in text.heights)
        baselines = tuple(
            baseline + (closer / 2 if height else -closer / 2)
            for baseline, height in zip(text.baselines, text.heights, strict=True)
        )
        return setter.replaced(text._replace(heights=heights, baselines=baselines))

    groups = tuple(
        tuple(RowPlan(moved(row.left), moved(row.right)) for row in group)
        for group in closing.groups
    )
    space = setter.replaced(closing.space._replace(heights=(closing.height_at(pitch),)))
    return ClosingPlan(groups, space, closing.lines, pitch)


def _refuse_tall(height: float, setter: TextSetter) -> None:
    """Note an error where the block is taller than a page, of which it stands at the foot."""
    room = setter.layout.pt("page.type_area_height")
    if height > room:
        tall, page = (mm_from_pt(length) for length in (height, room))
        setter.refuse(
            "closing/too-tall",
            "/closing",
            f"报尾高 {tall:.0f} 毫米，一面只有 {page:.0f} 毫米",
            "请精简发送范围和人员名单，或写入附件",
        )


def _staff_rows(closing: ClosingBlock, setter: TextSetter) -> list[Row]:
    """Share the people out over rows without parting a duty from its names.

    The print run stands at the right of the first row.
    """
    style = setter.style("closing")
    room = setter.measure - 2 * setter.layout.pt("closing.side_indent")
    gap = IDEOGRAPHIC_SPACE * setter.layout.count("closing.people_gap")
    run = print_run(closing)
    taken = setter.compositor.natural_width(gap + run, style.role, style.size_pt)
    rows: list[str] = [""]
    for person in staff(closing):
        longer = joined(rows[-1], gap, person) if rows[-1] else person
        width = setter.compositor.natural_width(longer, style.role, style.size_pt)
        if rows[-1] and width > room - (taken if len(rows) == 1 and run else 0.0):
            rows.append(person)
        else:
            rows[-1] = longer
    return [
        Row("", text, run if number == 0 else "") for number, text in enumerate(rows) if text or run
    ]


def _lines(row: RowPlan) -> int:
    """Return how many lines a row takes; at the right it begins beside the last at the left."""
    left, right = (len(text.lines) if text else 0 for text in (row.left, row.right))
    return left + right - 1 if left and right else left + right


def _beside(text: SetText, pitch: float, setter: TextSetter) -> SetText:
    """Return a text that begins beside the line before it: its first line takes no height."""
    heights = (0.0, *text.heights[1:])
    baselines = (text.baselines[0] - pitch, *text.baselines[1:])
    return setter.replaced(text._replace(heights=heights, baselines=baselines))


def _row(row: Row, setter: TextSetter) -> RowPlan:
    """Set one row; wrapped lines stand under the text after the colon.

    Source: GB/T 9704-2012 §7.4.2.
    """
    layout = setter.layout
    style = setter.style("closing")
    pitch = layout.pt("closing.line_pitch")
    measure = setter.measure - 2 * layout.pt("closing.side_indent")
    right = None
    if row.right:
        right = setter.text("closing_right", row.right, measure=measure, pitch=pitch)
        measure -= right.lines[0].width + layout.em("composition.gap") * style.size_pt
    left = None
    if row.label or row.text:
        under = row.label or row.under
        width = setter.compositor.natural_width(under, style.role, style.size_pt)
        left = setter.runs(
            "closing",
            [TypeRun(row.label, style.role), TypeRun(row.text, style.role)],
            measure=measure,
            pitch=pitch,
            indent=width if row.under else None,
            hanging=width,
        )
    return RowPlan(left, _beside(right, pitch, setter) if left and right else right)
