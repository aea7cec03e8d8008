"""The compositor: sets paragraphs, headlines, lists and lines of one text to a measure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from hongtou.bulletin.patterns import Late
from hongtou.compose.balance import balance
from hongtou.compose.boxed import BoxedText
from hongtou.compose.cells import Cells, TypeRun
from hongtou.compose.cutting import Cutter
from hongtou.compose.fit import Span, fit, measure_cells
from hongtou.compose.labels import stiffen
from hongtou.compose.line_memory import Lengths
from hongtou.compose.lines import SetLine, set_line
from hongtou.compose.looseness import fit_in
from hongtou.compose.ragged import COSTS, LIST_COSTS, is_list, turn
from hongtou.compose.spacing import Spacing
from hongtou.compose.words.segmentation import HAN

if TYPE_CHECKING:
    from hongtou.faces import Faces

# Blank on either side of a Han character, 0.03 em in 小标宋 and 0.07 in 仿宋: between two of them
# nobody sees it, and so it is no more at the edge of a mark.
HAN_BLANK = 0.04

ALL_HAN = Late(f"[{HAN}]*")

MOST_KEPT = 1000  # single lines: folios, which all issues have alike


class Compositor:
    """Sets text in the faces it was given. All lengths are in points."""

    def __init__(self, faces: Faces, spacing: Spacing) -> None:
        self._cutter = Cutter(faces, spacing)
        self._spaced_gap = spacing.spaced_gap
        self.single = lru_cache(MOST_KEPT)(self._single)

    def aligned(self, runs: Sequence[TypeRun], align: str, lengths: Lengths) -> tuple[SetLine, ...]:
        """Return the lines of a text in an alignment.

        A ``justified`` list of names is set ragged: they stay whole, and evenly apart, under one
        another behind a label (一等奖：…) or from the indent on.
        A ``spaced`` heading stays closed where it holds more than Han: marks and figures would
        stand alone in 【栏目】, 县（市、区）动态, 2026年要闻.
        """
        size, measure, indent, hanging, tracking = lengths
        text = "".join(run.text for run in runs)
        match align:
            case "justified" if not is_list(text):
                return self.justified(
                    runs, size, measure, indent=indent, hanging=hanging, tracking=tracking
                )
            case "balanced":
                return self.balanced(text, runs[0].role, size, measure)
            case "spaced" if ALL_HAN().fullmatch(text):
                return self.spaced(text, runs[0].role, size, measure)
            case "spaced":
                return self.balanced(text, runs[0].role, size, measure)
            case "right":
                return self.ragged(runs, size, measure - indent, align=align)
        if align == "justified":
            hanging = max(hanging, indent + self._label_width(text, runs[0], size, measure))
        return self.ragged(
            runs,
            size,
            measure,
            align="left" if align in ("list", "justified") else align,
            indent=indent,
            hanging=hanging,
            keeps_items=align in ("list", "justified"),
        )

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

    def recast(
        self,
        runs: Sequence[TypeRun],
        lengths: Lengths,
        count: int,
        limits: tuple[float, float],
    ) -> tuple[SetLine, ...]:
        """Return a paragraph in ``count`` lines; none where gaps would be wider than ``limits``.

        ``limits`` are in em: how far gaps between Han may open, and how far close.
        """
        size, measure, indent, hanging, tracking = lengths
        if is_list("".join(run.text for run in runs)):
            return ()
        cells = self._cutter.cut(runs, size, tracking)
        widths = (measure - indent, measure - hanging)
        return tuple(
            set_line(cells, span, size, hanging if number else indent)
            for number, span in enumerate(fit_in(cells, size, widths, count, limits))
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
        keeps_items: bool = False,
    ) -> tuple[SetLine, ...]:
        """Return lines at their natural width, turned where the sense allows.

        ``keeps_items`` takes a line more rather than part a body or a person of a list. At the
        right edge stand names and dates: a space is meant there (李明 2026年11月20日).
        """
        cells = self._cutter.cut(runs, size, keep_spaces=align == "right")
        stiffen(cells, runs)
        costs = LIST_COSTS if keeps_items else COSTS
        spans = turn(cells, size, measure - indent, measure - hanging, costs)
        lines = []
        for number, span in enumerate(spans):
            line = set_line(cells, span, size, hanging if number else indent)
            lines.append(_aligned(line, cells, span, measure, align))
        return tuple(lines)

    def balanced(self, text: str, role: str, size: float, measure: float) -> tuple[SetLine, ...]:
        """Return a headline's lines, centred; newlines are wished breaks."""
        lines: list[SetLine] = []
        for part in text.split("\n"):
            cells = self._cutter.cut([TypeRun(part, role)], size, keep_spaces=True)
            for span in balance(cells, size, measure):
                line = set_line(cells, span, size)
                lines.append(_aligned(line, cells, span, measure, "centre"))
        return tuple(lines)

    def box(self, text: str, role: str, size: float, *, has_names: bool) -> BoxedText:
        """Return a line of a cell's text, measured for any width; it may hold names."""
        return BoxedText(self._cutter.cut([TypeRun(text, role)], size), size, has_names=has_names)

    def boxed(self, box: BoxedText, measure: float, align: str) -> list[SetLine]:
        """Return the lines of a cell's text at their natural width."""
        return [
            _in_box(set_line(box.cells, span, box.em), box.cells, span, measure, align)
            for span in box.spans(measure)
        ]

    def spread(self, text: str, role: str, size: float, measure: float, gap: float) -> SetLine:
        """Return one centred line with this gap between its characters."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        cells.gaps[1:] = [gap] * (len(cells) - 1)
        cells.tracking = gap
        span = Span(0, len(cells))
        return _aligned(set_line(cells, span, size), cells, span, measure, "centre")

    def spaced(self, text: str, role: str, size: float, measure: float) -> tuple[SetLine, ...]:
        """Return a heading whose characters stand apart as far as there is room for it.

        One that is too long for a line is set as a headline.
        """
        closed = self.spread(text, role, size, measure, 0.0)
        if closed.width > measure:
            return self.balanced(text, role, size, measure)
        gap = (measure - closed.width) / max(1, len(closed.glyphs) - 1)
        return (self.spread(text, role, size, measure, min(gap, self._spaced_gap * size)),)

    def _label_width(self, text: str, first: TypeRun, size: float, measure: float) -> float:
        """Return how wide the label of a list is, less than nothing where names have no room."""
        label = text[: text.find("：") + 1]
        width = self.natural_width(label, first.role, size)
        return width if 3 * width <= measure else -measure

    def _single(self, text: str, role: str, size: float) -> SetLine:
        """Return a text on one line at its natural width; `single` keeps those set last."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        return set_line(cells, Span(0, len(cells)), size)

    def natural_width(self, text: str, role: str, size: float) -> float:
        """Return how wide a text is on one line, unsqueezed."""
        cells = self._cutter.cut([TypeRun(text, role)], size)
        return measure_cells(cells).ends[-1] if len(cells) else 0.0


