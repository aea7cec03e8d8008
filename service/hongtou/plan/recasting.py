"""Texts in a line more or less than fits them best: what copyfitting is done with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import filterfalse, groupby, islice

from hongtou.compose.line_memory import Lengths
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING

RECAST = {"paragraph", "brief", "editors_note"}
STACK = {"section", "kicker", "headline", "subhead", "byline", "briefs_heading"}
TRIES = 24  # paragraphs that are tried before a step is given up

Change = tuple[SetText, ...]  # what takes the place of texts with its keys: a line more or less


class Recasting:
    """Finds texts of an issue that an eye would not see in a line more or less."""

    def __init__(self, setter: TextSetter) -> None:
        self.setter = setter
        self._line_gives = setter.layout.em("copyfit.line_gives")
        self._line_takes = setter.layout.em("copyfit.line_takes")
        self._found: dict[tuple[int, int], SetText | None] = {}

    def of(self, texts: Sequence[SetText], by: int) -> Iterator[Change]:
        """Yield what may have ``by`` lines more: paragraphs, then the blanks of headlines.

        The texts come from the last to the first.
        """
        return filter(None, map(self.set, self.outlines(texts, by)))

    def outlines(self, texts: Sequence[SetText], by: int) -> Iterator[Change]:
        """Yield what ``of`` may, with the heights alone: make-up asks for no more.

        Few of them fill a page, and to fit the lines of a paragraph takes long.
        """
        for text in islice((text for text in texts if self._may_recast(text, by)), TRIES):
            yield (_outline(text, len(text.lines) + by),)
        for is_headline, stack in groupby(texts, key=lambda text: text.style in STACK):
            if is_headline and (change := respaced([*stack][::-1], by, self.setter)):
                yield change

    def set(self, change: Change) -> Change:
        """Return a change with its lines; none where an eye would see them."""
        found = []
        for outline in change:
            if (text := self._set(outline)) is None:
                return ()
            found.append(text)
        return tuple(found)

    def first(self, outlines: Iterable[Change], wanted: int) -> Iterator[tuple[Change, ...]]:
        """Yield the first ``wanted`` changes that can be set, as far as is known.

        Others are yielded where one of them was tried in between and refused.
        """
        rest, found = iter(outlines), list[Change]()
        while not found or any(map(self.is_refused, found)):
            found = [*filterfalse(self.is_refused, found)]
            found += islice(filterfalse(self.is_refused, rest), wanted - len(found))
            if len(found) < wanted:
                return
            yield tuple(found)
            if not wanted:
                return

    def is_refused(self, change: Change) -> bool:
        """Tell whether a change was tried, and would be seen."""
        return any(self._found.get((text.key, len(text.heights)), text) is None for text in change)

    def _set(self, outline: SetText) -> SetText | None:
        """Return a text in as many lines as it has heights: tried often, and fitted once."""
        count = len(outline.heights)
        if count == len(outline.lines):
            return outline
        key = outline.key, count
        if key not in self._found:
            self._found[key] = recast(outline, self.setter)
        return self._found[key]

    def _may_recast(self, text: SetText, by: int) -> bool:
        """Tell whether the last line of a paragraph is nearly empty, or nearly full."""
        count = len(text.lines)
        if text.style not in RECAST or count < 2:
            return False
        tail = text.lines[-1].width / text.lines[-1].size
        missing = self.setter.measure / text.lines[-1].size - tail
        if by < 0:
            return tail <= self._line_takes * (count - 1)
        return missing + 2 <= self._line_gives * count


def _outline(text: SetText, count: int) -> SetText:
    """Return a text of two lines or more with the heights of so many lines, but not the lines."""
    heights = (text.heights[0], *(text.heights[1:2] * (count - 2)), text.heights[-1])
    baselines = (text.baselines[0], *(text.baselines[1:2] * (count - 1)))
    if count == 1:
        heights = (text.heights[0] + text.below,)
    return text._replace(heights=heights, baselines=baselines)


def recast(outline: SetText, setter: TextSetter) -> SetText | None:
    """Return a justified text in as many lines as it has heights, kept nowhere.

    None is returned where an eye would see it.
    """
    style, layout, count = setter.style(outline.style), setter.layout, len(outline.heights)
    place = style.size_pt + setter.tracking
    indent, hanging = style.indent * place, style.hanging * place
    lengths = Lengths(style.size_pt, setter.measure, indent, hanging, setter.tracking)
    limits = layout.em("report.loose"), layout.em("report.tight")
    lines = setter.remembered(
        outline.runs,
        (count, limits),
        lengths,
        lambda: setter.compositor.recast(outline.runs, lengths, count, limits),
    )
    return outline._replace(lines=lines) if lines else None


def respaced(stack: Sequence[SetText], by: int, setter: TextSetter) -> Change:
    """Return a headline with ``by`` lines of blank more above and below it, kept nowhere.

    ``stack`` is the headline with what stands above and below it. Nothing is returned where the
    layout allows no such blank around it.
    """
    layout, more = setter.layout, by * setter.pitch
    blank = sum(
        one.height - len(one.lines) * setter.style(one.style).pitch * setter.pitch for one in stack
    )
    least, most = (
        layout.pt("copyfit.least_headline_space"),
        layout.pt("copyfit.most_headline_space"),
    )
    if not least - ROUNDING <= blank + more <= most + ROUNDING:
        return ()
    above = more * layout.share("headline.above")
    changed = list(stack)
    # A section keeps what parts it from the text above: its headline comes nearer to it.
    first = 1 if by < 0 and stack[0].style == "section" and len(stack) > 1 else 0
    changed[first] = _padded(changed[first], above, 0.0)
    changed[-1] = _padded(changed[-1], 0.0, more - above)
    return tuple(dict.fromkeys((changed[first], changed[-1])))


def _padded(text: SetText, above: float, below: float) -> SetText:
    """Return a text with more points of blank above its first line and below its last.

    What is added stands at the head and the foot of a page, too; what is taken cannot fall away.
    """
    heights = list(text.heights)
    heights[0] += above
    heights[-1] += below
    baselines = (text.baselines[0] + above, *text.baselines[1:])
    return text._replace(
        heights=tuple(heights),
        baselines=baselines,
        above=max(0.0, text.above + min(above, 0.0)),
        below=max(0.0, text.below + min(below, 0.0)),
    )
