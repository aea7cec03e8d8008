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
AS_IT_STANDS: Matrix = (1, 0, 0, 1, 0, 0)
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
            elif not self._holds(Box(0, 0, 1, 1), [*moves, _matrix(operands)], NEAR_PT):
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
        font, stated, _, y, glyphs = runs[-1]
        size, baseline, spacing = float(stated), float(y), float(before[before.rfind(b"\n") + 1 :])
        lefts = [float(x) for _, _, x, _, _ in runs]
        box = Box(min(lefts), baseline - DESCENT * size, max(lefts), baseline + ASCENT * size)
        leeway = BLANK * size + NEAR_PT
        widest = len(glyphs) / CODE * (size + max(0.0, spacing))
        may_be = box._replace(right=lefts[-1] + widest)
        if b">-" not in glyphs and self._holds(may_be, moves, leeway):
            return True
        width = self._width(font, size, spacing, glyphs)
        return self._holds(box._replace(right=max(box.right, lefts[-1] + width)), moves, leeway)

    def _holds(self, box: Box, moves: list[Matrix], leeway: float) -> bool:
        """Tell whether the area holds a box that was moved, the last of the moves first."""
        left, foot, right, head = _moved(box, moves) if moves else box
        area = self._area
        return (
            area.left - leeway <= left
            and right <= area.right + leeway
            and area.foot - leeway <= foot
            and head <= area.head + leeway
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


def _moved(box: Box, moves: list[Matrix]) -> Box:
    """Return the box of a box that was moved and turned, by the last of the moves first."""
    for a, b, c, d, e, f in reversed(moves):
        across = [a * x + c * y + e for x in (box.left, box.right) for y in (box.foot, box.head)]
        up = [b * x + d * y + f for x in (box.left, box.right) for y in (box.foot, box.head)]
        box = Box(min(across), min(up), max(across), max(up))
    return box


TYPE_AREA = type_area_rule(on_pages)
