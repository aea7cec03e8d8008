"""What the rules expect of a file besides what the file itself shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expectation:
    """The number of pages, the allowed font families and page sizes.

    ``page_sizes`` are widths and heights, in mm, of the pages of all layouts.
    """

    page_count: int
    families: frozenset[str]
    page_sizes: frozenset[tuple[float, float]]
