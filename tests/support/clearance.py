"""Whether lines stand clear of each other and within the type area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from hongtou.compose.break_classes import TRIMMED_AFTER, TRIMMED_BEFORE, mark_of
from hongtou.pages.page import Rectangle, Turn
from hongtou.pages.places import turned
from hongtou.pages.report import DrawnLine

LEFT, TOP, RIGHT, BOTTOM = 28, 37, 184, 262  # of the type area, in mm
MIRRORED = -2  # by which it stands elsewhere on an even page that is bound at its right
HAIR = 0.15
MM_PER_PT = 25.4 / 72
INK = 0.8  # of an em over the baseline
TURNED = {  # of a landscape table: placed before it turns
    "table_cell", "table_header", "table_total", "caption", "table_unit", "table_note",
    "table_continued",
}  # fmt: skip

Ink = tuple[float, float, float, float]


def ink(line: DrawnLine) -> Ink:
    """Return where a line's ink stands in mm: left, top, right, bottom.

    A mark's blank half and spaces at either end may stand beyond an edge.
    """
    set_line = line.line
    size = set_line.size
    starts, ends, x = [], [], set_line.x
    for text, face, glyph, gap in zip(
        set_line.texts, set_line.faces, set_line.glyphs, set_line.gaps, strict=True
    ):
        advance = face.advance(glyph) * size / 1000
        if not text.isspace():
            mark = mark_of(text[0])
            starts.append(x + TRIMMED_BEFORE.get(mark, 0.0) * size)
            ends.append(x + advance - TRIMMED_AFTER.get(mark, 0.0) * size)
        x += advance + gap
    left, right = (line.left_mm + at * MM_PER_PT for at in (min(starts), max(ends)))
    return left, line.baseline_mm - INK * size * MM_PER_PT, right, line.baseline_mm


def assert_clear(
    lines: Sequence[DrawnLine],
    *,
    is_mirrored: bool = False,
    turns: Mapping[int, Turn] | None = None,
) -> None:
    """Hold the lines of a document to the type area, and no two of them to one place.

    ``turns`` are those of pages that lie on their side; where they are not known, what may stand on
    such a page is not held to the area.
    """
    pages: dict[int, list[tuple[Ink, DrawnLine]]] = defaultdict(list)
    for line in lines:
        place = ink(line)
        if turns is not None or line.style not in TURNED:
            moved = MIRRORED if is_mirrored and line.page % 2 == 0 else 0
            on_page = _turned(place, (turns or {}).get(line.page))
            assert _is_within(on_page, moved), (line.style, line.line.text, on_page)
        for other, over in pages[line.page]:
            assert not _overlap(place, other), (line.line.text, over.line.text)
        pages[line.page].append((place, line))


def _turned(place: Ink, turn: Turn | None) -> Ink:
    """Return where ink stands on a page that lies on its side."""
    left, top, right, bottom = (length / MM_PER_PT for length in place)
    box = turned(Rectangle(left, top, right - left, bottom - top), turn)
    found = box.x, box.y, box.x + box.width, box.y + box.height
    left, top, right, bottom = (length * MM_PER_PT for length in found)
    return left, top, right, bottom


def _is_within(place: Ink, moved: float) -> bool:
    left, top, right, bottom = place
    across = left > LEFT + moved - HAIR and right < RIGHT + moved + HAIR
    return across and top > TOP - HAIR and bottom < BOTTOM + HAIR


def _overlap(one: Ink, other: Ink) -> bool:
    return all(max(one[at], other[at]) < min(one[at + 2], other[at + 2]) - HAIR for at in (0, 1))
