"""One thing that was tried, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """``name`` is what was done, ``figures`` what was measured, ``ok`` whether the promise held."""

    name: str
    figures: str
    ok: bool
