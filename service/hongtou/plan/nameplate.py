"""The nameplate (简报名称): as large as its width and its height allow, on two lines if need be."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from hongtou.bulletin.finding import Severity
from hongtou.compose.cells import TypeRun
from hongtou.layouts import Layout
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

OPENING = ("（", "(")


class Limits(NamedTuple):
    """How much blank stands above and below a name, and how small it may become; in points."""

    blank: float
    least: float

    @classmethod
    def of(cls, layout: Layout, step: str = "") -> Limits:
        """Return the limits: ``least`` allows less blank, ``smallest`` a smaller name as well."""
        blank = "masthead.least_nameplate_blank" if step else "masthead.nameplate_blank"
        is_smallest = step == "smallest"
        least = "masthead.nameplate_smallest" if is_smallest else "masthead.nameplate_least"
        return cls(layout.pt(blank), layout.pt(least))


class Over(NamedTuple):
    """The largest size of the line over a name, and the blank between the two; in points."""

    size: float
    blank: float


class Nameplate(NamedTuple):
    """The lines of a nameplate with their sizes, and where the number of the issue stands under it.

    ``overline`` is the size of the line over it, ``height`` that of both, ``share`` what is left of
    the sizes where there is little room. ``room`` is what is between what stands above and the ink
    of the number, but for the blank over the name; lengths are in points. ``pushed`` counts the
    lines of the grid by which the red rule stands lower than it would.
    """

    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    overline: float
    share: float
    height: float
    room: float
    issue_line_top: float
    pushed: int


def most_pushed(setter: TextSetter) -> int:
    """Return by how many lines of the grid the red rule may stand lower."""
    layout = setter.layout
    lower = layout.pt("masthead.lowest_rule") - layout.pt("masthead.rule_top")
    return max(0, int(lower / setter.pitch + 1e-6))


def fitted(
    names: tuple[str, ...],
    above: float,
    over: Over,
    more: float,
    limits: Limits,
    setter: TextSetter,
) -> Nameplate:
    """Fit a nameplate under ``above`` points of marks, above ``more`` lines than usual.

    Where it has no room, the number is pushed down as far as the rule may stand, then the name, and
    with it the line over it, is made smaller down to its limit, then the number is pushed further.
    """
    layout, pitch = setter.layout, setter.pitch
    lines, sizes = _sized(names, setter)
    of_size, under = layout.em("masthead.nameplate_pitch"), layout.share("masthead.overline_share")
    overline = min(over.size, under * max(sizes))
    height = (sum(sizes) + overline) * of_size
    blanks, share = 2 * limits.blank, 1.0
    top = layout.pt("masthead.issue_line_top")
    room = top + (pitch - setter.style("issue_line").size_pt) / 2 - above - over.blank

    def needed(height: float, least: float) -> int:
        return ceil(max(least, (height + blanks - room) / pitch) + more - 1e-6)

    pushed = needed(height, 0.0)
    most = most_pushed(setter)
    if pushed > most:
        free = room + (most - more) * pitch - blanks
        if height > free and max(sizes) > limits.least:
            fits = _share_of(free / of_size, sizes, over.size, under)
            share = max(fits, limits.least / max(sizes))
            sizes = tuple(size * share for size in sizes)
            overline = min(over.size, under * max(sizes))
            height = (sum(sizes) + overline) * of_size
        pushed = max(most, needed(height, -more))
    moved = (pushed - more) * pitch
    return Nameplate(lines, sizes, overline, share, height, room + moved, top + moved, pushed)


def _share_of(free: float, sizes: Sequence[float], over: float, under: float) -> float:
    """Return at which share of its sizes a name and the line over it take so many points.

    The line has ``over`` points, less where that is more than the share ``under`` of the name.
    """
    return max((free - over) / sum(sizes), free / (sum(sizes) + under * max(sizes) * (over > 0)))


def set_nameplate(nameplate: Nameplate, before: float, setter: TextSetter) -> tuple[SetText, ...]:
    """Set a nameplate, spread over its width, ``before`` points under what stands above."""
    layout, style = setter.layout, setter.style("nameplate")
    texts: list[SetText] = []
    gaps = _gaps(nameplate, setter)
    for line, size, gap in zip(nameplate.lines, nameplate.sizes, gaps, strict=True):
        spread = setter.compositor.spread(line, style.role, size, setter.measure, gap)
        pitch = layout.em("masthead.nameplate_pitch") * size
        above = 0.0 if texts else before
        runs = [TypeRun(line, style.role)]
        texts.append(setter.placed("nameplate", line, (spread,), pitch, size, above, runs=runs))
    return tuple(texts)


def _gaps(nameplate: Nameplate, setter: TextSetter) -> list[float]:
    """Return the gap between the characters of each line, in points.

    Two lines of a name are spread to one width; where the shorter one would be spread too far,
    both have the gaps of the longer one.
    """
    lines, sizes, layout = nameplate.lines, nameplate.sizes, setter.layout
    closed = [_closed(line, setter) * size for line, size in zip(lines, sizes, strict=True)]
    gaps = [_gap(*line, setter) for line in zip(lines, sizes, closed, strict=True)]
    if len(lines) == 1 or _is_subordinate(lines):
        return gaps
    widths = [
        width + gap * (len(line) - 1) for line, width, gap in zip(lines, closed, gaps, strict=True)
    ]
    longer = closed.index(max(closed))
    shorter = 1 - longer
    equal = (widths[longer] - closed[shorter]) / max(1, len(lines[shorter]) - 1)
    if 0 <= equal <= layout.em("masthead.equal_tracking") * sizes[shorter]:
        gaps[shorter] = equal
    elif len(lines[shorter]) > layout.count("masthead.short_name"):
        gaps[shorter] = gaps[longer] / sizes[longer] * sizes[shorter]
    return gaps


def _gap(line: str, size: float, closed: float, setter: TextSetter) -> float:
    """Return how far a line is spread by itself: over the width, but not too far."""
    layout = setter.layout
    is_short = len(line) <= layout.count("masthead.short_name")
    most = layout.em("masthead.short_tracking" if is_short else "masthead.nameplate_tracking")
    free = (layout.pt("masthead.nameplate_width") - closed) / max(1, len(line) - 1)
    return max(0.0, min(most * size, free))


def _sized(names: tuple[str, ...], setter: TextSetter) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the lines of a name and their sizes; one that would be small is parted in two."""
    sizes = _sizes(names, setter)
    if len(names) == 1 and sizes[0] < setter.layout.pt("masthead.nameplate_least"):
        parted = _parted(names[0], setter)
        parted_sizes = _sizes(parted, setter)
        if parted_sizes[_smallest(parted, parted_sizes)] > sizes[0]:
            return parted, parted_sizes
    return names, sizes


