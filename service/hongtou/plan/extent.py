"""How many pages a plan fills at the least, told before it is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil

from hongtou.plan.articles import AnnexPlan, Block, FlowBlock
from hongtou.plan.pictures import FigurePlan
from hongtou.plan.plan import Plan
from hongtou.plan.tables import TablePlan


def least_pages(plan: Plan) -> int:
    """Return how many pages a plan fills if none has any room left: it never fills fewer.

    A part of a landscape table has a page to itself.
    """
    blocks = [block for article in plan.articles for block in _blocks(article.flow)]
    turned = sum(isinstance(block, TablePlan) and block.landscape for block in blocks)
    height = sum(strip.height for galley in plan.galleys for strip in galley.strips)
    return turned + ceil(
        (height + _lines(blocks) * plan.layout.pt("page.line_pitch"))
        / plan.layout.pt("page.type_area_height")
        - 1e-6
    )


def _blocks(flow: Iterable[FlowBlock]) -> Iterator[Block]:
    """Yield the tables and figures of an article and its annexes."""
    for block in flow:
        if isinstance(block, AnnexPlan):
            yield from _blocks(block.flow)
        elif isinstance(block, TablePlan | FigurePlan):
            yield block


def _lines(blocks: Iterable[Block]) -> int:
    """Return how many lines of the grid the upright blocks take, headers and captions aside."""
    upright = [block for block in blocks if not getattr(block, "landscape", False)]
    return sum(
        sum(row.lines for row in block.rows) if isinstance(block, TablePlan) else block.lines
        for block in upright
    )
