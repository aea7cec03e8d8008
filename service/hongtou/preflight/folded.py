"""Where pages stand on the sides of sheets, and where these are folded, by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.pages.imposition import Side, saddle_stitched, side_by_side, slots_of
from hongtou.preflight.box import TOLERANCE_PT, Box, box_of
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.inspected_pdf import InspectedPdf

SADDLE: Final = "saddle"
DEFAULT_THICKNESS: Final = 100  # micrometres
UM_PER_MM: Final = 1000
A_SHEET: Final = 4  # pages
NUMBER = rb"(-?\d{0,6}\.?\d{1,9}) "
# A page on a side: what of it is seen, where it stands, and its number from 0.
SHOWN = re.compile(rb"q " + NUMBER * 4 + rb"re W n 1 0 0 1 " + NUMBER * 2 + rb"cm /P(\d+) Do Q")
FOLD = re.compile(NUMBER * 2 + rb"m " + NUMBER * 2 + rb"l S")

Stands = tuple[float, ...]


def misplaced(inspected: InspectedPdf) -> Iterator[str]:
    """Yield sides on which a page or a mark of the fold stands elsewhere than it should."""
    contents = [side.Contents.read_bytes() for side in inspected.pdf.pages]
    found = [sorted(tuple(map(float, shown)) for shown in SHOWN.findall(one)) for one in contents]
    wanted = [[*map(_placed, sides)] for sides in _possible(inspected.expectation)]
    if not any(_are_near(found, sides) for sides in wanted):
        yield "有一页不在折叠后的位置上，或被裁去了"
    for side, content in zip(inspected.pdf.pages, contents, strict=True):
        marks = (tuple(map(float, mark)) for mark in FOLD.findall(content))
        if not all(_is_at_fold(mark, Box(*map(float, side.MediaBox)), inspected) for mark in marks):
            yield "有折线不在折线上"
            return


def cut_forms(inspected: InspectedPdf) -> Iterator[str]:
    """Yield pages of which a part is cut off before they are placed."""
    for match in inspected.objects.matches["form"].values():
        if not any(
            box_of(match["BBox"]).is_paper(size) for size in inspected.expectation.page_sizes
        ):
            yield "拼版的一页不是整页"
            return


def _possible(expectation: Expectation) -> Iterator[list[Side]]:
    """Yield all sides, of each size of paper and for a closing block that stands alone or not."""
    count, options = expectation.page_count, expectation.options
    up = str(options.get("up", SADDLE))
    thickness = int(options.get("thickness", DEFAULT_THICKNESS)) / UM_PER_MM * PT_PER_MM
    for size in expectation.page_sizes:
        width, height = (side * PT_PER_MM for side in size)
        if up != SADDLE:
            yield [*side_by_side(range(count), 2, 2 if up == "4" else 1, width, height)]
            continue
        for alone in (False, True):
            slots = slots_of(count, A_SHEET, closing_stands_alone=alone)
            yield [*saddle_stitched(slots, width, height, thickness)]


def _placed(side: Side) -> list[Stands]:
    """Return the pages of a side as its stream shows them."""
    return sorted(
        (one.left, one.bottom, one.right - one.left, one.top - one.bottom, one.x, one.y, one.page)
        for one in side
    )


def _are_near(found: list[list[Stands]], wanted: list[list[Stands]]) -> bool:
    if [*map(len, found)] != [*map(len, wanted)]:
        return False
    pairs = zip(
        (number for side in found for stands in side for number in stands),
        (number for side in wanted for stands in side for number in stands),
        strict=True,
    )
    return all(abs(one - other) <= TOLERANCE_PT for one, other in pairs)


def _is_at_fold(mark: Stands, side: Box, inspected: InspectedPdf) -> bool:
    """Tell whether a line lies on the fold in the middle of a side, near its foot or its head."""
    x, y, to_x, to_y = mark
    longest = max(layout.pt("press.fold_mark") for layout in inspected.expectation.layouts)
    low, high = sorted((y, to_y))
    return max(abs(one - side.right / 2) for one in (x, to_x)) <= TOLERANCE_PT and (
        high <= longest + TOLERANCE_PT or low >= side.head - longest - TOLERANCE_PT
    )
