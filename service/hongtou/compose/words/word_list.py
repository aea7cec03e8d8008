"""The word list: the words that may begin at a place of a text, and how rare each is.

`words.txt` holds a line for each first character, with the rest of every word that begins with it,
the letter of its cost and that of its part of speech; `added_words.txt` holds the words that it
lacks or whose part of speech it lacks, `official_names.txt` names, one a line each. README.md there
says where they come from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.resources import reinstall

HERE = Path(__file__).parent
LEAST_LETTER, LEAST_COST, STEP = "A", 5.0, 0.25  # costs are −ln of a word's share of all words
VERB, ADJECTIVE = "v", "a"
ADVERB = "d"  # and a preposition or a conjunction
BYTES = 3  # of a Han character in UTF-8: the list has none beyond the first plane
UNLISTED = 18.0  # cost of a character that is no word
ADDED = 13.0  # of a word that the list lacks: as rare as 惠民 and 助力
MAX_KEPT = 400  # first characters whose words stay taken apart


class WordList:
    """Words by their first character, taken apart when a text first needs them."""

    def __init__(self, words: bytes, added: str, names: str) -> None:
        self._lines = words
        self._added: dict[str, dict[str, str]] = {}
        for line in added.splitlines():
            word, _, speech = line.partition(" ")
            self._added.setdefault(word[0], {})[word[1:]] = speech
        self._words = lru_cache(MAX_KEPT)(self._taken_apart)
        self._names: dict[str, list[str]] = {}
        for name in names.split():
            self._names.setdefault(name[0], []).append(name)

    def words_at(self, text: str, start: int) -> Iterator[tuple[int, float]]:
        """Yield (end, cost) of every word of the list that begins here, the shortest first."""
        words = self._words(text[start])
        at, rest = 0, ""
        for end in range(start + 1, len(text) + 1):
            at = bisect_left(words, rest, at)
            if at == len(words) or not words[at].startswith(rest):
                return
            if words[at][len(rest)] == "=":  # sorts before every character of a word
                yield end, cost_of(words[at][len(rest) + 1])
            rest = text[start + 1 : end + 1]

    def speech(self, word: str) -> str:
        """Return VERB, ADVERB or ADJECTIVE for a word that is one, for any other nothing."""
        words, rest = self._words(word[0]), f"{word[1:]}="
        at = bisect_left(words, rest)
        found = at < len(words) and words[at].startswith(rest)
        return words[at][len(rest) + 1 :] if found else ""

    def names_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of every official name in a text."""
        for start, char in enumerate(text):
            for name in self._names.get(char, ()):
                if text.startswith(name, start):
                    yield start, start + len(name)

    def _taken_apart(self, first: str) -> list[str]:
        listed = self._line(first.encode()).decode().split()[1:]
        added = self._added.get(first)
        if not added:
            return listed
        entries = dict(entry.split("=", 1) for entry in listed)
        for rest, speech in added.items():  # one that is listed stays as common as it is
            entries[rest] = entries.get(rest, letter_of(ADDED))[0] + speech
        return sorted(f"{rest}={entry}" for rest, entry in entries.items())

    def _line(self, first: bytes) -> bytes:
        """Return the line of a first character, b"" for none; the lines are in its order."""
        low, high = 0, len(self._lines)
        while low < high:
            start = self._lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = self._lines.find(b"\n", start)
            if self._lines.startswith(first, start):
                return self._lines[start:end]
            if self._lines[start : start + BYTES] < first:
                low = end + 1
            else:
                high = start
        return b""


@cache
def word_list() -> WordList:
    """Return the list, read when the first text needs it.

    Raises:
        SetupError: a file of it cannot be read.
    """
    added, names = HERE / "added_words.txt", HERE / "official_names.txt"
    try:
        return WordList(
            (HERE / "words.txt").read_bytes(),
            added.read_text(encoding="utf-8"),
            names.read_text(encoding="utf-8"),
        )
    except OSError as cause:
        missing = Path(str(cause.filename)).name
        raise SetupError(
            f"词表 {missing} 读不了（{reason_of(cause)}）", hint=reinstall()
        ) from cause


def cost_of(letter: str) -> float:
    """Return the cost that a letter of the list stands for."""
    return LEAST_COST + STEP * (ord(letter) - ord(LEAST_LETTER))


def letter_of(cost: float) -> str:
    """Return the letter that stands for a cost."""
    return chr(ord(LEAST_LETTER) + max(0, round((cost - LEAST_COST) / STEP)))
