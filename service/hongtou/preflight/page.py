"""A page with what it draws."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongtou.preflight.content import OWN_ON_SHEET, Drawn, Resource, drawn_by, own_stream
from hongtou.preflight.kinds.kind import NAME
from hongtou.preflight.objects import REFERRED, FileObjects

if TYPE_CHECKING:
    import pikepdf

RESOURCE = re.compile(rf"({NAME}) \d+ 0 R".encode("ascii"))


@dataclass(frozen=True, slots=True)
class InspectedPage:
    """A page, counted from 1: its boxes as text, what it draws, and the resources that it lacks.

    ``reference`` is the number of its object; ``streams`` are its content, in plain text.
    """

    number: int
    reference: bytes
    media_box: bytes
    trim_box: bytes
    drawn: Drawn
    missing: tuple[Resource, ...]
    streams: tuple[bytes, ...]

    @property
    def own(self) -> bytes:
        """Return the stream of the page itself."""
        return own_stream(self.streams)

    @property
    def around(self) -> tuple[bytes, ...]:
        """Return the streams that follow that of the page itself: marks, and the slug."""
        return self.streams[OWN_ON_SHEET + 1 :]


def inspected_pages(
    pdf: pikepdf.Pdf, objects: FileObjects, content: re.Pattern[bytes]
) -> Iterator[InspectedPage]:
    """Yield the pages of a file without faults, in their order.

    Resources are looked up in the page itself, where our writer puts them, and not in its parents.
    ``content`` is what their streams should match.
    """
    for number, reference in enumerate(REFERRED.findall(objects.page_tree["Kids"]), 1):
        page = objects.matches["page"][reference]
        numbers = REFERRED.findall(page["Contents"])
        streams = tuple(pdf.get_object(int(stream), 0).read_bytes() for stream in numbers)
        drawn = drawn_by(streams, content)
        fonts = objects.matches["fonts"][objects.referred(page["Resources_Font"])]["Any"]
        there = {*_names("Font", fonts), *_names("XObject", page["Resources_XObject"])}
        missing = tuple(sorted(drawn.resources - there))
        boxes = page["MediaBox"], page["TrimBox"]
        yield InspectedPage(number, reference, *boxes, drawn, missing, streams)


def _names(category: str, resources: bytes) -> Iterator[Resource]:
    for name in RESOURCE.findall(resources):
        yield Resource(category, name[1:].decode("latin-1"))
