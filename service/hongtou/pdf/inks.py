"""Colour names → operators of a medium.

Pages name colours as the layout does. A medium is a table from these names to operators that set
the fill colour (ISO 32000-1 §8.6.8): RGB for a screen, plates for a press.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hongtou.bulletin.errors import EngineFault
from hongtou.layouts import Layout

HEX = re.compile("#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")

Inks = Mapping[str, str]


def screen_inks(layout: Layout) -> Inks:
    """Return the colours of a layout in RGB."""
    inks = {}
    for key, value in layout.values.items():
        found = HEX.fullmatch(value.amount) if value.unit == "colour" else None
        if found:
            levels = " ".join(f"{int(pair, 16) / 255:.6f}" for pair in found.groups())
            inks[key.removeprefix("colour.")] = f"{levels} rg"
    return inks


def ink(inks: Inks, colour: str) -> str:
    """Return the operator that sets a colour.

    Raises:
        EngineFault: the medium has no ink for it.
    """
    if colour not in inks:
        raise EngineFault(f"颜色“{colour}”没有对应的油墨")
    return inks[colour]