def _sizes(lines: tuple[str, ...], setter: TextSetter) -> tuple[float, ...]:
    """Return the size of each line: as large as it goes, and alike where they nearly are.

    A second line in brackets (审计专刊) says which of its issues this is, and stays under the name.
    """
    layout = setter.layout
    largest = layout.pt("masthead.nameplate_size" + ("_two" if len(lines) > 1 else ""))
    width = layout.pt("masthead.nameplate_width")
    sizes = tuple(min(largest, width / _closed(line, setter)) for line in lines)
    if _is_subordinate(lines):
        under = layout.share("masthead.nameplate_subordinate") * sizes[0]
        return (sizes[0], min(sizes[1], under))
    if min(sizes) >= layout.share("masthead.nameplate_alike") * max(sizes):
        return (min(sizes),) * len(sizes)  # a small difference would look like a slip
    return sizes


def _parted(name: str, setter: TextSetter) -> tuple[str, ...]:
    """Return a name on two lines, broken by its sense; whole where it does not part in two."""
    role = setter.style("nameplate").role
    whole = _closed(name, setter)
    for twelfths in (7, 8):
        lines = setter.compositor.balanced(name, role, 1.0, whole * twelfths / 12)
        if len(lines) == 2:
            return tuple(line.text for line in lines)
    return (name,)


def _closed(line: str, setter: TextSetter) -> float:
    """Return how wide a line is at a size of one point."""
    role = setter.style("nameplate").role
    return setter.compositor.spread(line, role, 1.0, setter.measure, 0.0).width


def _is_subordinate(lines: tuple[str, ...]) -> bool:
    """Tell whether the second of two lines is in brackets, and the first is not."""
    return len(lines) == 2 and not lines[0].startswith(OPENING) and lines[1].startswith(OPENING)


def _smallest(lines: tuple[str, ...], sizes: tuple[float, ...]) -> int:
    """Return which line of the name itself is the smallest, from 0; of lines alike the longest."""
    own = range(1 if _is_subordinate(lines) else len(lines))
    return min(own, key=lambda at: (sizes[at], -len(lines[at])))


def remark_small(names: tuple[str, ...], nameplate: Nameplate, setter: TextSetter) -> None:
    """Tell of a name, or of the line as it was sent, that is small.

    Finding: masthead/nameplate-small.
    """
    lines, sizes = nameplate.lines, nameplate.sizes
    least, at = setter.layout.pt("masthead.nameplate_least"), _smallest(lines, sizes)
    if sizes[at] >= least:
        return
    is_squeezed = sizes[at] / nameplate.share >= least
    which, remedy = "", "请精简名称，或用换行（\\n）分成两行"
    if len(names) > 1:
        which, remedy = f"第{at + 1}行", "请精简这一行"
    if is_squeezed:
        remedy = "请减少名称周围的几行：左上角的字、编发单位或名称上方的小字（overline）"
    else:
        remedy += "；会议名称可写在名称上方（overline）"
    why = "周围的内容太多" if is_squeezed else "太长"
    setter.remark(
        "masthead/nameplate-small",
        "/masthead/nameplate",
        f"报头名称{which}{why}，只能排成 {sizes[at]:.0f} 点，不足 {least:g} 点",
        remedy,
        Severity.WARNING,
    )
