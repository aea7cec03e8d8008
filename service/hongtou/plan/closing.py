"""The closing block (报尾): rows between rules at the foot of the last page."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    """Share the duties out over rows, two to a row where each has room in its half.

    The print run stands at the right of the first row.
    """
    style = setter.style("closing")

    def width(text: str) -> float:
        return setter.compositor.natural_width(text, style.role, style.size_pt)

    run = print_run(closing)
    gap = setter.layout.count("closing.people_gap") * style.size_pt
    half = (setter.measure - 2 * setter.layout.pt("closing.side_indent")) / 2
    taken = width(run) + gap if run else 0.0
    rows: list[Row] = []
    for duty in staff(closing):
        right = half - (taken if len(rows) == 1 else 0.0)
        before = rows[-1] if rows else None
        if (
            before
            and not before.beside
            and width(before.label + before.text) + gap <= half
            and width(duty.label + duty.text) <= right
        ):
            rows[-1] = replace(before, beside=joined(duty.label, duty.text))
        else:
            rows.append(duty)
    if run:
        rows[:1] = [replace(rows[0], right=run) if rows else Row("", "", run)]
    return rows


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
    side = layout.pt("closing.side_indent")
    measure = setter.measure - 2 * side
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
            _runs(row, width, (setter.measure / 2) - side, style.role),
            measure=measure,
            pitch=pitch,
            indent=width if row.under else None,
            hanging=width,
        )
    return RowPlan(left, _beside(right, pitch, setter) if left and right else right)


def _runs(row: Row, label_width: float, half: float, role: str) -> list[TypeRun]:
    """Return label and text; what stands beside them begins at half the measure."""
    label = [TypeRun(row.label, role, label_width)] if row.label else []
    if not row.beside:
        return [*label, TypeRun(row.text, role)]
    text = TypeRun(joined(row.text, IDEOGRAPHIC_SPACE), role, half - label_width)
    return [*label, text, TypeRun(row.beside, role)]
