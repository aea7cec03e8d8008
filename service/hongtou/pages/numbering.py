"""Copies of a bulletin with numbers (份号) of their own, over the pages that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hongtou.bulletin.numerals import copy_number
from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine
from hongtou.pages.page import Page, Pages, PlacedLine, PlacedText
from hongtou.plan import Plan

STYLE = "copy_number"
RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class NumberedCopy:
    """A copy: its number as it is printed on the first page, and who gets it, in this colour.

    ``beside`` is the name at the left of the number; None where there is none, or no room for it.
    """

    number: str
    line: PlacedLine
    colour: str
    recipient: str = ""
    beside: PlacedLine | None = None

    @property
    def title(self) -> str:
        """Return what a bookmark calls it."""
        return f"{self.number} {self.recipient}".rstrip()

    @property
    def lines(self) -> tuple[PlacedLine, ...]:
        """Return what is drawn: the number, then the name."""
        return (self.line, self.beside) if self.beside else (self.line,)


@dataclass(frozen=True, slots=True)
class NumberPlace:
    """Where numbers stand: at the right end of a text; a name may begin at ``left``."""

    text: PlacedText
    left: float

    @property
    def right(self) -> float:
        """Return the right end of every number."""
        line = self.text.lines[0].line
        return line.x + line.width


def without_number(plan: Plan, pages: Pages) -> tuple[Pages, NumberPlace]:
    """Return the pages that all copies share, and the place of the number that was left out.

    Raises:
        ValueError: the first page has no number.
    """
    first, *others = pages.pages
    (number,) = (text for text in first.texts if text.text.style == STYLE)
    contents = tuple(placed for placed in first.contents if placed is not number)
    shared: tuple[Page, ...] = (replace(first, contents=contents), *others)
    return replace(pages, pages=shared), NumberPlace(number, _left_end(plan, first, number))


def _left_end(plan: Plan, page: Page, number: PlacedText) -> float:
    """Return from where the row of the number is free: behind a mark, or from the edge on."""
    gap = _gap(plan)
    ((line, left, baseline),) = number.lines
    ends = [
        placed.x + placed.line.x + placed.line.width + gap
        for text in page.texts
        for placed in text.lines
        if text is not number and abs(placed.baseline - baseline) < line.size
    ]
    return max([left, *ends])


def numbered(
    plan: Plan, place: NumberPlace, numbers: Sequence[int], recipient: str = ""
) -> Iterator[NumberedCopy]:
    """Yield a copy for each number, set as the layout sets it, all for one recipient."""
    style = plan.layout.styles[STYLE]
    ((_, x, baseline),) = place.text.lines
    name = _name(plan, recipient) if recipient else None
    for number in numbers:
        text = str(copy_number(number))
        runs = [TypeRun(text, style.role)]
        (made,) = plan.compositor.ragged(runs, style.size_pt, place.right, align="right")
        line = PlacedLine(made, x, baseline)
        beside = _beside(plan, place, line, name) if name else None
        yield NumberedCopy(text, line, place.text.colour, recipient, beside)


def _name(plan: Plan, recipient: str) -> SetLine:
    """Return the name of a recipient in one line, however long it is."""
    style = plan.layout.styles[RECIPIENT]
    measure = style.size_pt * 2 * len(recipient)
    (made,) = plan.compositor.ragged([TypeRun(recipient, style.role)], style.size_pt, measure)
    return made


def _beside(plan: Plan, place: NumberPlace, number: PlacedLine, name: SetLine) -> PlacedLine | None:
    """Return the name at the left of a number, None where there is no room for it."""
    x = number.x + number.line.x - _gap(plan) - name.width
    return PlacedLine(name, x, number.baseline) if x >= place.left else None


def _gap(plan: Plan) -> float:
    return plan.layout.em("masthead.recipient_gap") * plan.layout.styles[RECIPIENT].size_pt
