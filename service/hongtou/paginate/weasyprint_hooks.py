"""Where WeasyPrint gives way to the composer: at its lines, and nowhere else.

WeasyPrint stretches only spaces, breaks “ ” wrongly and never squeezes marks, so it lays out
boxes and pages while the lines are ours. ``iter_line_boxes`` yields the strips of an element that
carries ``data-galley`` or ``data-set``, each with its own height; where a page may end is decided
by the galley, and whether it must by WeasyPrint. What it lays out otherwise stays its own.

A galley is one box: an issue of nine pages has 60 boxes where one for each paragraph made 140.

The function is replaced only while a document of ours is laid out: others in this process find
WeasyPrint as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.measure import PX_PER_PT
from hongtou.plan import Plan
from hongtou.plan.galleys import Strip, line_by_line

_plan: Plan | None = None


@contextmanager
def lines_of(plan: Plan) -> Iterator[None]:
    """Let WeasyPrint lay out with the set lines of this plan; one at a time in a process.

    Raises:
        EngineFault: another plan is being laid out.
    """
    global _plan
    if _plan is not None:
        raise EngineFault("排版引擎正忙")
    _plan = plan
    weasyprint.layout.block.iter_line_boxes = _iter_line_boxes
    try:
        yield
    finally:
        weasyprint.layout.block.iter_line_boxes = _ORIGINAL_ITER
        _plan = None


class StripBox(boxes.LineBox):  # type: ignore[misc]
    """A line box that stands for a whole strip and has no children."""

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
    if _plan is None:
        return None
    galley = element.get("data-galley")
    if galley is not None:
        return _plan.galleys[int(galley)].strips
    text = element.get("data-set")
    return None if text is None else line_by_line(_plan.texts[int(text)])


def _strip_box(box: Any, strip: Strip, position_y: float, containing_block: Any) -> StripBox:
    line = StripBox(box.element_tag, box.style, box.element, [])
    line.strip = strip
    line.width = containing_block.width
    line.height = strip.height * PX_PER_PT
    line.position_x = containing_block.content_box_x()
    line.position_y = position_y
    return line


_ORIGINAL_ITER = weasyprint.layout.block.iter_line_boxes
