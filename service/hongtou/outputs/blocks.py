"""Tables and figures of an issue as they were planned, before any stood on a page."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.plan import Plan
from hongtou.plan.articles import AnnexPlan, FlowBlock


def blocks_of(plan: Plan) -> Iterator[FlowBlock]:
    """Yield what the articles are made of, in reading order; annexes are taken apart."""
    for article in plan.articles:
        for block in article.flow:
            if isinstance(block, AnnexPlan):
                yield from block.flow
            else:
                yield block
