"""The coverage of national character sets by the faces of a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hongtou.faces.face import Face

EXTENSIONS_B_TO_F = (
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
LEVEL_1 = ((0x4E00, 0x9FEF), (0x3400, 0x4DB5))
COMPATIBILITY = (  # ideographs of the compatibility block that are in GBK
    0xF92C, 0xF979, 0xF995, 0xF9E7, 0xF9F1, 0xFA0C, 0xFA0D, 0xFA0E, 0xFA0F, 0xFA11, 0xFA13,
    0xFA14, 0xFA18, 0xFA1F, 0xFA20, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Coverage:
    """The number of characters of a set that faces hold, and the size of the set."""

    name: str
    held: int
    total: int

    @property
    def percent(self) -> float:
        """Return the share in percent, truncated to two decimals."""
        return int(self.held / self.total * 10000) / 100


@cache
def character_sets(fonts_dir: Path) -> dict[str, frozenset[int]]:
    """Return the character sets by their Chinese names.

    The levels of GB 18030-2022 are ranges of Unicode, not the printed list.
    """
    text = (fonts_dir / "charsets" / "standard-characters.txt").read_text(encoding="utf-8")
    standard = frozenset(ord(char) for char in text if not char.isspace())
    level_1 = _ranges(LEVEL_1) | frozenset(COMPATIBILITY)
    return {
        "GB 2312": _gb2312(),
        "通用规范汉字表": standard,
        "GB 18030 级别1": level_1,
        "GB 18030 级别2": level_1 | standard,
        "GB 18030 级别3": level_1 | standard | _ranges(EXTENSIONS_B_TO_F),
    }


def coverage(faces: Iterable[Face], fonts_dir: Path) -> list[Coverage]:
    """Return the coverage of all character sets by these faces together."""
    held = frozenset[int]().union(*(face.characters() for face in faces))
    return [
        Coverage(name, len(held & wanted), len(wanted))
        for name, wanted in character_sets(fonts_dir).items()
    ]


def _ranges(ranges: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(char for first, last in ranges for char in range(first, last + 1))


def _gb2312() -> frozenset[int]:
    found = set()
    for lead in range(0xB0, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([lead, trail]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return frozenset(found)
