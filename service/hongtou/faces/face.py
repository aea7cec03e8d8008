"""A font file, opened once. The only module that knows HarfBuzz."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

UNITS = 1000  # units of an em in all numbers that a face returns
HEAD_BYTES, HEAD_BOX = 54, 36  # OpenType 1.9: length of the head table, offset of its box
FAMILY, FULL_NAME, POSTSCRIPT_NAME = 1, 4, 6  # numbers of the name table
LAYOUT_TABLES = ("GPOS", "GSUB", "GDEF", "DSIG", "kern")
DROPPED_TABLES = (*LAYOUT_TABLES, "OS/2", "name", "post", "cmap")


class Face:
    """A font file in a role: its glyphs by character, advances and subsets.

    Advances are in 1/1000 em. ``content`` stays in memory and ``path`` is never read again:
    otherwise a file changed in place would silently print other characters.
    """

    def __init__(self, id: str, family: str, path: Path, content: bytes, *, is_fill: bool = False):
        self.id = id
        self.family = family
        self.path = path
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.is_fill = is_fill
        self._content = content
        self._glyphs: dict[str, int] = {}
        self._advances: dict[int, int] = {}
        self._is_worth_preparing = False

    def renamed(self, id: str, family: str) -> Face:
        """Return the same file under another name."""
        return Face(id, family, self.path, self._content)

    def glyph(self, char: str) -> int:
        """Return the glyph of a character, 0 if the face has none."""
        glyph = self._glyphs.get(char)
        if glyph is None:
            glyph = self._font.get_nominal_glyph(ord(char)) or 0
            self._glyphs[char] = glyph
        return glyph

    def advance(self, glyph: int) -> int:
        """Return the advance of a glyph, in 1/1000 em."""
        advance = self._advances.get(glyph)
        if advance is None:
            advance = round(self._font.get_glyph_h_advance(glyph) * UNITS / self._face.upem)
            self._advances[glyph] = advance
        return advance

    def advances(self, glyphs: Iterable[int]) -> dict[int, int]:
        """Return the advance of each glyph, in 1/1000 em."""
        known = self._advances
        return {glyph: known.get(glyph) or self.advance(glyph) for glyph in glyphs}

    def blanks(self, glyph: int) -> tuple[int, int]:
        """Return what is blank before and behind the ink of a glyph, in 1/1000 em."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return 0, 0
        scale = UNITS / self._face.upem
        before = round(extents.x_bearing * scale)
        return before, self.advance(glyph) - before - round(extents.width * scale)

    def shape(self, text: str) -> list[tuple[int, int, int]]:
        """Return (glyph, advance, cluster) of a Latin word, kerned, without ligatures."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"liga": False, "clig": False})
        scale = UNITS / self._face.upem
        return [
            (item.codepoint, round(position.x_advance * scale), item.cluster)
            for item, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def subset(self, glyphs: Collection[int]) -> tuple[bytes, dict[int, int]]:
        """Return a TrueType file with only these glyphs, and their new glyph ids by old id.

        The new ids keep the order of the old ones, from 1 without holes; 0 is .notdef.
        """
        wanted = hb.SubsetInput()
        wanted.glyph_set.update({0, *glyphs})
        wanted.drop_table_tag_set.update({_tag(name) for name in DROPPED_TABLES})
        wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        plan = hb.SubsetPlan(self._prepared if self._is_worth_preparing else self._face, wanted)
        self._is_worth_preparing = True
        mapping = plan.old_to_new_glyph_mapping
        ids = {glyph: mapping[glyph] for glyph in glyphs}
        return bytes(plan.execute().blob.data), ids

    def subset_of_characters(
        self, characters: Collection[str], glyphs: Collection[int]
    ) -> tuple[bytes, dict[int, int]]:
        """Return a TrueType file with these characters, and with other glyphs by their new ids.

        It keeps the tables by which a program finds glyphs and names the face.
        """
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(map(ord, characters))
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update({_tag(name) for name in LAYOUT_TABLES})
        wanted.flags = (
            hb.SubsetFlags.NO_HINTING
            | hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NAME_LEGACY
        )
        plan = hb.SubsetPlan(self._face, wanted)
        mapping = plan.old_to_new_glyph_mapping
        return bytes(plan.execute().blob.data), {glyph: mapping[glyph] for glyph in glyphs}

    @cached_property
    def bounds(self) -> tuple[int, int, int, int]:
        """Return the box around the ink of all glyphs: left, bottom, right, top."""
        scale = UNITS / self._face.upem
        left, bottom, right, top = struct.unpack_from(">4h", self.table("head"), HEAD_BOX)
        return round(left * scale), round(bottom * scale), round(right * scale), round(top * scale)

    @cached_property
    def extents(self) -> tuple[int, int]:
        """Return the ascent and the (negative) descent of the face, in 1/1000 em."""
        extents = self._font.get_font_extents("ltr")
        scale = UNITS / self._face.upem
        return round(extents.ascender * scale), round(extents.descender * scale)

    def characters(self) -> frozenset[int]:
        """Return all code points for which the face has a glyph."""
        return frozenset(self._face.unicodes)

    def names(self) -> frozenset[str]:
        """Return the family, full and PostScript names in the file."""
        return frozenset(
            self._face.get_name(entry.name_id, entry.language)
            for entry in self._face.list_names()
            if entry.name_id in (FAMILY, FULL_NAME, POSTSCRIPT_NAME)
        )

    @property
    def postscript_name(self) -> str:
        """Return the PostScript name, "" if there is none that is valid in PDF."""
        name = str(self._face.get_name(POSTSCRIPT_NAME, "en") or "")
        return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else ""

    def table(self, tag: str) -> bytes:
        """Return the bytes of a table, empty if the file has no such table."""
        return bytes(self._face.reference_table(tag).data)

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob(self._content))

    @cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self._face)

    @cached_property
    def _prepared(self) -> hb.Face:
        """Return the preprocessed face: costs more than a subset, but later subsets cost less."""
        return hb.subset_preprocess(self._face)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii").ljust(4), "big")
