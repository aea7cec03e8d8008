"""Paragraphs: lines that pages or editors parted are joined, and lead-ins marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.closing_labels import opens_closing
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import BRACKETED, BRIEF_MARK, SourceLine, Standing, ends_sentence

MIN_PARTED_CHARS = 20  # of a line that goes on in the next
LONGEST_VERSE = 16  # characters: two lines as long, of which each ends with a mark, are verses
STOPS = frozenset("，。；：！？:")
# （2026年4月29日……会议通过） below a title: whole by itself.
IN_BRACKETS = re.compile("（[^（）]{1,200}(?:（[^（）]{1,40}）[^（）]{1,200})?）")
GAP = re.compile("\u3000|  ")  # between the names of a list
SHOWN_CHARS = 6  # on both sides of a join
FIRST_SENTENCE = re.compile("[^。！？：；，、*]{2,18}。(?=.)")
MARKED = "**"


@dataclass(slots=True)
class Part:
    """A member of a body, the lines that it is made of, what they were taken for and why."""

    value: str | dict[str, Any]
    lines: list[SourceLine]
    kind: Kind = Kind.PARAGRAPH
    why: str = ""
    doubt: str = ""
    joins: list[str] = field(default_factory=list)  # how each line after the first was joined
    inner: list[Part] = field(default_factory=list)  # of an annex

    @property
    def all_lines(self) -> list[SourceLine]:
        """Return its own lines and those of the parts in it."""
        return [*self.lines, *(line for part in self.inner for line in part.all_lines)]


def goes_on(part: Part | None, line: SourceLine) -> bool:
    """Tell whether a line goes on in another: it has no end, and the other no beginning."""
    if part is None or part.kind not in (Kind.PARAGRAPH, Kind.BRIEF):
        return False
    before = part.lines[-1]
    if line.said or before.standing is not Standing.LINE or line.standing is not Standing.LINE:
        return False
    if lists_more(part.lines[0].text, line.text):
        return True
    if _are_verses(before.text, line.text) or attendance_label(line.text):
        return False
    is_long = len(before.text) > MIN_PARTED_CHARS or before.text[-1:] in "，、"
    is_parted = line.parted_from == before.number or IN_BRACKETS.fullmatch(str(part.value))
    is_open = is_long and not ends_sentence(before.text) and not is_parted
    return is_open and not line.rows and not level_number(line.text) and not _is_marked(line)


def lists_more(text: str, following: str) -> bool:
    """Tell whether a line goes on with the names of those at a meeting, aligned by blanks."""
    is_bare = GAP.search(following) and not attendance_label(following)
    has_gaps = is_bare and STOPS.isdisjoint(following) and GAP.search(text)
    return bool(has_gaps) and bool(_list_label(text))


def _list_label(text: str) -> str:
    """Return the label of a list of names: of those at a meeting, or any that ends in 成员."""
    return attendance_label(text) or text[: text.find("成员：") + 1]


def _are_verses(text: str, following: str) -> bool:
    is_even = max(len(text), len(following)) <= LONGEST_VERSE and len(text) == len(following)
    return is_even and all(one[-1:] in "，；。！？…" for one in (text, following))


def _is_marked(line: SourceLine) -> bool:
    is_alone = BRACKETED.fullmatch(line.text) or opens_closing(line.text)
    return bool(is_alone or BRIEF_MARK.match(line.text))


def join(part: Part, line: SourceLine) -> None:
    """Add to a paragraph the line in which it goes on."""
    assert isinstance(part.value, str)  # `goes_on` lets no block pass
    part.joins.append(
        f"上一行没有收尾，接成一段：…{part.value[-SHOWN_CHARS:]}｜{line.text[:SHOWN_CHARS]}…"
    )
    part.value += ("\u3000" if lists_more(part.lines[0].text, line.text) else "") + line.text
    part.lines.append(line)


def with_lead_ins(parts: Sequence[Part]) -> None:
    """Mark bold openings; where none are known, the short first sentences that several share."""
    texts = [part for part in parts if isinstance(part.value, str)]
    if any(part.lines[0].bold for part in texts):
        for part in texts:
            _mark(part, part.lines[0].bold)
        return
    found = [
        None if part.lines[0].said else FIRST_SENTENCE.match(str(part.value)) for part in texts
    ]
    if sum(one is not None for one in found) < 2 or any(part.lines[0].size for part in texts):
        return
    marked = [
        (part, one)
        for part, one in zip(texts, found, strict=True)
        if one and not level_number(str(part.value))
    ]
    for part, one in marked:
        _mark(part, one.end())
    if marked:
        part, one = marked[0]
        count = f"{len(marked)} 段以“{one[0]}”这样的短句开头"
        part.doubt = "；".join(filter(None, (part.doubt, f"{count}，都排成了段首提示语，请核对")))


def _mark(part: Part, length: int) -> None:
    text = str(part.value)
    if not length or length >= len(text) or MARKED in text or level_number(text):
        return
    part.value = f"{MARKED}{text[:length]}{MARKED}{text[length:]}"
    part.why = "段首加粗" if part.lines[0].bold else "段首短句"
