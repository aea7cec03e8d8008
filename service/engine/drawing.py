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
    for embedded, first, last in _runs(line, faces, start, end):
        glyphs, gaps = line.glyphs[first:last], line.gaps[first:last]
        codes = list(map(embedded.codes.__getitem__, glyphs))
        for at in [at for at, gap in enumerate(gaps) if gap != common]:
            if not -EVEN < gaps[at] - common < EVEN:
                codes[at] += f">{(common - gaps[at]) * to_thousandths:.2f}<"
        shown = "".join(codes)
        parts.append(
            f"/{embedded.hash} {size:.4f} Tf 1 0 0 -1 {x:.4f} {baseline_px:.4f} Tm "
            + f"[<{shown}>] TJ".replace("<>", "")
        )
        advance = sum(map(embedded.advances.__getitem__, glyphs))
        x += (advance / to_thousandths + sum(gaps)) * PX_PER_PT
    return x


def _runs(
    line: SetLine, faces: Mapping[str, EmbeddedFace], start: int, end: int
) -> Iterator[tuple[EmbeddedFace, int, int]]:
    """Yield (subset, first glyph, end) for each stretch that one subset draws."""
    for first, last in line.face_runs(start, end):
        embedded = faces[line.faces[first].id]
        if embedded.others:
            yield from _readings(line, embedded, first, last)
        else:
            yield embedded, first, last


def _readings(
    line: SetLine, embedded: EmbeddedFace, start: int, end: int
) -> Iterator[tuple[EmbeddedFace, int, int]]:
    subsets = [embedded.reading(line.glyphs[at], line.texts[at]) for at in range(start, end)]
    for subset, members in groupby(subsets, key=lambda one: one):
        count = len(list(members))
        yield subset, start, start + count
        start += count
