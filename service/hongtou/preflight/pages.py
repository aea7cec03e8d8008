"""Rules on pages: A4, and as many as were laid out."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

A4_MM = (210.0, 297.0)  # GB/T 9704-2012 §5.1 (规定)
TOLERANCE_PT = 0.01


def _not_a4(inspected: InspectedPdf) -> Iterator[str]:
    wanted = (0.0, 0.0, *(side * PT_PER_MM for side in A4_MM))
    for number, page in enumerate(inspected.pdf.pages, 1):
        box = [float(side) for side in page.mediabox]
        turned = int(page.obj.get("/Rotate", 0)) % 360
        if turned or any(abs(a - b) > TOLERANCE_PT for a, b in zip(box, wanted, strict=True)):
            yield f"第 {number} 页不是 A4：{box}，旋转 {turned}"


def _other_count(inspected: InspectedPdf) -> Iterator[str]:
    count = len(inspected.pdf.pages)
    if count != inspected.expectation.page_count:
        yield f"文件有 {count} 页，排出的是 {inspected.expectation.page_count} 页"


A4 = Rule("preflight/a4", _not_a4)
PAGE_COUNT = Rule("preflight/page-count", _other_count)
