"""What ink a colour is printed in: the one place where a colour's name becomes operators.

Pages hold names of the layout's colours. A medium is a table from names to what sets the fill
colour in a content stream (ISO 32000-1 §8.6.8): RGB on a screen, plates on a press.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hongtou.bulletin.errors import EngineFault
from hongtou.layouts import Layout

HEX = re.compile("#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")

Inks = Mapping[str, str]


def screen_inks(layout: Layout) -> Inks:
    """Return the colours of a layout as a screen shows them."""
    inks = {}
    for key, value in layout.values.items():
        found = HEX.fullmatch(value.amount) if value.unit == "colour" else None
        if found:
            levels = " ".join(f"{int(pair, 16) / 255:.6f}" for pair in found.groups())
            inks[key.removeprefix("colour.")] = f"{levels} rg"
    return inks


def ink(inks: Inks, colour: str) -> str:
    """Return what sets a colour.

    Raises:
        EngineFault: the medium has no ink for it.
    """
    if colour not in inks:
        raise EngineFault(f"颜色“{colour}”没有对应的油墨")
    return inks[colour]
