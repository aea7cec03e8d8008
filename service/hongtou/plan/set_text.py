"""A text that has been set: what the plan is made of, and what pages hold."""

from __future__ import annotations

from typing import NamedTuple

from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine

# A reader's levels of headings, for tags and bookmarks; the nameplate is the document's title.
LEVELS = {
    "contents_heading": 2, "headline": 2, "briefs_heading": 2,
    "heading_1": 3, "heading_2": 4, "heading_3": 5, "heading_4": 6,
}  # fmt: skip


class SetText(NamedTuple):
    """A text that has been set: its lines, and the height and baseline of each, in points.

    ``key`` stands in the HTML as ``data-set`` and tells the engine which lines to draw there.
    ``target`` names the anchor whose folio belongs at the end of the last line. ``runs`` are what
    it was set from: `hongtou.pages.sources` finds in them where the characters were sent.
    """

    key: int
    text: str
    style: str
    lines: tuple[SetLine, ...]
    heights: tuple[float, ...]
    baselines: tuple[float, ...]
    target: str = ""
    runs: tuple[TypeRun, ...] = ()

    @property
    def level(self) -> int:
        """Return the level of a heading, 0 where the text is none."""
        return LEVELS.get(self.style, 0)

    @property
    def height(self) -> float:
        """Return the height of the whole text in points."""
        return sum(self.heights)
