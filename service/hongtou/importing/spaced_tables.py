"""Tables that nothing but blanks sets out in columns, as mail and plain text have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from hongtou.importing.lines import SourceLine

BETWEEN = re.compile("[ \u3000]{2,}")  # columns; a single blank spreads a name
FIGURE = r"(?:[≥≤＞＜<>＋+−-]?[0-9][0-9,.，]{0,15}(?:[%％‰℃]|[一-鿿]{1,2})?|[—－/-]{1,2})"
BESIDE_FIGURE = re.compile(rf"(?<![ \u3000])[ \u3000]{{2,60}}{FIGURE}(?=[ \u3000]{{2}}|$)")
SPREAD = re.compile("^([一-鿿])[ \u3000]{1,6}([一-鿿])(?=[ \u3000]{2})")  # 合  计
FEWEST_ROWS = 3  # with that of the titles


def spaced_rows(lines: Sequence[SourceLine], at: int) -> list[list[str]]:
    """Return the cells of the lines in columns that begin at a line, none where they are no table.

    All have as many cells, and below its title one column holds nothing but figures: names that
    blanks part are a list.
    """
    if at and _has_columns(lines[at - 1]):
        return []  # within lines that have been looked at
    below = (lines[number] for number in range(at, len(lines)))
    rows = [
        BETWEEN.split(SPREAD.sub(r"\1\2", line.text)) for line in takewhile(_has_columns, below)
    ]
    is_even = len(rows) >= FEWEST_ROWS and len({*map(len, rows)}) == 1
    return rows if is_even and any(map(_is_of_figures, zip(*rows, strict=True))) else []


def holds_figures(line: SourceLine) -> bool:
    """Tell whether blanks part a figure from the other text of a line, as in a row."""
    return BESIDE_FIGURE.search(line.text) is not None


def _has_columns(line: SourceLine) -> bool:
    is_free = line.said is None and not line.rows and not line.pictures
    return is_free and BETWEEN.search(line.text) is not None


def _is_of_figures(column: Sequence[str]) -> bool:
    title, *below = (re.fullmatch(FIGURE, cell) is not None for cell in column)
    return not title and all(below)
