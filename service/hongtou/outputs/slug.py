"""The slug: what a printer has to know of a sheet, outside the trimmed page.

Which bulletin and page it is, of which edition, and which plates it needs. It prints on every
plate, so that none is taken for another's. A long name has a row of its own, as type under 4 points
is not read with the naked eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from hongtou.bulletin.edition_name import edition_name
from hongtou.bulletin.issue import Masthead
from hongtou.bulletin.numerals import issue_line
from hongtou.pages.page import PlacedLine

if TYPE_CHECKING:
    from hongtou.layouts import Layout
    from hongtou.plan import Plan

TO_MIDDLE = 0.35  # em from a baseline up to the middle of figures and Han, roughly
BETWEEN = 2  # em between two texts
LEADING = 1.25  # em from one row of texts to the next

Slug = tuple[PlacedLine, ...]
Styled = tuple[str, str]  # a text and the role of its face


def slugs_of(plan: Plan, masthead: Masthead, page_count: int, plates: str) -> tuple[Slug, ...]:
    """Return the slug lines of every page, below its foot.

    Left of the registration mark stands which page it is, right of it which edition. A name is set
    in the face of its nameplate and an issue number in that of its line, which have the characters.
    """
    layout = plan.layout
    roles = {name: style.role for name, style in layout.styles.items()}
    edition = f"{edition_name(masthead.issue_date, plan.digest)}　{plates}", roles["folio"]
    names = (masthead.overline, "".join(masthead.nameplate))
    named = [(name, roles["nameplate"]) for name in names if name]
    middle, margin = layout.pt("page.width") / 2, layout.pt("press.mark_gap")
    slugs = []
    for page in range(1, page_count + 1):
        number = (f"{issue_line(masthead)}　第 {page} 页", roles["issue_line"])
        left = _placed(plan, _rows(plan, [*named, number]), margin)
        slugs.append((*left, *_placed(plan, [[edition]], middle + _beside_target(layout))))
    return tuple(slugs)


def _rows(plan: Plan, texts: Sequence[Styled]) -> list[list[Styled]]:
    """Return texts in rows: as many side by side as do not reach the registration mark."""
    rows: list[list[Styled]] = [[]]
    for text in texts:
        if rows[-1] and _width(plan, [*rows[-1], text]) > _room(plan.layout):
            rows.append([])
        rows[-1].append(text)
    return rows


def _placed(plan: Plan, rows: Sequence[Sequence[Styled]], x: float) -> Iterator[PlacedLine]:
    """Yield rows of texts from ``x``, one row in the middle between the bleed and the edge.

    They are smaller where one would reach the registration mark, or all together the bleed.
    """
    layout = plan.layout
    bleed, edge = layout.pt("press.bleed"), layout.pt("press.edge")
    highest = (edge - bleed) / (LEADING * len(rows))
    for number, texts in enumerate(rows):
        room = _room(layout) / _width(plan, texts)
        size = min(highest, layout.pt("press.slug_size") * min(1.0, room))
        ahead = number - (len(rows) - 1) / 2
        middle = (bleed + edge) / 2 + ahead * LEADING * min(highest, layout.pt("press.slug_size"))
        left = x
        for text, role in texts:
            line = plan.compositor.single(text, role, size)
            yield PlacedLine(line, left, layout.pt("page.height") + middle + TO_MIDDLE * size)
            left += line.width + BETWEEN * size


def _width(plan: Plan, texts: Sequence[Styled]) -> float:
    """Return how wide a row of texts is in its full size."""
    size, single = plan.layout.pt("press.slug_size"), plan.compositor.single
    return sum(single(*text, size).width for text in texts) + BETWEEN * size * (len(texts) - 1)


def _room(layout: Layout) -> float:
    """Return how wide a row may be on either side of the registration mark."""
    half = layout.pt("page.width") / 2
    return half - _beside_target(layout) - layout.pt("press.mark_gap")


def _beside_target(layout: Layout) -> float:
    """Return how far from a registration mark's centre a text begins: twice its radius."""
    return 2 * layout.pt("press.target") + layout.pt("press.slug_size")
