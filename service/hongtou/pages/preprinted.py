"""Pages for paper on which a colour is printed already, as masthead paper (套红纸) is: 套打."""

from __future__ import annotations

from dataclasses import replace

from hongtou.pages.page import Page, Pages, PlacedText


def without_colour(pages: Pages, colour: str) -> Pages:
    """Return pages without what has a colour; all else stays in its place."""
    return replace(pages, pages=tuple(_without(page, colour) for page in pages))


def _without(page: Page, colour: str) -> Page:
    return replace(
        page,
        contents=tuple(
            placed
            for placed in page.contents
            if not (isinstance(placed, PlacedText) and placed.colour == colour)
        ),
        rules=tuple(rule for rule in page.rules if rule.colour != colour),
        furniture=tuple(one for one in page.furniture if one.colour != colour),
    )
