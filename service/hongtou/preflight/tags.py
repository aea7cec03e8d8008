"""The tags of a file in reading order. Sections are those of ISO 32000-1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hongtou.preflight.objects import FileObjects

# What an element holds (§14.7.4): content on another page, a link, an element, content on its page.
KID = re.compile(
    rb"<< /MCID (\d+) /Pg (\d+) 0 R /Type /MCR >>|<< /Obj (\d+) 0 R /Pg \d+ 0 R /Type /OBJR >>"
    rb"|(\d+) 0 R|(\d+)"
)


class Mark(NamedTuple):
    """Marked content: the number of the object of its page, and its number there."""

    page: bytes
    number: bytes


class Tag(NamedTuple):
    """An element with its role, what its parent is, and what it holds besides elements."""

    role: bytes
    parent: bytes
    match: re.Match[bytes]
    marks: tuple[Mark, ...]
    links: tuple[bytes, ...]


def tags_of(objects: FileObjects) -> Iterator[Tag]:
    """Yield the elements of the tree in reading order, each once, though the file may repeat it."""
    elements = objects.matches["element"]
    (root,) = objects.matches["structure"].values()
    ahead = [(objects.referred(root["K"]), b"")]
    seen: set[bytes] = set()
    while ahead:
        number, parent = ahead.pop()
        if number in seen:
            continue
        seen.add(number)
        match = elements[number]
        kids = KID.findall(match["K"] or b"")
        page = (match["Pg"] or b"").partition(b" ")[0]
        ahead += [(kid[3], match["S"]) for kid in reversed(kids) if kid[3]]
        marks = (Mark(kid[1] or page, kid[0] or kid[4]) for kid in kids if kid[0] or kid[4])
        links = tuple(kid[2] for kid in kids if kid[2])
        yield Tag(match["S"], parent, match, tuple(marks), links)
