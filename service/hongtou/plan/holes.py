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
from hongtou.plan.last_page import lines_of
from hongtou.plan.makeup import Makeup
from hongtou.plan.tables import TablePlan
from hongtou.plan.unit import Unit

Why = tuple[str, str]  # what did not fit, and what to do

PICTURE = "下面的图片排不下", "请把图片改窄，或移到上下文的段落之间"
TABLE = "下面的表格排不下", "请把表格移到上下文的段落之间，或拆成几个"
TURNED = "下面的横排表格另占一面", "请在表格前后添几行正文，或把表格改为竖排"
HEADLINE = "下面的标题连同两行正文排不下", "请在本页增减几行，或精简这个标题"
HEADED_PICTURE = "下面的标题与图片排不下", "请在标题与图片之间写几行正文，或把图片改窄"
HEADED_TABLE = "下面的标题与表格排不下", "请在标题与表格之间写几行正文，或把表格拆成几个"
BEFORE_HEADLINE = (HEADLINE, HEADED_PICTURE, HEADED_TABLE)
TOGETHER = "下面几行要排在一面，排不下", "请在本页增减几行"
ROWS = "表格的几行移到末页，与报尾同在一面", "请精简发送范围和人员名单，或在表格之后加写几行"
BLOCK = "下面的报尾太高，另占一面", "请精简发送范围和人员名单，可少印一页，或再写几行"
CLOSING = "几行正文移到末页，与报尾同在一面", "请删去几行，可少印一页，或再写几行"


def holes(
    makeup: Makeup, pages: Sequence[PageDraft], numbers: Sequence[int], layout: Layout
) -> Iterator[Finding]:
    """Yield a note for every page that ends short, where no page break asks for it.

    ``numbers`` are those of the pages. A headline may leave more lines free than anything else.

    A few lines by themselves before one are told of too.

    Findings: pages/hole, pages/few-lines.
    """
    pitch, least = layout.pt("page.line_pitch"), layout.pt("report.hole")
    most = layout.pt("report.hole_before_headline")
    for (draft, following), number in zip(pairwise(pages), numbers, strict=False):
        left = makeup.room - draft.height
        if _goes_over(makeup, draft, following) and number > 1:
            count = lines_of(makeup, draft)
            if count < layout.count("report.few_lines"):
                yield Finding(
                    code="pages/few-lines",
                    severity=Severity.NOTE,
                    page=number,
                    message=f"第{number}页只有 {count} 行，后面另起一面",
                    hint="删减几行可少印一页",
                )
        if left < least:
            continue
        why = _why(makeup, draft, following, is_last=following is pages[-1])
        if why is None or (why in BEFORE_HEADLINE and left < most):
            continue
        what, hint = why
        yield Finding(
            code="pages/hole",
            severity=Severity.NOTE,
            page=number,
            message=f"第{number}页末尾空出{int(left / pitch + 1e-6)}行，{what}",
            hint=hint,
        )


def _goes_over(makeup: Makeup, page: PageDraft, following: PageDraft) -> bool:
    """Tell whether a page has only what the one before it had no room for, and is ended there."""
    if page.behind or page.ahead or not page.units or not following.units:
        return False
    begins = [makeup.units[each.units[0]].begins_page for each in (page, following)]
    return begins == [False, True]


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
    if first.text.style not in HEADLINES:
        return TOGETHER
    return _headed(makeup, following.units[0])


def _headed(makeup: Makeup, at: int) -> Why:
    """Return why a headline did not fit: for what it goes with, text or a picture or a table."""
    below = (unit for unit in makeup.units[at:] if not _leads(unit))
    block = next(below, makeup.units[at]).block
    if isinstance(block, TablePlan):
        return HEADED_TABLE
    return HEADED_PICTURE if isinstance(block, FigurePlan) else HEADLINE


def _leads(unit: Unit) -> bool:
    return unit.text is not None and unit.text.style in WITH_NEXT


def _is_bare(makeup: Makeup, page: PageDraft) -> bool:
    """Tell whether a page has nothing but headings."""
    return all(_leads(makeup.units[number]) for number in page.units)


def _begins_annex(sheet: Unit) -> bool:
    return isinstance(sheet.block, TablePlan) and bool(sheet.block.heading)


def _is_moved(unit: Unit, left: float) -> bool:
    """Tell whether it is a row for which the page before has room."""
    return isinstance(unit.block, TablePlan) and unit.number > 0 and unit.height <= left
