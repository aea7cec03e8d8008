"""Widths of a table's columns: whole steps of the layout, for as few lines as there can be.

Nothing that belongs together is parted if the measure has room for it, in smaller type if need be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from math import ceil
from typing import NamedTuple

from hongtou.bulletin.finding import Severity
from hongtou.bulletin.table import Table
from hongtou.plan.column_search import ColumnSearch, Widths, column_step, shared_out
from hongtou.plan.table_cells import DraftRow, draft_rows
from hongtou.plan.table_type import TableType, padding_of
from hongtou.plan.texts import TextSetter

Drafts = tuple[list[DraftRow], list[DraftRow]]  # of the header and of the rows


class Needs(NamedTuple):
    """What each column wants for its longest text, and what it must have, in steps.

    With ``whole`` no word is parted, with ``figures`` at least no number is.
    """

    wants: list[float]
    whole: list[float]
    figures: list[float]


class Way(NamedTuple):
    """How a table has room: the share of its type's size, and the least widths of its columns.

    One that ``is_close`` has the least padding. With ``has_room`` no figure is parted.
    """

    shrunk: float
    least: list[int]
    is_close: bool = False
    has_room: bool = True


class Setting(NamedTuple):
    """A table measured: its rows as drafts, their type, and the widths of the columns."""

    header: list[DraftRow]
    rows: list[DraftRow]
    type: TableType
    widths: Widths


def set_columns(table: Table, measure: float, setter: TextSetter) -> Setting:
    """Choose the type and the widths of the columns of a table that is ``measure`` points wide.

    Findings: table/smaller-type, table/too-narrow.
    """
    drafts = draft_rows(table, setter)
    needs = needs_of(drafts, table.columns, setter)
    steps = int(measure / column_step(setter) + 1e-6)
    way = _way(needs, steps, setter)
    wants = needs.wants
    if way.shrunk < 1:
        drafts = draft_rows(table, setter, way.shrunk)
        wants = wants_of(drafts, table.columns, setter)
    setting, lines = _searched(drafts, wants, way, steps, setter)
    if _is_tall(table, lines, setter):
        for smaller in (size for size in _sizes(setter) if size < way.shrunk):
            drafts = draft_rows(table, setter, smaller)
            other = Way(smaller, _least(needs.whole, smaller, setter))
            wants = wants_of(drafts, table.columns, setter)
            shorter, fewer = _searched(drafts, wants, other, steps, setter)
            if sum(fewer) <= setter.layout.share("table.shorter") * sum(lines):
                _remark_smaller(table, smaller, "文字多", "每行少占几行", setter)
                return shorter
    if not way.has_room:
        _remark_narrow(table, setter)
    elif way.shrunk < 1:
        _remark_smaller(table, way.shrunk, "较宽", "以免断开数字和词语", setter)
    return setting


def _searched(
    drafts: Drafts, wants: Sequence[float], way: Way, steps: int, setter: TextSetter
) -> tuple[Setting, list[int]]:
    """Return a table in type of this share of its size, and how many lines each row takes."""
    kind = TableType.of(setter, way.shrunk, is_close=way.is_close)
    search = ColumnSearch(drafts, wants, way.least, kind, setter)
    growth = _growth(drafts, wants, setter)
    widths = search.fewest_lines(shared_out(wants, way.least, steps, growth))
    return Setting(*drafts, kind, widths), search.rows(widths)


def _is_tall(table: Table, lines: Sequence[int], setter: TextSetter) -> bool:
    """Tell whether a table takes many lines a row, and more than stay together on a page."""
    layout = setter.layout
    across = layout.pt("page.type_area_width" if table.landscape else "page.type_area_height")
    page = int(across / setter.pitch + 1e-6)
    return (
        sum(lines) > layout.count("table.tall_rows") * len(lines)
        and sum(lines) > layout.share("table.whole") * page
    )


def _narrowest(setter: TextSetter) -> int:
    """Return how many steps a column has at the least."""
    characters = setter.layout.count("table.narrowest_column")
    return ceil(characters * setter.layout.character_pt / column_step(setter) - 1e-6)


def _way(needs: Needs, steps: int, setter: TextSetter) -> Way:
    """Return the size of the type and the columns' least widths, the best that have room."""
    sizes = _sizes(setter)
    for way in _ways(sizes, needs, setter):
        if sum(way.least) <= steps:
            return way
    least = _least(needs.figures, sizes[-1], setter, is_close=True)
    return Way(sizes[-1], _kept(least, steps, setter), is_close=True, has_room=False)


def _sizes(setter: TextSetter) -> list[float]:
    """Return the sizes that a table may take, as shares of its own."""
    full = setter.layout.styles["table_cell"].size_pt
    layout = setter.layout
    smaller = [layout.pt("table.smaller_size"), layout.pt("table.smallest_size")]
    return [1.0, *(size / full for size in smaller if size < full)]


