"""The operators of content streams with their operands, as far as rules ask for them.

Our streams have no strings with blanks, so that they split at them; one that has some is refused by
its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import compress, count
from math import inf
from typing import NamedTuple

# ISO 32000-1 §8.6.8: what sets a colour, with how many operands.
COLOURS: Mapping[bytes, int] = {
    b"g": 1, b"G": 1, b"rg": 3, b"RG": 3, b"k": 4, b"K": 4,
    b"cs": 1, b"CS": 1, b"sc": 1, b"SC": 1, b"scn": 1, b"SCN": 1,
}  # fmt: skip
SIZES: Mapping[bytes, int] = {b"re": 2, b"w": 1}  # of a rectangle, of a line: the last operands
PATHS: Mapping[bytes, int] = {b"m": 2, b"l": 2, b"c": 6, b"S": 0}  # §8.5.2, §8.5.3
TEXT_PLACES: Mapping[bytes, int] = {b"Tf": 1, b"Tm": 1}  # §9.3.1, §9.4.2: a size, a baseline
WANTED = {**COLOURS, **SIZES, **PATHS, **TEXT_PLACES}


class Operation(NamedTuple):
    """An operator with its last operands."""

    operator: bytes
    operands: tuple[bytes, ...]


def operations(content: bytes) -> Iterator[Operation]:
    """Yield the operations of a stream that rules ask for, in their order."""
    tokens = content.split()
    for at in compress(count(), map(WANTED.__contains__, tokens)):
        operator = tokens[at]
        yield Operation(operator, tuple(tokens[max(0, at - WANTED[operator]) : at]))


def numbers(operation: Operation) -> list[float]:
    """Return the operands as numbers; what is none is infinite, so that it breaks a rule."""
    try:
        return [*map(float, operation.operands)]
    except ValueError:
        return [_number(operand) for operand in operation.operands]


def _number(operand: bytes) -> float:
    try:
        return float(operand)
    except ValueError:
        return inf
