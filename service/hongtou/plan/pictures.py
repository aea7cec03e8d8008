"""Figures set on the grid: one picture, or two or three of like height side by side.

A figure is placed as one: pictures, the caption of each under it, and that of all below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from hongtou.bulletin.finding import Severity, printable
from hongtou.bulletin.issue import Figure
from hongtou.bulletin.measure import MM_PER_INCH, PT_PER_MM, pt_from_mm
from hongtou.pictures.reading import Picture
from hongtou.plan.figures import FigurePlan, PicturePlan
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter

CAPTION = "figure_caption"


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a picture stands: its column of the figure, and its size in that, in points."""

    left: float
    room: float
    width: float
    height: float


def plan_figures(
    figures: Sequence[Figure], caption: str, pictures: Mapping[str, Picture], setter: TextSetter
) -> FigurePlan:
    """Set one figure, or a row of them, with all captions on one page.

    Findings: picture/narrowed, picture/low-resolution.
    """
    shown = [pictures[figure.image] for figure in figures]
    slots = _single(figures[0], shown[0], setter) if len(figures) == 1 else _row(shown, setter)
    captions = [
        _caption(figure.caption, slot.room, setter)
        for figure, slot in zip(figures, slots, strict=True)
    ]
    common = _caption(caption, setter.measure, setter)
    gap = setter.layout.pt("figure.caption_gap") - _blank_over(setter)
    own = max((text.height + gap for text in captions if text), default=0.0)
    common_gap = gap / 2 if own else gap
    under = own + (common.height + common_gap if common else 0.0)
    space = setter.layout.pt("figure.space")
    room = setter.layout.count("page.lines") * setter.pitch - under - space
    slots = [_within(slot, room, in_row=len(slots) > 1) for slot in slots]
    tallest = max(slot.height for slot in slots)
    lines = ceil((tallest + under + space) / setter.pitch - 1e-6)
    lines_at_head = ceil((tallest + under + space / 2) / setter.pitch - 1e-6)
    top = (lines * setter.pitch - tallest - under) / 2
    foot = top + tallest
    first = sum(len(figure.pictures) for figure in setter.figures)
    placed = []
    for at, (figure, picture, slot, text) in enumerate(
        zip(figures, shown, slots, captions, strict=True)
    ):
        width = slot.width / PT_PER_MM
        _remark(figure, picture, width, setter, in_row=len(slots) > 1)
        widest = setter.picture_widths.get(picture.digest, 0.0)
        setter.picture_widths[picture.digest] = max(width, widest)
        x = slot.left + (slot.room - slot.width) / 2
        area = (x, top, slot.width, slot.height)
        under_it = (text, slot.left, foot + gap, figure.pointer)
        told = figure.alternative
        placed.append(PicturePlan(first + at, picture.digest, *area, told, *under_it))
    caption_y = foot + own + common_gap
    may_shrink = len(figures) == 1 and not figures[0].width_mm
    return setter.keep_figure(
        FigurePlan(0, tuple(placed), lines, common, caption_y, lines_at_head, may_shrink)
    )


def _caption(text: str, measure: float, setter: TextSetter) -> SetText | None:
    return setter.text(CAPTION, text, measure=measure, pitch=_pitch(setter)) if text else None


def _pitch(setter: TextSetter) -> float:
    return setter.layout.pt("figure.caption_pitch")


def _blank_over(setter: TextSetter) -> float:
    """Return how much of a caption's first line is blank over its characters."""
    return (_pitch(setter) - setter.style(CAPTION).size_pt) / 2


def _single(figure: Figure, picture: Picture, setter: TextSetter) -> list[_Slot]:
    """Return the place of a picture by itself: as wide as wished, in whole millimetres.

    A tall one whose width was not wished is no higher than the layout likes.
    """
    layout = setter.layout
    liked = layout.mm("figure.height") * picture.width_px / picture.height_px
    wished = figure.width_mm or min(layout.mm("figure.width"), liked)
    width = min(wished, layout.mm("page.type_area_width"))
    wide = pt_from_mm(max(1, int(width)))
    return [_Slot(0.0, setter.measure, wide, wide * picture.height_px / picture.width_px)]


def _row(pictures: Sequence[Picture], setter: TextSetter) -> list[_Slot]:
    """Return the places of pictures side by side: of one height, as wide together as the text.

    One that would be too narrow for its caption has blank at its sides.
    """
    layout = setter.layout
    gap = layout.pt("figure.row_gap")
    room = setter.measure - gap * (len(pictures) - 1)
    least = layout.pt("figure.row_narrowest")
    shapes = [picture.width_px / picture.height_px for picture in pictures]
    height = min(room / sum(shapes), layout.pt("figure.row_height"))
    while broad := [shape for shape in shapes if shape * height >= least]:
        lower = (room - least * (len(shapes) - len(broad))) / sum(broad)
        if height <= lower:
            break
        height = lower  # at which another one may be too narrow
    rooms = [max(shape * height, least) for shape in shapes]
    left = (room - sum(rooms)) / 2
    slots = []
    for shape, wide in zip(shapes, rooms, strict=True):
        slots.append(_Slot(left, wide, shape * height, height))
        left += wide + gap
    return slots


def _within(slot: _Slot, room: float, *, in_row: bool) -> _Slot:
    """Return a place no higher than this room; a width of whole millimetres stays one.

    In a row that would leave heights that differ.
    """
    if slot.height <= room:
        return slot
    width = slot.width * room / slot.height
    if not in_row:
        width = pt_from_mm(max(1, int(width / PT_PER_MM)))
    return _Slot(slot.left, slot.room, width, slot.height * width / slot.width)


def _remark(
    figure: Figure, picture: Picture, width: float, setter: TextSetter, *, in_row: bool
) -> None:
    """Tell where a picture is printed narrower than wished, or too coarse; ``width`` in mm.

    In a row nobody can choose a width.
    """
    wished = figure.width_mm
    if wished and width < int(wished) - 1e-6:
        setter.remark(
            "picture/narrowed",
            f"{figure.pointer}/width_mm",
            f"图片“{printable(figure.image)}”要 {wished:g} 毫米宽，"
            f"一面里排得下的是 {width:.0f} 毫米",
            "已按此缩小；请核对图上的字是否看得清",
            Severity.NOTE,
        )
    least = setter.layout.count("figure.resolution")
    dpi = picture.width_px * MM_PER_INCH / width
    if dpi < least - 0.5:
        fitting = 0 if in_row else int(picture.width_px * MM_PER_INCH / least)
        setter.remark(
            "picture/low-resolution",
            f"{figure.pointer}/image",
            f"图片“{printable(figure.image)}”印出来只有 {dpi:.0f} dpi，不足 {least} dpi",
            f"请换更清晰的图片，或把宽度改为 {fitting} 毫米以内" if fitting else "请换更清晰的图片",
        )
