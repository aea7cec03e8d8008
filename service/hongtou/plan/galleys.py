"""Galleys: set texts that follow one another, in strips that a page may end between.

What must stay together is decided here, where the lines are known: WeasyPrint then only looks
whether the next strip still fits. Two lines of a paragraph stay at the foot and at the head of
a page, a headline or heading with what follows, a signature with what it signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from hongtou.layouts import Layout
from hongtou.plan.set_text import SetText

WITH_NEXT = {
    "section", "kicker", "headline", "subhead", "byline", "briefs_heading", "brief_headline",
    "caption", "salutation", "annex_label", "annex_title",
    "heading_1", "heading_2", "heading_3", "heading_4",
}  # fmt: skip
WITH_PREVIOUS = {"signature", "signoff", "editors_note_by"}
WHOLE = WITH_NEXT | WITH_PREVIOUS | {"attachment"}
LISTS = {"attachment"}  # the names of one list stay together

SetLineOf = tuple[SetText, int]
Part = TypeVar("Part")


class Strip(NamedTuple):
    """Lines that stay on one page, each as its text and its number in it; height in points."""

    lines: tuple[SetLineOf, ...]
    height: float


@dataclass(frozen=True, slots=True)
class Galley:
    """Texts from the first to the last strip; ``key`` stands in the HTML as ``data-galley``.

    ``items`` are the keys of the texts that begin an item, where the texts are a list.
    """

    key: int
    texts: tuple[SetText, ...]
    strips: tuple[Strip, ...]
    items: frozenset[int] = frozenset()

    @property
    def stays_with_next(self) -> bool:
        """Tell whether no page may end after the last strip."""
        text, _ = self.strips[-1].lines[-1]
        return text.style in WITH_NEXT

    @property
    def stays_with_previous(self) -> bool:
        """Tell whether no page may end before the first strip."""
        text, _ = self.strips[0].lines[0]
        return text.style in WITH_PREVIOUS


def line_by_line(text: SetText) -> list[Strip]:
    """Return the strips of a text that stands alone."""
    return [_strip(text, range(number, number + 1)) for number in range(len(text.heights))]


class Galleys:
    """Makes galleys and keeps them in the order in which they were made."""

    def __init__(self, layout: Layout) -> None:
        self.galleys: list[Galley] = []
        self._fewest = layout.count("composition.fewest_lines")
        self._most = layout.share("composition.most_together") * layout.pt("page.type_area_height")

    def galley(self, texts: Sequence[SetText], items: Iterable[int] = ()) -> Galley:
        """Return the galley of texts that follow one another."""
        kept = Galley(len(self.galleys), tuple(texts), tuple(self._strips(texts)), frozenset(items))
        self.galleys.append(kept)
        return kept

    def flow(self, parts: Iterable[SetText | Part]) -> tuple[Galley | Part, ...]:
        """Return parts in their order, the texts between the others as galleys."""
        found: list[Galley | Part] = []
        texts: list[SetText] = []
        for part in parts:
            if isinstance(part, SetText):
                texts.append(part)
                continue
            found += [self.galley(texts), part] if texts else [part]
            texts = []
        return (*found, self.galley(texts)) if texts else tuple(found)

    def _strips(self, texts: Sequence[SetText]) -> list[Strip]:
        strips: list[Strip] = []
        before: SetText | None = None
        for text in texts:
            own = [_strip(text, numbers) for numbers in self._portions(text)]
            if before and _stay_together(before, text):
                joined = Strip(strips[-1].lines + own[0].lines, strips[-1].height + own[0].height)
                if joined.height <= self._most:
                    strips[-1:], own = [joined], own[1:]
            strips += own
            before = text
        return strips

    def _portions(self, text: SetText) -> list[range]:
        """Return the numbers of the lines of each strip of one text."""
        count, fewest = len(text.heights), self._fewest
        is_whole = text.style in WHOLE and text.height <= self._most
        if is_whole or count < 2 * fewest:
            return [range(count)]
        middle = range(fewest, count - fewest)
        return [
            range(fewest),
            *(range(number, number + 1) for number in middle),
            range(count - fewest, count),
        ]


def _stay_together(text: SetText, following: SetText) -> bool:
    return (
        text.style in WITH_NEXT
        or following.style in WITH_PREVIOUS
        or (text.style == following.style and text.style in LISTS)
    )


def _strip(text: SetText, numbers: range) -> Strip:
    return Strip(
        tuple((text, number) for number in numbers),
        sum(text.heights[number] for number in numbers),
    )
