"""Set lines remembered from one preview to the next: of an edit, most paragraphs are as before."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from hongtou.compose.lines import SetLine

MOST_CHARS = 120_000  # of all lines: an issue of 100 pages, in about 20 MB


class Lengths(NamedTuple):
    """The size of a text, the measure that it is set to, and what is blank in it, in points."""

    size: float
    measure: float
    indent: float
    hanging: float
    tracking: float


class Setting(NamedTuple):
    """All that decides how a text is broken into lines.

    ``compositor`` stands for its faces and what it puts between characters; ``runs`` are the
    characters with their roles; ``form`` is what else is asked for: an alignment, or so many lines.
    """

    compositor: Hashable
    runs: tuple[tuple[str, str, float], ...]
    form: Hashable
    lengths: Lengths


class LineMemory:
    """Keeps set lines by their settings, in so many characters; those asked for last stay."""

    def __init__(self, most_chars: int = MOST_CHARS) -> None:
        self._most_chars = most_chars
        self._chars = 0
        self._lines: dict[Setting, tuple[SetLine, ...]] = {}

    def lines(
        self, setting: Setting, compose: Callable[[], tuple[SetLine, ...]]
    ) -> tuple[SetLine, ...]:
        """Return the lines of a setting, composed if they are not remembered."""
        lines = self._lines.pop(setting, None)
        if lines is None:
            lines = compose()
            self._chars += _chars(setting)
        self._lines[setting] = lines  # to the end: asked for last
        while self._chars > self._most_chars and len(self._lines) > 1:
            self._forget()
        return lines

    def _forget(self) -> None:
        oldest = next(iter(self._lines))
        del self._lines[oldest]
        self._chars -= _chars(oldest)


def _chars(setting: Setting) -> int:
    return sum(len(text) for text, _, _ in setting.runs)
