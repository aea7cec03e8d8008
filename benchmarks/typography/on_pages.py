"""What a PDF does not tell, measured on our own pages and plan: tables, lists, why pages end short."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, pairwise
from random import Random
from unittest import mock

from benchmarks.typography.feet import fittings, short_feet
from benchmarks.typography.headlines import judged
from hongtou.bulletin.measure import mm_from_pt
from hongtou.bulletin.order import COPYFIT, OFF, Order
from hongtou.compose.break_classes import TRIMMED_BEFORE, mark_of
from hongtou.pages.page import Page, Pages, PlacedLine, PlacedPicture, PlacedText
from hongtou.pages.report import BODY_STYLES
from hongtou.pages.stages import Paginated
from hongtou.pipeline import Typesetter
from hongtou.plan import Plan
from hongtou.plan.articles import AnnexPlan, FlowBlock
from hongtou.plan.column_search import ColumnSearch, Widths
from hongtou.plan.last_page import lines_of
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan

BY_SENSE = frozenset({"contents_entry", "table_header", "attachment", "closing"})
CELLS = frozenset({"table_header", "table_cell", "table_total"})
LISTS = frozenset({"attachment", "closing"})
ATTACHMENTS = "附件："
LABEL = re.compile(rf"({ATTACHMENTS})?\d{{1,2}}\.|[^，、：]{{1,6}}：")
FIGURE = re.compile(r"[0-9]+(?:[.,:∶/—–～~-]+[0-9]+)*[%‰℃万亿元]*")
ASCENT, DESCENT = 0.88, 0.12  # em: the square of a character over and under its baseline
SMALL_TABLE = 8  # rows
OPENING = 6  # characters of a line that `geometry` quotes
RESTARTS = 12  # of the search that the widths of columns are held against


@dataclass(frozen=True, slots=True)
class OnPages:
    """Measures of one issue. Faults are told by what stands there."""

    feet: tuple[tuple[int, float, str], ...]  # pages that end short: number, lines, why
    pages: int
    asked_feet: int  # pages but the last
    last_lines: int
    saves_page: bool
    has_body_on_first: bool
    nameplate: tuple[float, ...]  # points, of each line
    tells_small_nameplate: bool
    torn_words: tuple[str, ...]
    torn_figures: tuple[str, ...]
    edges: tuple[float, ...]  # mm, of each list: how far its lines begin apart
    paddings: tuple[float, ...]  # em, of each cell
    small_tables: int
    parted_tables: int
    cells: frozenset[str]  # how each begins: a row of a table goes on in no other
    column_lines: tuple[tuple[int, int], ...]  # of each table: as set, and the fewest found


def measure_pages(
    typesetter: Typesetter, document: bytes, images: Mapping[str, bytes]
) -> tuple[OnPages, Paginated]:
    """Set an issue, and measure what stands on its pages."""
    accepted = typesetter.accept(document, Order(), images)
    with fittings() as found, searches() as searched:
        planned = typesetter.plan(accepted)
    with fittings() as unfitted:
        plain = Order(options=((COPYFIT, OFF),))
        typesetter.plan(typesetter.accept(document, plain, images))
    paginated = typesetter.paginate(planned)
    fitting, pages, plan = found[-1], paginated.pages, planned.plan
    cells = [text for text in _texts(pages) if text.style in CELLS and text.lines]
    tables = [table for table in _tables(plan) if len(table.rows) <= SMALL_TABLE]
    measured = OnPages(
        feet=tuple(short_feet(fitting)),
        pages=len(pages),
        asked_feet=len(fitting.pages) - 1,
        last_lines=lines_of(fitting.makeup, fitting.pages[-1]),
        saves_page=len(fitting.pages) < len(unfitted[-1].pages),
        has_body_on_first=_has_body(pages.pages[0]),
        nameplate=tuple(line.size for text in plan.masthead.nameplate for line in text.lines),
        tells_small_nameplate=any(
            finding.code == "masthead/nameplate-small" for finding in paginated.findings
        ),
        torn_words=tuple(_torn_words(pages)),
        torn_figures=tuple(chain.from_iterable(map(_torn_figures, cells))),
        edges=tuple(_edges(pages)),
        paddings=tuple(map(_padding, cells)),
        small_tables=len(tables),
        parted_tables=sum(_is_parted(table, pages) for table in tables),
        cells=frozenset(cell.text[:OPENING] for cell in cells),
        column_lines=tuple(searched),
    )
    return measured, paginated


def _texts(pages: Pages) -> Iterator[SetText]:
    """Yield every text on the pages once."""
    return iter({placed.text.key: placed.text for page in pages for placed in page.texts}.values())


def _has_body(page: Page) -> bool:
    return any(
        isinstance(content, PlacedPicture) or content.text.style in BODY_STYLES | CELLS
        for content in page.contents
    )


def _torn_words(pages: Pages) -> Iterator[str]:
    for text in _texts(pages):
        if text.style in BY_SENSE and len(text.lines) > 1:
            yield from judged([line.text for line in text.lines]).torn


def _torn_figures(cell: SetText) -> Iterator[str]:
    lines = [line.text for line in cell.lines]
    text, at = "".join(lines), 0
    spans = [found.span() for found in FIGURE.finditer(text)]
    for line, _ in pairwise(lines):
        at += len(line)
        if any(first < at < end for first, end in spans):
            yield f"{text[max(0, at - 5) : at]}｜{text[at : at + 5]}"


def _padding(cell: SetText) -> float:
    """Return the least blank over or under the squares of a cell's lines, in em."""
    size = cell.lines[0].size
    over = cell.baselines[0] - ASCENT * size
    under = cell.heights[-1] - cell.baselines[-1] - DESCENT * size
    return min(over, under) / size


