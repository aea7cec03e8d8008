"""Pages of strips alone, which WeasyPrint need not lay out.

Their heights and the pages that they begin are the plan's, so such a page is the one before it with
other strips, each below the last. Where more is said of their elements than that, or a page would
hold too much, WeasyPrint lays it out.
"""

from __future__ import annotations

from typing import Any

import weasyprint.layout.page
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure.boxes import BlockBox
from weasyprint.layout.block import block_level_page_break

from hongtou.paginate.weasyprint_hooks import strip_box, strip_in
from hongtou.plan.pieces import Strip

HARMLESS = ("display", "break_before", "anchor", "lang")  # to an element with a strip
Placed = tuple[Any, Strip]  # a box with the strip that it holds
NO_SIDES = {
    name.format(side): 0
    for name in ("margin_{}", "padding_{}", "border_{}_width")
    for side in ("top", "right", "bottom", "left")
}


def make_page(context: Any, root: Any, page_type: Any, resume_at: Any, *more: Any) -> Any:
    """Return what WeasyPrint's `make_page` does: a page, where to resume, how the next begins."""
    strips = _only_strips(context, root, page_type, resume_at)
    page = _page_of(context, strips) if strips else None
    if page is None:
        made = _ORIGINAL_MAKE_PAGE(context, root, page_type, resume_at, *more)
        context.page_before = made[0]
        return made
    page.page_type = page_type
    (first,) = resume_at
    begins = {"break": "page", "page": page.children[0].page_values()[1]}
    return page, {first + len(strips): None}, begins


def _only_strips(context: Any, root: Any, page_type: Any, resume_at: Any) -> list[Placed]:
    """Return what a page holds, up to what begins the next; nothing, if one is not a strip."""
    found: list[Placed] = []
    ((first, within),) = (resume_at or {0: 0}).items()
    if page_type.blank or within is not None or not _is_plain(root) or _has_more(context):
        return found
    for box in root.children[first:]:
        how = block_level_page_break(found[-1][0], box) if found else "auto"
        if how == "page":
            return found
        strip = strip_in(box.element)
        if how != "auto" or strip is None or not _is_plain(box):
            break
        found.append((box, strip))
    return []


def _has_more(context: Any) -> bool:
    """Tell whether a page shows what stands outside the flow, as footnotes do."""
    before = context.page_before
    pending = context.broken_out_of_flow or context.reported_footnotes or before.fixed_boxes
    return bool(pending) or any(area.children for area in before.children[1:])


def _is_plain(box: Any) -> bool:
    """Tell whether an element is a block with nothing of its own that takes room or moves it."""
    style = box.style
    said = (name for name in style.cascaded if name not in HARMLESS)
    return type(box) is BlockBox and all(style[name] == INITIAL_VALUES[name] for name in said)


def _page_of(context: Any, strips: list[Placed]) -> Any:
    """Return a page with these; None, if they are too high."""
    before = context.page_before
    root, *areas = before.children
    root = root.copy_with_children([])
    place = top = root.content_box_y()
    for box, strip in strips:
        block = box.copy()
        block.__dict__.update(NO_SIDES, position_x=root.content_box_x(), position_y=place)
        block.width = root.width
        line = strip_box(box.children[0], strip, place, block)
        block.children = [line]
        block.height = place + line.height - place  # as WeasyPrint adds and subtracts
        place += block.height
        root.children.append(block)
    bottom = before.content_box_y() + before.height
    root.height = max(bottom, place) - top  # it goes on
    return None if context.overflows(bottom, place) else before.copy_with_children([root, *areas])


_ORIGINAL_MAKE_PAGE = weasyprint.layout.page.make_page
