"""Set lines as PDF text operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from hongtou.compose.lines import SetLine
from hongtou.pdf.subsets import EmbeddedFace

BASIC_PLANE = "\uffff"
EVEN = 5e-4  # points: gaps closer than this to a line's common gap need no adjustment


def text_operators(line: SetLine, faces: Mapping[str, EmbeddedFace], x: float, y: float) -> str:
    """Return the operators that draw a line.

    ``x`` is the left edge of its measure and ``y`` its baseline, in points from the bottom left of
    the page. The common gap is the character spacing, other gaps are adjustments in the glyph
    arrays, so that the stream stays small. Every run of a face states its position, as readers
    differ on whether spacing follows the last glyph.
    """
    x += line.x
    parts = [f"{line.common_gap:.5f} Tc"]
    for start, end, text in _stretches(line):
        if text:
            parts.append(f"/Span <</ActualText <feff{text.encode('utf-16-be').hex()}>>> BDC")
        for embedded, first, last in _runs(line, faces, start, end):
            parts.append(_shown(line, embedded, first, last, x, y))
            if last < len(line.glyphs):  # not for the usual line of a single run
                x += _width(line, embedded, first, last)
        if text:
            parts.append("EMC")
    return " ".join(parts)


def _stretches(line: SetLine) -> Iterator[tuple[int, int, str]]:
    """Yield the stretches of a line: first glyph, end, and the text to read instead, or "".

    Characters beyond U+FFFF are not in such texts, as PDFium would drop them.
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
    """Return the operators that draw glyphs [first, last), all of the same subset."""
    common, to_thousandths = line.common_gap, 1000 / line.size
    gaps = line.gaps[first : last - 1]  # the next run states its own position
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
    """Yield the runs of glyphs from the same subset: subset, first glyph, end."""
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
    for subset, members in groupby(subsets):
        count = len(list(members))
        yield subset, start, start + count
        start += count
