"""Pages that end short before a picture or a table: what was moved could not fill them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hongtou.bulletin.finding import Finding, Severity
from hongtou.layouts import Layout
from hongtou.plan.makeup import Makeup, PageDraft
from hongtou.plan.pictures import FigurePlan

PICTURE = "图片", "请把图片改窄，或移到上下文的段落之间"
TABLE = "表格", "请把表格移到上下文的段落之间，或拆成几个"


def holes(
    makeup: Makeup, pages: Sequence[PageDraft], numbers: Sequence[int], layout: Layout
) -> Iterator[Finding]:
    """Yield a note for every page that ends short because of what floats, or of a row.

    ``numbers`` are those of the pages. Finding: pages/hole.
    """
    pitch, least = layout.pt("page.line_pitch"), layout.pt("report.hole")
    for (draft, following), number in zip(pairwise(pages), numbers, strict=False):
        left = makeup.room - draft.height
        first = makeup.units[following.units[0]] if following.units else None
        if first is None or first.text or first.begins_page or left < least:
            continue
        what, hint = PICTURE if isinstance(first.block, FigurePlan) else TABLE
        yield Finding(
            code="pages/hole",
            severity=Severity.NOTE,
            page=number,
            message=f"第{number}页末尾空出{int(left / pitch + 1e-6)}行，下面的{what}排不下",
            hint=hint,
        )
