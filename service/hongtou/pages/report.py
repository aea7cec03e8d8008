"""Measurements of the lines of an issue, and findings about lines that an editor may improve."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import Box, Finding, Severity
from hongtou.bulletin.measure import PT_PER_MM

if TYPE_CHECKING:  # for types only, so that printing a report need not load the plan
    from hongtou.compose.lines import SetLine
    from hongtou.layouts import Layout
    from hongtou.pages.page import Pages

BODY_STYLES = {"paragraph", "brief", "editors_note", "note", "attachment"}
FILLED_STYLES = {"paragraph", "brief"}  # their lines reach the right edge of the type area
CLOSING_STYLES = {"closing", "closing_right"}
MAX_FILLS = 50  # characters from fill faces that a report names; a page may hold 600
EVEN_OUT = "增删一两个字，或调整标点，可使字距均匀"
LENGTHEN = "下一行开头是一长串不能断开的字符，请在它前面增删几个字"
CLOSING_ALONE = "请精简发送范围和人员名单，可少印一页；前面是图表的，可在其后加写一两行"
PICTURE_ELSEWHERE = "请把图片改窄、并排（figures）或移到前面的段落之间，可少印一页"
OPENING_CHARS = 8  # of a line, quoted so that an editor finds it
SEEN_SHORT = 1.0  # em that a line ends before the edge: more than a mark and its blank half
DIGITS = tuple("0123456789")
UNIT_START = re.compile(
    "[%‰℃万亿元年月日个名人次户条项家余多株辆幅分期号届级亩米吨件起场处"
    "种例宗批套台张座栋间层所架艘列篇本册份位岁天周倍箱瓶袋头枚]"
)


class DrawnLine(NamedTuple):
    """A set line with its place: pages count from 1, lengths are in mm from the top left."""

    page: int
    style: str
    line: SetLine
    ends_text: bool
    baseline_mm: float
    left_mm: float


@dataclass(frozen=True, slots=True)
class PageReport:
    """Measurements of the text lines of a page.

    ``loosest`` and ``tightest`` are the largest and smallest gaps between Han, in em;
    ``fill_characters`` are the first 50 characters from fill faces; ``copyfit`` tells what was
    adjusted on the page so that it, or the last one, is well filled.
    """

    page: int
    lines: int
    loosest: float
    tightest: float
    squeezed: int
    parted_numbers: int
    fill_characters: str
    copyfit: str = ""


def drawn_lines(pages: Pages) -> list[DrawnLine]:
    """Return the lines of all texts in reading order, without folios and other furniture."""
    return [
        DrawnLine(
            page.number,
            placed.text.style,
            line,
            placed.ends_text(at),
            baseline / PT_PER_MM,
            x / PT_PER_MM,
        )
        for page in pages
        for placed in page.texts
        for at, (line, x, baseline) in enumerate(placed.lines)
    ]


def report_pages(
    lines: Iterable[DrawnLine], copyfit: Sequence[tuple[int, str]] = ()
) -> tuple[PageReport, ...]:
    """Return the reports of all pages with text lines, in order.

    ``copyfit`` are adjustments by page; one on a page without text lines goes to the last report.
    """
    body = [line for line in lines if line.style in BODY_STYLES]
    reports = [
        _page(page, list(members)) for page, members in groupby(body, key=lambda line: line.page)
    ]
    for page, what in copyfit if reports else ():
        at = next((at for at, one in enumerate(reports) if one.page == page), -1)
        told = "；".join(filter(None, (reports[at].copyfit, what)))
        reports[at] = replace(reports[at], copyfit=told)
    return tuple(reports)


def layout_findings(
    lines: Sequence[DrawnLine],
    layout: Layout,
    pictured: Collection[int] = (),
    *,
    even_pages: bool = False,
) -> list[Finding]:
    """Return notes on loose and tight lines, parted numbers and a nearly empty last page.

    The layout defines what is loose, tight and nearly empty. No advice is given on the last page of
    an issue of ``even_pages``: fewer lines would print as many pages. Where that page is among the
    ``pictured``, it is its picture that would have to go elsewhere.

    Findings: lines/loose, lines/tight, lines/parted-number, pages/few-lines.
    """
    body = [line for line in lines if line.style in BODY_STYLES]
    findings: list[Finding] = []
    for drawn, following in pairwise([*body, None]):
        assert drawn is not None
        findings += _line_findings(drawn, following, layout)
    if even_pages:
        return findings  # fewer lines would print as many pages
    page, count = last_page_lines(lines)
    if page > 1 and count < layout.count("report.few_lines"):
        findings.append(_few_lines(page, count, beside_picture=page in pictured))
    return findings


def last_page_lines(lines: Iterable[DrawnLine]) -> tuple[int, int]:
    """Return the number of the last page, and of its lines above the closing block."""
    lines = [*lines]
    page = max((line.page for line in lines), default=0)
    above = {
        round(line.baseline_mm)
        for line in lines
        if line.page == page and line.style not in CLOSING_STYLES
    }
    return page, len(above)


def _page(page: int, lines: list[DrawnLine]) -> PageReport:
    fills = dict.fromkeys(
        text
        for drawn in lines
        if any(face.is_fill for face in set(drawn.line.faces))
        for text, face in zip(drawn.line.texts, drawn.line.faces, strict=True)
        if face.is_fill
    )
    return PageReport(
        page=page,
        lines=len(lines),
        loosest=round(max(drawn.line.stretch for drawn in lines), 3),
        tightest=round(min(drawn.line.stretch for drawn in lines), 3),
        squeezed=sum(drawn.line.squeeze > 0 for drawn in lines),
        parted_numbers=sum(
            _parts_number(first, second) for first, second in pairwise([*lines, None]) if first
        ),
        fill_characters="".join(islice(fills, MAX_FILLS)),
    )


def _parts_number(drawn: DrawnLine, following: DrawnLine | None) -> bool:
    return (
        following is not None
        and not drawn.ends_text
        and drawn.line.text.endswith(DIGITS)
        and bool(UNIT_START.match(following.line.text))
    )


def _is_short(drawn: DrawnLine, layout: Layout) -> bool:
    """Tell whether a line is left short within a paragraph, as what follows cannot part."""
    line = drawn.line
    room = layout.pt("page.type_area_width") - line.x - line.width
    return drawn.style in FILLED_STYLES and not drawn.ends_text and room > SEEN_SHORT * line.size


def _line_findings(
    drawn: DrawnLine, following: DrawnLine | None, layout: Layout
) -> Iterable[Finding]:
    place = f"第{drawn.page}页“{drawn.line.text.strip()[:OPENING_CHARS]}”一行"
    if drawn.line.stretch > layout.em("report.loose"):
        yield _note("lines/loose", f"{place}偏松", EVEN_OUT, drawn, layout)
    elif _is_short(drawn, layout):
        yield _note("lines/loose", f"{place}没有排满", LENGTHEN, drawn, layout)
    if drawn.line.stretch < -layout.em("report.tight"):
        yield _note("lines/tight", f"{place}偏紧", EVEN_OUT, drawn, layout)
    if _parts_number(drawn, following):
        message = f"{place}末尾的数字与单位分在两行"
        yield _note("lines/parted-number", message, "可增删前文一两个字", drawn, layout)


def _note(code: str, message: str, hint: str, drawn: DrawnLine, layout: Layout) -> Finding:
    line = drawn.line
    height = line.size / PT_PER_MM
    box = Box(
        round(drawn.left_mm + line.x / PT_PER_MM, 2),
        round(drawn.baseline_mm - layout.em("composition.baseline") * height, 2),
        round(line.width / PT_PER_MM, 2),
        round(height, 2),
    )
    return Finding(
        code=code, severity=Severity.NOTE, page=drawn.page, box_mm=box, message=message, hint=hint
    )


def _few_lines(page: int, count: int, *, beside_picture: bool) -> Finding:
    fewer = "删减几行可少印一页" if count else CLOSING_ALONE
    return Finding(
        code="pages/few-lines",
        severity=Severity.NOTE,
        page=page,
        message=f"末页报尾以上只有{'图片和' if beside_picture else ''} {count} 行",
        hint=PICTURE_ELSEWHERE if beside_picture else fewer,
    )
