"""Text with the place of each of its characters in the string it was sent in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hongtou.intake.characters import DROPPED, ODD_SPACE

LINE = re.compile(r"[^\r\n]+")
DROPPED_CHARACTER = re.compile(f"[{DROPPED}]")


@dataclass(frozen=True, slots=True)
class SourceText:
    """Characters, and the offset of each in the JSON string, rising.

    Offsets are consecutive except where something was dropped: a zero-width character or the
    marks of a lead-in.
    """

    chars: str
    offsets: Sequence[int]

    @classmethod
    def of(cls, string: str) -> SourceText:
        """Return a string as sent, without its zero-width characters, its odd spaces plain."""
        string = ODD_SPACE.sub(" ", string)
        if DROPPED_CHARACTER.search(string) is None:
            return cls(string, range(len(string)))
        kept = [at for at, char in enumerate(string) if char not in DROPPED]
        return cls("".join(string[at] for at in kept), kept)

    def cut(self, start: int, end: int) -> SourceText:
        """Return the characters [start, end)."""
        return SourceText(self.chars[start:end], self.offsets[start:end])

    def trimmed(self) -> SourceText:
        """Return the text without surrounding spaces and full-width indents."""
        start = len(self.chars) - len(self.chars.lstrip())
        return self.cut(start, max(start, len(self.chars.rstrip())))

    def lines(self) -> list[SourceText]:
        """Return the lines that are not blank, trimmed."""
        if "\n" not in self.chars and "\r" not in self.chars:  # most strings
            return [line] if (line := self.trimmed()).chars else []
        cuts = (self.cut(found.start(), found.end()) for found in LINE.finditer(self.chars))
        return [line for cut in cuts if (line := cut.trimmed()).chars]

    def pieces(self) -> Iterator[SourceText]:
        """Yield the stretches whose offsets are consecutive, in order."""
        if isinstance(self.offsets, range):
            yield self
            return
        breaks = [
            at for at, (left, right) in enumerate(pairwise(self.offsets), 1) if right != left + 1
        ]
        for start, end in pairwise([0, *breaks, len(self.chars)]):
            yield self.cut(start, end)
