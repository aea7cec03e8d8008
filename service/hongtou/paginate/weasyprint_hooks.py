"""Where WeasyPrint 70.0 gives way to the composer. `savings.py` holds what only saves time.

WeasyPrint stretches only spaces, breaks “ ” wrongly and never squeezes marks, so it lays out
boxes and pages while the lines are ours:

- ``iter_line_boxes`` yields the strips of an element that carries ``data-galley`` or
  ``data-set``, each with its own height; where a page may end is decided by the galley, and
  whether it must by WeasyPrint.
- ``draw_block_level`` writes the lines of a galley straight into the page stream, and ``draw_text``
  refuses text that has not been set: it would come in whatever font the system has.
- ``draw_page`` adds the folio, which needs no page-margin box.
- ``build_fonts_dictionary`` embeds our subsets: `font_objects.py`.
- ``_build_box_tree`` tags each text of a galley as the paragraph, heading or list item it is.

A galley is one box: an issue of nine pages has 60 boxes where one for each paragraph made 140.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint
import weasyprint.document
import weasyprint.draw
import weasyprint.layout
import weasyprint.layout.block
import weasyprint.pdf
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.tags import _get_pdf_tag

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.measure import PT_PER_MM, PX_PER_PT
from hongtou.compose.lines import SetLine
from hongtou.pages.report import DrawnLine
from hongtou.paginate import savings
from hongtou.pdf.font_objects import font_resources
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.tagging import Tags
from hongtou.pdf.text import text_operators
from hongtou.plan.furniture import PlacedLine
from hongtou.plan.galleys import Galley, Strip, line_by_line
from hongtou.plan.texts import SetText


@dataclass(slots=True)
class Job:
    """What one document draws with: its set texts and, once laid out, faces and furniture.

    ``drawn`` then lists every line of the texts where it was drawn, in order, and headings are
    added to the ``bookmarks`` of their pages.
    """

    texts: Sequence[SetText]
    galleys: Sequence[Galley] = ()
    faces: Mapping[str, EmbeddedFace] = field(default_factory=dict)
    furniture: Mapping[int, Sequence[PlacedLine]] = field(default_factory=dict)
    entry_ends: Mapping[int, SetLine] = field(default_factory=dict)
    drawn: list[DrawnLine] = field(default_factory=list)
    bookmarks: Sequence[list[Any]] = ()
    page: int = 0


_job: Job | None = None


@contextmanager
def typesetting(job: Job) -> Iterator[None]:
    """Let WeasyPrint lay out and draw with this job's set texts; one at a time in a process."""
    global _job
    if _job is not None:
        raise EngineFault("排版引擎正忙")
    _job = job
    try:
        yield
    finally:
        _job = None


def _current() -> Job:
    if _job is None:
        raise EngineFault("没有排好的文字可画")
    return _job


class StripBox(boxes.LineBox):  # type: ignore[misc]
    """A line box that stands for a whole strip, and draws it without children of its own."""

    strip: Strip
    margin_top = margin_right = margin_bottom = margin_left = 0
    padding_top = padding_right = padding_bottom = padding_left = 0
    border_top_width = border_right_width = border_bottom_width = border_left_width = 0
    baseline = 0


