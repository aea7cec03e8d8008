"""The inks of an output: the colours of a screen, or plates for a press as `print` makes them.

An output that only places, or numbers, pages takes them in any inks: it prints `inked_pages` in an
`inked_medium`, and adds its own to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding, Severity, printable
from hongtou.outputs.option import Choice, OptionValues
from hongtou.preflight.plates import DEFAULT_INKS

if TYPE_CHECKING:
    from hongtou.outputs.commission import Commission
    from hongtou.pages.page import Pages
    from hongtou.pdf.medium import Medium

RGB, PROCESS, SPOT, BLACK_ONLY = "rgb", "process", "spot", "black_only"
# Of the outputs that are for a press alone.
INKS = Choice(
    name="inks",
    title="油墨",
    default=DEFAULT_INKS,
    values={
        PROCESS: "四色，红为 Y80 M80",
        SPOT: "黑与专色红两块版",
        BLACK_ONLY: "只印黑，红的留空（套打预印红头纸）",
    },
    marks={PROCESS: "四色", SPOT: "专色", BLACK_ONLY: "套打"},
)
# Of those that are also for office printers.
COLOURS = replace(INKS, default=RGB, values={RGB: "屏幕的颜色，办公打印", **INKS.values})
STANDARD = "x4"  # of what is for a press and no `print`
TEXT, RED = "text", "red"  # colours of every layout


def has_plates(options: OptionValues) -> bool:
    """Tell whether pages are ordered in plates."""
    return options[COLOURS] != RGB


def inked_pages(commission: Commission) -> Pages:
    """Return the pages with what the ordered inks print of them."""
    from hongtou.pages.preprinted import without_colour

    is_partial = commission.options[INKS] == BLACK_ONLY
    return without_colour(commission.pages, RED) if is_partial else commission.pages


def inked_medium(commission: Commission) -> Medium:
    """Return the medium of the ordered colours: bare pages, with nothing for readers."""
    from hongtou.pdf.medium import screen_medium  # late, as a check makes no file
    from hongtou.pdf.press import INKINGS, STANDARDS, press_medium

    plan, inks = commission.plan, commission.options[COLOURS]
    if inks == RGB:
        return replace(screen_medium(plan.layout), to_read=False)
    return press_medium(plan, STANDARDS[STANDARD], INKINGS[inks], commission.condition, ())


def colours_lost(commission: Commission) -> Iterator[Finding]:
    """Yield which pictures lose their colours, each where it is shown, for want of plates.

    Findings: picture/grey-in-two-colours.
    """
    from hongtou.pictures.plates import has_colour
    from hongtou.pictures.reading import figures_of

    if commission.options[INKS] not in (SPOT, BLACK_ONLY):
        return
    pictures = commission.plan.pictures
    coloured = {name for name, picture in pictures.items() if has_colour(picture)}
    for figure in figures_of(commission.accepted.issue):
        if figure.image in coloured:
            yield Finding(
                code="picture/grey-in-two-colours",
                severity=Severity.WARNING,
                pointer=f"{figure.pointer}/image",
                message=f"图片“{printable(figure.image)}”是彩色的，没有四色版，印成灰度",
                hint="请核对印成灰度是否看得清；要印彩色，请选四色（inks=process）",
            )
