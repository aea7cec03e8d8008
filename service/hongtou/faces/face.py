"""One font file, opened once. The only module that knows HarfBuzz."""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

UNITS = 1000  # of an em, in every number a face gives
HEAD_BYTES, HEAD_BOX = 54, 36  # OpenType 1.9: length of the head table, and where its box stands
FAMILY, FULL_NAME, POSTSCRIPT_NAME = 1, 4, 6  # numbers of the name table
DROPPED_TABLES = ("GPOS", "GSUB", "GDEF", "OS/2", "name", "post", "cmap", "DSIG", "kern")


class Face:
    """A font file that fills a role: glyphs by character, advances and subsets.

    Advances are in 1/1000 em, whatever units the file counts in. ``content`` is held, and ``path``
    never read again: a file altered in place would else print other characters, unnoticed.
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
        """Return how far a glyph moves on."""
        advance = self._advances.get(glyph)
        if advance is None:
            advance = round(self._font.get_glyph_h_advance(glyph) * UNITS / self._face.upem)
            self._advances[glyph] = advance
        return advance

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
        """Return a TrueType file of just these glyphs, and old glyph id → new one.

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

    @cached_property
    def bounds(self) -> tuple[int, int, int, int]:
        """Return the box that holds every glyph: left, bottom, right and top of the ink."""
        scale = UNITS / self._face.upem
        left, bottom, right, top = struct.unpack_from(">4h", self.table("head"), HEAD_BOX)
        return round(left * scale), round(bottom * scale), round(right * scale), round(top * scale)

    @cached_property
    def extents(self) -> tuple[int, int]:
        """Return how far the face's lines reach over the baseline and, negative, under it."""
        extents = self._font.get_font_extents("ltr")
        scale = UNITS / self._face.upem
        return round(extents.ascender * scale), round(extents.descender * scale)

    def characters(self) -> frozenset[int]:
        """Return every code point that the face has a glyph for."""
        return frozenset(self._face.unicodes)

    def names(self) -> frozenset[str]:
        """Return the family, full and PostScript names that the file gives its font."""
        return frozenset(
            self._face.get_name(entry.name_id, entry.language)
            for entry in self._face.list_names()
            if entry.name_id in (FAMILY, FULL_NAME, POSTSCRIPT_NAME)
        )

    @property
    def postscript_name(self) -> str:
        """Return the name for PDF; empty if the file gives none that PDF can hold."""
        name = str(self._face.get_name(POSTSCRIPT_NAME, "en") or "")
        return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else ""

    def table(self, tag: str) -> bytes:
        """Return the bytes of a table of the file; empty if it has none."""
        return bytes(self._face.reference_table(tag).data)

    @cached_property
    def _face(self) -> hb.Face:
        return hb.Face(hb.Blob(self._content))

    @cached_property
    def _font(self) -> hb.Font:
        return hb.Font(self._face)

    @cached_property
    def _prepared(self) -> hb.Face:
        """The face made ready for many subsets: each takes less, and this more than one takes."""
        return hb.subset_preprocess(self._face)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii").ljust(4), "big")
