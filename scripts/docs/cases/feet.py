"""How many lines stay blank at the foot of a page, measured on the page itself."""

from __future__ import annotations

from hongtou.layouts import Layout
from hongtou.pages.page import Page, Pages, PlacedPicture


def blank_feet(pages: Pages, layout: Layout) -> dict[int, int]:
    """Return how many lines stay blank at the foot of each page but the last and turned ones."""
    bottom = layout.pt("page.head_margin") + layout.pt("page.type_area_height")
    pitch = layout.pt("page.line_pitch")
    return {
        page.number: int((bottom - _lowest(page)) / pitch)
        for page in pages.pages[:-1]
        if not any(content.turn for content in page.contents)
    }


def _lowest(page: Page) -> float:
    """Return how far down a page is filled, in points from its top."""
    pictures = [content for content in page.contents if isinstance(content, PlacedPicture)]
    areas = [picture.area for picture in pictures] + [rule.area for rule in page.rules]
    lines = (line.baseline for text in page.texts for line in text.lines)
    return max((*lines, *(area.y + area.height for area in areas)), default=0.0)
