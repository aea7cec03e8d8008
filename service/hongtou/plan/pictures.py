"""Figures set on the grid: as wide as wished, if the page and the picture allow it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from hongtou.bulletin.finding import Severity, printable
from hongtou.bulletin.issue import Figure
from hongtou.bulletin.measure import MM_PER_INCH, pt_from_mm
from hongtou.pictures.reading import Picture
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """A picture on whole lines of the grid; ``width_mm`` in whole millimetres."""

    picture: str
    width_mm: int
    lines: int
    caption: SetText | None


def plan_figure(figure: Figure, picture: Picture, setter: TextSetter) -> FigurePlan:
    """Set a figure and its caption on one page."""
    layout = setter.layout
    widest = layout.mm("page.type_area_width")
    wanted = figure.width_mm or layout.mm("figure.width")
    caption = setter.text("caption", figure.caption) if figure.caption else None
    under = max(1, ceil(caption.height / setter.pitch - 1e-6)) if caption else 1
    room = (layout.count("page.lines") - 1 - under) * setter.pitch
    tallest = room * picture.width_px / picture.height_px * widest / setter.measure
    width = max(1, int(min(wanted, widest, tallest)))
    _remark(figure, picture, width, setter)
    setter.picture_widths[picture.digest] = max(width, setter.picture_widths.get(picture.digest, 0))
    height = pt_from_mm(width * picture.height_px / picture.width_px)
    lines = ceil(height / setter.pitch + layout.lines("figure.space"))
    return FigurePlan(picture.digest, width, lines, caption)


def _remark(figure: Figure, picture: Picture, width: int, setter: TextSetter) -> None:
    """Tell where a picture is printed narrower than wished, or too coarse.

    Findings: picture/narrowed, picture/low-resolution.
    """
    wished = figure.width_mm
    if wished and width < int(wished):
        setter.remark(
            "picture/narrowed",
            f"{figure.pointer}/width_mm",
            f"图片“{printable(figure.image)}”要 {wished:g} 毫米宽，一面里排得下的是 {width} 毫米",
            "已按此缩小；请核对图上的字是否看得清",
            Severity.NOTE,
        )
    least = setter.layout.count("figure.resolution")
    dpi = picture.width_px * MM_PER_INCH / width
    if dpi < least - 0.5:
        fitting = int(picture.width_px * MM_PER_INCH / least)
        setter.remark(
            "picture/low-resolution",
            f"{figure.pointer}/image",
            f"图片“{printable(figure.image)}”印出来只有 {dpi:.0f} dpi，不足 {least} dpi",
            f"请换更清晰的图片，或把宽度改为 {fitting} 毫米以内" if fitting else "请换更清晰的图片",
        )
