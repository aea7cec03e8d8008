"""What begins a page by order: the structure does not tell, as a page is none of its matters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hongtou.plan import Plan
from hongtou.plan.articles import AnnexPlan, FlowBlock, PageEnd
from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import Galley
from hongtou.plan.tables import TablePlan


def page_openings(plan: Plan) -> frozenset[int]:
    """Return the keys of the texts that begin a page, and of pictures as -1 - their number."""
    flows = [block for article in plan.articles for block in article.flow]
    galleys = [galley for briefs in plan.briefs for galley in (briefs.heading, briefs.items)]
    return frozenset(_openings([*flows, *galleys]))


def _openings(blocks: Iterable[FlowBlock]) -> Iterator[int]:
    opens = False
    for block, ends in _flat(blocks):
        if block is not None:
            if opens:
                yield _first(block)
            opens = False
        opens = opens or ends


def _flat(
    blocks: Iterable[FlowBlock],
) -> Iterator[tuple[Galley | TablePlan | FigurePlan | None, bool]]:
    """Yield blocks, each with whether the page ends after it; None stands for no block."""
    for block in blocks:
        if isinstance(block, PageEnd):
            yield None, True
        elif isinstance(block, AnnexPlan):
            yield None, True
            yield from _flat(block.flow)
            yield None, block.ends_page
        else:
            yield block, False


def _first(block: Galley | TablePlan | FigurePlan) -> int:
    if isinstance(block, Galley):
        return block.texts[0].key
    if isinstance(block, FigurePlan):
        return -1 - block.pictures[0].number
    if over := (*block.heading, *block.captions):
        return over[0].key
    return (*block.header, *block.rows)[0].cells[0].text.key
