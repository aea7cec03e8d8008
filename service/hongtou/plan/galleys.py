"""Galleys: set texts that follow one another, and how readily a page may end between their lines.

Make-up (`makeup.py`) cuts them into pages. A line alone at the foot of a page is no fault, a short
one alone at the head is (孤行). A headline keeps two lines of what follows, a heading one.

Source: W3C CLREQ, 孤行处理, for the single line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

from hongtou.layouts import Layout
from hongtou.plan.set_text import SetText

HEADLINES = {
    "section", "kicker", "headline", "subhead", "byline", "briefs_heading", "annex_label",
    "annex_title",
}  # fmt: skip
OVER_TABLES = {"caption", "table_unit"}  # of a table so high that they have no room with it
NUMBERED_HEADINGS = {"heading_1", "heading_2", "heading_3", "heading_4"}
HEADINGS = {"salutation", "brief_headline"} | NUMBERED_HEADINGS | OVER_TABLES
COMES_FORWARD = {"paragraph"}  # past a picture or a table that waits for the next page
TRAILS = {"table_note"}  # goes with the table above it
WITH_NEXT = HEADLINES | HEADINGS
WITH_PREVIOUS = {"signature", "signoff", "editors_note_by"}
SIGNED = {"signature", "signoff"}
ATTACHED = "attachment"  # the first goes with the text above, those of a long list go on
WHOLE = WITH_NEXT | WITH_PREVIOUS | {ATTACHED}

Part = TypeVar("Part")


class Joint(IntEnum):
    """How readily a page ends between two lines: where it may, where it must, where it does not."""

    FREE = 0
    RELUCTANT = 1
    NEVER = 2


@dataclass(frozen=True, slots=True)
class Galley:
    """Texts that follow one another; ``items`` are keys of those that begin an item of a list."""

    texts: tuple[SetText, ...]
    items: frozenset[int] = frozenset()


def galley(texts: Iterable[SetText], items: Iterable[int] = ()) -> Galley:
    """Return the galley of texts that follow one another."""
    return Galley(tuple(texts), frozenset(items))


def flow(parts: Iterable[SetText | Part]) -> tuple[Galley | Part, ...]:
    """Return parts in their order, the texts between the others as galleys."""
    found: list[Galley | Part] = []
    texts: list[SetText] = []
    for part in parts:
        if isinstance(part, SetText):
            texts.append(part)
            continue
        found += [galley(texts), part] if texts else [part]
        texts = []
    return (*found, galley(texts)) if texts else tuple(found)


class Joints:
    """Tells how readily a page ends before each line of a text."""

    def __init__(self, layout: Layout) -> None:
        self._at_foot = layout.count("composition.fewest_at_foot")
        self._at_head = layout.count("composition.fewest_at_head")
        self._under_headline = layout.count("composition.fewest_under_headline")
        self._least_alone = layout.share("composition.least_last_line") * layout.pt(
            "page.type_area_width"
        )
        self._most = layout.share("composition.most_together") * layout.pt("page.type_area_height")

    def of(self, text: SetText, first: Joint, *, is_headed: bool) -> list[Joint]:
        """Return the joint before each line of a text, which is ``first`` before the first.

        One that ``is_headed`` stands right under a headline.
        """
        count = len(text.heights)
        if count == 1:
            return [first]
        if text.style in WHOLE:
            inside = Joint.NEVER if text.height <= self._most else Joint.RELUCTANT
            return [first] + [inside] * (count - 1)
        at_foot = self._under_headline if is_headed else self._at_foot
        last = count - (1 if self._may_be_alone(text) else self._at_head)
        return [first] + [
            Joint.FREE if at_foot <= number <= last else Joint.RELUCTANT
            for number in range(1, count)
        ]

    def _may_be_alone(self, text: SetText) -> bool:
        """Tell whether the last line is so long that it may have the head of a page to itself.

        One of a note under a table may not. A text that is tried with more lines than were set
        would end with a short one.
        """
        if text.style in TRAILS:
            return False
        more = len(text.heights) - len(text.lines)
        return more < 0 or (not more and text.lines[-1].width >= self._least_alone)


def between(text: SetText | None, following: SetText) -> Joint:
    """Return how readily a page ends between two texts."""
    if text is not None and text.style in WITH_NEXT:
        return Joint.NEVER
    begins_list = following.style == ATTACHED and (text is None or text.style != ATTACHED)
    if following.style in WITH_PREVIOUS or begins_list:
        return Joint.RELUCTANT
    if text is not None and text.style in SIGNED and following.style == "note":
        return Joint.RELUCTANT  # 附注 goes with who signs: it would have the page before an annex
    if text is not None and _announces(text):
        return Joint.RELUCTANT
    return Joint.FREE


def _announces(text: SetText) -> bool:
    """Tell whether a text is a line that says what follows it (任命：, 出席：)."""
    is_line = text.style == "paragraph" and len(text.lines) == 1
    return is_line and text.text.endswith(("：", ":"))
