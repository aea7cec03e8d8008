"""Pictures side by side: in a paragraph, or in a table that only arranges them and captions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    found: list[tuple[Sequence[Cell], list[str]]] = []  # rows with pictures, and their captions
    for row in rows:
        texts = [" ".join(cell.text.split()) for cell in row]
        if any(len(text) > SHORT_CHARS for text in texts):
            return []
        if any(cell.pictures for cell in row):
            found.append((row, texts))
        elif any(texts):
            if not found or any(found[-1][1]) or len(row) != len(found[-1][0]):
                return []
            found[-1] = found[-1][0], texts
    return [one for row, texts in found for one in side_by_side(_captioned(row, texts))]


def _captioned(row: Sequence[Cell], captions: Sequence[str]) -> Iterator[Picture]:
    """Yield the pictures of a row; the last of a cell has the caption."""
    for cell, caption in zip(row, captions, strict=True):
        last = len(cell.pictures) - 1
        for at, name in enumerate(cell.pictures):
            yield Picture(name, caption if at == last else "")
