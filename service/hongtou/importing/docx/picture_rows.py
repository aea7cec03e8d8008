"""Pictures side by side: in a paragraph, or in a table that only arranges them and captions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from hongtou.importing.lines import SHORT_CHARS, Picture
from hongtou.importing.merged_cells import Cell

MOST = 3  # in a row, as the contract has it

Row = tuple[Picture, ...]


def side_by_side(pictures: Iterable[Picture]) -> list[Row]:
    """Return pictures in rows of as many each as can be."""
    rest = [*pictures]
    count = ceil(len(rest) / max(1, ceil(len(rest) / MOST)))
    return [tuple(rest[at : at + count]) for at in range(0, len(rest), max(1, count))]


def pictures_in(rows: Sequence[Sequence[Cell]]) -> list[Row]:
    """Return the pictures of a table with their captions, in their cells or in those below.

    Nothing of a table that is more: with other texts, or long ones.
    """
    found: list[Row] = []
    above: Sequence[Cell] = ()
    for row in rows:
        if any(len(cell.text.strip()) > SHORT_CHARS for cell in row):
            return []
        if any(cell.pictures for cell in row):
            above = row
            found += side_by_side(_captioned(row, [cell.text for cell in row]))
        elif any(cell.text.strip() for cell in row):
            if not above or len(row) != len(above) or any(cell.text.strip() for cell in above):
                return []
            count = len(side_by_side(_captioned(above, [])))
            found[-count:] = side_by_side(_captioned(above, [cell.text for cell in row]))
            above = ()
    return found


def _captioned(row: Sequence[Cell], captions: Sequence[str]) -> list[Picture]:
    texts = [*captions, *[""] * (len(row) - len(captions))]
    return [
        Picture(name, " ".join(text.split()) if name == cell.pictures[-1] else "")
        for cell, text in zip(row, texts, strict=True)
        for name in cell.pictures
    ]
