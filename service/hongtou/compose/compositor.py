"""The compositor: sets paragraphs, headlines, lists and lines of one text to a measure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from hongtou.compose.balance import balance
from hongtou.compose.cells import Cutter, TypeRun
from hongtou.compose.fit import Span, fit, measure_cells
from hongtou.compose.lines import SetLine, set_line
from hongtou.compose.spacing import Spacing

if TYPE_CHECKING:
    from hongtou.faces import Faces

MOST_KEPT = 1000  # single lines: folios, which all issues have alike


class Compositor:
    """Sets text in the faces it was given. All lengths are in points."""

    def __init__(self, faces: Faces, spacing: Spacing) -> None:
        self._cutter = Cutter(faces, spacing)
        self._spaced_gap = spacing.spaced_gap
        self.single = lru_cache(MOST_KEPT)(self._single)

    def justified(
        self,
        runs: Sequence[TypeRun],
        size: float,
        measure: float,
        *,
        indent: float = 0.0,
        hanging: float = 0.0,
        tracking: float = 0.0,
    ) -> tuple[SetLine, ...]:
        """Return a paragraph's lines, each but the last flush with both edges."""
        cells = self._cutter.cut(runs, size, tracking)
        spans = fit(cells, size, measure - indent, measure - hanging)
        return tuple(
            set_line(cells, span, size, hanging if number else indent)
            for number, span in enumerate(spans)
        )

    def ragged(
        self,
        runs: Sequence[TypeRun],
        size: float,
        measure: float,
        *,
        align: str = "left",
        indent: float = 0.0,
        hanging: float = 0.0,
    ) -> tuple[SetLine, ...]:
        """Return lines broken as a paragraph's but set at their natural width."""
        cells = self._cutter.cut(runs, size)
        spans = fit(cells, size, measure - indent, measure - hanging)
        lines = []
        for number, span in enumerate(spans):
            natural = span._replace(stretch=min(0.0, span.stretch), opening=0.0)
            line = set_line(cells, natural, size, hanging if number else indent)
            lines.append(_aligned(line, measure, align))
        return tuple(lines)

    def balanced(self, text: str, role: str, size: float, measure: float) -> tuple[SetLine, ...]:
        """Return a headline's lines, centred; newlines are wished breaks."""
        lines: list[SetLine] = []
        for part in text.split("\n"):
            cells = self._cutter.cut([TypeRun(part, role)], size, keep_spaces=True)
            for span in balance(cells, size, measure):
                lines.append(_aligned(set_line(cells, span, size), measure, "centre"))
        return tuple(lines)

    def spread(self, text: str, role: str, size: float, measure: float, gap: float) -> SetLine:
        """Return one centred line with this gap between its characters."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        cells.gaps[1:] = [gap] * (len(cells) - 1)
        cells.tracking = gap
        return _aligned(set_line(cells, Span(0, len(cells)), size), measure, "centre")

    def spaced(self, text: str, role: str, size: float, measure: float) -> tuple[SetLine, ...]:
        """Return a heading whose characters stand apart as far as there is room for it.

        One that is too long for a line is set as a headline.
        """
        closed = self.spread(text, role, size, measure, 0.0)
        if closed.width > measure:
            return self.balanced(text, role, size, measure)
        gap = (measure - closed.width) / max(1, len(closed.glyphs) - 1)
        return (self.spread(text, role, size, measure, min(gap, self._spaced_gap * size)),)

    def _single(self, text: str, role: str, size: float) -> SetLine:
        """Return a text on one line at its natural width; `single` keeps those set last."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        return set_line(cells, Span(0, len(cells)), size)

    def natural_width(self, text: str, role: str, size: float) -> float:
        """Return how wide a text is on one line, unsqueezed."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        return measure_cells(cells).ends[-1] if len(cells) else 0.0


def _aligned(line: SetLine, measure: float, align: str) -> SetLine:
    slack = measure - line.width + _blank_end(line)
    if align in ("centre", "balanced"):
        return line._replace(x=slack / 2)
    if align == "right":
        return line._replace(x=slack)
    return line


def _blank_end(line: SetLine) -> float:
    """Return the width of the spaces at which a line was broken: nothing is aligned by them."""
    blank, last = 0.0, len(line.texts) - 1
    while last > 0 and line.texts[last].isspace():
        last -= 1
        advance = line.faces[last + 1].advance(line.glyphs[last + 1]) * line.size / 1000
        blank += advance + line.gaps[last]
    return blank
