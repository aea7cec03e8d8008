"""Pages as make-up has filled them → pieces: what of each block stands on which page.

The engine lays them out one under the other, and ends a page where the next piece begins one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from hongtou.plan.drafts import PageDraft
from hongtou.plan.figures import FigurePlan
from hongtou.plan.makeup import Makeup
from hongtou.plan.set_text import SetText
from hongtou.plan.table_parts import part_of
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import Unit

SetLineOf = tuple[SetText, int]


class Strip(NamedTuple):
    """Lines that stand one under the other, each as its text and its number in it.

    ``height`` (points) is theirs without the blank over the first that fell away at the head of
    a page, ``raised``; it is less than nothing where blank is added there.
    """

    lines: tuple[SetLineOf, ...]
    height: float
    raised: float = 0.0


def strip_of(text: SetText) -> Strip:
    """Return the strip of a text that stands alone."""
    return Strip(tuple((text, number) for number in range(len(text.heights))), text.height)


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a block stands on one page; ``key`` stands in the HTML as ``data-piece``.

    It is lines of a galley, rows of a table, or a picture. ``anchor`` is what links to it name.
    """

    key: int
    content: Strip | TablePlan | FigurePlan
    begins_page: bool
    anchor: str = ""

    @property
    def strip(self) -> Strip | None:
        """Return the lines, where it is lines."""
        return self.content if isinstance(self.content, Strip) else None

    @property
    def table(self) -> TablePlan | None:
        """Return the table, where it is one."""
        return self.content if isinstance(self.content, TablePlan) else None


@dataclass(frozen=True, slots=True)
class Pieces:
    """All pieces in the order in which they stand, and what else begins a page.

    ``contents_heads`` are the keys of texts of the contents that do. ``numbers`` are those of the
    pages, counted from 1, between which tables on their side have theirs.
    """

    pieces: tuple[Piece, ...]
    contents_heads: frozenset[int]
    closing_begins_page: bool
    numbers: tuple[int, ...]

    @property
    def figures(self) -> Iterator[FigurePlan]:
        """Yield the figures as they stand on their pages."""
        return (one.content for one in self.pieces if isinstance(one.content, FigurePlan))

    @property
    def targets(self) -> dict[str, int]:
        """Return the key of the text to which each name leads."""
        anchored = (one for one in self.pieces if one.anchor and one.strip)
        return {one.anchor: one.strip.lines[0][0].key for one in anchored if one.strip}

    @property
    def page_count(self) -> int:
        """Return how many pages there are: the last has the closing block."""
        return self.numbers[-1]


def pieces_of(
    makeup: Makeup,
    pages: Sequence[PageDraft],
    anchors: Mapping[int, str],
    setter: TextSetter,
) -> Pieces:
    """Return the pieces of pages; ``anchors`` are names by the key of the text that bears them.

    The setter keeps what is said again where a cell goes on.
    """
    found: list[Piece] = []
    heads: set[int] = set()
    numbers: list[int] = []
    turned: list[TablePlan] = []
    for page, draft in enumerate(pages):
        turned += _sheets(makeup, draft.ahead)
        for sheet in turned:
            found.append(Piece(len(found), sheet, begins_page=True))
        numbers.append((numbers[-1] if numbers else 0) + len(turned) + 1)
        turned = _sheets(makeup, draft.behind)
        begins = page > 0
        for _, members in _blocks(makeup, draft):
            block = members[0].block
            if isinstance(block, SetText):
                heads |= {block.key} if begins else set()
            elif block is not None:
                at_foot = members[-1] is makeup.units[draft.units[-1]]
                content = _content(members, setter, at_head=begins, at_foot=at_foot)
                found.append(Piece(len(found), content, begins, _anchor(content, anchors)))
            begins = False
    return Pieces(tuple(found), frozenset(heads), not pages[-1].units, tuple(numbers))


def _blocks(makeup: Makeup, draft: PageDraft) -> Iterator[tuple[int, list[Unit]]]:
    """Yield what stands on a page, block by block."""
    units = (makeup.units[at] for at in draft.units)
    for key, members in groupby(units, key=lambda unit: id(unit.block)):
        yield key, list(members)


def _sheets(makeup: Makeup, numbers: Sequence[int]) -> list[TablePlan]:
    """Return the tables on their side with these numbers."""
    blocks = [makeup.units[at].block for at in numbers]
    return [block for block in blocks if isinstance(block, TablePlan)]


def _content(
    units: Sequence[Unit], setter: TextSetter, *, at_head: bool, at_foot: bool
) -> Strip | TablePlan | FigurePlan:
    block = units[0].block
    if isinstance(block, FigurePlan):
        return block.at_head() if at_head else block
    if isinstance(block, TablePlan):
        return _rows(block, units, setter, at_foot=at_foot)
    raised = units[0].above - units[0].again if at_head else 0.0
    height = sum(unit.height for unit in units) - raised - (units[-1].below if at_foot else 0.0)
    return Strip(tuple(_lines(units)), height, raised)


def _lines(units: Sequence[Unit]) -> Iterator[SetLineOf]:
    for unit in units:
        if unit.text is not None:
            yield unit.text, unit.number


def _rows(
    table: TablePlan, units: Sequence[Unit], setter: TextSetter, *, at_foot: bool
) -> TablePlan:
    """Return the part of a table that these rows are; a short table is one unit.

    What ends it goes with its last row; the space under it falls away at the foot of a page.
    """
    first = units[0].number
    end = len(table.rows) if units[0].floats else first + len(units)
    rows = part_of(table.rows, first, end, len(table.widths), setter)
    ends = end == len(table.rows) and not (at_foot and units[-1].below)
    return replace(table, rows=rows, below=table.below if ends else (), continues=first > 0)


def _anchor(content: Strip | TablePlan | FigurePlan, anchors: Mapping[int, str]) -> str:
    if not isinstance(content, Strip):
        return ""
    text, number = content.lines[0]
    return anchors.get(text.key, "") if number == 0 else ""
