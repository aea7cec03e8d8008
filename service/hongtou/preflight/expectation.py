"""What a file is held to that no rule can know by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the engine says of the file: its pages, and the families it may draw with."""

    page_count: int
    families: frozenset[str]
