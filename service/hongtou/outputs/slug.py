"""The slug: what a printer has to know of a sheet, outside the trimmed page.

Which bulletin and page it is, of which edition, and which plates it needs. It prints on every
plate, so that none is taken for another's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongtou.bulletin.edition_name import edition_name
from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.numerals import full_name, issue_line
from hongtou.pages.page import PlacedLine

if TYPE_CHECKING:
    from hongtou.layouts import Layout
    from hongtou.plan import Plan

TO_MIDDLE = 0.35  # em from a baseline up to the middle of figures and Han, roughly
BETWEEN = 2  # em between two texts

Slug = tuple[PlacedLine, ...]
Styled = tuple[str, str]  # a text and the role of its face


def slugs_of(plan: Plan, masthead: Masthead, page_count: int, plates: str) -> tuple[Slug, ...]:
    """Return the slug lines of every page, below its foot.

    Left of the registration mark stands which page it is, right of it which edition. A name is set
    in the face of its nameplate and an issue number in that of its line, which have the characters.
    """
    layout = plan.layout
    roles = {name: style.role for name, style in layout.styles.items()}
    edition = f"{edition_name(masthead.issue_date, plan.digest)}　{plates}"
    right, name = (edition, roles["folio"]), (full_name(masthead), roles["nameplate"])
    middle, margin = layout.pt("page.width") / 2, layout.pt("press.mark_gap")
    slugs = []
    for page in range(1, page_count + 1):
        number = (f"{issue_line(masthead)}　第 {page} 页", roles["issue_line"])
        left = _placed(plan, [name, number], margin)
        slugs.append((*left, *_placed(plan, [right], middle + _beside_target(layout))))
    return tuple(slugs)


def _placed(plan: Plan, texts: list[Styled], x: float) -> Iterator[PlacedLine]:
    """Yield texts in a row from ``x``, smaller where they would reach the registration mark."""
    layout, single = plan.layout, plan.compositor.single
    room = layout.pt("page.width") / 2 - _beside_target(layout) - layout.pt("press.mark_gap")
    size = layout.pt("press.slug_size")
    gap = BETWEEN * size
    wide = sum(single(text, role, size).width for text, role in texts) + gap * (len(texts) - 1)
    scale = min(1.0, room / wide)
    foot = layout.pt("page.height") + (layout.pt("press.bleed") + layout.pt("press.edge")) / 2
    for text, role in texts:
        line = single(text, role, size * scale)
        yield PlacedLine(line, x, foot + TO_MIDDLE * size * scale)
        x += line.width + gap * scale


def _beside_target(layout: Layout) -> float:
    """Return how far from a registration mark's centre a text begins: twice its radius."""
    return 2 * layout.pt("press.target") + layout.pt("press.slug_size")
