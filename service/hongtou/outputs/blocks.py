"""Tables and figures of an issue as they were planned, before any stood on a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hongtou.plan import Plan
from hongtou.plan.articles import AnnexPlan, FlowBlock
from hongtou.plan.tables import TablePlan


def blocks_of(plan: Plan) -> Iterator[FlowBlock]:
    """Yield what the articles are made of, in reading order; annexes are taken apart."""
    for article in plan.articles:
        for block in article.flow:
            if isinstance(block, AnnexPlan):
                yield from block.flow
            else:
                yield block


def alignments_of(plan: Plan) -> Mapping[int, str]:
    """Return how the text of each cell is aligned, by its key (`CellPlan.align`)."""
    return {
        cell.text.key: cell.align
        for table in blocks_of(plan)
        if isinstance(table, TablePlan)
        for row in (*table.header, *table.rows)
        for cell in row.cells
    }
