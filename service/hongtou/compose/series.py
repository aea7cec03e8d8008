"""Series within a paragraph, and its source: no line parts a short member or who is named behind.

No standard that was read forbids it: that is taste, and has its cost.
"""

from __future__ import annotations

import re

from hongtou.bulletin.patterns import Late
from hongtou.compose.words.segmentation import HAN

PARTED_MEMBER = 4.5  # cost of parting 鲜章平: more than copyfitting may (`looseness.DEAREST`)
# Cost of a line that ends behind 2., C. or 二是: as a date's month and its day.
PARTED_NUMBERING = 6.0
PARTED_SOURCE = 30.0  # cost of parting （市人社局） behind the last sentence: before a gap is seen

# Mostly a person or a word, and no dictionary has all persons.
MEMBER = Late(f"[、：；][{HAN}]{{2,5}}(?=[、；。（等])")
NUMBERING = re.compile(
    "[。；：，！？”](?:[0-9]{1,2}[.．、](?![0-9])|（[一二三四五六七八九十0-9]{1,3}）|[①-⑳]"
    f"|[A-Ha-h][.．、）)](?=[{HAN}（“《])"
    "|[一二三四五六七八九十]{1,2}[、是要])(?=.)"
)
SOURCE = Late("[。！？…”]（[^（），。；]{2,20}）")


def keep_series(breaks: list[float], text: str) -> None:
    """Give the places inside members and behind their numbers the cost of ending a line there."""
    for match in NUMBERING.finditer(text):
        first, end = match.span()
        for at in range(first + 2, end + 1):
            if breaks[at] < PARTED_NUMBERING:
                breaks[at] = PARTED_NUMBERING
    for match in MEMBER().finditer(text) if "、" in text else ():
        first, end = match.span()
        for at in range(first + 2, end):
            if breaks[at] < PARTED_MEMBER:
                breaks[at] = PARTED_MEMBER
    if text[-1:] == "）" and (source := SOURCE().fullmatch(text, text.rfind("（") - 1)):
        for at in range(source.start() + 3, source.end() - 1):
            if breaks[at] < PARTED_SOURCE:
                breaks[at] = PARTED_SOURCE
