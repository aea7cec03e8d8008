"""The objects of a PDF → the bytes of its file, each object written once.

pydyf 0.13 asks every object for its bytes a second time, for a digest that makes half of the
file's identifier; here the plan's digest is both halves. Sections are those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, BinaryIO

import pydyf
from pydyf import _to_bytes

from hongtou.pdf.compression import compress

HEADER = b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n"  # §7.5.2: the second line tells that it is no text
FREE, PLAIN, PACKED = 0, 1, 2  # §7.5.8.3: what stands in a row of the cross-reference table
LAST_GENERATION = 65535  # §7.5.4: of object 0, which heads the list of free ones


def write_file(
    pdf: pydyf.PDF, output: BinaryIO, version: bytes, identifier: bytes, *_unused: Any
) -> None:
    """Write a document as `pydyf.PDF.write` would with an object stream."""
    pdf.add_object(pdf.info)
    objects = pdf.objects[1:]
    streams = [one for one in objects if isinstance(one, pydyf.Stream)]
    others = [one for one in objects if not isinstance(one, pydyf.Stream)]
    pack = _pack(others)
    pdf.add_object(pack)
    rows = {one.number: (PACKED, pack.number, at) for at, one in enumerate(others)}
    place = output.write(HEADER % _to_bytes(version or "1.7"))
    for stream in (*streams, pack):
        rows[stream.number] = (PLAIN, place, 0)
        place += output.write(_indirect(stream))
    table = _table(pdf, rows, place, identifier)
    output.write(_indirect(table) + b"startxref\n%d\n%%%%EOF\n" % place)


def _pack(objects: Iterable[Any]) -> pydyf.Stream:
    """Return the stream that holds all objects that are none themselves (§7.5.7)."""
    index, contents, place = [], [], 0
    for one in objects:
        content = _written(one)
        index.append(f"{one.number} {place}")
        contents.append(content)
        place += len(content) + 1
    head = " ".join(index)
    extra = {"Type": "/ObjStm", "N": len(contents), "First": len(head) + 1}
    return pydyf.Stream([head, *contents], extra, compress=True)


def _table(
    pdf: pydyf.PDF, rows: dict[int, tuple[int, int, int]], place: int, identifier: bytes
) -> pydyf.Stream:
    """Return the cross-reference stream (§7.5.8), which stands at this place of the file."""
    table = pydyf.Stream(compress=True)
    pdf.add_object(table)
    rows |= {0: (FREE, 0, LAST_GENERATION), table.number: (PLAIN, place, 0)}
    widths = [1, _bytes_for(place), _bytes_for(max(row[2] for row in rows.values()))]
    table.stream = [
        b"".join(
            value.to_bytes(width, "big")
            for number in range(len(rows))
            for value, width in zip(rows[number], widths, strict=True)
        )
    ]
    name = pydyf.String(identifier)
    table.extra = {
        "Type": "/XRef", "W": pydyf.Array(widths), "Size": len(rows),
        "Root": pdf.catalog.reference, "Info": pdf.info.reference,
        "ID": pydyf.Array([name, name]),
    }  # fmt: skip
    return table


def _bytes_for(most: int) -> int:
    return (most.bit_length() + 7) // 8


def _indirect(stream: pydyf.Stream) -> bytes:
    parts = [part if isinstance(part, bytes) else _to_bytes(part) for part in stream.stream]
    content = parts[0] if len(parts) == 1 else b"\n".join(parts)
    extra = dict(stream.extra)
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = compress(content)
    extra["Length"] = len(content)
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (
        stream.number,
        _entries(extra),
        content,
    )


def _entries(dictionary: dict[str, Any]) -> bytes:
    written = [_name(key) + _written(value) for key, value in dictionary.items()]
    return b"<<%b>>" % b"".join(written)


def _written(one: Any) -> bytes:
    """Return an object or value; most are of the kinds asked for first."""
    kind = type(one)
    if kind is bytes:
        return bytes(one)
    if kind is str:
        return bytes(one.encode("ascii"))
    if kind is int:
        return b"%d" % one
    if kind is pydyf.Dictionary:
        return _entries(one)
    if kind is pydyf.Array:
        return b"[%b]" % b" ".join(map(_written, one))
    return bytes(_to_bytes(one))


@lru_cache(maxsize=1000)
def _name(key: str) -> bytes:
    return b"/%b " % _to_bytes(key)