def _tables(plan: Plan) -> Iterator[TablePlan]:
    """Yield the tables that stand upright."""
    for article in plan.articles:
        yield from _tables_of(article.flow)


def _tables_of(flow: Sequence[FlowBlock]) -> Iterator[TablePlan]:
    for block in flow:
        if isinstance(block, AnnexPlan):
            yield from _tables_of(block.flow)
        elif isinstance(block, TablePlan) and not block.landscape:
            yield block


def _is_parted(table: TablePlan, pages: Pages) -> bool:
    keys = {cell.text.key for row in table.rows for cell in row.cells}
    on = {page.number for page in pages for placed in page.texts if placed.text.key in keys}
    return len(on) > 1


def _edges(pages: Pages) -> Iterator[float]:
    """Yield for each list how far apart the texts behind its labels begin, in mm."""
    lists: list[list[float]] = []
    for placed in chain.from_iterable(page.texts for page in pages):
        if placed.text.style in LISTS:
            if _opens_list(placed):
                lists.append([])
            lists[-1].extend(_begins(placed))
    for begins in lists:
        if len(begins) > 1:
            yield mm_from_pt(max(begins) - min(begins))


def _opens_list(placed: PlacedText) -> bool:
    """Tell whether a list begins: each row of the closing block hangs under its own label."""
    is_row = placed.text.style != "attachment"
    return not placed.first and (is_row or placed.text.text.startswith(ATTACHMENTS))


def _begins(placed: PlacedText) -> Iterator[float]:
    label = LABEL.match(placed.text.text)
    for number, line in enumerate(placed.lines, start=placed.first):
        if number:
            yield _edge(line, 0)
        elif label:
            yield _edge(line, label.end())


def _edge(placed: PlacedLine, at: int) -> float:
    """Return where the square of a character begins, but for the blank half of an opening mark."""
    line = placed.line
    before = zip(line.faces[:at], line.glyphs[:at], line.gaps[:at], strict=True)
    ahead = sum(face.advance(glyph) * line.size / 1000 + gap for face, glyph, gap in before)
    blank = TRIMMED_BEFORE.get(mark_of(line.texts[at]), 0.0) * line.size
    return placed.x + line.x + ahead + blank


@contextmanager
def searches() -> Iterator[list[tuple[int, int]]]:
    """Keep for each table how many lines its rows take, and the fewest that a wider search finds."""
    found: list[tuple[int, int]] = []
    fewest_lines = ColumnSearch.fewest_lines

    def kept(search: ColumnSearch, widths: Widths) -> Widths:
        chosen = fewest_lines(search, widths)
        if search._slots:
            found.append(_against_best(search, chosen))
        return chosen

    with mock.patch.object(ColumnSearch, "fewest_lines", kept):
        yield found


def _against_best(search: ColumnSearch, chosen: Widths) -> tuple[int, int]:
    """Return the lines of the chosen widths and of the best of many descents, step by step."""
    random = Random(1)
    starts = [chosen, *(_start(search, sum(chosen), random) for _ in range(RESTARTS))]
    fewest = min(search._cost(_descended(search, start))[0] for start in starts)
    return search._cost(chosen)[0], fewest


def _start(search: ColumnSearch, steps: int, random: Random) -> Widths:
    """Return the least widths, and the rest of the measure anywhere."""
    widths = list(search._least)
    for _ in range(steps - sum(widths)):
        widths[random.randrange(len(widths))] += 1
    return tuple(widths)


def _descended(search: ColumnSearch, widths: Widths) -> Widths:
    while True:
        better = min(search._moves(widths, 1), key=search._cost, default=widths)
        if search._cost(better) >= search._cost(widths):
            return widths
        widths = better
