"""Every name that a template may ask of a plan or of what is in it, read from their types."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, get_args, get_type_hints

from jinja2.runtime import LoopContext

from hongtou.plan import Plan

PLAIN = (str, int, tuple, dict, date, LoopContext)  # what values are besides the plan's own types


@cache
def plan_names() -> frozenset[str]:
    """Return the names of all fields, properties and methods that can be reached from a plan."""
    pending: list[Any] = [Plan]
    types: set[type] = set(PLAIN)
    while pending:
        hint = pending.pop()
        pending += get_args(hint)
        if isinstance(hint, type) and hint.__module__.startswith("hongtou.") and hint not in types:
            types.add(hint)
            pending += _hints(hint) if hint.__module__.startswith("hongtou.plan.") else ()
    return frozenset(name for kind in types for name in dir(kind) if not name.startswith("_"))


def _hints(kind: type) -> list[Any]:
    properties = [member for member in vars(kind).values() if isinstance(member, property)]
    returned = [get_type_hints(member.fget).get("return") for member in properties]
    return [*get_type_hints(kind).values(), *returned]
