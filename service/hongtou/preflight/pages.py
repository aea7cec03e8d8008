"""Rules on pages: the size that a layout states, and the number that was laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

TOLERANCE_PT = 0.01


def _other_paper(inspected: InspectedPdf) -> Iterator[str]:
    sizes = inspected.expectation.page_sizes
    for number, page in enumerate(inspected.pdf.pages, 1):
        box = [float(side) for side in page.mediabox]
        turned = int(page.obj.get("/Rotate", 0)) % 360
        if turned or not any(_is_of_size(box, size) for size in sizes):
            wanted = "、".join(f"{width:g} × {height:g} 毫米" for width, height in sorted(sizes))
            yield f"第 {number} 页不是 {wanted}：{box}，旋转 {turned}"


def _is_of_size(box: Sequence[float], size_mm: tuple[float, float]) -> bool:
    wanted = (0.0, 0.0, *(side * PT_PER_MM for side in size_mm))
    return all(abs(a - b) <= TOLERANCE_PT for a, b in zip(box, wanted, strict=True))


def _other_count(inspected: InspectedPdf) -> Iterator[str]:
    count = len(inspected.pdf.pages)
    if count != inspected.expectation.page_count:
        yield f"文件有 {count} 页，排出的是 {inspected.expectation.page_count} 页"


PAPER = Rule("preflight/a4", _other_paper)
PAGE_COUNT = Rule("preflight/page-count", _other_count)
