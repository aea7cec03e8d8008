"""Small tables that pages part after all, where one kept whole would leave a large hole."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from hongtou.plan.articles import AnnexPlan, ArticlePlan, FlowBlock
from hongtou.plan.fitting import Fitting
from hongtou.plan.tables import TablePlan
from hongtou.plan.unit import table_name
from hongtou.plan.units import Parts

LINES_ALONE = 2  # of a row that may be the only one on a page
TOTAL = "table_total"  # the style of a row that sums up what is above it

Name = tuple[str, int]
Part = TypeVar("Part")


def parted_tables(parts: Parts, fitting: Fitting, most: float) -> Parts | None:
    """Return an issue in which those tables are parted that leave more than ``most`` points free.

    None is returned where there are none.
    """
    names = set(_leaving(fitting, most))
    if not names:
        return None
    return parts._replace(articles=tuple(_of_article(one, names) for one in parts.articles))


def _leaving(fitting: Fitting, most: float) -> Iterator[Name]:
    """Yield the names of whole tables at heads of pages behind which the page before is short."""
    makeup = fitting.makeup
    for page, following in pairwise(fitting.pages):
        if not following.units or makeup.room - page.height <= most:
            continue
        unit = makeup.units[following.units[0]]
        if unit.floats and not unit.is_turned and not unit.begins_page:
            block = unit.block
            if isinstance(block, TablePlan):
                yield unit.float_name


def _of_article(article: ArticlePlan, names: Set[Name]) -> ArticlePlan:
    return replace(article, flow=tuple(_of_block(block, names) for block in article.flow))


def _of_block(block: FlowBlock, names: Set[Name]) -> FlowBlock:
    if isinstance(block, AnnexPlan):
        return replace(block, flow=tuple(_of_part(part, names) for part in block.flow))
    return _of_part(block, names)


def _of_part(part: Part, names: Set[Name]) -> Part | TablePlan:
    if isinstance(part, TablePlan) and table_name(part) in names:
        return _parted(part)
    return part


def _parted(table: TablePlan) -> TablePlan:
    """Return a table whose rows pages may part: none is left alone, and no total is."""
    last = len(table.rows) - 1
    rows = []
    for number, row in enumerate(table.rows):
        over = table.rows[number - 1] if number else row
        stays = number > 0 and (
            (number == 1 and over.lines < LINES_ALONE)
            or (number == last and row.lines < LINES_ALONE)
            or row.is_reached
            or any(cell.text.style == TOTAL for cell in row.cells)
            or (len(over.cells) == 1 and not over.is_reached and len(table.widths) > 1)
        )
        rows.append(replace(row, stays=stays))
    return replace(table, rows=tuple(rows))
