"""Pictures and whole tables in a line more or less: what copyfitting does that no eye sees.

One with a line more has half of it above and half below. A picture with a line less has less blank
and, if need be, is a little smaller; never one whose width was wished, nor a row, which is as wide
as the text.
"""

from __future__ import annotations

from dataclasses import replace

from hongtou.bulletin.measure import PT_PER_MM, mm_from_pt, pt_from_mm
from hongtou.plan.figures import FigurePlan
from hongtou.plan.set_text import spaced
from hongtou.plan.tables import TablePlan
from hongtou.plan.texts import TextSetter
from hongtou.plan.unit import ROUNDING, Unit


def resized(unit: Unit, by: int, setter: TextSetter) -> Unit | None:
    """Return a float in ``by`` lines more, kept nowhere; None where an eye would see it."""
    block = unit.block
    if isinstance(block, FigurePlan):
        figure = _resized_figure(block, by, setter)
        height = unit.height + by * setter.pitch
        return unit._replace(block=figure, height=height) if figure else None
    if isinstance(block, TablePlan) and by > 0 and unit.floats and not unit.is_turned:
        return _spaced_table(unit, block, setter)
    return None


def _spaced_table(unit: Unit, table: TablePlan, setter: TextSetter) -> Unit | None:
    """Return a table with a line of blank more around it; notes keep their place under it."""
    half = setter.pitch / 2
    first = next((at for at, text in enumerate(table.above) if text.height > half / 2), None)
    if first is None or table.notes or len(table.below) != 1:
        return None
    above = list(table.above)
    above[first] = spaced(above[first], half, 0.0)
    below = spaced(table.below[0], 0.0, half)
    wider = replace(
        table, above=tuple(above), below=(below,), head_lines=table.head_lines + half / setter.pitch
    )
    return unit._replace(block=wider, height=unit.height + 2 * half, below=unit.below + half)


def keep_resized(unit: Unit, setter: TextSetter) -> None:
    """Keep what stands in a float in other lines in place of what it was set with."""
    block = unit.block
    if isinstance(block, TablePlan):
        for text in (*block.above, *block.below):
            setter.replaced(text)
    elif isinstance(block, FigurePlan):
        setter.figures[block.key] = block


def told(unit: Unit, setter: TextSetter) -> str:
    """Return in words what became of a float in other lines."""
    block = unit.block
    if not isinstance(block, FigurePlan):
        return "表格上下多空一行"
    before = setter.figures[block.key]
    if block.lines > before.lines:
        return "图片上下多空一行"
    width, was = (mm_from_pt(one.pictures[0].width) for one in (block, before))
    return f"图片由{was:.0f}毫米宽改为{width:.0f}毫米" if width < was else "图片上下少空一行"


def _resized_figure(figure: FigurePlan, by: int, setter: TextSetter) -> FigurePlan | None:
    """Return a figure in ``by`` lines more, kept nowhere; None where an eye would see it."""
    layout, pitch = setter.layout, setter.pitch
    top = min(one.y for one in figure.pictures)
    tallest = max(one.height for one in figure.pictures)
    under = figure.lines * pitch - 2 * top - tallest  # captions and the gaps over them
    lines, at_head = figure.lines + by, figure.lines_at_head + by
    space = layout.pt("figure.space")
    room = min(lines * pitch - space, at_head * pitch - space / 2) - under
    share = _share(figure, min(1.0, room / tallest))
    if share < layout.share("copyfit.least_picture") or (share < 1 and not figure.may_shrink):
        return None
    above = (lines * pitch - under - tallest * share) / 2
    if above > max(top, layout.pt("copyfit.most_figure_space")) + ROUNDING:
        return None
    foot = above + tallest * share - (top + tallest)  # by so much what is under them moves
    pictures = tuple(
        replace(
            one,
            x=one.x + one.width * (1 - share) / 2,
            y=above,
            width=one.width * share,
            height=one.height * share,
            caption_y=one.caption_y + foot,
        )
        for one in figure.pictures
    )
    return replace(
        figure,
        pictures=pictures,
        lines=lines,
        lines_at_head=at_head,
        caption_y=figure.caption_y + foot,
    )


def _share(figure: FigurePlan, most: float) -> float:
    """Return the share of its size at which a picture is whole millimetres wide again."""
    if most >= 1:
        return 1.0
    width = figure.pictures[0].width
    return pt_from_mm(int(width * most / PT_PER_MM)) / width