def _ways(sizes: Sequence[float], needs: Needs, setter: TextSetter) -> Iterable[Way]:
    """Yield ways, best first: words whole, or figures at least, in small type.

    Before words or figures are parted, columns of a few figures are as narrow as these, and before
    figures are, all texts stand nearer to the rules.
    """
    for shrunk in sizes:
        yield Way(shrunk, _least(needs.whole, shrunk, setter))
    smallest = sizes[-1]
    for is_close in (False, True):
        floors = _floors(needs, smallest, setter, is_close=is_close)
        for kept in (needs.whole, needs.figures):
            if not is_close:
                yield Way(smallest, _least(kept, smallest, setter))
            least = _least(kept, smallest, setter, floors, is_close=is_close)
            yield Way(smallest, least, is_close)


def _floors(needs: Needs, shrunk: float, setter: TextSetter, *, is_close: bool) -> list[int]:
    """Return the least widths of columns: what all in one takes where the layout likes it wider."""
    narrowest = _narrowest(setter)
    whole = _steps_of(needs.whole, shrunk, setter, is_close=is_close)
    return [min(narrowest, width) if width else narrowest for width in whole]


def _least(
    needs: Sequence[float],
    shrunk: float,
    setter: TextSetter,
    floors: Sequence[int] = (),
    *,
    is_close: bool = False,
) -> list[int]:
    """Return how many steps columns need in type of this share of its size.

    No column is narrower than its floor, or else than the layout lets it be.
    """
    floors = floors or [_narrowest(setter)] * len(needs)
    return [*map(max, floors, _steps_of(needs, shrunk, setter, is_close=is_close))]


def _steps_of(
    needs: Sequence[float], shrunk: float, setter: TextSetter, *, is_close: bool
) -> list[int]:
    """Return needs in whole steps in type of this share of its size; the padding stays."""
    step = column_step(setter)
    usual = padding_of(setter) / step
    padding = padding_of(setter, is_close=is_close) / step
    return [ceil((need - usual) * shrunk + padding - 1e-6) if need else 0 for need in needs]


def _kept(least: Sequence[int], steps: int, setter: TextSetter) -> list[int]:
    """Return the needs of as many columns as the measure has room for, the small ones first."""
    few = min(_narrowest(setter), steps // len(least)) or 1
    kept = [few] * len(least)
    over = steps - sum(kept)
    for column in sorted(range(len(least)), key=lambda at: least[at]):
        more = least[column] - few
        if 0 < more <= over:
            kept[column], over = least[column], over - more
    return kept


def _growth(drafts: Drafts, wants: Sequence[float], setter: TextSetter) -> list[float]:
    """Return by what columns share the room that is over: what they want beyond half the narrowest.

    Columns of short texts are so more alike. A label has room enough beside its rows: it does not
    count. A column without any text is there to be written in, and takes as much as the widest.
    """
    header, rows = drafts
    wanted: Sequence[float] = wants
    if any(one.is_label for row in rows for one in row):
        others = [[one for one in row if not one.is_label] for row in rows]
        wanted = wants_of((header, others), len(wants), setter)
    narrowest, widest = _narrowest(setter), max(wanted)
    blank = padding_of(setter) / column_step(setter) + 1e-6
    wanted = [want if want > blank else widest for want in wanted]
    return [max(want, narrowest) - narrowest / 2 for want in wanted]


def wants_of(drafts: Drafts, columns: int, setter: TextSetter) -> list[float]:
    """Return what each column wants."""
    return needs_of(drafts, columns, setter, ("wanted",)).wants


def needs_of(
    drafts: Drafts,
    columns: int,
    setter: TextSetter,
    asked: Sequence[str] = ("wanted", "whole", "figures"),
) -> Needs:
    """Return what each column wants and must have; who spans several adds what they lack.

    ``asked`` are the measures of a cell of which these are made. A text is only looked into where
    all of it would not fit what its column must have already.
    """
    padding, step = padding_of(setter), column_step(setter)
    needs = Needs([0.0] * columns, [0.0] * columns, [0.0] * columns)
    for cell in sorted(chain.from_iterable(chain(*drafts)), key=lambda one: one.cell.colspan):
        span = range(cell.column, cell.column + cell.cell.colspan)
        for widths, wanted in zip(needs, asked, strict=False):
            room = sum(widths[column] for column in span)
            if (cell.natural + padding) / step <= room:
                continue
            lack = (getattr(cell, wanted) + padding) / step - room
            for column in span:
                widths[column] += max(0.0, lack) / len(span)
    return needs


def _remark_narrow(table: Table, setter: TextSetter) -> None:
    turned = "" if table.landscape else "，或改为横排（orientation: landscape）"
    setter.remark(
        "table/too-narrow",
        table.pointer,
        "表格列太多或太宽，格内的数字要断开转行",
        f"请减少列数、换大的计量单位{turned}",
    )


def _remark_smaller(table: Table, shrunk: float, why: str, use: str, setter: TextSetter) -> None:
    size = setter.layout.styles["table_cell"].size_pt * shrunk
    turned = "" if table.landscape else "，或改为横排（orientation: landscape）"
    setter.remark(
        "table/smaller-type",
        table.pointer,
        f"表格{why}，改用 {size:g} 磅字，{use}",
        f"如嫌字小，请减少列数、精简格内文字{turned}",
        Severity.NOTE,
    )
