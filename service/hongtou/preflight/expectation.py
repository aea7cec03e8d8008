"""What a file is held to that no rule can know by itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the engine says of the file: its pages, the families it may draw with, its paper.

    ``page_sizes`` are width and height, in mm, of every layout's page.
    """

    page_count: int
    families: frozenset[str]
    page_sizes: frozenset[tuple[float, float]]
