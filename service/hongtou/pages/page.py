"""Pages as they are to be drawn: every line, rule, picture and link with its place.

The typed product of layout, whatever file is made of it; nothing is laid out or drawn twice.
Lengths are in points from the top left of the page, `mm_from_pt` turns them into millimetres.
Colours are names of the layout: what ink a name is printed in, the medium says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.compose.lines import SetLine
from hongtou.plan.set_text import SetText
from hongtou.plan.structure import Element

# How what lies on its side is turned: x' = a·x + c·y + e, y' = b·x + d·y + f.
Turn = tuple[float, float, float, float, float, float]


class Rectangle(NamedTuple):
    """An area by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float


class Rule(NamedTuple):
    """A filled rectangle."""

    area: Rectangle
    colour: str
    turn: Turn | None = None


class PlacedLine(NamedTuple):
    """A line, the left edge of its measure and its baseline."""

    line: SetLine
    x: float
    baseline: float


class PlacedText(NamedTuple):
    """The lines of one text that stand on one page, from the text's line number ``first``.

    ``ending`` is what ends an entry of the contents: leader and folio, behind its last line. A
    ``repetition`` is read elsewhere already, as the header of a table on its next page.
    """

    text: SetText
    first: int
    lines: tuple[PlacedLine, ...]
    colour: str
    turn: Turn | None = None
    ending: PlacedLine | None = None
    repetition: bool = False

    def ends_text(self, at: int) -> bool:
        """Tell whether the line numbered ``at`` of these is the last of the text."""
        return self.first + at == len(self.text.lines) - 1


class PlacedPicture(NamedTuple):
    """A picture by its digest; ``number`` counts the pictures of the document from 0."""

    number: int
    digest: str
    area: Rectangle
    turn: Turn | None = None


class Furnishing(NamedTuple):
    """A line that is no text of the issue: a folio, or what marks a proof."""

    placed: PlacedLine
    colour: str


class Link(NamedTuple):
    """An entry of the contents: the text that is clicked, and the anchor it leads to."""

    text: SetText
    target: str
    area: Rectangle


class Destination(NamedTuple):
    """A place that links and bookmarks lead to; pages are counted from 1."""

    page: int
    x: float
    y: float


class Bookmark(NamedTuple):
    """A heading as readers list it; 2 is the level of articles."""

    level: int
    title: str
    place: Destination


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``contents`` stand in reading order. Pages are counted from 1."""

    number: int
    width: float
    height: float
    contents: tuple[PlacedText | PlacedPicture, ...]
    rules: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()
    furniture: tuple[Furnishing, ...] = ()

    @property
    def texts(self) -> Iterator[PlacedText]:
        """Yield the texts of the page, in reading order."""
        return (placed for placed in self.contents if isinstance(placed, PlacedText))


@dataclass(frozen=True, slots=True)
class Pages:
    """A document laid out: its pages and what goes across them.

    ``structure`` says what the texts and pictures on the pages are to a reader, by their keys:
    what it does not hold is no content. ``anchors`` are where links lead, by name.
    """

    pages: tuple[Page, ...]
    structure: Element
    bookmarks: tuple[Bookmark, ...]
    anchors: Mapping[str, Destination]

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)

    def lines(self) -> Iterator[SetLine]:
        """Yield every line that is drawn: what faces must be embedded for."""
        for page in self.pages:
            for placed in page.texts:
                yield from (line.line for line in placed.lines)
                if placed.ending:
                    yield placed.ending.line
            yield from (furnishing.placed.line for furnishing in page.furniture)
