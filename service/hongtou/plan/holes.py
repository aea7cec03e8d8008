"""Pages that end short before a picture, a table or the closing block: nothing could fill them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hongtou.bulletin.finding import Finding, Severity
from hongtou.layouts import Layout
from hongtou.plan.feet import lines_together
from hongtou.plan.makeup import Makeup, PageDraft
from hongtou.plan.pictures import FigurePlan

PICTURE = "下面的图片排不下", "请把图片改窄，或移到上下文的段落之间"
TABLE = "下面的表格排不下", "请把表格移到上下文的段落之间，或拆成几个"
CLOSING = "几行正文移到末页，与报尾同在一面", "请删去几行，可少印一页，或再写几行"


def holes(
    makeup: Makeup, pages: Sequence[PageDraft], numbers: Sequence[int], layout: Layout
) -> Iterator[Finding]:
    """Yield a note for every page that ends short before what floats, a row or the closing block.

    ``numbers`` are those of the pages. Finding: pages/hole.
    """
    pitch, least = layout.pt("page.line_pitch"), layout.pt("report.hole")
    for (draft, following), number in zip(pairwise(pages), numbers, strict=False):
        left = makeup.room - draft.height
        if left < least or not following.units:
            continue
        first = makeup.units[following.units[0]]
        if first.begins_page:
            continue
        what, hint = PICTURE if isinstance(first.block, FigurePlan) else TABLE
        if first.text:
            together = lines_together(makeup, following.units[0])
            if following is not pages[-1] or together > makeup.lines_left(draft):
                continue
            what, hint = CLOSING
        yield Finding(
            code="pages/hole",
            severity=Severity.NOTE,
            page=number,
            message=f"第{number}页末尾空出{int(left / pitch + 1e-6)}行，{what}",
            hint=hint,
        )
