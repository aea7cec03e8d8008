"""Where WeasyPrint 70.0 gives way to the composer. `savings.py` holds what only saves time.

WeasyPrint stretches only spaces, breaks “ ” wrongly and never squeezes marks, so it lays out
boxes and pages while the lines are ours:

- ``iter_line_boxes`` yields the set lines of an element that carries ``data-set``, each with
  its own height and baseline; page breaks, widows and orphans stay WeasyPrint's.
- ``draw_text`` writes a set line's glyphs straight into the page stream. Text that has not been
  set cannot be drawn at all: it would come in whatever font the system has.
  ``draw_inline_level`` goes straight there, and ``layout_box_backgrounds`` leaves set lines out,
  which have none: 4 % of a render.
- ``draw_page`` adds the folio, which needs no page-margin box.
- ``_build_box_tree`` hangs the lines of a set text on its own element, without a Span for each:
  a reader wants the paragraph, and 20 objects a page fall away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pydyf
import weasyprint
import weasyprint.document
import weasyprint.draw
import weasyprint.layout
import weasyprint.layout.background
import weasyprint.layout.block
import weasyprint.pdf.tags
from weasyprint.formatting_structure import boxes
from weasyprint.pdf.tags import _get_pdf_tag

from service.compose.lines import SetLine
from service.engine import savings
from service.engine.drawing import text_operators
from service.engine.fonts import EmbeddedFace
from service.errors import EngineFault, SetupError
from service.layout_report import DrawnLine
from service.measure import PT_PER_MM, PX_PER_PT
from service.plan.furniture import PlacedLine
from service.plan.texts import SetText

PINNED = "70.0"
SPACINGS = tuple(
    f"{kind}_{side}{'_width' if kind == 'border' else ''}"
    for kind in ("margin", "padding", "border")
    for side in ("top", "right", "bottom", "left")
)
SIMPLE_TAGS = {"p", "h2", "h3", "h4", "h5", "h6", "div", "figcaption"}

if weasyprint.__version__ != PINNED:
    raise SetupError(
        f"需要 WeasyPrint {PINNED}，现为 {weasyprint.__version__}",
        hint="请运行 make setup",
    )


@dataclass(slots=True)
class Job:
    """What one document draws with: its set texts and, once laid out, faces and furniture.

    ``drawn`` then lists every line of the texts where it was drawn, in order.
    """

    texts: Sequence[SetText]
    faces: Mapping[str, EmbeddedFace] = field(default_factory=dict)
    folios: Mapping[int, PlacedLine] = field(default_factory=dict)
    entry_ends: Mapping[int, SetLine] = field(default_factory=dict)
    drawn: list[DrawnLine] = field(default_factory=list)
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


class SetLineBox(boxes.TextBox):  # type: ignore[misc]
    """A text box whose glyphs are already set."""

    set_line: SetLine | None
    text: str
    key: int
    number: int


def _iter_line_boxes(
    context: Any, box: Any, position_y: float, bottom_space: float, skip_stack: Any,
    containing_block: Any, *_unused: Any,
) -> Iterator[tuple[Any, Any]]:
    """Yield (line box, where to resume) for the set text of an element.

    The resume point of line n is {n: None}, as WeasyPrint keeps one for each level of boxes.
    """
    key = None if box.element is None else box.element.get("data-set")
    if key is None:
        yield from _ORIGINAL_ITER(
            context, box, position_y, bottom_space, skip_stack, containing_block, *_unused
        )
        return
    text = _current().texts[int(key)]
    for name in SPACINGS:
        setattr(box, name, 0)
    start = next(iter(skip_stack)) if skip_stack else 0
    count = len(text.heights)
    for number in range(start, count):
        line = _line_box(box, text, number, position_y, containing_block)
        position_y += line.height
        yield line, ({number + 1: None} if number + 1 < count else None)


def _line_box(
    box: Any, text: SetText, number: int, position_y: float, containing_block: Any
) -> Any:
    set_line = text.lines[number] if text.lines else None
    child = SetLineBox(box.element_tag, box.style, box.element, set_line.text if set_line else " ")
    child.set_line, child.key, child.number = set_line, text.key, number
    line = box.copy_with_children([child])
    line.width = child.width = containing_block.width
    line.height = child.height = text.heights[number] * PX_PER_PT
    line.baseline = child.baseline = text.baselines[number] * PX_PER_PT
    line.position_x = child.position_x = containing_block.content_box_x()
    line.position_y = child.position_y = position_y
    return line


def _draw_text(stream: Any, textbox: Any, *_unused: Any) -> None:
    if not isinstance(textbox, SetLineBox):
        raise EngineFault(f"有文字未经排版：{textbox.text[:20]}")
    if textbox.set_line is None or textbox.style["visibility"] != "visible":
        return
    job = _current()
    stream.set_color(textbox.style["color"])
    baseline = textbox.position_y + textbox.baseline
    line, text = textbox.set_line, job.texts[textbox.key]
    job.drawn.append(
        DrawnLine(
            job.page, text.style, line, textbox.number == len(text.lines) - 1,
            baseline / PX_PER_PT / PT_PER_MM, textbox.position_x / PX_PER_PT / PT_PER_MM,
        )
    )
    lines = [line]
    if text.key in job.entry_ends and job.drawn[-1].ends_text:
        lines.append(job.entry_ends[text.key])
    _show(stream, [(line, textbox.position_x, baseline) for line in lines], job)


def _show(stream: Any, lines: Sequence[tuple[SetLine, float, float]], job: Job) -> None:
    stream.begin_text()
    for line, x, baseline in lines:
        stream.stream.append(text_operators(line, job.faces, x, baseline))
    stream.end_text()


def _draw_page(page: Any, stream: Any) -> None:
    job = _current()
    job.page = page.page_type.index + 1
    _ORIGINAL_DRAW_PAGE(page, stream)
    folio = job.folios.get(page.page_type.index)
    if folio is None:
        return
    with stream.artifact():
        stream.set_color(page.style["color"])
        at = (folio.line, folio.x * PX_PER_PT, folio.baseline * PX_PER_PT)
        _show(stream, [at], job)


def _layout_backgrounds(page: Any, box: Any, *more: Any, **named: Any) -> None:
    if _is_set_line(box):
        box.background = box.children[0].background = None
        return
    _ORIGINAL_BACKGROUNDS(page, box, *more, **named)


def _draw_inline_level(stream: Any, page: Any, box: Any, *more: Any, **named: Any) -> None:
    if _is_set_line(box):
        with stream.marked(box.children[0], "Span"):
            _draw_text(stream, box.children[0])
        return
    _ORIGINAL_INLINE_LEVEL(stream, page, box, *more, **named)


def _is_set_line(box: Any) -> bool:
    return (
        isinstance(box, boxes.LineBox) and bool(box.children)
        and isinstance(box.children[0], SetLineBox)
    )


def _tag_box(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any,
    tags: dict[Any, Any],
) -> Iterator[Any]:
    if not _is_set_block(box):
        yield from _ORIGINAL_TAG_BOX(box, parent, pdf, page_number, nums, annotations, tags)
        return
    element = pydyf.Dictionary({
        "Type": "/StructElem",
        "S": f"/{_get_pdf_tag(box.element_tag)}",
        "K": pydyf.Array(),
        "Pg": pdf.page_references[page_number],
        "P": parent.reference,
    })
    pdf.add_object(element)
    for line in box.children:
        for child in line.children:
            mark = tags.pop(child)["mcid"]
            element["K"].append(mark)
            nums[mark] = element.reference
    yield element


def _is_set_block(box: Any) -> bool:
    """Tell whether a box is the block of a set text that is no link, cell or list item."""
    element = getattr(box, "element", None)
    return (
        element is not None
        and box.element_tag in SIMPLE_TAGS
        and element.get("data-set") is not None
        and isinstance(box, boxes.BlockBox)
        and not box.link_annotation
        and all(isinstance(child, boxes.LineBox) for child in box.children)
    )


_ORIGINAL_ITER = weasyprint.layout.block.iter_line_boxes
_ORIGINAL_DRAW_PAGE = weasyprint.document.draw_page
_ORIGINAL_INLINE_LEVEL = weasyprint.draw.draw_inline_level
_ORIGINAL_BACKGROUNDS = weasyprint.layout.background.layout_box_backgrounds
_ORIGINAL_TAG_BOX = weasyprint.pdf.tags._build_box_tree
savings.install()
weasyprint.layout.block.iter_line_boxes = _iter_line_boxes
weasyprint.draw.draw_text = _draw_text
weasyprint.draw.draw_inline_level = _draw_inline_level
weasyprint.document.draw_page = _draw_page
weasyprint.pdf.tags._build_box_tree = _tag_box
weasyprint.layout.background.layout_box_backgrounds = _layout_backgrounds
