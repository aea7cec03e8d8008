"""The copy of an issue (文稿) as its reviewers read it: whole paragraphs, each with its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from hongtou.bulletin.issue import EditorsNote, Issue
from hongtou.bulletin.passage import Kind, Passage
from hongtou.bulletin.patterns import Late

HEADINGS = frozenset({Kind.HEADING_1, Kind.HEADING_2, Kind.HEADING_3, Kind.HEADING_4})
PROSE = frozenset({Kind.PARAGRAPH, Kind.BRIEF, Kind.EDITORS_NOTE})
RUNNING = PROSE | HEADINGS | {Kind.LEAD_IN, Kind.NOTE}

ARTICLE = Late(r"/articles/\d+(?=/)")
EXCERPT_CHARS = 5
LONG_CHARS = 12


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a line, without markup; ``offsets`` place its characters in the string.

    ``kind`` is that of its plain text; ``opening`` that of its first passage, which differs
    where a lead-in or a run-in heading opens the paragraph. ``characters`` are those it holds.
    """

    pointer: str
    place: str
    kind: Kind
    opening: Kind
    chars: str
    offsets: Sequence[int]
    characters: frozenset[str]

    @property
    def article(self) -> str:
        """Return the pointer of the article that the text belongs to; "" for none."""
        found = ARTICLE().match(self.pointer)
        return found[0] if found else ""

    def excerpt(self, start: int, end: int) -> str:
        """Quote the characters [start, end) with a few on either side, for a message."""
        if end - start > LONG_CHARS:
            return f"「{self.chars[start : start + LONG_CHARS]}…」"
        return f"「{self.chars[max(0, start - EXCERPT_CHARS) : end + EXCERPT_CHARS]}」"

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return [start, end) as spans of the JSON string, which markup may part."""
        if start == end:
            at = self.offsets[start] if start < len(self.offsets) else self.offsets[-1] + 1
            return [(at, at)]
        offsets = self.offsets[start:end]
        breaks = [at for at, (left, right) in enumerate(pairwise(offsets), 1) if right > left + 1]
        return [
            (offsets[first], offsets[last - 1] + 1)
            for first, last in pairwise([0, *breaks, len(offsets)])
        ]


@dataclass(frozen=True, slots=True)
class Copy:
    """An issue and its texts in reading order; ``characters`` are those that they hold."""

    issue: Issue
    texts: tuple[Text, ...]
    characters: frozenset[str]
    by_kind: Mapping[Kind, Sequence[Text]]

    def of(self, kind: Kind) -> Sequence[Text]:
        """Return the texts of a kind, in reading order."""
        return self.by_kind.get(kind, ())


def make_copy(issue: Issue, passages: Iterable[Passage]) -> Copy:
    """Return the copy of an issue, the passages of each paragraph joined."""
    texts = []
    parts: list[Passage] = []
    for passage in passages:
        parts.append(passage)
        if passage.closes:
            texts.append(_joined(parts))
            parts = []
    by_kind: dict[Kind, list[Text]] = defaultdict(list)
    for text in texts:
        by_kind[text.kind].append(text)
    characters = frozenset().union(*(text.characters for text in texts))
    return Copy(issue, tuple(texts), characters, by_kind)


def note_at(copy: Copy, where: str) -> EditorsNote | None:
    """Return the editors' note that a text at this pointer belongs to: an article's or all's."""
    steps = where.split("/")
    if steps[1] == "articles":
        return copy.issue.articles[int(steps[2])].editors_note
    return copy.issue.editors_note


def _joined(parts: Sequence[Passage]) -> Text:
    first = parts[0]
    chars = "".join([part.text for part in parts])
    plain = next((part.kind for part in parts if part.kind in PROSE), first.kind)
    return Text(
        first.pointer,
        first.place,
        plain,
        first.kind,
        chars,
        _offsets(parts),
        frozenset(chars),
    )


def _offsets(parts: Sequence[Passage]) -> Sequence[int]:
    places = [range(one.start, one.start + len(one.text)) for one in parts]
    return places[0] if len(places) == 1 else list(chain.from_iterable(places))
