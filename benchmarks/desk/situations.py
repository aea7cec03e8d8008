"""What editors do at a desk, and how quick it has to be."""

from __future__ import annotations

from dataclasses import dataclass, field

HAN = "的一是了我不在人们有他这上着个地到大里说就去子得也和那要下看天时过出小么起你都把好还多没为"
EACH_KEY = 8  # of so many characters one is a key of the keyboard, not of an input method


@dataclass(frozen=True, slots=True)
class Situation:
    """Typing at one desk or several, with so many milliseconds between two characters.

    ``times`` repeats the articles of the real issue of 9 pages. ``p50`` and ``p95`` are the
    most milliseconds from a change to the page on the screen; None where there is no goal.
    """

    name: str
    between: int
    characters: int
    p50: int | None
    p95: int
    times: int = 1
    desks: int = 1


@dataclass(slots=True)
class Found:
    """The milliseconds from each change to its page, and those that inputs took, over 16."""

    pages: int = 0
    delays: list[float] = field(default_factory=list)
    inputs: list[float] = field(default_factory=list)


SITUATIONS = (
    Situation("停一停再敲（每 400 毫秒一字）", 400, 80, 120, 250),
    Situation("连着敲（每 90 毫秒一字）", 90, 120, 250, 450),
    Situation("百页的一期，每 400 毫秒一字", 400, 50, 250, 450, times=15),
    Situation("四人同时写，各每 400 毫秒一字", 100, 120, None, 700, desks=4),
)
LONGEST_INPUT = 50  # milliseconds until what was typed is seen, in any situation
