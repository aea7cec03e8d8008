"""Pages side by side: how many in a row, how large, and which of them if they are too many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from math import isqrt
from typing import NamedTuple

from hongtou.pages.page import Page, Rectangle

# The width of a page by how many there are at most: of a few the text can be read, of many a frame
# can still be seen, and where on the page it is.
WIDTHS = ((2, 240), (12, 150), (48, 110))
SMALLEST = 84
MOST_PAGES = 200  # on one sheet: all of the longest issue, unless a house allows longer ones
GAP = 10  # between pages
CAPTION = 16  # below a page, for its number


class Shown(NamedTuple):
    """A page with its place on the sheet, which begins at the top left corner of the grid."""

    page: Page
    area: Rectangle

    def within(self, area: Rectangle) -> Rectangle:
        """Return where an area of the page is on the sheet."""
        scale = self.area.width / self.page.width
        x, y, width, height = (side * scale for side in area)
        return Rectangle(self.area.x + x, self.area.y + y, width, height)


def shown_pages(pages: Sequence[Page], marked: Collection[int]) -> Sequence[Page]:
    """Return the pages for which there is room: ``marked`` ones first, then the foremost."""
    if len(pages) <= MOST_PAGES:
        return pages
    first = sorted(pages, key=lambda page: (page.number not in marked, page.number))
    return sorted(islice(first, MOST_PAGES), key=lambda page: page.number)


def placed(pages: Sequence[Page], x: float, y: float) -> Iterator[Shown]:
    """Yield pages row by row, about twice as many across as down."""
    count = len(pages)
    width = next((width for most, width in WIDTHS if count <= most), SMALLEST)
    across = min(count, isqrt(2 * count - 1) + 1)
    height = max((page.height / page.width for page in pages), default=1) * width
    for at, page in enumerate(pages):
        row, column = divmod(at, across)
        left, top = x + column * (width + GAP), y + row * (height + CAPTION + GAP)
        yield Shown(page, Rectangle(left, top, width, page.height / page.width * width))
