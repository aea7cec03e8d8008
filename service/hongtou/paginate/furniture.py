"""What a page carries beside its text: folios, and the folios of contents entries."""

from __future__ import annotations

from hongtou.bulletin.numerals import folio
from hongtou.compose.compositor import Compositor
from hongtou.compose.lines import SetLine
from hongtou.layouts import Layout
from hongtou.pages.page import Furnishing, PlacedLine

LEADER = "…"


class Furniture:
    """Sets what can only be set once the pages are known."""

    def __init__(self, layout: Layout, compositor: Compositor) -> None:
        self._layout = layout
        self._compositor = compositor

    def folio(self, page: int) -> Furnishing:
        """Return the folio of a page (from 1): — 1 —, odd pages right, even pages left.

        Source: GB/T 9704-2012 §7.5.
        """
        layout = self._layout
        style = layout.styles["folio"]
        line = self._compositor.single(folio(page), style.role, style.size_pt)
        indent = layout.pt("folio.indent")
        left = layout.pt("page.binding_margin")
        if page % 2:
            x = left + layout.pt("page.type_area_width") - indent - line.width
        else:
            x = left + indent
        ascent = layout.em("composition.baseline") * style.size_pt
        foot = layout.pt("page.head_margin") + layout.pt("page.type_area_height")
        baseline = foot + layout.pt("folio.offset") + ascent
        return Furnishing(PlacedLine(line, x, baseline), style.colour)

    def entry_end(self, last_line: SetLine, page: int) -> SetLine:
        """Return the leader and the folio that end a contents entry at the right edge."""
        style = self._layout.styles["contents_entry"]
        size = style.size_pt
        measure = self._layout.pt("page.type_area_width")
        number = self._compositor.single(str(page), style.role, size)
        gap = self._layout.em("contents.leader_gap") * size
        start = last_line.x + last_line.width + gap
        dots = int((measure - number.width - gap - start) / size)
        if dots < 1:
            return number._replace(x=measure - number.width)
        leader = self._compositor.single(LEADER * dots + str(page), style.role, size)
        return _opened(leader, dots - 1, gap, right=measure)


def _opened(line: SetLine, at: int, gap: float, *, right: float) -> SetLine:
    """Open a line by a gap (points) behind one of its glyphs; it ends at the ``right``."""
    gaps = list(line.gaps)
    gaps[at] += gap
    width = line.width + gap
    return line._replace(x=right - width, width=width, gaps=tuple(gaps), spaced=True)
