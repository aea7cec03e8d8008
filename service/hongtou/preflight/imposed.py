"""Rules on imposed pages: sides of the right size and number, on which every page stands once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from hongtou.preflight.box import Box
from hongtou.preflight.content import (
    GLYPH,
    NAME,
    NUMBER,
    PRESS_CONTENT,
    SCREEN_CONTENT,
    unknown_in,
)
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.folded import A_SHEET, SADDLE, cut_forms, misplaced
from hongtou.preflight.folios import folio_rule
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.kinds.imposed import IMPOSED_KINDS, IMPOSED_PRESS_KINDS
from hongtou.preflight.plates import DrawnPage, plate_rules
from hongtou.preflight.rule import Rule
from hongtou.preflight.written import Written

if TYPE_CHECKING:
    import pikepdf

# A side shows its pages, each within its place, and marks of the fold in black.
SIDE = re.compile(
    rf"""(?:
      q[ ]{NUMBER}{NUMBER}{NUMBER}{NUMBER}re[ ]W[ ]n[ ]1[ ]0[ ]0[ ]1[ ]{NUMBER}{NUMBER}cm[ ]
      (?P<page>{NAME})Do[ ]Q\n?
    | 0[ ]G[ ]{NUMBER}w\n | (?:{NUMBER}{NUMBER}m[ ]{NUMBER}{NUMBER}l[ ]S\n?)
    )*+""".encode("ascii"),
    re.X,
)
SHOWN = re.compile(rb"/([^\s/]++) Do\b")
IMPOSED_FILE: Final = Written(IMPOSED_KINDS, SCREEN_CONTENT)
IMPOSED_PRESS_FILE: Final = Written(IMPOSED_PRESS_KINDS, PRESS_CONTENT)


def sides_of(expectation: Expectation) -> tuple[int, tuple[tuple[float, float], ...]]:
    """Return how many sides there must be, and what sizes they may have, in mm."""
    up = str(expectation.options.get("up", SADDLE))
    columns, rows, count = 2, 2 if up == "4" else 1, expectation.page_count
    sides = 2 * -(-count // 4) if up == SADDLE else -(-count // (columns * rows))
    sizes = tuple((columns * width, rows * height) for width, height in expectation.page_sizes)
    return sides, sizes


def _other_sides(inspected: InspectedPdf) -> Iterator[str]:
    count, sizes = sides_of(inspected.expectation)
    found = len(inspected.pdf.pages)
    if found != count:
        yield f"拼成 {found} 面，应为 {count} 面"
    for number, side in enumerate(inspected.pdf.pages, start=1):
        box = Box(*map(float, side.MediaBox))
        if not any(box.is_paper(size) for size in sizes):
            yield f"第 {number} 面的大小不对：{[*box]}"
        if Box(*map(float, side.TrimBox)) != box:
            yield f"第 {number} 面的 TrimBox 与 MediaBox 不同"


def _other_places(inspected: InspectedPdf) -> Iterator[str]:
    """Yield sides that draw something else, and pages that do not stand just once."""
    placed: Counter[int] = Counter()
    for number, side in enumerate(inspected.pdf.pages, start=1):
        content = side.Contents.read_bytes()
        if shown := unknown_in(content, SIDE):
            yield f"第 {number} 面的内容里有本服务不写的操作 {shown}"
        for name in SHOWN.findall(content):
            form = side.Resources.XObject.get(f"/{name.decode('latin-1')}")
            placed[0 if form is None else form.objgen[0]] += 1
    forms = {int(number) for number in inspected.objects.matches["form"]}
    if len(forms) != inspected.expectation.page_count:
        yield f"拼了 {len(forms)} 页，排出的是 {inspected.expectation.page_count} 页"
    for number, times in placed.items():
        if times > 1 or number not in forms:
            yield f"有一页拼了 {times} 次，或不在文件里"
    if forms - placed.keys():
        yield "有一页没有拼上"
    yield from cut_forms(inspected)
    yield from misplaced(inspected)


def _other_content(inspected: InspectedPdf) -> Iterator[str]:
    for form in _forms(inspected):
        if shown := unknown_in(form.read_bytes(), inspected.written.content):
            yield f"拼版的一页里有本服务不写的操作 {shown}"


def _without_text(inspected: InspectedPdf) -> Iterator[str]:
    blank = sum(not GLYPH.search(form.read_bytes()) for form in _forms(inspected))
    if blank > 1:  # one may be: that before the last, which gives it an even number
        yield f"有 {blank} 页没有文字"


def _on_forms(inspected: InspectedPdf) -> Iterator[DrawnPage]:
    """Yield the pages, which are written in their order."""
    for number, form in enumerate(_forms(inspected), start=1):
        yield DrawnPage(number, inspected.operations(form.read_bytes()), [])


def _pages(inspected: InspectedPdf) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers and the streams of pages that bear their folios.

    A last one that a blank page of the sheet comes before does not, if it has the closing block
    alone; what it has cannot be told from the file.
    """
    asked = inspected.expectation
    is_filled_up = asked.options.get("up", SADDLE) == SADDLE and asked.page_count % A_SHEET
    count = asked.page_count - 1 if is_filled_up else asked.page_count
    for number, form in zip(range(1, count + 1), _forms(inspected), strict=False):
        yield number, form.read_bytes()


def _forms(inspected: InspectedPdf) -> Iterator[pikepdf.Object]:
    for number in inspected.objects.matches["form"]:
        yield inspected.pdf.get_object(int(number), 0)


SIDES = Rule("preflight/sides", _other_sides)
PLACES = Rule("preflight/imposition", _other_places)
IMPOSED_CONTENT = Rule("preflight/content", _other_content)
IMPOSED_TEXT = Rule("preflight/no-text", _without_text)
IMPOSED_PLATES = plate_rules(_on_forms)
IMPOSED_FOLIOS = folio_rule(_pages)
