"""A PDF as the rules look at it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongtou.preflight.expectation import Expectation
from hongtou.preflight.uses import Use, uses_of

if TYPE_CHECKING:
    import pikepdf

# qpdf writes a literal string with its parentheses and backslashes escaped, and a name with
# every odd character as #xx, so that these two find all names and nothing in a title.
LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.S)
BEGINNING = b"%PDF-"  # qpdf takes a file that begins as something else
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")


@dataclass(frozen=True, slots=True)
class InspectedPdf:
    """An opened PDF with what it is held to.

    ``names`` are all names in its objects; ``uses`` are what its pages draw with; ``fonts`` are the
    objects that name a base font, and the fonts that pages draw with.
    """

    pdf: pikepdf.Pdf
    expectation: Expectation
    names: frozenset[str]
    uses: tuple[Use, ...]
    fonts: tuple[pikepdf.Object, ...]


@contextmanager
def open_pdf(content: bytes, expectation: Expectation) -> Iterator[InspectedPdf]:
    """Open a PDF without a password or repair; ValueError for what is not whole.

    Every object is read once as text: walking through all of them from Python takes six
    times as long.
    """
    import pikepdf  # loaded only where a file is made: it takes longer than an inspection

    if not content.startswith(BEGINNING):
        raise ValueError("something stands before the PDF")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            inspected = _read(pdf, expectation)
            warnings = pdf.get_warnings()
            if warnings:
                raise ValueError(str(warnings[0]))
            yield inspected
    except pikepdf.PikepdfError as cause:
        raise ValueError(str(cause)) from cause


def _read(pdf: pikepdf.Pdf, expectation: Expectation) -> InspectedPdf:
    import pikepdf

    objects = (*pdf.objects, pdf.trailer)
    written = [  # as text; of a stream its dictionary
        (one.stream_dict if isinstance(one, pikepdf.Stream) else one).unparse(resolved=True)
        for one in objects
    ]
    names = _names(b"\n".join(written))
    uses = tuple(uses_of(pdf))
    named = [
        one
        for one, own in zip(objects, written, strict=True)
        if b"BaseFont" in own and b"BaseFont" in _names(own)
    ]
    fonts = (*named, *_further_fonts(uses, named))
    return InspectedPdf(pdf, expectation, frozenset(map(_plain, names)), uses, fonts)


def _further_fonts(
    uses: Sequence[Use], named: Sequence[pikepdf.Object]
) -> Iterator[pikepdf.Object]:
    """Yield the fonts that pages draw with and that name no base font, or stand in no object."""
    seen = {font.objgen for font in named}
    for _, (category, _), found in uses:
        if category == "Font" and found is not None and found.objgen not in seen:
            yield found


def _names(written: bytes) -> set[bytes]:
    return set(NAME.findall(LITERAL.sub(b"", written)))


def _plain(name: bytes) -> str:
    return name.decode("latin-1")
