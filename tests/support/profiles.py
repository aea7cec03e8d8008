"""ICC profiles made by hand, and what their colours are in sRGB by arithmetic of our own.

Sources: ICC.1:2022 §7.2, §10.6, §10.18, §10.31, Annex E; IEC 61966-2-1.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

GAMMA = 563 / 256  # 2.2 as a profile of version 2 writes it
D50 = (0.9642, 1.0, 0.8249)

Row = tuple[float, float, float]
Levels = tuple[int, int, int]
# The primaries by columns, adapted to D50.
SRGB = ((0.43607, 0.38515, 0.14307), (0.22249, 0.71687, 0.06061), (0.01392, 0.09708, 0.71410))
DISPLAY_P3 = (
    (0.51512, 0.29198, 0.15710),
    (0.24120, 0.69225, 0.06657),
    (-0.00105, 0.04189, 0.78407),
)
ADOBE_RGB = ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457))


class Lab(NamedTuple):
    """A colour as a profile of a press means it."""

    lightness: float
    a: float
    b: float


def rgb_profile(primaries: Sequence[Row]) -> bytes:
    """Return the profile of a screen with these primaries."""
    columns = {
        f"{name}XYZ": _xyz(*column)
        for name, column in zip("rgb", zip(*primaries, strict=True), strict=True)
    }
    curves = {f"{name}TRC": _curve(GAMMA) for name in "rgb"}
    return _profile("mntr", "RGB ", "XYZ ", columns | curves)


def grey_profile(gamma: float) -> bytes:
    """Return the profile of a grey of this gamma."""
    return _profile("mntr", "GRAY", "XYZ ", {"kTRC": _curve(gamma)})


def press_profile(inks: Mapping[tuple[int, int, int, int], Lab]) -> bytes:
    """Return the profile of a press that prints these colours of full inks; of others, black."""
    other = Lab(0, 0, 0)
    corners = [
        inks.get((cyan, magenta, yellow, black), other)
        for cyan in (0, 1) for magenta in (0, 1) for yellow in (0, 1) for black in (0, 1)
    ]  # fmt: skip
    nodes = bytes(
        value
        for one in corners
        for value in (round(one.lightness * 255 / 100), round(one.a) + 128, round(one.b) + 128)
    )
    unit = b"".join(map(_fixed, (1, 0, 0, 0, 1, 0, 0, 0, 1)))
    same = bytes(range(256))
    table = b"mft1" + bytes(4) + bytes((4, 3, 2, 0)) + unit + same * 4 + nodes + same * 3
    return _profile("prtr", "CMYK", "Lab ", {"A2B0": table})


def encoded(colour: Levels, primaries: Sequence[Row]) -> Levels:
    """Return a colour of sRGB in the levels of a screen with these primaries."""
    xyz = _product(SRGB, [_linear(level) for level in colour])
    red, green, blue = (
        round(255 * max(0.0, min(1.0, part)) ** (1 / GAMMA))
        for part in _product(_inverse(primaries), xyz)
    )
    return red, green, blue


def shown(levels: Levels, primaries: Sequence[Row]) -> Levels:
    """Return what a screen with these primaries shows of these levels, in sRGB."""
    xyz = _product(primaries, [(level / 255) ** GAMMA for level in levels])
    red, green, blue = map(_level, _product(_inverse(SRGB), xyz))
    return red, green, blue


def srgb_of(colour: Lab) -> Levels:
    """Return a colour of a press in sRGB."""
    middle = (colour.lightness + 16) / 116
    parts = (middle + colour.a / 500, middle, middle - colour.b / 200)
    xyz = [white * _cube(part) for white, part in zip(D50, parts, strict=True)]
    red, green, blue = map(_level, _product(_inverse(SRGB), xyz))
    return red, green, blue


def srgb_of_grey(level: int, gamma: float) -> int:
    """Return a grey of this gamma in sRGB."""
    return _level((level / 255) ** gamma)


def _cube(part: float) -> float:
    return part**3 if part > 6 / 29 else 3 * (6 / 29) ** 2 * (part - 4 / 29)


def _linear(level: int) -> float:
    part = level / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _level(part: float) -> int:
    part = max(0.0, min(1.0, part))
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


def _product(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _inverse(matrix: Sequence[Row]) -> list[list[float]]:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    whole = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    minors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    return [[minor / whole for minor in row] for row in minors]


def _fixed(number: float) -> bytes:
    return struct.pack(">i", round(number * 65536))


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(x) + _fixed(y) + _fixed(z)


def _curve(gamma: float) -> bytes:
    return b"curv" + bytes(4) + struct.pack(">IHH", 1, round(gamma * 256), 0)


def _profile(kind: str, space: str, connection: str, tags: Mapping[str, bytes]) -> bytes:
    tags = {"wtpt": _xyz(*D50), **tags}
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags.items():
        value += bytes(-len(value) % 4)
        table += struct.pack(">4sII", name.encode(), at + len(data), len(value))
        data += value
    names = kind.encode() + space.encode() + connection.encode()
    head = struct.pack(">I", at + len(data)) + bytes(4) + b"\2\x40\0\0" + names + bytes(12)
    head += b"acsp" + bytes(28) + b"".join(map(_fixed, D50))
    return head + bytes(128 - len(head)) + table + data
