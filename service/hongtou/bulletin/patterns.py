"""Regular expressions that are compiled when first used.

A class of all Chinese characters takes Python up to two milliseconds to compile, and most issues
hold nothing that most of the patterns look for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial


def late(expression: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that returns the compiled expression."""
    return cache(partial(re.compile, expression, flags))
