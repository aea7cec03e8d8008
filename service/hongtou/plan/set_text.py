"""A text that has been set: what the plan is made of, and what pages hold."""

from __future__ import annotations

from typing import NamedTuple

from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine

# How headings stand under one another; a reader's levels come of it (`hongtou.plan.structure`).
LEVELS = {
    "section": 2, "contents_heading": 3, "headline": 3, "briefs_heading": 3,
    "annex_title": 4, "brief_headline": 4,
    "heading_1": 5, "heading_2": 6, "heading_3": 7, "heading_4": 8,
}  # fmt: skip


class SetText(NamedTuple):
    """A text that has been set: its lines, and the height and baseline of each, in points.

    ``key`` stands in the HTML as ``data-set`` and tells the engine which lines to draw there.
    ``target`` names the anchor whose folio belongs at the end of the last line. ``runs`` are what
    it was set from: `hongtou.pages.sources` finds in them where the characters were sent. ``above``
    and ``below`` (points) are the blanks in its first and last height that fall away at the head
    and the foot of a page.
    """

    key: int
    text: str
    style: str
    lines: tuple[SetLine, ...]
    heights: tuple[float, ...]
    baselines: tuple[float, ...]
    target: str = ""
    runs: tuple[TypeRun, ...] = ()
    above: float = 0.0
    below: float = 0.0

    @property
    def level(self) -> int:
        """Return the level of a heading, 0 where the text is none."""
        return LEVELS.get(self.style, 0)

    @property
    def height(self) -> float:
        """Return the height of the whole text in points."""
        return sum(self.heights)


def spaced(text: SetText, above: float, below: float) -> SetText:
    """Return a text with so many points more of blank above and below it."""
    heights = list(text.heights)
    heights[0] += above
    heights[-1] += below
    return text._replace(
        heights=tuple(heights),
        baselines=(text.baselines[0] + above, *text.baselines[1:]),
        above=text.above + above,
        below=text.below + below,
    )
