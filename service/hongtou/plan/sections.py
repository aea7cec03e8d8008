"""Sections (栏目): a heading over the articles and the short news that stand under it."""

from __future__ import annotations

from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


def plan_section(name: str, setter: TextSetter) -> list[SetText]:
    """Set the heading of a section, which stays with what follows."""
    return [setter.text("section", name, before=setter.layout.lines("section.space_above"))]
