"""The objects of a PDF → the bytes of its file.

Sections are those of ISO 32000-1. Objects are ASCII; other bytes are in streams.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from hongtou.compression import compress
from hongtou.pdf.syntax import reference, string

HEADER = b"%%PDF-%b\n%%\xf0\x9f\x96\xa4\n"  # §7.5.2: the second line marks the file as binary
FREE, PLAIN, PACKED = 0, 1, 2  # §7.5.8.3: types of rows in the cross-reference stream
LAST_GENERATION = 65535  # §7.5.4: of object 0, the head of the list of free objects


@dataclass(frozen=True, slots=True)
class FileForm:
    """The form of a file; object streams need PDF 1.5."""

    version: str = "1.7"
    object_streams: bool = True
    compressed: bool = True


class Stream(NamedTuple):
    """The dictionary entries and the content of a stream; ``encoded`` if they name its filter."""

    entries: str
    content: bytes
    encoded: bool


class PdfFile:
    """The objects of a document, numbered from 1 in the order of `reserve` and `add`."""

    def __init__(self) -> None:
        self._objects: list[str | Stream] = [""]

    def reserve(self) -> int:
        """Return the number of a new object, whose content follows later."""
        self._objects.append("")
        return len(self._objects) - 1

    def put(self, number: int, content: str) -> None:
        """Give a reserved object its content."""
        self._objects[number] = content

    def add(self, content: str) -> int:
        """Add an object and return its number."""
        self._objects.append(content)
        return len(self._objects) - 1

    def add_stream(self, content: bytes, entries: str = "", *, encoded: bool = False) -> int:
        """Add a stream with these entries, besides its length and filter; return its number."""
        self._objects.append(Stream(entries, content, encoded))
        return len(self._objects) - 1

    def write(self, root: int, info: int | None, identifier: str, form: FileForm) -> bytes:
        """Return the bytes of the file; ``identifier`` is both halves of its ID (§14.4)."""
        serializer = _Serializer(form, self._objects)
        name = string(identifier)
        information = "" if info is None else f"/Info {reference(info)}"
        trailer = f"/Root {reference(root)}{information}/ID[{name}{name}]"
        return serializer.packed(trailer) if form.object_streams else serializer.plain(trailer)


class _Serializer:
    """Serializes objects into a file and records their offsets."""

    def __init__(self, form: FileForm, objects: list[str | Stream]) -> None:
        self._compressed = form.compressed
        self._objects = objects
        self._parts = [HEADER % form.version.encode("ascii")]
        self._place = len(self._parts[0])
        self._rows: dict[int, tuple[int, int, int]] = {0: (FREE, 0, LAST_GENERATION)}

    def packed(self, trailer: str) -> bytes:
        """Write plain objects into an object stream (§7.5.7), with a cross-reference stream."""
        plain = {}
        for number, content in enumerate(self._objects[1:], start=1):
            if isinstance(content, Stream):
                self._append_stream(number, content)
            else:
                plain[number] = content
        pack = len(self._objects)
        self._rows |= {number: (PACKED, pack, at) for at, number in enumerate(plain)}
        self._append_stream(pack, _pack(plain))
        place, table = self._place, pack + 1
        self._append_stream(table, self._table(table, trailer))
        return self._ended(place)

    def plain(self, trailer: str) -> bytes:
        """Write every object by itself, with a cross-reference table (§7.5.4)."""
        for number, content in enumerate(self._objects[1:], start=1):
            if isinstance(content, Stream):
                self._append_stream(number, content)
            else:
                self._append(number, content.encode("ascii"))
        place, count = self._place, len(self._objects)
        rows = [f"{self._rows[number][1]:010} 00000 n \n" for number in range(1, count)]
        head = f"xref\n0 {count}\n{0:010} {LAST_GENERATION} f \n"
        end = f"trailer\n<</Size {count}{trailer}>>\n"
        self._parts.append("".join([head, *rows, end]).encode("ascii"))
        return self._ended(place)

    def _table(self, number: int, trailer: str) -> Stream:
        """Return the cross-reference stream (§7.5.8), which follows all other objects."""
        self._rows[number] = (PLAIN, self._place, 0)
        last = max(row[2] for row in self._rows.values())
        widths = 1, bytes_for(self._place), bytes_for(last)
        rows = b"".join(
            value.to_bytes(width, "big")
            for at in range(number + 1)
            for value, width in zip(self._rows[at], widths, strict=True)
        )
        columns = " ".join(map(str, widths))
        return Stream(f"/Type/XRef/W[{columns}]/Size {number + 1}{trailer}", rows, encoded=False)

    def _append_stream(self, number: int, stream: Stream) -> None:
        entries, content = stream.entries, stream.content
        if self._compressed and not stream.encoded:
            entries, content = f"{entries}/Filter/FlateDecode", compress(content)
        head = f"<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._append(number, b"%b%b\nendstream" % (head, content))

    def _append(self, number: int, content: bytes) -> None:
        self._rows[number] = (PLAIN, self._place, 0)
        written = b"%d 0 obj\n%b\nendobj\n" % (number, content)
        self._parts.append(written)
        self._place += len(written)

    def _ended(self, place: int) -> bytes:
        self._parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
        return b"".join(self._parts)


def _pack(objects: Mapping[int, str]) -> Stream:
    """Return an object stream (§7.5.7): numbers and offsets, then the objects."""
    index, place = [], 0
    for number, content in objects.items():
        index.append(f"{number} {place}")
        place += len(content) + 1
    head = " ".join(index)
    entries = f"/Type/ObjStm/N {len(objects)}/First {len(head) + 1}"
    return Stream(entries, "\n".join([head, *objects.values()]).encode("ascii"), encoded=False)


def bytes_for(largest: int) -> int:
    """Return the width in bytes of a column with this largest number."""
    return (largest.bit_length() + 7) // 8
