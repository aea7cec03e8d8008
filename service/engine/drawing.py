"""Set lines as PDF text operators."""

from __future__ import annotations

from collections.abc import Mapping

from service.compose.lines import SetLine
from service.engine.fonts import EmbeddedFace
from service.measure import PX_PER_PT

EVEN = 5e-4  # points: gaps closer than this to a line's common gap need no adjustment


def text_operators(
    line: SetLine, faces: Mapping[str, EmbeddedFace], x_px: float, baseline_px: float
) -> bytes:
    """Return what draws a line with its measure's left edge and baseline here, in CSS px.

    The gap that most glyphs share is the character spacing; every other gap is an adjustment
    in the array of glyphs, so that a page stream stays small. Each run of a face says where it
    starts: readers differ on whether spacing follows the last glyph of an array.
    """
    size = line.size * PX_PER_PT
    x = x_px + line.x * PX_PER_PT
    common = line.common_gap
    to_thousandths = 1000 / line.size
    parts = [f"{common * PX_PER_PT:.5f} Tc"]
    start, count = 0, len(line.glyphs)
    while start < count:
        face = line.faces[start]
        embedded = faces[face.id]
        parts.append(f"/{embedded.hash} {size:.4f} Tf 1 0 0 -1 {x:.4f} {baseline_px:.4f} Tm")
        codes = []
        at = start
        while at < count and line.faces[at] is face:
            glyph, gap = line.glyphs[at], line.gaps[at]
            codes.append(embedded.codes[glyph])
            x += (embedded.advances[glyph] / to_thousandths + gap) * PX_PER_PT
            if abs(gap - common) > EVEN:
                codes.append(f">{(common - gap) * to_thousandths:.2f}<")
            at += 1
        parts.append(f"[<{''.join(codes)}>] TJ")
        start = at
    operators = " ".join(parts).replace("<>", "").encode("ascii")
    if line.spaced:
        text = line.text.encode("utf-16-be").hex()
        return b"/Span <</ActualText <feff%s>>> BDC %s EMC" % (text.encode(), operators)
    return operators
