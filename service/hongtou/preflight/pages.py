"""Rules on pages: the size that a layout states, and the number that was laid out."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.preflight.box import box_of
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Fault, Rule, on_page


def _other_paper(inspected: InspectedPdf) -> Iterator[Fault]:
    sizes = inspected.expectation.page_sizes
    for page in inspected.pages:
        box = box_of(page.media_box)
        if not any(box.is_paper(size) for size in sizes):
            wanted = "、".join(f"{width:g} × {height:g} 毫米" for width, height in sorted(sizes))
            yield on_page(page.number, f"不是 {wanted}：{[*box]}")


def _other_trim(inspected: InspectedPdf) -> Iterator[Fault]:
    for page in inspected.pages:
        if page.trim_box != page.media_box:
            yield on_page(page.number, "的 TrimBox 与 MediaBox 不同")


def _other_count(inspected: InspectedPdf) -> Iterator[str]:
    count = len(inspected.pages)
    if count != inspected.expectation.page_count:
        yield f"文件有 {count} 页，排出的是 {inspected.expectation.page_count} 页"
    stated = int(inspected.objects.page_tree["Count"])
    if stated != count:
        yield f"页面树写着 {stated} 页，列出的是 {count} 页"
    if len({page.reference for page in inspected.pages}) < count:
        yield "页面树里有一页列出两次"
    there = len(inspected.objects.matches["page"])
    if there > count:
        yield f"页面树列出 {count} 页，文件里有 {there} 页"


def _other_content(inspected: InspectedPdf) -> Iterator[Fault]:
    for page in inspected.pages:
        if page.drawn.strange:
            yield on_page(page.number, f"的内容里有本服务不写的操作 {page.drawn.strange}")


def _without_text(inspected: InspectedPdf) -> Iterator[Fault]:
    """Yield pages without text, except a blank one that gives the last page an even number."""
    count = len(inspected.pages)
    for page in inspected.pages:
        is_padding = page.drawn.is_blank and page.number == count - 1 and count % 2 == 0
        if not page.drawn.has_text and not is_padding:
            yield on_page(page.number, "没有文字")


PAPER = Rule("preflight/a4", _other_paper)
BOXES = Rule("preflight/boxes", _other_trim)
PAGE_COUNT = Rule("preflight/page-count", _other_count)
CONTENT = Rule("preflight/content", _other_content)
TEXT = Rule("preflight/no-text", _without_text)
