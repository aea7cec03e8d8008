"""How Chinese is found: one character is one token, and what is looked for are phrases of them.

There are no spaces between Chinese words, and an index of trigrams finds none of two characters
(环境). Full-width figures and letters, and capitals, are as the plain ones; marks are no tokens.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

MOST_TOKENS = 32  # of what is looked for
# Of a paragraph one piece is shown, and only pieces that changed are written; they overlap so that
# a phrase stands whole in one of them.
PIECE_CHARS, OVERLAP_CHARS = 240, 2 * MOST_TOKENS
SNIPPET_CHARS = 60
BASIC_PLANE = 0x10000
CHARS_KEPT = 8192  # more than a year's issues are written with


def tokens(text: str) -> list[str]:
    """Return the tokens of a text."""
    return [token for char in text for token in _tokens(char)]


def phrases(text: str) -> list[str]:
    """Return what is looked for: spaces stand between phrases, of which all have to be there."""
    found: list[str] = []
    left = MOST_TOKENS
    for phrase in text.split():
        count = len(tokens(phrase))
        if count and left > 0:
            found.append(phrase)
            left -= count
    return found


def spaced(text: str) -> str:
    """Return the tokens of a text with spaces between, as both databases take them."""
    return " ".join(tokens(text))


def pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces."""
    step = PIECE_CHARS - OVERLAP_CHARS
    last = max(len(text) - OVERLAP_CHARS, 1)
    yield from (text[start : start + PIECE_CHARS] for start in range(0, last, step))


def snippet(text: str, wanted: str) -> str:
    """Return a text around what was found in it."""
    places = [place for place, char in enumerate(text) for _ in _tokens(char)]
    every, looked_for = tokens(text), tokens(wanted)[:MOST_TOKENS]
    starts = range(len(every) - len(looked_for) + 1)
    at = next((one for one in starts if every[one : one + len(looked_for)] == looked_for), 0)
    start = max((places[at] if places else 0) - SNIPPET_CHARS // 3, 0)
    cut = text[start : start + SNIPPET_CHARS]
    return f"{'…' * bool(start)}{cut}{'…' * (start + len(cut) < len(text))}"


def _is_newer(char: str) -> bool:
    """Tell whether a character may be one of a rare name that Python has not heard of yet."""
    return ord(char) >= BASIC_PLANE and unicodedata.category(char) in ("Cn", "Co")


@lru_cache(maxsize=CHARS_KEPT)
def _tokens(char: str) -> tuple[str, ...]:
    """Return the tokens of a character: most have one, marks none.

    Characters outside of the basic plane are written as their code points: what databases take
    for letters there depends on how old their tables are.
    """
    return tuple(
        plain if ord(plain) < BASIC_PLANE else f"u{ord(plain):x}"
        for plain in unicodedata.normalize("NFKC", char).casefold()
        if plain.isalnum() or _is_newer(plain)
    )
