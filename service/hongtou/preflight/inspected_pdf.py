"""A PDF, opened for the rules."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from hongtou.preflight.expectation import Expectation
from hongtou.preflight.font import InspectedFont, inspected_fonts
from hongtou.preflight.objects import FileObjects, ObjectFault, read_objects
from hongtou.preflight.operators import Operation, operations
from hongtou.preflight.page import InspectedPage, inspected_pages
from hongtou.preflight.tags import Tag, tags_of
from hongtou.preflight.written import Written

if TYPE_CHECKING:
    import pikepdf

BEGINNING = b"%PDF-"  # qpdf would accept other bytes before it
ENDING = re.compile(rb"\nstartxref\n\d{1,20}\n%%EOF\n\Z")
ENDING_BYTES = 64
MAX_FAULTS = 100  # of objects: more tell nothing new, and a hostile file may hold a million


@dataclass(frozen=True)
class InspectedPdf:
    """An opened PDF with its expectation.

    ``faults`` are those of its objects. Pages and fonts may be asked for only if there are none, as
    every object then has the entries in which they are looked for.
    """

    pdf: pikepdf.Pdf
    expectation: Expectation
    written: Written
    objects: FileObjects
    faults: tuple[ObjectFault, ...]

    @cached_property
    def pages(self) -> tuple[InspectedPage, ...]:
        """Return its pages with what they draw, in their order."""
        return tuple(inspected_pages(self.pdf, self.objects, self.written.content))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """Return the elements of its tree of structure, in reading order."""
        return tuple(tags_of(self.objects))

    def operations(self, *streams: bytes) -> list[Operation]:
        """Return the operations of streams that rules ask for.

        Each stream is read once, on however many pages it stands.
        """
        for content in streams:
            if content not in self._operations:
                self._operations[content] = [*operations(content)]
        return [one for content in streams for one in self._operations[content]]

    @cached_property
    def _operations(self) -> dict[bytes, list[Operation]]:
        return {}

    @cached_property
    def fonts(self) -> tuple[InspectedFont, ...]:
        """Return all its fonts, whether pages use them or not."""
        return tuple(inspected_fonts(self.pdf, self.objects))


@contextmanager
def open_pdf(written: Written, content: bytes, expectation: Expectation) -> Iterator[InspectedPdf]:
    """Open a PDF for the rules on what was written, without a password and without repairs.

    Raises:
        ValueError: the file is not a whole PDF.
    """
    import pikepdf  # late, as loading it takes longer than an inspection

    if not (content.startswith(BEGINNING) and ENDING.search(content[-ENDING_BYTES:])):
        raise ValueError("something stands before the PDF, or behind it")
    try:
        with pikepdf.open(io.BytesIO(content), inherit_page_attributes=False) as pdf:
            objects = read_objects(pdf, written)
            _refuse_warned(pdf)
            faults = tuple(islice(objects.faults(), MAX_FAULTS))
            yield InspectedPdf(pdf, expectation, written, objects, faults)
            _refuse_warned(pdf)  # of streams that the rules have read
    except pikepdf.PikepdfError as cause:
        raise ValueError(str(cause)) from cause


def _refuse_warned(pdf: pikepdf.Pdf) -> None:
    """Refuse a file that qpdf could not read as it stands.

    Raises:
        ValueError: there was a warning.
    """
    warnings = pdf.get_warnings()
    if warnings:
        raise ValueError(str(warnings[0]))
