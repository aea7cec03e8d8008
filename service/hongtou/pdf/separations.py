"""Plates that are no process colour: separation colour spaces (ISO 32000-1 §8.6.6.4)."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.layouts import Layout
from hongtou.pdf.syntax import name, number

ALL = "All"  # §8.6.6.4: what is drawn in it prints on every plate
RED = "Red"
FULL = (100, 100, 100, 100)


@dataclass(frozen=True, slots=True)
class Separation:
    """A plate: its name in the resources of pages, its own name, and its look in % of CMYK."""

    resource: str
    plate: str
    look: tuple[float, ...]

    @property
    def resources(self) -> str:
        """Return its entry in the colour spaces of a page."""
        full = " ".join(number(share / 100) for share in self.look)
        tint = f"<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[{full}]/N 1>>"
        return f"/{self.resource}[/Separation{name(self.plate)}/DeviceCMYK{tint}]"

    @property
    def fill(self) -> str:
        """Return the operators that fill with it, at full strength."""
        return f"/{self.resource} cs 1 scn"

    @property
    def stroke(self) -> str:
        """Return the operators that draw lines with it, at full strength."""
        return f"/{self.resource} CS 1 SCN"


EVERY_PLATE = Separation(ALL, ALL, FULL)


def red_plate(layout: Layout) -> Separation:
    """Return the plate of a layout's red."""
    look = tuple(map(float, layout.amount("ink.red", "cmyk")))
    return Separation(RED, layout.text("ink.red_name"), look)
