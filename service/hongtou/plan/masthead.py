"""The masthead (报头) as it is to be set."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.joined_text import joined
from hongtou.bulletin.numerals import chinese_date, copy_number, issue_line
from hongtou.compose.cells import TypeRun
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

    Marks above the nameplate, and a nameplate that needs more room, push what follows down by
    whole lines of the grid.
    """
    layout, pitch = setter.layout, setter.pitch
    number = masthead.copy_number
    numbered = setter.text("copy_number", copy_number(number)) if number is not None else None
    marks = _set_marks(masthead, numbered, setter)
    pushed = max(sum(len(mark.lines) for mark in marks), 1 if numbered else 0)
    used = pitch * pushed
    top = layout.pt("masthead.nameplate_top") + pushed * pitch
    overline = _overline(masthead.overline, setter, bool(pushed)) if masthead.overline else None
    used += overline.height if overline else 0.0
    least = layout.pt("masthead.overline_below") if overline else 0.0
    nameplate = _nameplate(masthead.nameplate, setter, max(least, top - used))
    used += sum(text.height for text in nameplate)
    issue_top = layout.pt("masthead.issue_line_top") + pushed * pitch
    overlap = max(0, ceil((used - issue_top) / pitch - 1e-6))
    issue_top += overlap * pitch
    issue = setter.text("issue_line", issue_line(masthead), before=(issue_top - used) / pitch)
    bodies, day = _issuing_lines(masthead, setter)
    return MastheadPlan(
        marks=marks,
        copy_number=numbered,
        overline=overline,
        nameplate=tuple(nameplate),
        issue_line=issue,
        issuing_bodies=bodies,
        issue_date=day,
        lines=int(layout.amount("masthead.height", "lines"))
        + pushed
        + overlap
        + sum(len(body.lines) for body in bodies)
        - 1,
    )


def _set_marks(
    masthead: Masthead, numbered: SetText | None, setter: TextSetter
) -> tuple[SetText, ...]:
    """Set the marks at the left; the first leaves the copy number its room at the right."""
    room = setter.measure - _taken(numbered, setter) if numbered else None
    return tuple(
        setter.text("masthead_mark", text, measure=None if at else room)
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


def _overline(text: str, setter: TextSetter, is_under_marks: bool) -> SetText:
    """Set the small line over the nameplate, smaller still where it would be too wide."""
    layout = setter.layout
    style = setter.style("overline")
    wide = setter.compositor.spread(text, style.role, 1.0, setter.measure, 0.0).width
    size = min(style.size_pt, layout.pt("masthead.nameplate_width") / wide)
    line = setter.compositor.spread(text, style.role, size, setter.measure, 0.0)
    pitch = layout.em("masthead.nameplate_pitch") * size
    runs = [TypeRun(text, style.role)]
    before = layout.pt("masthead.overline_above") if is_under_marks else 0.0
    return setter.placed("overline", text, (line,), pitch, size, before, runs=runs)


def _nameplate(lines: tuple[str, ...], setter: TextSetter, before: float) -> list[SetText]:
    """Fit each line to the width: as large as it goes, then spread; ``before`` in points."""
    layout = setter.layout
    style = setter.style("nameplate")
    largest = layout.pt("masthead.nameplate_size" + ("_two" if len(lines) > 1 else ""))
    width = layout.pt("masthead.nameplate_width")
    closed = {
        line: setter.compositor.spread(line, style.role, 1.0, setter.measure, 0.0).width
        for line in lines
    }
    sizes = {line: min(largest, width / wide) for line, wide in closed.items()}
    smallest = min(sizes.values())
    if smallest >= layout.share("masthead.nameplate_alike") * max(sizes.values()):
        sizes = dict.fromkeys(sizes, smallest)  # a small difference would look like a slip
    texts: list[SetText] = []
    for line in lines:
        size = sizes[line]
        most = layout.em("masthead.nameplate_tracking") * size
        pitch = layout.em("masthead.nameplate_pitch") * size
        gap = min(most, (width - closed[line] * size) / max(1, len(line) - 1))
        spread = setter.compositor.spread(line, style.role, size, setter.measure, max(0.0, gap))
        above = 0.0 if texts else before
        texts.append(
            setter.placed(
                "nameplate",
                line,
                (spread,),
                pitch,
                size,
                above,
                runs=[TypeRun(line, style.role)],
            )
        )
    return texts
