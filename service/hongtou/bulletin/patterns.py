"""Regular expressions that are compiled when first used.

A class of all Chinese characters takes Python up to two milliseconds to compile, and most issues
hold nothing that most of the patterns look for.
"""

from __future__ import annotations

import re


class Late:
    """A regular expression; calling it returns it compiled."""

    __slots__ = ("_compiled", "_expression", "_flags")

    def __init__(self, expression: str, flags: int = 0) -> None:
        self._expression, self._flags = expression, flags
        self._compiled: re.Pattern[str] | None = None

    def __call__(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self._expression, self._flags)
        return self._compiled
