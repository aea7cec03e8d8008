"""A PDF, opened for the rules."""

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

# qpdf escapes parentheses and backslashes in literal strings, and unusual characters in names as
# #xx. So these expressions find all names, and none within a title.
LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.S)
BEGINNING = b"%PDF-"  # qpdf would accept other bytes before it
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")


@dataclass(frozen=True, slots=True)
class InspectedPdf:
    """An opened PDF with its expectation.

    ``names`` are all names in its objects; ``uses`` are the resources that its pages use; ``fonts``
    are the objects that name a base font, and the fonts that pages use.
    """

    pdf: pikepdf.Pdf
    expectation: Expectation
    names: frozenset[str]
    uses: tuple[Use, ...]
    fonts: tuple[pikepdf.Object, ...]


@contextmanager
def open_pdf(content: bytes, expectation: Expectation) -> Iterator[InspectedPdf]:
    """Open a PDF, without a password and without repairs.

    Objects are read as text, as visiting them from Python takes six times as long.

    Raises:
        ValueError: the file is not a whole PDF.
    """
    import pikepdf  # late, as loading it takes longer than an inspection

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
    written = [  # as text; of a stream only its dictionary
        (item.stream_dict if isinstance(item, pikepdf.Stream) else item).unparse(resolved=True)
        for item in objects
    ]
    names = _names(b"\n".join(written))
    uses = tuple(uses_of(pdf))
    named = [
        item
        for item, text in zip(objects, written, strict=True)
        if b"BaseFont" in text and b"BaseFont" in _names(text)
    ]
    fonts = (*named, *_further_fonts(uses, named))
    return InspectedPdf(pdf, expectation, frozenset(map(_plain, names)), uses, fonts)


def _further_fonts(
    uses: Sequence[Use], named: Sequence[pikepdf.Object]
) -> Iterator[pikepdf.Object]:
    """Yield fonts that pages use but that name no base font, or are no objects of their own."""
    seen = {font.objgen for font in named}
    for _, (category, _), found in uses:
        if category == "Font" and found is not None and found.objgen not in seen:
            yield found


def _names(written: bytes) -> set[bytes]:
    return set(NAME.findall(LITERAL.sub(b"", written)))


def _plain(name: bytes) -> str:
    return name.decode("latin-1")
