"""Titles, and where a person says that they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby

from hongtou.importing.contents import Entry
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine, joined

USUAL_BRIEFS = "工作简讯"


class Opens(Enum):
    """What begins at a title."""

    ARTICLE = auto()
    BRIEFS = auto()
    SECTION = auto()


@dataclass(frozen=True, slots=True)
class Title:
    """A title: the lines from ``start`` to ``end``, its text, and what begins there.

    ``kicker`` lines above it go with it.
    """

    start: int
    end: int
    text: str
    opens: Opens = Opens.ARTICLE
    why: str = ""
    doubt: str = ""
    entry: Entry | None = None
    is_said: bool = False
    kicker: int = 0

    @property
    def begin(self) -> int:
        """Return its first line, those above it that go with it included."""
        return self.start - self.kicker


@dataclass(frozen=True, slots=True)
class Member:
    """An article or a group of short news as lines; ``sections`` are the titles above its own."""

    title: Title | None
    heading: tuple[SourceLine, ...]
    lines: tuple[SourceLine, ...]
    sections: tuple[tuple[Title, tuple[SourceLine, ...]], ...] = ()
    kicker: tuple[SourceLine, ...] = ()


OPENED_BY = {
    Kind.HEADLINE: Opens.ARTICLE,
    Kind.BRIEFS_HEADING: Opens.BRIEFS,
    Kind.SECTION: Opens.SECTION,
}


def as_said(lines: Sequence[SourceLine], titles: Sequence[Title]) -> list[Title]:
    """Return the titles that a person names, and those found elsewhere.

    A headline beside another is the same headline on two lines.
    """
    left = [title for one in titles for title in _without_others(one, lines)]
    taken = {at for title in left for at in range(title.start, title.end)}
    for kind, run in groupby(range(len(lines)), key=lambda at: lines[at].said):
        numbers = [at for at in run if at not in taken]
        if kind in OPENED_BY and numbers:
            left.append(_said(numbers[0], numbers[-1] + 1, lines, OPENED_BY[kind]))
    return _joined(sorted(left, key=lambda title: title.start), lines)


def _without_others(title: Title, lines: Sequence[SourceLine]) -> Iterator[Title]:
    """Yield a title as far as nobody says that its lines are something else."""
    end = title.start
    while end < title.end and lines[end].may_be(Kind.HEADLINE):
        end += 1
    if end == title.end and any(line.said for line in lines[title.start : end]):
        yield replace(title, opens=Opens.ARTICLE, is_said=True)
    elif end == title.end:
        yield title
    elif end > title.start:
        yield replace(title, end=end, text=joined(lines[title.start : end]))


def _said(start: int, end: int, lines: Sequence[SourceLine], opens: Opens) -> Title:
    return Title(start, end, joined(lines[start:end]), opens, is_said=True)


def _joined(titles: Sequence[Title], lines: Sequence[SourceLine]) -> list[Title]:
    """Return titles with those made one that a person's headline touches."""
    whole: list[Title] = []
    for title in titles:
        before = whole[-1] if whole else None
        both = (before, title) if before else ()
        if (
            before
            and before.end == title.start
            and all(one.opens is Opens.ARTICLE for one in both)
            and any(one.is_said for one in both)
        ):
            text = joined(lines[before.start : title.end])
            whole[-1] = replace(before, end=title.end, text=text, is_said=True)
        else:
            whole.append(title)
    return whole


def with_said_briefs(lines: Sequence[SourceLine], titles: Sequence[Title]) -> list[Title]:
    """Add a group of short news, without a title in the source, where a person says they begin."""
    whole: list[Title] = []
    starts = {title.start: title for title in titles}
    opened: Opens | None = None
    for at, line in enumerate(lines):
        if at in starts:
            whole.append(starts[at])
        elif line.said is Kind.BRIEF and opened is not Opens.BRIEFS:
            whole.append(Title(at, at, USUAL_BRIEFS, Opens.BRIEFS, is_said=True))
        opened = whole[-1].opens if whole else None
    return whole
