"""Units: what no page ends within, and what make-up knows of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import COMES_FORWARD, WITH_NEXT, Galley, Joint
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan

ROUNDING = 1e-7  # points that heights may be off when they add up

Block = Galley | TablePlan | FigurePlan | SetText


class Unit(NamedTuple):
    """What no page ends within: a line, a row, a picture, the masthead. Lengths are in points.

    ``block`` is what it belongs to, ``number`` which line of ``text`` or which row it is. ``joint``
    tells how readily a page ends before it. ``above`` and ``below`` are blanks within its height
    that fall away at the head and the foot of a page; ``again`` is what its table repeats over it
    there, or blank that keeps a note on the grid. What floats may wait, within its ``part`` of the
    issue: what no float passes begins another. A titled table on its side waits within its
    ``stretch``: headings come forward past it too. What ``trails`` is a note of the float above it,
    and waits with it. What ``leads`` ends a heading, and stays with what follows.
    """

    block: Block | None
    height: float
    number: int = 0
    text: SetText | None = None
    joint: Joint = Joint.FREE
    above: float = 0.0
    below: float = 0.0
    again: float = 0.0
    floats: bool = False
    trails: bool = False
    leads: bool = False
    begins_page: bool = False
    part: int = 0
    stretch: int = 0

    @property
    def at_head(self) -> float:
        """Return how high it is where a page begins with it."""
        return self.height - self.above + self.again

    @property
    def float_name(self) -> tuple[str, int]:
        """Return by what a picture or a whole table is known, whatever lines it takes."""
        if isinstance(self.block, FigurePlan):
            return "figure", self.block.key
        assert isinstance(self.block, TablePlan)
        return "table", self.block.rows[0].cells[0].text.key

    @property
    def is_turned(self) -> bool:
        """Tell whether it is a table on its side, which takes no room of the page it is on."""
        return self.floats and not self.height

    @property
    def is_titled_apart(self) -> bool:
        """Tell whether it is a table on its side that its caption names: text refers to it."""
        return self.is_turned and isinstance(self.block, TablePlan) and bool(self.block.captions)

    def comes_past(self, late: Sequence[int], units: Sequence[Unit]) -> bool:
        """Tell whether it may come forward past these, which wait."""
        for number in late:
            float_ = units[number]
            if float_.is_titled_apart:
                if self.stretch != float_.stretch:
                    return False
            elif self.part != float_.part:
                return False
        return True

    @property
    def is_plain(self) -> bool:
        """Tell whether it is a line that comes forward past what floats."""
        return self.text is not None and self.text.style in COMES_FORWARD and not self.begins_page


def lines_of_text(
    galley: Galley, text: SetText, joints: Sequence[Joint], part: int, stretch: int = 0
) -> list[Unit]:
    """Return the lines of a text as units."""
    units = [
        Unit(galley, height, number, text, joint, part=part, stretch=stretch)
        for number, (joint, height) in enumerate(zip(joints, text.heights, strict=True))
    ]
    leads = text.style in WITH_NEXT
    units[-1] = units[-1]._replace(below=text.below, leads=leads)
    units[0] = units[0]._replace(above=text.above)
    return units


def joint_between(above: Unit, below: Unit) -> Joint:
    """Return how readily a page ends between two units that stand one under the other."""
    if above.leads:
        return Joint.NEVER
    return Joint.FREE if below.floats else below.joint
