"""Texts in a line more or less than fits them best: what copyfitting is done with."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


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


def respaced(stack: Sequence[SetText], by: int, setter: TextSetter) -> SetText | None:
    """Return the first text of a headline with ``by`` lines of blank more, kept nowhere.

    ``stack`` is the headline with what stands above and below it. Where it is alone the blank is
    shared out, else it is above. None where the layout allows no such blank around it.
    """
    layout, more, text = setter.layout, by * setter.pitch, stack[0]
    blank = sum(
        one.height - len(one.lines) * setter.style(one.style).pitch * setter.pitch for one in stack
    )
    least, most = (
        layout.pt("copyfit.least_headline_space"),
        layout.pt("copyfit.most_headline_space"),
    )
    if not least <= blank + more <= most or (by < 0 and len(stack) > 1):
        return None
    share = layout.share("headline.above") if len(stack) == 1 else 1
    heights = list(text.heights)
    heights[0] += more * share
    heights[-1] += more * (1 - share)
    baselines = (text.baselines[0] + more * share, *text.baselines[1:])
    return text._replace(heights=tuple(heights), baselines=baselines)
