"""The masthead (报头) as it is to be set."""

from __future__ import annotations

from dataclasses import dataclass

from service.issue import Masthead
from service.numerals import chinese_date, copy_number, issue_line
from service.plan.texts import SetText, TypeSetter

NAMEPLATE_PITCH = 1.1  # line height of a nameplate, in its own size


@dataclass(frozen=True, slots=True)
class MastheadPlan:
    """The masthead's texts and its height in grid lines.

    ``pushed_down`` is how far marks at the top left push the nameplate down, in grid lines.
    """

    marks: tuple[SetText, ...]
    copy_number: SetText | None
    nameplate: tuple[SetText, ...]
    issue_line: SetText
    issuing_body: SetText
    issue_date: SetText
    lines: int
    pushed_down: int


def plan_masthead(masthead: Masthead, setter: TypeSetter) -> MastheadPlan:
    """Set everything above the red rule."""
    layout = setter.layout
    inner = setter.measure - 2 * layout.pt("masthead.side_indent")
    number = masthead.copy_number
    marks = tuple(setter.text("masthead_mark", text) for text in _marks(masthead))
    pushed_down = len(marks) if len(marks) > 1 else 0
    return MastheadPlan(
        marks=marks,
        copy_number=(
            setter.text("copy_number", copy_number(number), align="right")
            if number is not None
            else None
        ),
        nameplate=tuple(_nameplate(masthead.nameplate, setter)),
        issue_line=setter.text("issue_line", issue_line(masthead)),
        issuing_body=setter.text("issuing_line", masthead.issuing_body, measure=inner),
        issue_date=setter.text(
            "issuing_date", chinese_date(masthead.issue_date), measure=inner
        ),
        lines=int(layout.amount("masthead.height", "lines")) + pushed_down,
        pushed_down=pushed_down,
    )


def _marks(masthead: Masthead) -> list[str]:
    """Return what stands at the top left, one line each.

    Source: GB/T 9704-2012 §7.2.2 and §7.2.3, by analogy; the notice is house style.
    """
    security = masthead.security
    marks = []
    if security is not None:
        marks.append(f"{security.name}★{security.term}" if security.term else security.name)
    return [*marks, *filter(None, (masthead.urgency, masthead.notice))]


def _nameplate(lines: tuple[str, ...], setter: TypeSetter) -> list[SetText]:
    """Fit the nameplate to its width: as large as it goes, then spread."""
    layout = setter.layout
    style = setter.style("nameplate")
    largest = layout.pt("masthead.nameplate_size" + ("_two" if len(lines) > 1 else ""))
    width = layout.pt("masthead.nameplate_width")
    widest = max(
        setter.compositor.natural_width(line, style.role, 1.0) for line in lines
    )
    size = min(largest, width / widest)
    most = float(layout.amount("masthead.nameplate_tracking", "em")) * size
    texts = []
    for line in lines:
        natural = setter.compositor.natural_width(line, style.role, size)
        gap = min(most, (width - natural) / max(1, len(line) - 1))
        spread = setter.compositor.spread(line, style.role, size, setter.measure, max(0.0, gap))
        texts.append(setter.placed("nameplate", line, (spread,), size * NAMEPLATE_PITCH, size))
    return texts