def _iter_line_boxes(
    context: Any,
    box: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    *_unused: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield (line box, where to resume) for the strips of an element.

    The resume point of strip n is {n: None}, as WeasyPrint keeps one for each level of boxes.
    """
    strips = None if box.element is None else _strips(box.element)
    if strips is None:
        yield from _ORIGINAL_ITER(
            context, box, position_y, bottom_space, skip_stack, containing_block, *_unused
        )
        return
    start = next(iter(skip_stack)) if skip_stack else 0
    for number in range(start, len(strips)):
        line = _strip_box(box, strips[number], position_y, containing_block)
        position_y += line.height
        yield line, ({number + 1: None} if number + 1 < len(strips) else None)


def _strips(element: Any) -> Sequence[Strip] | None:
    galley = element.get("data-galley")
    if galley is not None:
        return _current().galleys[int(galley)].strips
    text = element.get("data-set")
    return None if text is None else line_by_line(_current().texts[int(text)])


def _strip_box(box: Any, strip: Strip, position_y: float, containing_block: Any) -> StripBox:
    line = StripBox(box.element_tag, box.style, box.element, [])
    line.strip = strip
    line.width = containing_block.width
    line.height = strip.height * PX_PER_PT
    line.position_x = containing_block.content_box_x()
    line.position_y = position_y
    return line


def _draw_block_level(page: Any, stream: Any, blocks: Mapping[Any, Any]) -> None:
    for block, inside in blocks.items():
        if not _is_set(block):
            _ORIGINAL_BLOCK_LEVEL(page, stream, {block: inside})
            continue
        stream.set_color(block.style["color"])
        for text, lines in _placed_lines(block):
            with stream.marked(text.key, "Span"):
                _draw_lines(stream, block, text, lines)


def _placed_lines(block: Any) -> Iterator[tuple[SetText, list[tuple[int, float]]]]:
    """Yield every text of a block with the numbers and tops (px) of its lines on this page."""
    placed: dict[int, list[tuple[int, float]]] = {}
    for box in block.children:
        top = box.position_y
        for text, number in box.strip.lines:
            placed.setdefault(text.key, []).append((number, top))
            top += text.heights[number] * PX_PER_PT
    texts = _current().texts
    for key, lines in placed.items():
        yield texts[key], lines


def _draw_lines(stream: Any, block: Any, text: SetText, lines: Sequence[tuple[int, float]]) -> None:
    job = _current()
    left = block.children[0].position_x
    if text.level and lines[0][0] == 0:
        at = (block.position_x, lines[0][1])
        job.bookmarks[job.page - 1].append((text.level, text.text, at, "open"))
    if not text.lines or block.style["visibility"] != "visible":
        return
    shown: list[tuple[SetLine, float, float]] = []
    for number, top in lines:
        baseline = top + text.baselines[number] * PX_PER_PT
        line = text.lines[number]
        ends_text = number == len(text.lines) - 1
        job.drawn.append(
            DrawnLine(
                job.page,
                text.style,
                line,
                ends_text,
                baseline / PX_PER_PT / PT_PER_MM,
                left / PX_PER_PT / PT_PER_MM,
            )
        )
        shown.append((line, left, baseline))
        if ends_text and text.key in job.entry_ends:
            shown.append((job.entry_ends[text.key], left, baseline))
    _show(stream, shown, job)


def _draw_text(stream: Any, textbox: Any, *_unused: Any) -> None:
    raise EngineFault(f"有文字未经排版：{textbox.text[:20]}")


def _show(stream: Any, lines: Sequence[tuple[SetLine, float, float]], job: Job) -> None:
    stream.begin_text()
    for line, x, baseline in lines:
        stream.stream.append(text_operators(line, job.faces, x, baseline))
    stream.end_text()


def _draw_page(page: Any, stream: Any) -> None:
    job = _current()
    job.page = page.page_type.index + 1
    _ORIGINAL_DRAW_PAGE(page, stream)
    furniture = job.furniture.get(page.page_type.index)
    if not furniture:
        return
    with stream.artifact():
        stream.set_color(page.style["color"])
        _show(
            stream,
            [(one.line, one.x * PX_PER_PT, one.baseline * PX_PER_PT) for one in furniture],
            job,
        )


def _is_set(box: Any) -> bool:
    return bool(box.children) and isinstance(box.children[0], StripBox)


def _tag_box(
    box: Any,
    parent: Any,
    pdf: Any,
    page_number: int,
    nums: dict[int, Any],
    annotations: Any,
    tags: dict[Any, Any],
) -> Iterator[Any]:
    if not _is_set(box):
        yield from _ORIGINAL_TAG_BOX(box, parent, pdf, page_number, nums, annotations, tags)
        return
    own = Tags(pdf, page_number, nums)
    marks = [(text, tags.pop(text.key)["mcid"]) for text, _ in _placed_lines(box)]
    galley = box.element.get("data-galley")
    if galley is None:
        element = own.element(_get_pdf_tag(box.element_tag), parent)
        if box.link_annotation:
            own.hold_link(element, box.link_annotation, annotations)
        for _, mark in marks:
            own.hold(element, mark)
        yield element
    elif items := _current().galleys[int(galley)].items:
        yield own.list(marks, items, parent)
    elif box.element_tag == "article":
        yield own.within(_get_pdf_tag(box.element_tag), marks, parent)
    else:
        yield from own.texts(marks, parent)


_ORIGINAL_ITER = weasyprint.layout.block.iter_line_boxes
_ORIGINAL_DRAW_PAGE = weasyprint.document.draw_page
_ORIGINAL_BLOCK_LEVEL = weasyprint.draw.draw_block_level
_ORIGINAL_TAG_BOX = weasyprint.pdf.tags._build_box_tree
savings.install()
weasyprint.layout.block.iter_line_boxes = _iter_line_boxes
weasyprint.draw.draw_text = _draw_text
weasyprint.draw.draw_block_level = _draw_block_level
weasyprint.document.draw_page = _draw_page
weasyprint.pdf.tags._build_box_tree = _tag_box
weasyprint.pdf.build_fonts_dictionary = font_resources
