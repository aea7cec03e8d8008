"""The tags of a file in reading order. Sections are those of ISO 32000-1."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hongtou.preflight.objects import FileObjects

# What an element holds (§14.7.4): content on another page, a link, an element, content on its page.
KID = re.compile(
    rb"<< /MCID (\d+) /Pg (\d+) 0 R /Type /MCR >>|<< /Obj (\d+) 0 R /Pg \d+ 0 R /Type /OBJR >>"
    rb"|(\d+) 0 R|(\d+)"
)


Mark = tuple[bytes, bytes]  # marked content: the number of the object of its page, its own there


class Tag(NamedTuple):
    """An element with its role, and what it holds: marks, links, and the numbers of its parts."""

    role: bytes
    marks: Sequence[Mark]
    links: Sequence[bytes]
    parts: Sequence[bytes]


def tags_of(objects: FileObjects) -> Iterator[Tag]:
    """Yield the elements of the tree in reading order, each once, though the file may repeat it."""
    elements = objects.matches["element"]
    (root,) = objects.matches["structure"].values()
    ahead = [objects.referred(root["K"])]
    seen: set[bytes] = set()
    while ahead:
        number = ahead.pop()
        if number in seen or number not in elements:
            continue
        seen.add(number)
        match = elements[number]
        kids = KID.findall(match["K"] or b"")
        page = (match["Pg"] or b"").partition(b" ")[0]
        parts = [kid[3] for kid in kids if kid[3]]
        ahead += parts[::-1]
        marks = [(kid[1] or page, kid[0] or kid[4]) for kid in kids if kid[0] or kid[4]]
        yield Tag(match["S"], marks, [kid[2] for kid in kids if kid[2]], parts)
