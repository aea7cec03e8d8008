"""The pages that an editor looks at: their pictures, and where every text on them stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.outputs.page_pictures import draw_pages
from hongtou.pages.places import page_of, places_of
from hongtou.pages.preview import DrawnPage, View

if TYPE_CHECKING:
    from hongtou.pages.page import Pages
    from hongtou.plan import Plan


def draw_view(plan: Plan, pages: Pages, wish: PreviewWish, corrections: Corrections) -> View:
    """Return the wished pages, and that of the caret, as pictures with their texts."""
    caret = page_of(pages, wish.pointer, wish.offset, corrections) if wish.pointer else None
    wished = [page for page in pages if page.number in {*wish.view, caret}]
    pictures = [*draw_pages(plan, pages, wished, wish.dpi, wish.known)]
    above = plan.layout.em("composition.baseline")
    return View(
        drawn=tuple(DrawnPage(*picture[:4]) for picture in pictures),
        places=tuple(places_of(wished, above, corrections)),
        pictures=tuple((picture.digest, picture.png) for picture in pictures if picture.png),
    )
