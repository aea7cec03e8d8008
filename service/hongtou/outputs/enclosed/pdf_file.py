"""The files that a PDF carries (ISO 32000-2 §7.11.4), also after other programs wrote it anew."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hongtou.bulletin.errors import MalformedDocument
from hongtou.outputs.enclosed.carried import Carried, unreadable

if TYPE_CHECKING:
    import pikepdf

PLAIN, DEFLATED = "[]", "[/FlateDecode]"


def carried_by_pdf(content: bytes, carried: Carried) -> None:
    """Add what a PDF carries.

    Raises:
        MalformedDocument: it is no PDF, or a file in it is damaged.
        TooLarge: the files are too large.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for name, specification in _specifications(pdf):
                carried.expect(name)
                carried.add(name, _unpacked(specification, name, carried.left + 1))
    except pikepdf.PikepdfError as cause:
        raise MalformedDocument("这不是 PDF 或 OFD，或已损坏", hint="请核对文件") from cause


def _specifications(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Object]]:
    """Yield embedded files by name, wherever in the name tree they hang (§7.9.6)."""
    import pikepdf

    try:
        tree = pikepdf.NameTree(pdf.Root.Names.EmbeddedFiles, auto_repair=False)
    except (AttributeError, TypeError, ValueError):
        return
    yield from tree.items()


def _unpacked(specification: pikepdf.Object, name: str, most: int) -> bytes:
    """Return a file, unpacked by no more than ``most`` bytes.

    Raises:
        MalformedDocument: it is packed as no program packs files, or damaged.
    """
    try:
        stream = specification.EF.F
        raw = stream.read_raw_bytes()
        if "/DecodeParms" in stream:
            raise unreadable(name)
        filters = _filters(stream)
    except (AttributeError, TypeError, ValueError) as cause:
        raise unreadable(name) from cause
    if filters == PLAIN:
        return bytes(raw)
    if filters != DEFLATED:
        raise unreadable(name)
    try:
        return zlib.decompressobj().decompress(raw, most)
    except zlib.error as cause:
        raise unreadable(name) from cause


def _filters(stream: pikepdf.Object) -> str:
    """Return the filters of a stream as a list, as which they may also be written (§7.3.8.2)."""
    found = stream.get("/Filter", None)
    names = [] if found is None else [found] if str(found).startswith("/") else list(found)
    return f"[{' '.join(str(name) for name in names)}]"
