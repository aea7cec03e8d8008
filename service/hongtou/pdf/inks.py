"""Colour names → operators of a medium.

Pages name colours as the layout does. A medium is a table from these names to operators that set
the fill colour (ISO 32000-1 §8.6.8): RGB for a screen, plates for a press.
"""

from __future__ import annotations

from collections.abc import Mapping

from hongtou.bulletin.errors import EngineFault
from hongtou.layouts import Layout
from hongtou.pdf.separations import red_plate
from hongtou.pdf.syntax import number

Inks = Mapping[str, str]


def screen_inks(layout: Layout) -> Inks:
    """Return the colours of a layout in RGB."""
    return {
        name: f"{' '.join(f'{level / 255:.6f}' for level in levels)} rg"
        for name, levels in layout.colours.items()
    }


def process_inks(layout: Layout) -> Inks:
    """Return the inks of a layout in cyan, magenta, yellow and black."""
    return {
        key.removeprefix("ink."): f"{' '.join(number(share / 100) for share in value.amount)} k"
        for key, value in layout.values.items()
        if value.unit == "cmyk"
    }


def spot_inks(layout: Layout) -> Inks:
    """Return the same, with red on a plate of its own."""
    return {**process_inks(layout), "red": red_plate(layout).fill}


def black_ink(layout: Layout) -> Inks:
    """Return what is printed on paper that has its red already."""
    return {name: ink for name, ink in process_inks(layout).items() if name != "red"}


def greys(inks: Inks) -> frozenset[str]:
    """Return the colours of a screen that are black, white or a shade between."""
    return frozenset(name for name, ink in inks.items() if len({*ink.split()[:3]}) == 1)


def ink(inks: Inks, colour: str) -> str:
    """Return the operator that sets a colour.

    Raises:
        EngineFault: the medium has no ink for it.
    """
    if colour not in inks:
        raise EngineFault(f"颜色“{colour}”没有对应的油墨")
    return inks[colour]