def _aligned(line: SetLine, cells: Cells, span: Span, measure: float, align: str) -> SetLine:
    """Return the line at its place; what is blank at its ends does not count but at the left.

    There the blank half of a first mark stays, unless the line is full: then its ink begins there.
    """
    end = span.last - 1
    while end > span.first and cells.marks[end] == "s":  # where it was broken
        end -= 1
    spaces = sum(cells.advances[end + 1 : span.last]) + sum(line.gaps[end - span.first :])
    slack = measure - line.width + spaces
    if align == "left":
        x = min(line.x, slack + cells.tails[end])
        return line if x == line.x else line._replace(x=max(x, line.x - cells.leads[span.first]))
    if align == "right":
        return line._replace(x=slack + cells.tails[end])
    lead, tail = _blanks(cells, span.first, end, line.size)
    centred = (slack + lead + tail) / 2 - lead
    leftmost, rightmost = 0.0 - cells.leads[span.first], slack + cells.tails[end]
    return line._replace(x=max(leftmost, min(centred, rightmost)))  # a full line stays within


def _blanks(cells: Cells, first: int, last: int, em: float) -> tuple[float, float]:
    """Return what is blank before the first cell of a line and behind the last, in points.

    Only a mark has so much that it shows: by the halves of their squares ： and ） would stand half
    a millimetre off in a headline.
    """
    lead, tail = cells.leads[first], cells.tails[last]
    if lead:
        lead = (cells.faces[first].blanks(cells.glyphs[first])[0] / 1000 - HAN_BLANK) * em
    if tail:
        tail = (cells.faces[last].blanks(cells.glyphs[last])[1] / 1000 - HAN_BLANK) * em
    return lead, tail


def _in_box(line: SetLine, cells: Cells, span: Span, measure: float, align: str) -> SetLine:
    """Return the line of a cell at its place: at both edges with its ink, as it was measured."""
    if align == "left":
        return line._replace(x=-cells.leads[span.first])
    return _aligned(line, cells, span, measure, align)
