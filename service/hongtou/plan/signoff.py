"""The sign-off of a text (落款): who signs it, and when."""

from __future__ import annotations

from hongtou.bulletin.issue import Signoff
from hongtou.bulletin.numerals import chinese_date
from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


def plan_signoff(signoff: Signoff, setter: TextSetter) -> list[SetText]:
    """Set the bodies under one another, the one in charge first, and the date under them.

    The longest body ends two characters from the right edge, the date begins two behind the bodies.
    A date that would come nearer to the edge than they moves all to the left. A body too long for
    a line is broken by its sense into lines of like length, so that all stand at the right.

    Source: GB/T 9704-2012 §7.3.5.2.
    """
    layout, style = setter.layout, setter.style("signoff")
    edge = setter.measure - style.indent * layout.character_pt
    bodies = [(body, _lines_of(body, edge, setter)) for body in signoff.bodies]
    day = chinese_date(signoff.day) if signoff.day else ""
    dates = [(day, _lines_of(day, edge, setter))] if day else []
    shift = layout.pt("signoff.date_shift") if bodies else 0.0
    room = max(
        *(_width(lines) for _, lines in bodies), *(_width(lines) + shift for _, lines in dates), 0.0
    )
    left = max(0.0, edge - room)
    places = [*((*body, left) for body in bodies), *((*date, left + shift) for date in dates)]
    texts = []
    for number, (text, lines, start) in enumerate(places):
        before = 0.0 if number else layout.lines("signoff.space_above") * setter.pitch
        moved = [line._replace(x=start) for line in lines]
        height, runs = style.pitch * setter.pitch, [TypeRun(text, style.role)]
        texts.append(
            setter.placed("signoff", text, moved, height, style.size_pt, before, runs=runs)
        )
    return texts


def _lines_of(text: str, measure: float, setter: TextSetter) -> tuple[SetLine, ...]:
    style = setter.style("signoff")
    return setter.compositor.balanced(text, style.role, style.size_pt, measure)


def _width(lines: tuple[SetLine, ...]) -> float:
    return max(line.width for line in lines)
