"""The sign-off of a text (落款): who signs it, and when."""

from __future__ import annotations

from hongtou.bulletin.issue import Signoff
from hongtou.bulletin.numerals import chinese_date
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


def plan_signoff(signoff: Signoff, setter: TextSetter) -> list[SetText]:
    """Set the bodies under one another, the one in charge first, and the date under them.

    The longest body ends two characters from the right edge, the date begins two behind the bodies.
    A date that would come nearer to the edge than they moves all to the left.

    Source: GB/T 9704-2012 §7.3.5.2.
    """
    layout, style = setter.layout, setter.style("signoff")
    edge = setter.measure - style.indent * layout.character_pt
    day = chinese_date(signoff.day) if signoff.day else ""
    shift = layout.pt("signoff.date_shift") if signoff.bodies else 0.0
    widest = max((_width(body, setter) for body in signoff.bodies), default=0.0)
    room = max(widest, _width(day, setter) + shift if day else 0.0)
    left = max(0.0, edge - room)
    lines = [(body, left) for body in signoff.bodies]
    if day:
        lines.append((day, left + shift))
    return [
        setter.runs(
            "signoff",
            [TypeRun(text, style.role)],
            measure=edge,
            align="left",
            indent=start,
            hanging=start,
            before=0.0 if number else layout.lines("signoff.space_above"),
        )
        for number, (text, start) in enumerate(lines)
    ]


def _width(text: str, setter: TextSetter) -> float:
    style = setter.style("signoff")
    return setter.compositor.natural_width(text, style.role, style.size_pt)
