"""What the text objects of a file say, by what its fonts say of their glyphs."""

from __future__ import annotations

import re

from hongtou.preflight.inspected_pdf import InspectedPdf

SHOWN = re.compile(rb"/([^\s/]{1,127}) [-.\d]{1,20} Tf|\[([^\[\]]*)\] TJ")
CODES = re.compile(rb"<([0-9a-f]+)>")
TEXT = re.compile(rb"^<([0-9a-f]{4})> <((?:[0-9a-f]{4})+)>$", re.M)  # a line of a CMap
UNKNOWN = b"fffd"  # the digits of U+FFFD
CODE = 4  # hexadecimal digits of a glyph


class ShownText:
    """Reads text objects; the characters of a font are read when they are first asked for."""

    def __init__(self, inspected: InspectedPdf) -> None:
        self._inspected = inspected
        self._characters: dict[bytes, dict[bytes, bytes]] = {}

    def of(self, shown: bytes) -> str:
        """Return the characters of a text object."""
        digits, font = [], b""
        for name, array in SHOWN.findall(shown):
            font, codes = name or font, b"".join(CODES.findall(array))
            known = self._characters_of(font) if codes else {}
            glyphs = (codes[at : at + CODE] for at in range(0, len(codes), CODE))
            digits += [known.get(glyph, UNKNOWN) for glyph in glyphs]
        return _decoded(b"".join(digits))

    def _characters_of(self, name: bytes) -> dict[bytes, bytes]:
        """Return the characters of each glyph of a font, in the digits of its map."""
        if name not in self._characters:
            self._characters[name] = self._read(name)
        return self._characters[name]

    def _read(self, name: bytes) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        objects = self._inspected.objects
        entry = re.compile(rb"/" + re.escape(name) + rb" (\d+) 0 R")
        for resources in objects.matches["fonts"].values():
            for number in entry.findall(resources["Any"]):
                font = objects.matches["font"][number]
                mapping = int(objects.referred(font["ToUnicode"]))
                content = self._inspected.pdf.get_object(mapping, 0).read_bytes()
                found.update(TEXT.findall(content))
        return found


def _decoded(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
