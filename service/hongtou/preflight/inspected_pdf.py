"""A PDF as the rules look at it, and what was promised of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf

# qpdf writes a literal string with its parentheses and backslashes escaped, and a name with
# every odd character as #xx, so that these two find all names and nothing in a title.
LITERAL = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.S)
BEGINNING = b"%PDF-"  # qpdf takes a file that begins as something else
NAME = re.compile(rb"/([^\s()<>\[\]{}/%]+)")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the engine says of the file: its pages, and the families it may draw with."""

    page_count: int
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class InspectedPdf:
    """An opened PDF with the promise it is held to.

    ``names`` are all names in its objects; ``fonts`` are the objects that name a base font.
    """

    pdf: pikepdf.Pdf
    expectation: Expectation
    names: frozenset[str]
    fonts: tuple[pikepdf.Object, ...]


@contextmanager
def open_pdf(content: bytes, expectation: Expectation) -> Iterator[InspectedPdf]:
    """Open a PDF without a password or repair; ValueError for what is not whole.

    Every object is read once as text: walking through all of them from Python takes six
    times as long.
    """
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
    objects = (*pdf.objects, pdf.trailer)
    written = [_written(one) for one in objects]
    names = _names(b"\n".join(written))
    fonts = [
        one
        for one, own in zip(objects, written, strict=True)
        if b"BaseFont" in own and b"BaseFont" in _names(own)
    ]
    return InspectedPdf(pdf, expectation, frozenset(map(_plain, names)), tuple(fonts))


def _written(one: pikepdf.Object) -> bytes:
    """Return an object as text, of a stream its dictionary."""
    if isinstance(one, pikepdf.Stream):
        one = one.stream_dict
    return one.unparse(resolved=True)


def _names(written: bytes) -> set[bytes]:
    return set(NAME.findall(LITERAL.sub(b"", written)))


def _plain(name: bytes) -> str:
    return name.decode("latin-1")
