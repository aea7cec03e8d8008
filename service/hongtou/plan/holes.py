"""Pages that end short: nothing could fill them, and an editor can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from hongtou.bulletin.finding import Finding, Severity
from hongtou.layouts import Layout
from hongtou.plan.drafts import PageDraft
from hongtou.plan.feet import lines_together
from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import HEADLINES, WITH_NEXT
from hongtou.plan.makeup import Makeup
from hongtou.plan.tables import TablePlan
from hongtou.plan.unit import Unit

Why = tuple[str, str]  # what did not fit, and what to do

PICTURE = "下面的图片排不下", "请把图片改窄，或移到上下文的段落之间"
TABLE = "下面的表格排不下", "请把表格移到上下文的段落之间，或拆成几个"
TURNED = "下面的横排表格另占一面", "请在表格前后添几行正文，或把表格改为竖排"
HEADLINE = "下面的标题连同两行正文排不下", "请在本页增减几行，或精简这个标题"
TOGETHER = "下面几行要排在一面，排不下", "请在本页增减几行"
ROWS = "表格的几行移到末页，与报尾同在一面", "请精简发送范围和人员名单，或在表格之后加写几行"
BLOCK = "下面的报尾太高，另占一面", "请精简发送范围和人员名单，可少印一页，或再写几行"
CLOSING = "几行正文移到末页，与报尾同在一面", "请删去几行，可少印一页，或再写几行"


def holes(
    makeup: Makeup, pages: Sequence[PageDraft], numbers: Sequence[int], layout: Layout
) -> Iterator[Finding]:
    """Yield a note for every page that ends short, where no page break asks for it.

    ``numbers`` are those of the pages. A headline may leave more lines free than anything else.

    Finding: pages/hole.
    """
    pitch, least = layout.pt("page.line_pitch"), layout.pt("report.hole")
    most = layout.pt("report.hole_before_headline")
    for (draft, following), number in zip(pairwise(pages), numbers, strict=False):
        left = makeup.room - draft.height
        if left < least:
            continue
        why = _why(makeup, draft, following, is_last=following is pages[-1])
        if why is None or (why is HEADLINE and left < most):
            continue
        what, hint = why
        yield Finding(
            code="pages/hole",
            severity=Severity.NOTE,
            page=number,
            message=f"第{number}页末尾空出{int(left / pitch + 1e-6)}行，{what}",
            hint=hint,
        )


def _why(makeup: Makeup, page: PageDraft, following: PageDraft, *, is_last: bool) -> Why | None:
    """Return why a page ends short; None where that was asked for, or is told elsewhere."""
    if page.behind and _is_bare(makeup, page):
        return TURNED
    if page.behind and _begins_annex(makeup.units[page.behind[0]]):
        return None
    if not following.units:
        return TURNED if page.behind else BLOCK
    first = makeup.units[following.units[0]]
    if first.begins_page:
        return None
    if page.behind:
        return TURNED
    if is_last and _is_moved(first, makeup.room - page.height):
        return ROWS
    if first.text is None:
        return PICTURE if isinstance(first.block, FigurePlan) else TABLE
    if lines_together(makeup, following.units[0]) <= makeup.lines_left(page):
        return CLOSING if is_last else None
    return HEADLINE if first.text.style in HEADLINES else TOGETHER


def _is_bare(makeup: Makeup, page: PageDraft) -> bool:
    """Tell whether a page has nothing but headings."""
    texts = [makeup.units[number].text for number in page.units]
    return all(text is not None and text.style in WITH_NEXT for text in texts)


def _begins_annex(sheet: Unit) -> bool:
    return isinstance(sheet.block, TablePlan) and bool(sheet.block.heading)


def _is_moved(unit: Unit, left: float) -> bool:
    """Tell whether it is a row for which the page before has room."""
    return isinstance(unit.block, TablePlan) and unit.number > 0 and unit.height <= left
