"""Pages with every line, rule, picture and link in its place.

They are the typed product of layout; every output is made from them. Lengths are in points from the
top left of the page; `mm_from_pt` converts them to millimetres. Colours are names of the layout,
which a medium translates into inks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.compose.lines import SetLine
from hongtou.plan.set_text import SetText
from hongtou.plan.structure import Element

# A transformation for content on its side: x' = a·x + c·y + e, y' = b·x + d·y + f.
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
    """A line with the left edge of its measure and its baseline."""

    line: SetLine
    x: float
    baseline: float


class PlacedText(NamedTuple):
    """The lines of a text on a page; ``first`` is the number of the first of them in the text.

    ``ending`` is the leader and folio after the last line of a contents entry. A ``repetition`` is
    a text that was placed before, such as the header of a table on a further page.
    """

    text: SetText
    first: int
    lines: tuple[PlacedLine, ...]
    colour: str
    turn: Turn | None = None
    ending: PlacedLine | None = None
    repetition: bool = False

    def ends_text(self, at: int) -> bool:
        """Tell whether line ``at`` of these lines is the last of the text."""
        return self.first + at == len(self.text.lines) - 1


class PlacedPicture(NamedTuple):
    """A picture by its digest; ``number`` counts the pictures of the document from 0."""

    number: int
    digest: str
    area: Rectangle
    turn: Turn | None = None


class Furnishing(NamedTuple):
    """A line that does not belong to the issue: a folio or a proof mark."""

    placed: PlacedLine
    colour: str


class Link(NamedTuple):
    """A link from a contents entry to an anchor."""

    text: SetText
    target: str
    area: Rectangle


class Note(NamedTuple):
    """What a reader shows where the pointer is in an area; ``colour`` is that of its frame."""

    text: str
    area: Rectangle
    colour: str


class Destination(NamedTuple):
    """The target of links and bookmarks; pages are counted from 1."""

    page: int
    x: float
    y: float


class Bookmark(NamedTuple):
    """A heading in the outline of a PDF reader, by the key of its text.

    Headlines of articles have level 2.
    """

    level: int
    title: str
    place: Destination
    key: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page; pages are counted from 1, and ``contents`` are in reading order."""

    number: int
    width: float
    height: float
    contents: tuple[PlacedText | PlacedPicture, ...]
    rules: tuple[Rule, ...] = ()
    links: tuple[Link, ...] = ()
    furniture: tuple[Furnishing, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def texts(self) -> Iterator[PlacedText]:
        """Yield the texts of the page, in reading order."""
        return (placed for placed in self.contents if isinstance(placed, PlacedText))


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a document, its structure, bookmarks and anchors.

    ``structure`` names the roles of texts and pictures, by their keys; what it leaves out is an
    artifact. ``anchors`` are the targets of links, by name.
    """

    pages: tuple[Page, ...]
    structure: Element
    bookmarks: tuple[Bookmark, ...]
    anchors: Mapping[str, Destination]

    def __iter__(self) -> Iterator[Page]:
        return iter(self.pages)

    def __len__(self) -> int:
        return len(self.pages)

    @property
    def pictured(self) -> list[int]:
        """Return the numbers of the pages on which a picture stands."""
        return [
            page.number
            for page in self.pages
            if any(isinstance(placed, PlacedPicture) for placed in page.contents)
        ]

    def lines(self) -> Iterator[SetLine]:
        """Yield every line that is drawn, for the faces to embed."""
        for page in self.pages:
            for placed in page.texts:
                yield from (line.line for line in placed.lines)
                if placed.ending:
                    yield placed.ending.line
            yield from (furnishing.placed.line for furnishing in page.furniture)
