"""The masthead (报头) as it is to be set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.numerals import chinese_date, copy_number, issue_line
from hongtou.compose.cells import TypeRun
from hongtou.plan.masthead_shapes import MastheadShape, first_blank, masthead_shapes, room_taken
from hongtou.plan.nameplate import (
    Nameplate,
    Over,
    fitted,
    most_pushed,
    remark_small,
    set_nameplate,
)
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class MastheadPlan:
    """The masthead's texts, each with the space above it, and its height in grid lines.

    The last of three marks may stand at the right, beside the others.
    """

    marks: tuple[SetText, ...]
    copy_number: SetText | None
    overline: SetText | None
    nameplate: tuple[SetText, ...]
    issue_line: SetText
    issuing_bodies: tuple[SetText, ...]
    issue_date: SetText
    lines: int
    is_mark_beside: bool = False


def plan_masthead(masthead: Masthead, setter: TextSetter) -> MastheadPlan:
    """Set everything above the red rule.

    Marks stand in the blank above the nameplate, which stands in the middle between them and the
    number of the issue. What has no room pushes the rest down by whole lines of the grid. Before
    the rule comes too low the nameplate gives way, then what stands around it, step by step.

    Source: GB/T 9704-2012 §7.2.4, by analogy, for the blank above.
    """
    layout, pitch = setter.layout, setter.pitch
    number = masthead.copy_number
    mark_pitch = layout.pt("masthead.mark_pitch")
    numbered = None
    if number is not None:
        first = first_blank(setter)
        text = copy_number(number)
        numbered = setter.text("copy_number", text, pitch=mark_pitch, before=first)
    bodies, day = _issuing_lines(masthead, setter)
    size = _overline_size(masthead.overline, setter) if masthead.overline else 0.0
    between = layout.pt("masthead.overline_below") if size else 0.0
    shapes = masthead_shapes(masthead, numbered, bodies, setter)
    shape, names = _fitted(masthead, shapes, Over(size, between), setter)
    blank = max(0.0, names.room - names.height) / 2
    overline = _overline(masthead.overline, names.overline, blank, setter) if size else None
    if size:
        _remark_small_overline(size, names.overline, setter)
    nameplate = set_nameplate(names, between if size else blank, setter)
    used = shape.above + blank + between + names.height
    number_line = setter.text(
        "issue_line", issue_line(masthead), before=(names.issue_line_top - used) / pitch
    )
    return MastheadPlan(
        marks=shape.marks,
        copy_number=numbered,
        overline=overline,
        nameplate=nameplate,
        issue_line=setter.replaced(_shorter(number_line, shape.nearer)),
        issuing_bodies=shape.bodies,
        issue_date=day,
        lines=int(layout.amount("masthead.height", "lines")) + names.pushed,
        is_mark_beside=shape.is_mark_beside,
    )


def _fitted(
    masthead: Masthead, shapes: Iterable[MastheadShape], over: Over, setter: TextSetter
) -> tuple[MastheadShape, Nameplate]:
    """Return how marks and bodies stand, and the nameplate between them.

    Finding: masthead/nameplate-small.
    """
    found: list[tuple[MastheadShape, Nameplate]] = []
    for one in shapes:
        names = fitted(masthead.nameplate, one.above, over, one.more, one.limits, setter)
        found.append((one, names))
        if names.pushed <= most_pushed(setter):
            break
    else:
        found.pop()  # where the rule comes too low all the same, the name keeps its least size
    shape, names = found[-1]
    remark_small(masthead.nameplate, names, setter)
    kept = tuple(map(setter.kept, shape.marks))
    for moved in shape.bodies:
        setter.replaced(moved)
    return shape._replace(marks=kept), names


def _shorter(text: SetText, by: float) -> SetText:
    """Return a text with so many points less of blank below it."""
    return text._replace(heights=(*text.heights[:-1], text.heights[-1] - by))


def _issuing_lines(masthead: Masthead, setter: TextSetter) -> tuple[tuple[SetText, ...], SetText]:
    """Set who issues it, each on a line, and behind the last line the date at the right.

    Only the last leaves the date its room.
    """
    layout = setter.layout
    measure = setter.measure - 2 * layout.pt("masthead.side_indent")
    between = layout.pt("masthead.issuing_line_top") - layout.pt("masthead.issue_line_top")
    written = chinese_date(masthead.issue_date)
    taken = room_taken(setter.unkept("issuing_date", written), setter)
    last = len(masthead.issuing_bodies) - 1
    bodies = tuple(
        setter.text(
            "issuing_line",
            body,
            measure=measure - taken if at == last else measure,
            before=0.0 if at else between / setter.pitch - 1,
        )
        for at, body in enumerate(masthead.issuing_bodies)
    )
    return bodies, setter.text("issuing_date", written, measure=measure)


def _overline_size(text: str, setter: TextSetter) -> float:
    """Return the size of the small line over the nameplate, smaller where it would be too wide."""
    layout, style = setter.layout, setter.style("overline")
    wide = setter.compositor.spread(text, style.role, 1.0, setter.measure, 0.0).width
    return min(style.size_pt, layout.pt("masthead.nameplate_width") / wide)


def _overline(text: str, size: float, before: float, setter: TextSetter) -> SetText:
    style = setter.style("overline")
    line = setter.compositor.spread(text, style.role, size, setter.measure, 0.0)
    pitch = setter.layout.em("masthead.nameplate_pitch") * size
    runs = [TypeRun(text, style.role)]
    return setter.placed("overline", text, (line,), pitch, size, before, runs=runs)


def _remark_small_overline(alone: float, size: float, setter: TextSetter) -> None:
    """Tell of a line over the nameplate that is small; ``alone`` is its size with room around it.

    Finding: masthead/overline-small.
    """
    least = setter.layout.pt("masthead.overline_least")
    if size >= least:
        return
    why, remedy = "太长", "请精简，或写进报头名称（nameplate）的第一行（用换行 \\n 分成两行）"
    if alone >= least:
        why, remedy = "没有地方", "请减少报头里的几行：左上角的字或编发单位，或精简报头名称"
    setter.remark(
        "masthead/overline-small",
        "/masthead/overline",
        f"报头名称上方的小字{why}，只能排成 {size:.1f} 点，不足 {least:g} 点",
        remedy,
    )
