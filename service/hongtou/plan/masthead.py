"""The masthead (报头) as it is to be set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.numerals import chinese_date, copy_number, issue_line
from hongtou.compose.cells import TypeRun
from hongtou.plan.nameplate import (
    Nameplate,
    fitted,
    most_pushed,
    remark_small,
    set_nameplate,
)
from hongtou.plan.set_text import SetText, spaced
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
    the rule comes too low the nameplate gives way, then the lines of the bodies move together,
    then the last of three marks goes to the right.

    Source: GB/T 9704-2012 §7.2.4, by analogy, for the blank above.
    """
    layout, pitch = setter.layout, setter.pitch
    number = masthead.copy_number
    mark_pitch = layout.pt("masthead.mark_pitch")
    numbered = None
    first = (1 - mark_pitch / pitch) / 2  # of a line: so the first mark stands on the grid
    if number is not None:
        text = copy_number(number)
        numbered = setter.text("copy_number", text, pitch=mark_pitch, before=first)
    marks = _set_marks(masthead, numbered, first, setter)
    bodies, day = _issuing_lines(masthead, setter)
    size = _overline_size(masthead.overline, setter) if masthead.overline else 0.0
    over = size * layout.em("masthead.nameplate_pitch")
    between = layout.pt("masthead.overline_below") if over else 0.0
    shape, names = _fitted(masthead, marks, numbered, bodies, over + between, setter)
    blank = max(0.0, names.room - names.height) / 2
    overline = _overline(masthead.overline, size, blank, setter) if over else None
    nameplate = set_nameplate(names, between if over else blank, setter)
    used = shape.above + blank + over + between + names.height
    return MastheadPlan(
        marks=shape.marks,
        copy_number=numbered,
        overline=overline,
        nameplate=nameplate,
        issue_line=setter.text(
            "issue_line", issue_line(masthead), before=(names.issue_line_top - used) / pitch
        ),
        issuing_bodies=shape.bodies,
        issue_date=day,
        lines=int(layout.amount("masthead.height", "lines")) + names.pushed,
        is_mark_beside=shape.is_mark_beside,
    )


class _Shape(NamedTuple):
    """How marks and bodies stand: ``above`` is what takes room over the nameplate, in points.

    ``more`` is what the bodies take beyond a line of the grid, in lines.
    """

    marks: tuple[SetText, ...]
    above: float
    bodies: tuple[SetText, ...]
    more: float
    is_mark_beside: bool = False


def _fitted(
    masthead: Masthead,
    marks: tuple[SetText, ...],
    numbered: SetText | None,
    bodies: tuple[SetText, ...],
    over: float,
    setter: TextSetter,
) -> tuple[_Shape, Nameplate]:
    """Return how marks and bodies stand, and the nameplate between them.

    ``over`` is what the line over the nameplate takes, in points.

    Finding: masthead/nameplate-small.
    """
    for shape in _shapes(marks, numbered, bodies, setter):
        names = fitted(masthead.nameplate, shape.above + over, shape.more, setter)
        if names.pushed <= most_pushed(setter):
            break
    remark_small(masthead.nameplate, names, setter)
    for moved in (*shape.marks, *shape.bodies):
        setter.replaced(moved)
    return shape, names


def _shapes(
    marks: tuple[SetText, ...],
    numbered: SetText | None,
    bodies: tuple[SetText, ...],
    setter: TextSetter,
) -> Iterator[_Shape]:
    """Yield how marks and bodies may stand, the roomiest first.

    The last mark may stand at the right, under the copy number if there is one.
    """
    least = numbered.height if numbered else 0.0
    above, more = max(least, _height(marks)), sum(len(body.lines) for body in bodies) - 1
    yield _Shape(marks, above, bodies, more)
    close = min(setter.pitch, setter.layout.pt("masthead.least_issuing_pitch"))
    together = _closer(bodies, (setter.pitch - close) / 2)
    less = more * close / setter.pitch
    if more:
        yield _Shape(marks, above, together, less)
    if len(marks) == 3 and (beside := _beside(marks, setter, row=2 if numbered else 1)):
        above = max(least, beside.height)
        yield _Shape((*marks[:2], beside), above, together, less, is_mark_beside=True)


def _height(texts: Iterable[SetText]) -> float:
    return sum(text.height for text in texts)


def _closer(bodies: tuple[SetText, ...], by: float) -> tuple[SetText, ...]:
    """Return bodies with so many points less over and under each line, but around all of them."""
    moved = [
        body._replace(
            heights=tuple(height - 2 * by for height in body.heights),
            baselines=tuple(baseline - by for baseline in body.baselines),
        )
        for body in bodies
    ]
    moved[0] = spaced(moved[0], by, 0.0)
    moved[-1] = spaced(moved[-1], 0.0, by)
    return tuple(moved)


def _beside(marks: tuple[SetText, ...], setter: TextSetter, row: int) -> SetText | None:
    """Return the last mark at the right in this row of the others, and as high as they are.

    None is returned where it has no room there.
    """
    *others, last = marks
    taken = _taken(others[row - 1], setter) + last.lines[0].width
    if taken > setter.measure or any(len(mark.lines) > 1 for mark in marks):
        return None
    line = last.lines[0]._replace(x=setter.measure - last.lines[0].width)
    height = _height(others)
    baseline = others[0].baselines[0]
    if row > 1:
        baseline = others[0].height + others[1].baselines[0]
    return last._replace(lines=(line,), heights=(height,), baselines=(baseline,))


def _set_marks(
    masthead: Masthead, numbered: SetText | None, before: float, setter: TextSetter
) -> tuple[SetText, ...]:
    """Set the marks at the left; the first leaves the copy number its room at the right.

    ``before`` is the blank over the first, in lines.
    """
    room = setter.measure - _taken(numbered, setter) if numbered else None
    return tuple(
        setter.text(
            "masthead_mark",
            text,
            measure=None if at else room,
            pitch=setter.layout.pt("masthead.mark_pitch"),
            before=0.0 if at else before,
        )
        for at, text in enumerate(_marks(masthead))
    )


def _issuing_lines(masthead: Masthead, setter: TextSetter) -> tuple[tuple[SetText, ...], SetText]:
    """Set who issues it, each on a line, and behind the last line the date at the right.

    Only the last leaves the date its room.
    """
    layout = setter.layout
    measure = setter.measure - 2 * layout.pt("masthead.side_indent")
    between = layout.pt("masthead.issuing_line_top") - layout.pt("masthead.issue_line_top")
    written = chinese_date(masthead.issue_date)
    taken = _taken(setter.unkept("issuing_date", written), setter)
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


def _taken(text: SetText, setter: TextSetter) -> float:
    """Return how much of a line a text at its right edge takes, with the gap before it."""
    line = text.lines[0]
    return line.width + setter.layout.em("composition.gap") * line.size


def _marks(masthead: Masthead) -> list[str]:
    """Return what stands at the top left, one line each.

    Source: GB/T 9704-2012 §7.2.2 and §7.2.3, by analogy; the notice is house style.
    """
    security = masthead.security
    marks = []
    if security is not None:
        term = ("★", security.term) if security.term else ()
        marks.append(joined(security.name, *term))
    return [*marks, *filter(None, (masthead.urgency, masthead.notice))]


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
