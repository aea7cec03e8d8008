"""All objects of a file, each held against the kinds that it may be of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from hongtou.preflight.entries import EntryFault, entry_faults, nearest
from hongtou.preflight.kinds.kind import STREAM, Kind
from hongtou.preflight.written import Written

if TYPE_CHECKING:
    import pikepdf

TRAILER = b"0"  # stands for the trailer, as no object has this number (ISO 32000-2 §7.3.10)
TYPE = b"/Type "
REFERRED = re.compile(rb"(?<!\d)(\d+) 0 R")


class ObjectFault(NamedTuple):
    """What is wrong with an object: its number, the kind nearest to it, and the entry."""

    number: bytes
    kind: Kind | None
    entry: EntryFault


@dataclass(frozen=True, slots=True)
class FileObjects:
    """The objects of a file by number: numbers stay as they are written, which saves time.

    ``texts`` are all of them. ``matches`` are those of a kind, by its name, as they match it;
    ``strange`` are the numbers of those that are of no kind.
    """

    kinds: Mapping[str, Kind]
    texts: Mapping[bytes, bytes]
    matches: Mapping[str, Mapping[bytes, re.Match[bytes]]]
    strange: frozenset[bytes]

    def faults(self) -> Iterator[ObjectFault]:
        """Yield what is wrong with objects: they are of no kind, or refer to a wrong object."""
        for number in sorted(self.strange):
            yield from self._strange_entries(number)
        for name, matches in self.matches.items():
            references = self.kinds[name].references if matches else {}
            for group, reference in references.items():
                entries = {match[group] for match in matches.values()} - {None}
                wrong = set(REFERRED.findall(b" ".join(entries))).difference(
                    self.strange, *(self.matches[allowed] for allowed in reference.kinds)
                )  # what is strange has faults of its own
                if wrong:
                    yield from self._misled(name, group, wrong)

    @property
    def page_tree(self) -> re.Match[bytes]:
        """Return the page tree of a file without faults."""
        (trailer,) = (found[TRAILER] for found in self.matches.values() if TRAILER in found)
        catalogue = self.matches["catalogue"][self.referred(trailer["Root"])]
        return self.matches["pages"][self.referred(catalogue["Pages"])]

    @staticmethod
    def referred(entry: bytes) -> bytes:
        """Return the number in an entry that refers to one object."""
        return bytes(REFERRED.findall(entry)[0])

    def _strange_entries(self, number: bytes) -> Iterator[ObjectFault]:
        text = self.texts[number]
        kind = nearest(self.kinds.values(), text)
        for fault in entry_faults(text, kind) if kind else [EntryFault("", text, "不该有")]:
            yield ObjectFault(number, kind, fault)

    def _misled(self, name: str, group: str, wrong: set[bytes]) -> Iterator[ObjectFault]:
        for number, match in self.matches[name].items():
            for target in sorted(wrong & set(REFERRED.findall(match[group] or b""))):
                yield ObjectFault(number, self.kinds[name], EntryFault("", target, "误指对象"))


def read_objects(pdf: pikepdf.Pdf, written: Written) -> FileObjects:
    """Return the objects of a file with their kinds.

    Objects are read as text, as visiting them from Python takes six times as long.

    Raises:
        ValueError: there is an object that is a mere value, or of a later generation, as in a file
            that was changed.
    """
    import pikepdf

    texts = {TRAILER: pdf.trailer.unparse()}
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Object):  # pikepdf makes a number or None of it
            raise ValueError("an object that holds no entries")
        reference = item.unparse()
        if not reference.endswith(b" 0 R"):
            raise ValueError("an object of a later generation")
        texts[reference[:-4]] = _text(item)
    matches: dict[str, dict[bytes, re.Match[bytes]]] = {name: {} for name in written.kinds}
    strange = []
    for number, text in texts.items():
        for name, kind in written.candidates(_type_of(text)):
            if found := kind.expression.fullmatch(text):
                matches[name][number] = found
                break
        else:
            strange.append(number)
    return FileObjects(written.kinds, texts, matches, frozenset(strange))


def _text(item: pikepdf.Object) -> bytes:
    """Return an object as text; of a stream only its dictionary, marked as that of a stream.

    qpdf writes a stream as a reference to itself, and nothing else, which is quicker than to ask.
    """
    text = item.unparse(resolved=True)
    return item.stream_dict.unparse() + STREAM if text.endswith(b" R") else text


def _type_of(text: bytes) -> bytes:
    """Return the name in the last /Type of an object: its own, as its parts come before.

    In an object without a type it may be a part of a title.
    """
    at = text.rfind(TYPE) + len(TYPE)
    return text[at : text.find(b" ", at)] if at >= len(TYPE) else b""
