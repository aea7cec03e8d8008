"""The nameplate (简报名称): as large as its width and its height allow, on two lines if need be."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from hongtou.bulletin.finding import Severity
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


class Nameplate(NamedTuple):
    """The lines of a nameplate with their sizes, and where the number of the issue stands under it.

    ``room`` is what is between what stands above and the ink of the number; lengths are in points.
    ``pushed`` counts the lines of the grid by which the number stands lower than it would.
    """

    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    height: float
    room: float
    issue_line_top: float
    pushed: int


def fitted(names: tuple[str, ...], above: float, more: int, setter: TextSetter) -> Nameplate:
    """Fit a nameplate under ``above`` points of other lines, over ``more`` lines than usual.

    Where it has no room, the number is pushed down as far as the rule may stand, then the name is
    made smaller down to its least size, then the number is pushed further.

    Finding: masthead/nameplate-small.
    """
    layout, pitch = setter.layout, setter.pitch
    lines, sizes = _sized(names, setter)
    least, of_size = layout.pt("masthead.nameplate_least"), layout.em("masthead.nameplate_pitch")
    height = sum(sizes) * of_size
    blanks = 2 * layout.pt("masthead.nameplate_blank")
    top = layout.pt("masthead.issue_line_top")
    room = top + (pitch - setter.style("issue_line").size_pt) / 2 - above
    lower = layout.pt("masthead.lowest_rule") - layout.pt("masthead.rule_top")
    allowed = max(0, int(lower / pitch + 1e-6) - more)
    pushed = min(allowed, _lines_over(height + blanks - room, pitch))
    free = room + pushed * pitch - blanks
    if height > free and max(sizes) > least:
        smaller = max(free / height, least / max(sizes))
        sizes = tuple(size * smaller for size in sizes)
        height *= smaller
    if height > free:
        pushed = _lines_over(height + blanks - room, pitch)
    _remark_small(max(sizes), setter)
    moved = pushed * pitch
    return Nameplate(lines, sizes, height, room + moved, top + moved, pushed)


def _lines_over(height: float, pitch: float) -> int:
    """Return how many lines of the grid this height takes."""
    return max(0, ceil(height / pitch - 1e-6))


def set_nameplate(nameplate: Nameplate, before: float, setter: TextSetter) -> tuple[SetText, ...]:
    """Set a nameplate, spread over its width, ``before`` points under what stands above."""
    layout, style = setter.layout, setter.style("nameplate")
    width = layout.pt("masthead.nameplate_width")
    texts: list[SetText] = []
    for line, size in zip(nameplate.lines, nameplate.sizes, strict=True):
        is_short = len(line) <= layout.count("masthead.short_name")
        most = layout.em("masthead.short_tracking" if is_short else "masthead.nameplate_tracking")
        free = (width - _closed(line, setter) * size) / max(1, len(line) - 1)
        gap = max(0.0, min(most * size, free))
        spread = setter.compositor.spread(line, style.role, size, setter.measure, gap)
        pitch = layout.em("masthead.nameplate_pitch") * size
        above = 0.0 if texts else before
        runs = [TypeRun(line, style.role)]
        texts.append(setter.placed("nameplate", line, (spread,), pitch, size, above, runs=runs))
    return tuple(texts)


def _sized(names: tuple[str, ...], setter: TextSetter) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Return the lines of a name and their sizes; one that would be small is parted in two."""
    sizes = _sizes(names, setter)
    if len(names) == 1 and sizes[0] < setter.layout.pt("masthead.nameplate_least"):
        parted = _parted(names[0], setter)
        if min(_sizes(parted, setter)) > sizes[0]:
            return parted, _sizes(parted, setter)
    return names, sizes


def _sizes(lines: tuple[str, ...], setter: TextSetter) -> tuple[float, ...]:
    """Return the size of each line: as large as it goes, and alike where they nearly are."""
    layout = setter.layout
    largest = layout.pt("masthead.nameplate_size" + ("_two" if len(lines) > 1 else ""))
    width = layout.pt("masthead.nameplate_width")
    sizes = tuple(min(largest, width / _closed(line, setter)) for line in lines)
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


def _remark_small(size: float, setter: TextSetter) -> None:
    least = setter.layout.pt("masthead.nameplate_least")
    if size < least:
        setter.remark(
            "masthead/nameplate-small",
            "/masthead/nameplate",
            f"报头名称太长，只能排成 {size:.0f} 点，不足 {least:g} 点",
            "请精简名称，或用换行（\\n）分成两行；会议名称可写在名称上方（overline）",
            Severity.WARNING,
        )
