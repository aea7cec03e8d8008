"""The list beside the pages: what was found, in columns, the most binding where room is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import GRAVITY, Finding
from hongtou.compose.cells import TypeRun
from hongtou.outputs.overview.frames import PAPER
from hongtou.pages.page import Furnishing, PlacedLine, Rectangle, Rule
from hongtou.pages.proof.frames import BINDING, FIGURE_HEIGHT, Numbered
from hongtou.pages.proof.listing import HEADING, legible

if TYPE_CHECKING:
    from hongtou.compose.lines import SetLine
    from hongtou.faces import Faces
    from hongtou.plan import Plan

SIZE, PITCH, BLANK = 10, 15, 5  # of the type, from line to line, between entries
NUMBER_WIDTH = 26  # of the column of numbers, with what is blank behind it
MEASURE = 300  # of a column, about 27 characters beside the numbers
BETWEEN = 16  # columns
LEAST_DEPTH = 640  # of a column; as deep as the pages beside it where they are more
MOST_COLUMNS = 4
HINTS = "proof.practice"


class Entry(NamedTuple):
    """A finding as it is listed: its lines, each with its colour."""

    of: Numbered
    lines: tuple[tuple[SetLine, str], ...]

    @property
    def height(self) -> float:
        """Return its height with what is blank below it."""
        return len(self.lines) * PITCH + BLANK


class Column(NamedTuple):
    """Entries below one another."""

    entries: list[Entry]

    @property
    def height(self) -> float:
        """Return the height of all of them."""
        return sum(entry.height for entry in self.entries)


class Lister:
    """Sets entries and fills columns with them."""

    def __init__(self, plan: Plan, faces: Faces) -> None:
        self._compositor, self._faces = plan.compositor, faces
        style = plan.layout.styles[HEADING]
        self._role, self._colour = style.role, style.colour
        self._figures = plan.layout.styles["folio"].role

    def columns(self, found: Sequence[Numbered], depth: float) -> list[Column]:
        """Return as many findings as there is room for, in their order.

        The most binding and gravest are kept; a column is ``depth`` deep, or LEAST_DEPTH.
        """
        depth = max(depth, LEAST_DEPTH)
        kept = [*self._entries(found, MOST_COLUMNS * depth)]
        while len(columns := _filled(kept, depth)) > MOST_COLUMNS:
            kept.pop()
        return columns

    def _entries(self, found: Sequence[Numbered], room: float) -> Iterator[Entry]:
        """Yield entries, the most binding and gravest first, as long as there is room."""
        for one in sorted(found, key=lambda one: _weight(one.finding)):
            entry = self._entry(one)
            room -= entry.height
            if room < 0:
                return
            yield entry

    def lines(self, text: str, measure: float, size: float = SIZE) -> tuple[SetLine, ...]:
        """Return the lines of a text, in the face that is read best on a screen."""
        runs = [TypeRun(legible(text, self._role, self._faces), self._role)]
        return self._compositor.ragged(runs, size, measure)

    def placed(
        self, columns: Sequence[Column], x: float, y: float
    ) -> tuple[list[Rule], list[Furnishing]]:
        """Return the patches of the numbers, and all texts, from the top left corner of a list."""
        patches: list[Rule] = []
        texts: list[Furnishing] = []
        for at, column in enumerate(columns):
            top = y
            for entry in column.entries:
                patch, lines = self._drawn(entry, x + at * (MEASURE + BETWEEN), top)
                patches.append(patch)
                texts += lines
                top += entry.height
        return patches, texts

    def _entry(self, one: Numbered) -> Entry:
        finding = one.finding
        told = f"{finding.strength.value}　{one.where}　{one.message}"
        measure = MEASURE - NUMBER_WIDTH
        lines = [(line, self._colour) for line in self.lines(told, measure)]
        hints = self.lines(finding.hint, measure) if finding.hint else ()
        return Entry(one, (*lines, *((line, HINTS) for line in hints)))

    def _drawn(self, entry: Entry, x: float, y: float) -> tuple[Rule, list[Furnishing]]:
        number = self._compositor.single(str(entry.of.number), self._figures, SIZE)
        baseline = y + SIZE
        top = baseline - FIGURE_HEIGHT * SIZE
        patch = Rectangle(x, top - 2, number.width + 4, FIGURE_HEIGHT * SIZE + 4)
        texts = [Furnishing(PlacedLine(number, x + 2, baseline), PAPER)]
        for row, (line, colour) in enumerate(entry.lines):
            place = PlacedLine(line, x + NUMBER_WIDTH, baseline + row * PITCH)
            texts.append(Furnishing(place, colour))
        return Rule(patch, entry.of.colour), texts


def width_of(columns: Sequence[Column]) -> float:
    """Return how wide columns are side by side."""
    return len(columns) * (MEASURE + BETWEEN) - BETWEEN


def _filled(entries: Sequence[Entry], depth: float) -> list[Column]:
    """Return columns with entries in the order of their numbers."""
    columns = [Column([])]
    for entry in sorted(entries, key=lambda entry: entry.of.number):
        if columns[-1].entries and columns[-1].height + entry.height > depth:
            columns.append(Column([]))
        columns[-1].entries.append(entry)
    return columns


def _weight(finding: Finding) -> tuple[int, int]:
    return GRAVITY[finding.severity], BINDING[finding.strength]
