"""The contents list (目录): short lines whose words come again below as lines of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import BRACKETED, SHORT_CHARS, SourceLine, bare, unmarked

MAX_ENTRIES = 40
MOST_ABOVE = 12  # lines of a note on the issue between masthead and contents list
SEARCHED = 1_000  # lines, as every entry is held against every one
ENOUGH_LIKE = 0.75  # an entry and its title often differ by a mark or a word
OF_CONTENTS = (Kind.CONTENTS_HEADING, Kind.CONTENTS_ENTRY)
USUAL_HEADING = "目录"
SURELY_LIKE = 0.95
HEADING = re.compile(
    r"[【〖「\[（(◆★]?((?:本期)?(?:目录|要目|导读|内容提要|内容导读))[】〗」\]）)◆★]?[：:]?"
)
MARK = re.compile(r"(?:[-*•◆◇■□●○◎▲△★☆·※►▶▪]|[（(]?\d{1,2}[)）.、．])[ \u3000]{0,4}")
PAGE_NUMBER = re.compile(r"(?:[…·.．\-—]{2}|[ \u3000\t])[（(]?\d{1,3}[)）]?$")
COUNTED = re.compile("(.{2,8}?)[（(]?[0-9一二三四五六七八九十]{1,3}[则条篇][）)]?")
# Who wrote it, behind the dots and before the page.
AUTHOR = re.compile("(?<![…·.．])(?:…{2,60}|[.．·]{6,60})[^…·.．]{1,16}$")
LEADER = " \u3000\t…·.．-—"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the contents list: its lines, and its text without mark and page number."""

    lines: tuple[SourceLine, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """Up to three short lines that may be one title: where they begin and end, and their words."""

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Contents:
    """The contents list of a source; ``fields`` are what of it the issue JSON holds."""

    entries: tuple[Entry, ...]
    fields: dict[str, Any]


def read_contents(
    lines: Sequence[SourceLine], account: Account
) -> tuple[list[SourceLine], Contents]:
    """Return the lines below the contents list, and the list."""
    above = _above_heading(lines)
    if above:
        rest, contents = read_contents(lines[above:], account)
        return [*lines[:above], *rest], contents
    at = 0
    fields: dict[str, Any] = {}
    is_said = bool(lines) and lines[0].said is Kind.CONTENTS_HEADING
    may_be = bool(lines) and lines[0].may_be(Kind.CONTENTS_HEADING)
    named = HEADING.fullmatch(bare(lines[0].text)) if may_be else None
    if named or is_said:
        heading = named[1] if named else bare(lines[0].text)
        if heading != USUAL_HEADING:
            fields["heading"] = heading
        account.take(lines[0], Kind.CONTENTS_HEADING, "/contents/heading", why="目录由排版另加")
        at = 1
    spans = spans_of(lines[at:], at)
    entries: list[Entry] = []
    while at < len(lines) and len(entries) < MAX_ENTRIES:
        entry = _entry(lines, at, spans, is_first=not at)
        if entry is None:
            break
        entries.append(entry)
        at += len(entry.lines)
    entries += [
        Entry((line,), _without_marks([line]))
        for line in lines[at:]
        if line.said is Kind.CONTENTS_ENTRY
    ]
    if any(PAGE_NUMBER.search(entry.lines[-1].text) for entry in entries):
        fields["page_numbers"] = True
    if len(entries) == 1:
        fields["show"] = True  # of a single entry no list is printed otherwise
    rest = [line for line in lines[at:] if line.said not in OF_CONTENTS]
    for line in lines[at:]:
        if line.said is Kind.CONTENTS_HEADING:
            account.take(line, Kind.CONTENTS_HEADING, "/contents/heading")
            account.doubt(line, "不在目录之首，没有取")
    return rest, Contents(tuple(entries), fields)


def _above_heading(lines: Sequence[SourceLine]) -> int:
    """Return how many lines stand above the heading of the list: a note on the issue may."""
    for at, line in enumerate(lines[:MOST_ABOVE]):
        if line.may_be(Kind.CONTENTS_HEADING) and HEADING.fullmatch(bare(line.text)):
            return at
    return 0


def spans_of(lines: Sequence[SourceLine], offset: int = 0) -> list[Span]:
    """Return what may be a title: every short line, alone and with one or two after it."""
    found = []
    for start in range(min(SEARCHED, len(lines))):
        words = ""
        for end, part in enumerate(lines[start : start + 3], start + 1):
            if not part.text or part.rows or len(part.text) > SHORT_CHARS:
                break
            words += bare(part.text if words else unmarked(part.text))
            if len(words) > 2 * SHORT_CHARS:
                break
            found.append(Span(start + offset, end + offset, words))
    return found


def best_span(words: str, spans: Sequence[Span], least: float) -> Span | None:
    """Return the first of the spans that are most like some words."""
    return likest_span(words, spans, least)[0]


def likest_span(words: str, spans: Sequence[Span], least: float) -> tuple[Span | None, float]:
    """Return the first of the spans that are most like some words, and how alike they are.

    Of 简讯4则 where none is like it, the first that is like 简讯.
    """
    found, ratio = _likest(words, spans, least)
    if found is None and (counted := COUNTED.fullmatch(words)):
        return _likest(counted[1], spans, SURELY_LIKE)
    return found, ratio


def _likest(words: str, spans: Sequence[Span], least: float) -> tuple[Span | None, float]:
    matcher = SequenceMatcher(None, "", words, autojunk=False)  # prepares its second text once
    farthest = max(4, len(words) // 3)  # characters by which lengths may differ
    found, best = None, least
    for span in spans:
        if span.words == words:
            return span, 1.0
        if abs(len(span.words) - len(words)) > farthest:
            continue
        matcher.set_seq1(span.words)
        ratio = matcher.ratio() if matcher.quick_ratio() >= best else 0.0
        if ratio > best or (ratio == best and found is None):
            found, best = span, ratio
    return found, best


def _entry(
    lines: Sequence[SourceLine], at: int, spans: Sequence[Span], *, is_first: bool
) -> Entry | None:
    """Return the entry that begins at a line, which may take a second one.

    A line before a long one is a title, unless a list has begun and it is the same as one below.
    """
    if lines[at].said:
        is_entry = lines[at].said is Kind.CONTENTS_ENTRY
        return Entry((lines[at],), _without_marks(lines[at : at + 1])) if is_entry else None
    best: Entry | None = None
    likest = 0.0
    for count in (1, 2):
        taken = lines[at : at + count]
        if len(taken) < count or any(
            line.rows or line.pictures or len(line.text) > SHORT_CHARS for line in taken
        ):
            break
        is_section = BRACKETED.fullmatch(taken[0].text)
        if count > 1 and (is_section or MARK.match(taken[-1].text) or taken[-1].said):
            break
        is_last = at + count < len(lines) and len(lines[at + count].text) > SHORT_CHARS
        words = bare(text := _without_marks(taken))
        least = SURELY_LIKE if is_last else ENOUGH_LIKE
        below = [span for span in spans if span.start >= at + count]
        span, ratio = likest_span(words, below, least)
        if span and words and not (is_first and is_last) and ratio > likest:
            best, likest = Entry(tuple(taken), text), ratio
    return best


def _without_marks(lines: Sequence[SourceLine]) -> str:
    if BRACKETED.fullmatch(lines[0].text):
        return unmarked(lines[0].text)
    first = MARK.sub("", lines[0].text, count=1) if MARK.match(lines[0].text) else lines[0].text
    if BRACKETED.fullmatch(first):
        return unmarked(first)
    text = first + "".join(line.text for line in lines[1:])
    found = PAGE_NUMBER.search(text)
    if not found:
        return text.strip()
    title = text[: found.start()].rstrip(LEADER)
    return AUTHOR.sub("", title).rstrip(LEADER).strip()
