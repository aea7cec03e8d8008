"""What tells a proof from the edition, and one proof from another: in the head margin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hongtou.bulletin.edition_name import edition_name
from hongtou.bulletin.month import Month
from hongtou.compose.compositor import Compositor
from hongtou.layouts import Layout
from hongtou.pages.page import Furnishing, PlacedLine


def proof_marks(
    layout: Layout, compositor: Compositor, issue_date: date | Month, digest: str
) -> Iterator[Furnishing]:
    """Yield 校样 at the right above the type area, and at the left which issue and proof it is.

    The date is that of the issue, not of the day: the same order has the same bytes.
    """
    mark, stated = layout.styles["proof_mark"], layout.styles["proof_entry"]
    left = layout.pt("page.binding_margin")
    right = left + layout.pt("page.type_area_width")
    baseline = layout.pt("page.head_margin") - layout.pt("proof.offset")
    line = compositor.single(layout.text("proof.mark"), mark.role, mark.size_pt)
    yield Furnishing(PlacedLine(line, right - line.width, baseline), mark.colour)
    line = compositor.single(
        edition_name(issue_date, digest), layout.styles["folio"].role, stated.size_pt
    )
    yield Furnishing(PlacedLine(line, left, baseline), stated.colour)
