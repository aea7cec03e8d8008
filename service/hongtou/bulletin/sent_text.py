"""Texts of an issue that know where they were sent, so that a place on a page leads back there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

BREAK = re.compile("\n")
WIDE_MARKS = frozenset("“”‘’—…·")  # as wide as Han between Han, whatever Unicode says of them


class SentText(str):
    """Characters as they are to be set, and where each of them was sent.

    It equals, hashes and prints as the plain text, so that a digest of an issue does not change.
    ``pointer`` is the JSON Pointer of the string, ``offsets`` the place of each character in it.
    A cut or changed copy is a plain string, which was sent nowhere.
    """

    __slots__ = ("offsets", "pointer")

    pointer: str
    offsets: Sequence[int]

    @classmethod
    def at(cls, chars: str, pointer: str, offsets: Sequence[int]) -> SentText:
        """Return these characters with their place."""
        text = cls(chars)
        text.pointer, text.offsets = pointer, offsets
        return text

    @classmethod
    def joined(
        cls, parts: Sequence[tuple[str, Sequence[int]]], pointer: str, joint: str = ""
    ) -> SentText:
        """Return parts of one string, each with its offsets, as one text.

        A joint of one character counts as what followed the part before it.
        """
        if len(parts) == 1:
            return cls.at(parts[0][0], pointer, parts[0][1])
        offsets: list[int] = []
        for _, places in parts:
            if offsets and joint:
                offsets.append(offsets[-1] + 1)
            offsets += places
        return cls.at(joint.join(chars for chars, _ in parts), pointer, offsets)

    def lines(self) -> tuple[SentText, ...]:
        """Return what stands between line breaks, each with its place."""
        found, start = [], 0
        for line in self.split("\n"):
            end = start + len(line)
            found.append(SentText.at(line, self.pointer, self.offsets[start:end]))
            start = end + 1
        return tuple(found)

    def in_one_line(self) -> SentText:
        """Return the same text with a space or nothing for each line break, as `in_one_line`."""
        kept = [at for at in range(len(self)) if not _joins(self, at)]
        chars = "".join(self[at] for at in kept).replace("\n", " ")
        return SentText.at(chars, self.pointer, [self.offsets[at] for at in kept])


def in_one_line(text: str) -> str:
    """Return a text without its line breaks, with its place if it has one.

    A space stands for a break between letters and figures, or 附件1 and 2026年 would become
    附件12026年; beside Han nothing does.
    """
    if "\n" not in text:
        return text
    if isinstance(text, SentText):
        return text.in_one_line()
    return BREAK.sub(lambda found: "" if _joins(text, found.start()) else " ", text)


def _joins(text: str, at: int) -> bool:
    """Tell whether a character is a line break beside which Han or a Chinese mark stands."""
    return text[at] == "\n" and any(map(_is_wide, text[max(0, at - 1) : at + 2]))


def _is_wide(char: str) -> bool:
    return char in WIDE_MARKS or east_asian_width(char) in "WF"
