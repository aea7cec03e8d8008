"""A rule on places: texts and pictures stand within the type area, and below it folios alone.

Source: GB/T 9704-2012 §5.2.1. Sections are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from struct import unpack

from hongtou.preflight.box import Box
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.folios import FOLIO
from hongtou.preflight.font import DEFAULT_WIDTH, WIDTHS
from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Fault, Rule, on_page
from hongtou.preflight.shown_text import ShownText

NUMBER = rb"([-.\d]++) "
# A text with its font, size and place (§9.4.3).
TEXT = re.compile(
    rb"/([^\s/]++) " + NUMBER + rb"Tf 1 0 0 1 " + NUMBER * 2 + rb"Tm \[([^\]]*+)\] TJ"
)
SPACED = b" Tc "
# A move to a place, or a picture in it, and the end of a move.
STEP = re.compile(rb"\bq " + NUMBER * 6 + rb"cm(?: /\S{1,99} (Do) Q)?|\b(Q)\b")
CODES = re.compile(rb"<([0-9a-f]+)>")
ADJUSTED = re.compile(rb">([-.\d]{1,20})<")
CODE = 4  # hexadecimal digits of a glyph
ASCENT, DESCENT = 0.88, 0.12  # em: of a full-width character above its baseline, and below
BLANK = 0.5  # em: a full-width mark at the edge may stand half outside, where it has no ink
NEAR_PT = 1.0  # what rounding may come to, and more than any ink

Matrix = tuple[float, float, float, float, float, float]
Sides = tuple[float, float, float, float]
UNIT: Sides = (0, 0, 1, 1)  # a picture, before it is placed (§8.9.5)
Streams = Callable[[InspectedPdf], Iterator[tuple[int, bytes]]]


def on_pages(inspected: InspectedPdf) -> Iterator[tuple[int, bytes]]:
    """Yield the numbers and the streams of the pages of a file that has them as they are."""
    for page in inspected.pages:
        yield page.number, page.own


def type_area_rule(streams: Streams) -> Rule[InspectedPdf]:
    """Return the rule for pages that stand in these streams."""
    return Rule("preflight/type-area", partial(_outside, streams))


def _outside(streams: Streams, inspected: InspectedPdf) -> Iterator[Fault]:
    """Yield pages on which something else than a folio stands outside of the type area.

    A proof has notes in its margins, and without a layout nobody knows where they are.
    """
    if inspected.expectation.is_proof or not inspected.expectation.layouts:
        return
    shown_text = ShownText(inspected)
    pieces = Pieces(inspected, _type_area(inspected.expectation))
    for number, content in streams(inspected):
        if any(not FOLIO.fullmatch(shown_text.of(one)) for one in pieces.outside(content)):
            yield on_page(number, "有文字或图片出了版心")


def _type_area(expectation: Expectation) -> Box:
    """Return what the type areas of all layouts take up, bound at the left or at the right."""
    areas = []
    for layout in expectation.layouts:
        pt = layout.pt
        width, binding = pt("page.type_area_width"), pt("page.binding_margin")
        left = min(binding, pt("page.width") - binding - width)
        head = pt("page.height") - pt("page.head_margin")
        areas.append(Box(left, head - pt("page.type_area_height"), binding + width, head))
    lefts, feet, rights, heads = zip(*areas, strict=True)
    return Box(min(lefts), min(feet), max(rights), max(heads))


class Pieces:
    """Reads what stands on pages; the advances of a font are read when they are first asked for."""

    def __init__(self, inspected: InspectedPdf, area: Box) -> None:
        self._objects = inspected.objects
        self._area = area
        self._advances: dict[bytes, defaultdict[int, int]] = {}

    def outside(self, content: bytes) -> Iterator[bytes]:
        """Yield the operators of texts, and b"" for each picture, that reach out of the area."""
        moves: list[Matrix] = []
        begin = 0
        for step in STEP.finditer(content) if b" cm" in content else ():
            yield from self._texts_outside(content[begin : step.start()], moves)
            begin = step.end()
            *operands, draws, _ = step.groups()
            if operands[0] is None:
                moves = moves[:-1]
            elif not draws:
                moves = [*moves, _matrix(operands)]
            elif not self._holds(_moved(UNIT, [*moves, _matrix(operands)]), NEAR_PT):
                yield b""
        yield from self._texts_outside(content[begin:], moves)

    def _texts_outside(self, content: bytes, moves: list[Matrix]) -> Iterator[bytes]:
        """Yield the lines of a part of a stream: each states its spacing first (§9.3.2)."""
        before, *parts = content.split(SPACED)
        for part in parts:
            runs = TEXT.findall(part)
            if runs and not self._has_room(runs, before, moves):
                yield b" ".join(b"/%s %s Tf [%s] TJ" % (run[0], run[1], run[4]) for run in runs)
            before = part

    def _has_room(
        self, runs: Sequence[tuple[bytes, ...]], before: bytes, moves: list[Matrix]
    ) -> bool:
        """Tell whether the runs of a line stand in the area, up to the end of the last.

        How wide that one is, is asked only if it may be too wide. Its spacing ends ``before``.
        """
        font, stated, x, y, glyphs = runs[-1]
        size, last, baseline = float(stated), float(x), float(y)
        spacing = float(before[before.rfind(b"\n") + 1 :])
        first = last if len(runs) == 1 else min(map(float, (run[2] for run in runs)))
        foot, head = baseline - DESCENT * size, baseline + ASCENT * size
        out = BLANK * size + NEAR_PT
        widest = len(glyphs) / CODE * (size + (spacing if spacing > 0 else 0))
        may_be = (first, foot, last + widest, head)
        if not moves and b">-" not in glyphs and self._holds(may_be, out):
            return True
        furthest = last + self._width(font, size, spacing, glyphs)
        if len(runs) > 1:
            furthest = max(furthest, *map(float, (run[2] for run in runs)))
        return self._holds(_moved((first, foot, furthest, head), moves), out)

    def _holds(self, sides: Sides, out: float) -> bool:
        """Tell whether the area holds a box that may reach so far out of it."""
        left, foot, right, head = sides
        area_left, area_foot, area_right, area_head = self._area
        return (
            area_left - out <= left
            and right <= area_right + out
            and area_foot - out <= foot
            and head <= area_head + out
        )

    def _width(self, font: bytes, size: float, spacing: float, glyphs: bytes) -> float:
        """Return how wide a text is, without the spacing behind its last glyph (§9.4.4)."""
        codes = bytes.fromhex(b"".join(CODES.findall(glyphs)).decode("ascii"))
        count = len(codes) // 2
        advance = sum(map(self._advances_of(font).__getitem__, unpack(f">{count}H", codes)))
        adjusted = sum(map(float, ADJUSTED.findall(glyphs)))
        return (advance - adjusted) * size / 1000 + spacing * max(0, count - 1)

    def _advances_of(self, font: bytes) -> defaultdict[int, int]:
        if font not in self._advances:
            self._advances[font] = defaultdict(lambda: DEFAULT_WIDTH, self._read(font))
        return self._advances[font]

    def _read(self, name: bytes) -> Iterator[tuple[int, int]]:
        """Yield the glyphs of a font of this name whose advances are not the usual one."""
        matches = self._objects.matches
        entry = re.compile(rb"/" + re.escape(name) + rb" (\d+) 0 R")
        for resources in matches["fonts"].values():
            for number in entry.findall(resources["Any"]):
                glyphs = matches["font"][number]["DescendantFonts"]
                stated = matches["glyphs"][self._objects.referred(glyphs)]["W"]
                for first, widths in WIDTHS.findall(stated):
                    yield from enumerate(map(int, widths.split()), start=int(first))


def _matrix(operands: list[bytes]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def _moved(box: Sides, moves: list[Matrix]) -> Sides:
    """Return the box of a box that was moved and turned, by the last of the moves first."""
    left, foot, right, head = box
    for a, b, c, d, e, f in reversed(moves):
        across = [a * x + c * y + e for x in (left, right) for y in (foot, head)]
        up = [b * x + d * y + f for x in (left, right) for y in (foot, head)]
        left, foot, right, head = min(across), min(up), max(across), max(up)
    return left, foot, right, head


TYPE_AREA = type_area_rule(on_pages)
