"""Set lines as PDF text operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from service.compose.lines import SetLine
from service.engine.fonts import EmbeddedFace
from service.measure import PX_PER_PT

BASIC_PLANE = "\uffff"
EVEN = 5e-4  # points: gaps closer than this to a line's common gap need no adjustment


def text_operators(
    line: SetLine, faces: Mapping[str, EmbeddedFace], x_px: float, baseline_px: float
) -> bytes:
    """Return what draws a line with its measure's left edge and baseline here, in CSS px.

    The gap that most glyphs share is the character spacing; every other gap is an adjustment
    in the array of glyphs, so that a page stream stays small. Each run of a face says where it
    starts: readers differ on whether spacing follows the last glyph of an array.
    """
    x = x_px + line.x * PX_PER_PT
    parts = [f"{line.common_gap * PX_PER_PT:.5f} Tc"]
    for start, end, text in _stretches(line):
        if text:
            parts.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        x = _show(parts, line, faces, start, end, x, baseline_px)
        if text:
            parts.append("EMC")
    return " ".join(parts).encode("ascii")


def _stretches(line: SetLine) -> Iterator[tuple[int, int, str]]:
    """Yield (first glyph, end, text to be read instead of the glyphs, or "") over a line.

    A character beyond U+FFFF stays out of such text: PDFium would leave it out.
    """
    if not line.spaced:
        yield 0, len(line.glyphs), ""
        return
    start = 0
    for beyond, members in groupby(line.texts, key=lambda text: max(text) > BASIC_PLANE):
        texts = list(members)
        yield start, start + len(texts), "" if beyond else "".join(texts)
        start += len(texts)


def _show(
    parts: list[str], line: SetLine, faces: Mapping[str, EmbeddedFace], start: int, end: int,
    x: float, baseline_px: float,
) -> float:
    """Add what draws glyphs [start, end) from x on; return where the next one stands."""
    size, common = line.size * PX_PER_PT, line.common_gap
    to_thousandths = 1000 / line.size
    while start < end:
        face = line.faces[start]
        embedded = faces[face.id].reading(line.glyphs[start], line.texts[start])
        parts.append(f"/{embedded.hash} {size:.4f} Tf 1 0 0 -1 {x:.4f} {baseline_px:.4f} Tm")
        codes = []
        while start < end and line.faces[start] is face:
            glyph, gap = line.glyphs[start], line.gaps[start]
            if embedded.texts.get(glyph) != line.texts[start]:
                break
            codes.append(embedded.codes[glyph])
            x += (embedded.advances[glyph] / to_thousandths + gap) * PX_PER_PT
            if abs(gap - common) > EVEN:
                codes.append(f">{(common - gap) * to_thousandths:.2f}<")
            start += 1
        parts.append(f"[<{''.join(codes)}>] TJ".replace("<>", ""))
    return x
