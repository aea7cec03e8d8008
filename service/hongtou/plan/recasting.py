"""Texts in a line more or less than fits them best: what copyfitting is done with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from hongtou.plan.makeup import ROUNDING
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

RECAST = {"paragraph", "brief"}
STACK = {"kicker", "headline", "subhead", "byline"}
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
        for text in islice((text for text in texts if self._may_recast(text, by)), TRIES):
            if other := self._recast(text, len(text.lines) + by):
                yield (other,)
        for is_headline, stack in groupby(texts, key=lambda text: text.style in STACK):
            if is_headline and (change := respaced([*stack][::-1], by, self.setter)):
                yield change

    def _recast(self, text: SetText, count: int) -> SetText | None:
        """Return a text in this many lines: it is tried for more than one page, and fitted once."""
        key = text.key, count
        if key not in self._found:
            self._found[key] = recast(text, count, self.setter)
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


def recast(text: SetText, count: int, setter: TextSetter) -> SetText | None:
    """Return a justified text in this many lines, kept nowhere; None where an eye would see it.

    It has no blanks around it.
    """
    style, layout = setter.style(text.style), setter.layout
    place = style.size_pt + setter.tracking
    lines = setter.compositor.recast(
        text.runs,
        style.size_pt,
        setter.measure,
        count,
        indent=style.indent * place,
        hanging=style.hanging * place,
        tracking=setter.tracking,
        limits=(layout.em("report.loose"), layout.em("report.tight")),
    )
    if not lines:
        return None
    heights, baselines = (text.heights[0],) * count, (text.baselines[0],) * count
    return text._replace(lines=lines, heights=heights, baselines=baselines)


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
    changed[0] = _padded(changed[0], above, 0.0)
    changed[-1] = _padded(changed[-1], 0.0, more - above)
    return tuple(dict.fromkeys((changed[0], changed[-1])))


def _padded(text: SetText, above: float, below: float) -> SetText:
    """Return a text with more points of blank above its first line and below its last."""
    heights = list(text.heights)
    heights[0] += above
    heights[-1] += below
    baselines = (text.baselines[0] + above, *text.baselines[1:])
    return text._replace(heights=tuple(heights), baselines=baselines)
