"""Where WeasyPrint gives way to the composer: at its lines, and nowhere else.

WeasyPrint stretches only spaces, breaks “ ” wrongly and never squeezes marks, so it lays out
boxes and pages while the lines are ours. ``iter_line_boxes`` yields one strip for an element that
carries ``data-piece`` or ``data-set``, as high as its lines are together: where pages end, the plan
has decided. What WeasyPrint lays out otherwise stays its own.

The function is replaced only while a document of ours is laid out, and only for its thread.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import weasyprint.layout.block
from weasyprint.formatting_structure import boxes

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.measure import PX_PER_PT
from hongtou.paginate.replacing import replaced
from hongtou.plan import Plan
from hongtou.plan.pieces import Strip, strip_of

_ENGINE = Lock()
_plan: Plan | None = None


@contextmanager
def lines_of(plan: Plan) -> Iterator[None]:
    """Let WeasyPrint lay out with the set lines of this plan; one at a time in a process.

    Raises:
        EngineFault: another plan is being laid out.
    """
    global _plan
    if not _ENGINE.acquire(blocking=False):
        raise EngineFault("排版引擎正忙")
    _plan = plan
    try:
        with replaced([(weasyprint.layout.block, "iter_line_boxes", _iter_line_boxes)]):
            yield
    finally:
        _plan = None
        _ENGINE.release()


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
    """Yield (line box, where to resume) for the strip of an element: there is nothing to resume."""
    strip = None if box.element is None else strip_in(box.element)
    if strip is None:
        yield from _ORIGINAL_ITER(
            context, box, position_y, bottom_space, skip_stack, containing_block, *_unused
        )
        return
    yield strip_box(box, strip, position_y, containing_block), None


def strip_in(element: Any) -> Strip | None:
    """Return the strip of the plan that an element stands for, if it does."""
    if _plan is None:
        return None
    piece = element.get("data-piece")
    if piece is not None:
        return _plan.made_up.pieces[int(piece)].strip
    text = element.get("data-set")
    return None if text is None else strip_of(_plan.texts[int(text)])


def strip_box(box: Any, strip: Strip, position_y: float, containing_block: Any) -> StripBox:
    """Return the line box of a strip, in the place of an element's line."""
    line = StripBox(box.element_tag, box.style, box.element, [])
    line.strip = strip
    line.width = containing_block.width
    line.height = strip.height * PX_PER_PT
    line.position_x = containing_block.content_box_x()
    line.position_y = position_y
    return line


_ORIGINAL_ITER = weasyprint.layout.block.iter_line_boxes
