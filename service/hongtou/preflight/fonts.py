"""Rules on fonts: only our faces, with their own glyphs and all characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import sub
from typing import TYPE_CHECKING

from hongtou.preflight.font import InspectedFont
from hongtou.preflight.font_program import FontProgram, face_mark, read_program
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Rule

if TYPE_CHECKING:
    from hongtou.faces import Face


ROUNDING = 1  # thousandth of an em


def _foreign(inspected: InspectedPdf) -> Iterator[str]:
    for font in inspected.fonts:
        tag, _, family = font.name.partition("+")
        if len(tag) != 6 or family not in inspected.expectation.faces:
            yield f"出现了意外的字体 {font.name}"
        if others := {*font.part_names} - {font.name}:
            yield f"字体 {font.name} 又名 {'、'.join(sorted(others))}"


def _marks(faces: Iterable[Face]) -> set[bytes]:
    """Return the marks of the faces of a family."""
    return {face_mark(face.table("head")) for face in faces}


def _wrong_program(inspected: InspectedPdf) -> Iterator[str]:
    for font in inspected.fonts:
        faces = inspected.expectation.faces.get(font.name.partition("+")[2], ())
        try:
            program = read_program(font.packed_program, font.program_length)
        except ValueError as cause:
            yield f"字体 {font.name} 的字体程序不完整：{cause}"
            continue
        if faces and program.face_mark not in _marks(faces):
            yield f"字体 {font.name} 的字体程序是别的字体的"
        if not program.has_outlines and not font.has_only_spaces:
            yield f"字体 {font.name} 的字形都是空的"
        if _furthest_off(font, program) > ROUNDING:
            yield f"字体 {font.name} 写明的字宽（W）与字体程序的不同"
        if not 0 < font.text_count < program.glyph_count:
            yield f"字体 {font.name} 的字符对照（ToUnicode）与字形对不上"


def _furthest_off(font: InspectedFont, program: FontProgram) -> int:
    """Return how far an advance that a font states is from that of its program.

    Glyphs that are mere parts of others have advances in the program alone.
    """
    stated = font.widths
    if max(stated, default=0) >= program.glyph_count:
        return program.glyph_count
    advances = map(program.advances.__getitem__, stated)
    return max(map(abs, map(sub, stated.values(), advances)), default=0)


EXPECTED_FONTS = Rule("preflight/fonts", _foreign)
FONT_PROGRAMS = Rule("preflight/font-program", _wrong_program)
