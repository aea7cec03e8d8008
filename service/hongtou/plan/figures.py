"""Figures as they are planned: pictures, the caption of each under it, and that of all below."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hongtou.plan.set_text import SetText


@dataclass(frozen=True, slots=True)
class PicturePlan:
    """A picture and its caption; ``number`` counts the pictures of the document from 0.

    Places are in points from the top left of the figure. ``pointer`` is that of its block, as one
    file may be shown in several.
    """

    number: int
    digest: str
    x: float
    y: float
    width: float
    height: float
    alternative: str
    caption: SetText | None
    caption_x: float
    caption_y: float
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """Pictures side by side on whole lines of the grid, and the ``caption`` of all of them.

    ``key`` stands in the HTML as ``data-figure``. At the head of a page the pictures begin with it
    (`at_head`), and it takes ``lines_at_head``. One whose width was not wished ``may_shrink``.
    """

    key: int
    pictures: tuple[PicturePlan, ...]
    lines: int
    caption: SetText | None
    caption_y: float
    lines_at_head: int
    may_shrink: bool = False

    def at_head(self) -> FigurePlan:
        """Return it without the blank over its pictures, which falls away at the head of a page."""
        raised = min(one.y for one in self.pictures)
        pictures = tuple(
            replace(one, y=one.y - raised, caption_y=one.caption_y - raised)
            for one in self.pictures
        )
        caption_y = self.caption_y - raised
        return replace(self, pictures=pictures, lines=self.lines_at_head, caption_y=caption_y)
