"""The masthead (报头) as it is to be set."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.numerals import chinese_date, copy_number, issue_line
from hongtou.compose.cells import TypeRun
from hongtou.plan.nameplate import fitted, set_nameplate
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class MastheadPlan:
    """The masthead's texts, each with the space above it, and its height in grid lines."""

    marks: tuple[SetText, ...]
    copy_number: SetText | None
    overline: SetText | None
    nameplate: tuple[SetText, ...]
    issue_line: SetText
    issuing_bodies: tuple[SetText, ...]
    issue_date: SetText
    lines: int


def plan_masthead(masthead: Masthead, setter: TextSetter) -> MastheadPlan:
    """Set everything above the red rule.

    Marks stand in the blank above the nameplate, which stands in the middle between them and the
    number of the issue. What has no room pushes the rest down by whole lines of the grid, and a
    nameplate gives way before the rule comes too low.

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
    above = max(sum(mark.height for mark in marks), numbered.height if numbered else 0.0)
    bodies, day = _issuing_lines(masthead, setter)
    more = sum(len(body.lines) for body in bodies) - 1
    size = _overline_size(masthead.overline, setter) if masthead.overline else 0.0
    over = size * layout.em("masthead.nameplate_pitch")
    between = layout.pt("masthead.overline_below") if over else 0.0
    names = fitted(masthead.nameplate, above + over + between, more, setter)
    blank = max(0.0, names.room - names.height) / 2
    overline = _overline(masthead.overline, size, blank, setter) if over else None
    nameplate = set_nameplate(names, between if over else blank, setter)
    used = above + blank + over + between + names.height
    return MastheadPlan(
        marks=marks,
        copy_number=numbered,
        overline=overline,
        nameplate=nameplate,
        issue_line=setter.text(
            "issue_line", issue_line(masthead), before=(names.issue_line_top - used) / pitch
        ),
        issuing_bodies=bodies,
        issue_date=day,
        lines=int(layout.amount("masthead.height", "lines")) + names.pushed + more,
    )


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
    """Set who issues it, each on a line, and behind the last line the date at the right."""
    layout = setter.layout
    measure = setter.measure - 2 * layout.pt("masthead.side_indent")
    between = layout.pt("masthead.issuing_line_top") - layout.pt("masthead.issue_line_top")
    written = chinese_date(masthead.issue_date)
    taken = _taken(setter.unkept("issuing_date", written), setter)
    bodies = tuple(
        setter.text(
            "issuing_line",
            body,
            measure=measure - taken,
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
