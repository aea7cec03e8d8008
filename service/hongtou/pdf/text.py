"""Set lines as PDF text operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from hongtou.compose.lines import SetLine
from hongtou.pdf.subsets import EmbeddedFace

BASIC_PLANE = "\uffff"
EVEN = 5e-4  # points: gaps closer than this to a line's common gap need no adjustment


def text_operators(line: SetLine, faces: Mapping[str, EmbeddedFace], x: float, y: float) -> str:
    """Return what draws a line with its measure's left edge and baseline here.

    Lengths are in points from the foot of the page. The gap that most glyphs share is the
    character spacing; every other gap is an adjustment in the array of glyphs, so that a page
    stream stays small. Each run of a face says where it starts: readers differ on whether spacing
    follows the last glyph of an array.
    """
    x += line.x
    parts = [f"{line.common_gap:.5f} Tc"]
    for start, end, text in _stretches(line):
        if text:
            parts.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        for embedded, first, last in _runs(line, faces, start, end):
            parts.append(_shown(line, embedded, first, last, x, y))
            if last < len(line.glyphs):  # most lines are of one run
                x += _width(line, embedded, first, last)
        if text:
            parts.append("EMC")
    return " ".join(parts)


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


def _shown(line: SetLine, embedded: EmbeddedFace, first: int, last: int, x: float, y: float) -> str:
    """Return what draws glyphs [first, last), which are all of one subset, from x on."""
    common, to_thousandths = line.common_gap, 1000 / line.size
    gaps = line.gaps[first : last - 1]  # what follows says where it starts
    codes = list(map(embedded.codes.__getitem__, line.glyphs[first:last]))
    if gaps.count(common) < len(gaps):
        for at in [at for at, gap in enumerate(gaps) if gap != common]:
            if not -EVEN < gaps[at] - common < EVEN:
                codes[at] += f">{(common - gaps[at]) * to_thousandths:.2f}<"
    shown = f"[<{''.join(codes)}>] TJ".replace("<>", "")
    return f"/{embedded.name} {line.size:.4f} Tf 1 0 0 1 {x:.4f} {y:.4f} Tm {shown}"


def _width(line: SetLine, embedded: EmbeddedFace, first: int, last: int) -> float:
    advance = sum(map(embedded.advances.__getitem__, line.glyphs[first:last]))
    return advance * line.size / 1000 + sum(line.gaps[first:last])


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
