"""Pages, what was found on them, and what is to be said of all → one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hongtou.outputs.overview.frames import marks
from hongtou.outputs.overview.grid import CAPTION, GAP, Shown, placed, shown_pages
from hongtou.outputs.overview.listing import MEASURE, Lister, width_of
from hongtou.pages.page import Furnishing, Page, PlacedLine
from hongtou.pages.proof.frames import Numbered, sides

if TYPE_CHECKING:
    from hongtou.faces import Faces
    from hongtou.plan import Plan

MARGIN = 20
HEADING_SIZE, HEADING_PITCH = 16, 30
SIZE, PITCH = 10, 16  # of sentences
CAPTION_SIZE, EDGE = 8, 0.5  # of the number below a page, of the line around it
QUIET, TEXT, REQUIRED = "proof.practice", "text", "proof.required"


class Sentence(NamedTuple):
    """What is said of the issue as a whole, in a colour."""

    text: str
    colour: str = TEXT


class Overview(NamedTuple):
    """A sheet: pages on it, and over them a page of its own with frames and texts."""

    shown: tuple[Shown, ...]
    over: Page


def overview(
    plan: Plan,
    pages: Sequence[Page],
    found: Sequence[Numbered],
    heading: Sentence,
    sentences: Iterable[Sentence],
    faces: Faces,
) -> Overview:
    """Return the sheet of some pages with what was found on them."""
    return _Sheet(plan, faces, pages, found).overview(heading, sentences)


class _Sheet:
    """Puts the heading above, the pages left, the list right; as large as they need."""

    def __init__(
        self, plan: Plan, faces: Faces, pages: Sequence[Page], found: Sequence[Numbered]
    ) -> None:
        self._plan, self._found, self._lister = plan, found, Lister(plan, faces)
        self._pages = shown_pages(pages, {one.page or 0 for one in found})
        across, self._down = _extent(placed(self._pages, 0, 0))
        self._columns = self._lister.columns(found, self._down)
        self._left = MARGIN + across + 2 * GAP  # of the list
        self._measure = max(MEASURE, width_of(self._columns))
        self._kept = [entry.of for column in self._columns for entry in column.entries]
        shown = {page.number for page in self._pages}
        self._undrawn = [page.number for page in pages if page.number not in shown]
        self._unlisted = len(found) - len(self._kept)

    def overview(self, heading: Sentence, sentences: Iterable[Sentence]) -> Overview:
        width = self._left + self._measure + MARGIN
        titles = [*self._heading(heading, width - 2 * MARGIN)]
        top = MARGIN + len(titles) * HEADING_PITCH
        said = [*self._said((*sentences, *_left_out(self._undrawn, self._unlisted)), top)]
        list_top = top + (len(said) + 1) * PITCH
        shown = tuple(placed(self._pages, MARGIN, top))
        drawn = marks(self._plan, shown, self._found, self._kept)
        patches, entries = self._lister.placed(self._columns, self._left, list_top)
        edges = (edge for one in shown for edge in sides(one.area, EDGE, QUIET))
        list_foot = list_top + max(column.height for column in self._columns)
        height = max(top + self._down, list_foot) + MARGIN
        over = Page(
            len(self._pages) + 1,
            max(width, height + MARGIN),  # always wider than high: no page of paper is
            height,
            (),
            rules=(*edges, *drawn.rules, *patches),
            furniture=(*titles, *said, *self._captions(shown), *drawn.numbers, *entries),
        )
        return Overview(shown, over)

    def _heading(self, heading: Sentence, measure: float) -> Iterator[Furnishing]:
        for row, line in enumerate(self._lister.lines(heading.text, measure, HEADING_SIZE)):
            place = PlacedLine(line, MARGIN, MARGIN + HEADING_SIZE + row * HEADING_PITCH)
            yield Furnishing(place, heading.colour)

    def _said(self, sentences: Iterable[Sentence], top: float) -> Iterator[Furnishing]:
        row = 0
        for text, colour in sentences:
            for line in self._lister.lines(text, self._measure):
                yield Furnishing(PlacedLine(line, self._left, top + SIZE + row * PITCH), colour)
                row += 1

    def _captions(self, shown: Iterable[Shown]) -> Iterator[Furnishing]:
        role = self._plan.layout.styles["folio"].role
        for page, area in shown:
            line = self._plan.compositor.single(str(page.number), role, CAPTION_SIZE)
            x = area.x + (area.width - line.width) / 2
            yield Furnishing(PlacedLine(line, x, area.y + area.height + CAPTION - GAP / 2), TEXT)


def _extent(shown: Iterable[Shown]) -> tuple[float, float]:
    """Return how far small pages reach to the right and down, with the numbers below them."""
    areas = [one.area for one in shown]
    right = max(area.x + area.width for area in areas)
    return right, max(area.y + area.height for area in areas) + CAPTION


def _left_out(pages: Sequence[int], findings: int) -> Iterator[Sentence]:
    if pages:
        told = f"另有 {len(pages)} 页没有画出（第 {runs_of(pages)} 页）：画的是有问题的，和最前的"
        yield Sentence(told, REQUIRED)
    if findings:
        yield Sentence(f"另有 {findings} 条较轻的没有列出，只有框", QUIET)


def runs_of(numbers: Sequence[int]) -> str:
    """Return ascending numbers with those in a row as a range: 3、5–9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return "、".join("–".join(map(str, run)) for run in runs)
