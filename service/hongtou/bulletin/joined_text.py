"""Texts joined from several fields, whose parts still know where they were sent."""

from __future__ import annotations

from collections.abc import Iterable

from hongtou.bulletin.sent_text import SentText

Parts = tuple[tuple[int, SentText], ...]  # a sent text with the place of its first character


class JoinedText(str):
    """Characters as they are to be set, and the sent texts among them, in order.

    It equals, hashes and prints as the plain text, as `SentText` does. Characters outside the
    parts are words of the layout.
    """

    __slots__ = ("parts",)

    parts: Parts


def sent_parts(text: str) -> Parts:
    """Return the sent texts in a text, with the places of their first characters."""
    if isinstance(text, SentText):
        return ((0, text),)
    return text.parts if isinstance(text, JoinedText) else ()


def joined(*texts: str) -> str:
    """Return texts as a single text that knows where its parts were sent."""
    parts: list[tuple[int, SentText]] = []
    place = 0
    for text in texts:
        parts += [(place + at, part) for at, part in sent_parts(text)]
        place += len(text)
    whole = JoinedText("".join(texts))
    whole.parts = tuple(parts)
    return whole


def separated(gap: str, texts: Iterable[str]) -> str:
    """Return texts joined with a gap between them."""
    with_gaps = [piece for text in texts for piece in (gap, text)]
    return joined(*with_gaps[1:])


def filled(pattern: str, text: str) -> str:
    """Return a pattern with a text in place of its ``{}``."""
    before, _, after = pattern.partition("{}")
    return joined(before, text, after)
