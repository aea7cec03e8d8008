"""The nameplate (简报名称): as large as its width and its height allow, on two lines if need be."""

from __future__ import annotations

from math import ceil
from typing import NamedTuple

from hongtou.bulletin.finding import Severity
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

OPENING = ("（", "(")


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
    _remark_small(names, lines, sizes, setter)
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


def _remark_small(
    names: tuple[str, ...], lines: tuple[str, ...], sizes: tuple[float, ...], setter: TextSetter
) -> None:
    """Tell of a name, or of the line as it was sent, that is small."""
    least, at = setter.layout.pt("masthead.nameplate_least"), _smallest(lines, sizes)
    if sizes[at] < least:
        which, remedy = "", "请精简名称，或用换行（\\n）分成两行"
        if len(names) > 1:
            which, remedy = f"第{at + 1}行", "请精简这一行"
        setter.remark(
            "masthead/nameplate-small",
            "/masthead/nameplate",
            f"报头名称{which}太长，只能排成 {sizes[at]:.0f} 点，不足 {least:g} 点",
            f"{remedy}；会议名称可写在名称上方（overline）",
            Severity.WARNING,
        )
