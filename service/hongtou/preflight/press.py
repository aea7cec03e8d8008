"""Rules on files for the press: the standard that they claim, and the sheet around a page.

ISO 15930-7 is PDF/X-4, ISO 15930-4 PDF/X-1a:2003; both are cited without clauses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Final

from hongtou.bulletin.finding import printable
from hongtou.preflight.box import TOLERANCE_PT, Box, box_of
from hongtou.preflight.content import BARE_STREAMS, PRESS_CONTENT, SHEET_STREAMS
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.inspected_pdf import InspectedPdf, open_pdf
from hongtou.preflight.kinds.press import X1A_KINDS, X4_KINDS
from hongtou.preflight.profile_file import is_whole_profile
from hongtou.preflight.rule import Fault, Rule, on_page
from hongtou.preflight.written import Written

DEFAULT_STANDARD: Final = "x4"
WRITTEN: Final[Mapping[str, Written]] = {
    "x4": Written(X4_KINDS, PRESS_CONTENT),
    "x1a": Written(X1A_KINDS, PRESS_CONTENT),
}
VERSIONS: Final = {"x4": "1.6", "x1a": "1.4"}
CLAIM = re.compile(rb"<(pdfx|pdfxid):GTS_PDFXVersion>([^<]*)<")
CLAIMS: Final = {"x4": ("pdfxid", "PDF/X-4"), "x1a": ("pdfx", "PDF/X-1a:2003")}
XMP_DATE = re.compile(rb"<xmp:(?:Create|Modify|Metadata)Date>([^<]*)<")
MOVE = re.compile(rb"q 1 0 0 1 ([.\d]+) ([.\d]+) cm\n?")
DIGITS = re.compile(rb"\d+")


def standard_of(expectation: Expectation) -> str:
    """Return the standard of PDF/X that was ordered."""
    return str(expectation.options.get("standard", DEFAULT_STANDARD))


def open_press_pdf(
    content: bytes, expectation: Expectation
) -> AbstractContextManager[InspectedPdf]:
    """Open a PDF for the rules on the standard that was ordered.

    Raises:
        ValueError: the file is not a whole PDF.
    """
    return open_pdf(WRITTEN[standard_of(expectation)], content, expectation)


def _other_claim(inspected: InspectedPdf) -> Iterator[str]:
    """Yield what is wrong with the version key in the metadata (ISO 15930-7)."""
    packet = inspected.pdf.Root.Metadata.read_bytes()
    claims = [
        (prefix.decode(), value.decode("utf-8", "replace"))
        for prefix, value in CLAIM.findall(packet)
    ]
    wanted = CLAIMS[standard_of(inspected.expectation)]
    if claims != [wanted]:
        found = "、".join(printable(value) for _, value in claims) or "没有写明"
        yield f"元数据应写明 {wanted[1]}：{found}"


def _other_version(inspected: InspectedPdf) -> Iterator[str]:
    wanted = VERSIONS[standard_of(inspected.expectation)]
    if inspected.pdf.pdf_version != wanted:
        yield f"文件写明 PDF {inspected.pdf.pdf_version}，应为 {wanted}"


def _other_dates(inspected: InspectedPdf) -> Iterator[str]:
    """Yield dates of the metadata that are not that of the document information."""
    (information,) = inspected.objects.matches["information"].values()
    stated = b"".join(DIGITS.findall(information["CreationDate"]))
    packet = inspected.pdf.Root.Metadata.read_bytes()
    dates = XMP_DATE.findall(packet)
    if len(dates) != len(("Create", "Modify", "Metadata")):
        yield "元数据缺少日期"
    for date in dates:
        if b"".join(DIGITS.findall(date)) != stated:
            yield f"元数据的日期 {printable(date.decode('utf-8', 'replace'))} 与文档信息不同"


def _other_intent(inspected: InspectedPdf) -> Iterator[str]:
    """Yield what is wrong with the output intent: one, of a press in CMYK."""
    from hongtou.pictures.condition import describes_press  # late, as it loads Pillow

    intents = inspected.objects.matches["intent"]
    if len(intents) != 1 or len(inspected.pdf.Root.OutputIntents) != 1:
        yield f"应有一个输出意图，文件里有 {len(intents)} 个"
    if any(b"/OutputConditionIdentifier () " in match[0] for match in intents.values()):
        yield "输出意图没有写明印刷条件"
    for number in inspected.objects.matches["profile"]:
        content = inspected.pdf.get_object(int(number), 0).read_bytes()
        if not (describes_press(content) and is_whole_profile(content, b"CMYK")):
            yield "输出意图的特性文件不是印刷机的 CMYK 特性文件"


def _other_sheet(inspected: InspectedPdf) -> Iterator[Fault]:
    """Yield boxes that do not lie within each other, or are not of a sheet as was ordered."""
    has_marks = inspected.expectation.options.get("marks", True)
    for page in inspected.pages:
        media, trim = box_of(page.media_box), box_of(page.trim_box)
        stated = inspected.objects.matches["page"][page.reference]["BleedBox"]
        bleed = box_of(stated) if stated else trim
        is_bare = stated is None and media == trim
        if media[:2] != (0, 0) or not (media.holds(bleed) and bleed.holds(trim)):
            yield on_page(page.number, "的 MediaBox、BleedBox、TrimBox 不是一个套一个")
        elif has_marks == is_bare or len(page.streams) != (
            SHEET_STREAMS if has_marks else BARE_STREAMS
        ):
            yield on_page(page.number, f"{'没有' if has_marks else '多了'}出血与裁切线")
        elif has_marks and not _is_at(page.streams[0], trim):
            yield on_page(page.number, "没有移到 TrimBox 的位置")


def _is_at(move: bytes, trim: Box) -> bool:
    """Tell whether a stream moves a page to its trim, and does no more."""
    moved = MOVE.fullmatch(move)
    return moved is not None and all(
        abs(float(by) - side) <= TOLERANCE_PT
        for by, side in zip(moved.groups(), trim[:2], strict=True)
    )


def _other_paper(inspected: InspectedPdf) -> Iterator[Fault]:
    sizes = inspected.expectation.page_sizes
    for page in inspected.pages:
        trim = box_of(page.trim_box)
        if not any(trim.is_of(paper) for paper in sizes):
            shown = printable(page.trim_box.decode("latin-1"))
            yield on_page(page.number, f"裁切后不是版式的纸：{shown}")


CLAIMED = Rule("preflight/claims", _other_claim)
VERSION = Rule("preflight/version", _other_version)
DATES = Rule("preflight/dates", _other_dates)
INTENT = Rule("preflight/intent", _other_intent)
SHEET = Rule("preflight/boxes", _other_sheet)
TRIMMED = Rule("preflight/a4", _other_paper)
