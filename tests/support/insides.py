"""What a PDF holds besides its text: every object walked, as one who trusts nobody reads it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
from PIL import Image

# What acts, leads out of the file or is attached to it; links within the file are /GoTo.
ACTIVE = {
    "/AA", "/AcroForm", "/AF", "/EF", "/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment",
    "/Filespec", "/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/JS", "/Launch", "/OpenAction",
    "/RichMedia", "/SubmitForm", "/URI", "/XFA",
}  # fmt: skip


def active_names(content: bytes) -> set[str]:
    """Return the names in a file, of keys and of values, that make it more than paper."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = {name for thing in pdf.objects for name in _names(thing)}
        return (names | set(_names(pdf.trailer))) & ACTIVE


def links_of(content: bytes) -> list[str]:
    """Return the kinds of annotations in a file, /Link with where each leads."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            f"{note.Subtype} {'within' if '/Dest' in note else sorted(note.keys())}"
            for page in pdf.pages
            for note in page.get("/Annots", [])
        ]


def images_of(content: bytes) -> list[Image.Image]:
    """Return the pictures in a file, in grey."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            pikepdf.PdfImage(thing).as_pil_image().convert("L")
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        ]


def streams_of(content: bytes) -> bytes:
    """Return all that a file holds, unpacked as far as qpdf unpacks it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        return b"\n".join(stream.read_bytes(pikepdf.StreamDecodeLevel.all) for stream in streams)


def _names(thing: pikepdf.Object) -> Iterator[str]:
    """Yield the names within one object, not those of the objects it refers to."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in thing.items():
            yield key
            if not value.is_indirect if isinstance(value, pikepdf.Object) else False:
                yield from _names(value)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _names(value)
    elif isinstance(thing, pikepdf.Name):
        yield str(thing)
