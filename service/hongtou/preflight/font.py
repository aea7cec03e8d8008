"""A font of a PDF: its names, its program, and how many glyphs have a character."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongtou.preflight.objects import FileObjects

if TYPE_CHECKING:
    import pikepdf

MAPPING = b"> <"  # within a line of a CMap (ISO 32000-2 §9.10.3); the first is the range of codes
WIDTHS = re.compile(rb"(\d{1,5}) \[ ([\d ]*)\]")
TEXT = re.compile(rb"^<[0-9a-f]{4}> <((?:[0-9a-f]{4})+)>$", re.M)


@dataclass(frozen=True, slots=True)
class InspectedFont:
    """A font: its base name, the names of its parts, its compressed program and that one's length.

    ``texts`` is its CMap, from glyphs to characters, ``stated_widths`` its array of advances.
    """

    name: str
    part_names: tuple[str, str]
    packed_program: memoryview
    program_length: int
    texts: bytes
    stated_widths: bytes

    @property
    def widths(self) -> dict[int, int]:
        """Return the advances that are not the usual one, by the numbers of glyphs."""
        return {
            glyph: width
            for first, widths in WIDTHS.findall(self.stated_widths)
            for glyph, width in enumerate(map(int, widths.split()), start=int(first))
        }

    @property
    def text_count(self) -> int:
        """Return for how many glyphs it states a character."""
        return self.texts.count(MAPPING) - 1

    @property
    def has_only_spaces(self) -> bool:
        """Tell whether none of its characters is printed."""
        codes = TEXT.findall(self.texts)[1:]
        texts = (bytes.fromhex(code.decode("ascii")) for code in codes)
        return all(text.decode("utf-16-be", "replace").isspace() for text in texts)


def inspected_fonts(pdf: pikepdf.Pdf, objects: FileObjects) -> Iterator[InspectedFont]:
    """Yield all fonts of a file without faults, whether pages use them or not."""
    matches = objects.matches
    for font in matches["font"].values():
        glyphs = matches["glyphs"][objects.referred(font["DescendantFonts"])]
        descriptor = matches["descriptor"][objects.referred(glyphs["FontDescriptor"])]
        program = objects.referred(descriptor["FontFile2"])
        mapping = pdf.get_object(int(objects.referred(font["ToUnicode"])), 0)
        yield InspectedFont(
            name=_plain(font["name"]),
            part_names=(_plain(glyphs["name"]), _plain(descriptor["name"])),
            packed_program=memoryview(pdf.get_object(int(program), 0).get_raw_stream_buffer()),
            program_length=int(matches["program"][program]["length"]),
            texts=mapping.read_bytes(),
            stated_widths=glyphs["W"],
        )


def _plain(name: bytes) -> str:
    return name[1:].decode("latin-1")
