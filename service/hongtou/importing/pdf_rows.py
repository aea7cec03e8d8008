"""The text of a PDF as rows of characters with their places. Only here an import knows PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.lines import SMALLER
from hongtou.importing.merged_cells import Merged
from hongtou.importing.pdf_tables import Grid, Mark, Rule, grids_of
from hongtou.importing.raised import AS_IT_IS, LOWERED, RAISED
from hongtou.importing.signs import SIGNS

MAX_PAGES = 200
MAX_CHARS = 300_000
MAX_RULES = 5_000  # of a page
SAME_ROW_PT = 2.0  # between baselines, which rounding moves
GAP_EMS = 1.4  # between two characters that belong to two cells, names or ends of a line
SPACE_EMS = 0.3  # a space of Chinese text is half a character
OFF_EMS = (0.06, 0.7)  # that an index stands off the baseline
NEXT_EMS = 0.3  # between an index and what it stands beside
FONT_NAME_BYTES = 128
NO_CHARACTERS = (0, 0x0A, 0x0D, 0xFFFE, 0xFFFF)
HIGH_HALVES, LOW_HALVES = range(0xD800, 0xDC00), range(0xDC00, 0xE000)  # of characters, in UTF-16
LOST = 0xFFFD  # what Unicode has for a character that cannot be read
LAST_HYPHEN = 0x02  # what PDFium reads a hyphen as at the end of a line


class Glyph(NamedTuple):
    """A character, its face and its place in pt.

    ``is_spaced``: a gap stands before it. ``is_flat``: it was raised or lowered, and is no more.
    """

    char: str
    font: str
    size: float
    left: float
    right: float
    baseline: float
    is_spaced: bool
    is_flat: bool = False


@dataclass(slots=True)
class Row:
    """Characters on one baseline of a page: places in pt from its left, each character's font.

    ``cells`` are those of a ruled table, which is one row. ``flat`` are the characters that were
    raised or lowered there, and are no more.
    """

    page: int
    baseline: float
    left: float
    right: float
    size: float
    text: str = ""
    fonts: list[str] = field(default_factory=list)
    cells: tuple[tuple[str, ...], ...] = ()
    merged: tuple[Merged, ...] = ()
    flat: str = ""

    def add(self, char: str, font: str, right: float) -> None:
        """Add a character at the right end."""
        self.text += char
        self.fonts.append(font)
        self.right = max(self.right, right)


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """A piece of text as it is drawn: its ends and baseline in pt, and its face."""

    left: float
    right: float
    baseline: float
    font: str


def rows_of(content: bytes) -> list[Row]:
    """Return the rows of all pages in reading order.

    Raises:
        ImportRefused: it cannot be opened, is too long, or has no text, as a scan has none.
    """
    import pypdfium2  # late, as loading it takes longer than reading a text

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as cause:
        raise ImportRefused(
            "PDF 打不开：加了密码，或已损坏", hint="请去掉密码，或重新导出 PDF 后再导入"
        ) from cause
    with document:
        if len(document) > MAX_PAGES:
            raise ImportRefused(f"PDF 超过 {MAX_PAGES} 页", hint="请只导入一期")
        rows = [row for page in range(len(document)) for row in _rows(document[page], page)]
    if sum(len(row.text) for row in rows) > MAX_CHARS:
        raise ImportRefused(f"PDF 的文字超过 {MAX_CHARS} 字", hint="请只导入一期")
    found = [row for row in rows if row.text.strip()]
    if not found:
        raise ImportRefused(
            "PDF 里没有文字，多半是扫描件",
            hint="请找原来的 Word 文件导入，或先用识别软件得到文字",
        )
    return found


def _rows(page: Any, number: int) -> Iterator[Row]:
    """Yield the rows of a page; a table stands where its first character was written."""
    grids = grids_of(islice(_rules(page), MAX_RULES))
    tables: dict[int, Row] = {}
    free: list[Glyph | Row] = []
    for glyph in levelled(_glyphs(page)):
        at = _grid_at(grids, glyph)
        if at is None:
            free.append(glyph)
        elif at not in tables:
            tables[at] = Row(number, glyph.baseline, glyph.left, glyph.right, glyph.size)
            free.append(tables[at])
        if at is not None and glyph.is_flat:
            tables[at].flat += glyph.char
    for at, row in tables.items():
        row.cells, row.merged = grids[at].cells, grids[at].merged
        row.text = "\t".join(cell for cells in row.cells for cell in cells if cell)
    yield from _in_rows(free, list(_pieces(page)), number)


def _grid_at(grids: Sequence[Grid], glyph: Glyph) -> int | None:
    """Return which table a character was put into, if any."""
    mark = Mark(glyph.char, glyph.left, glyph.baseline)
    found = (at for at, one in enumerate(grids) if one.take(mark, glyph.right, glyph.size))
    return next(found, None)


def _in_rows(glyphs: Sequence[Glyph | Row], pieces: Sequence[Piece], number: int) -> Iterator[Row]:
    """Yield characters as rows, and tables as they are."""
    row: Row | None = None
    for glyph in glyphs:
        if row is not None and (isinstance(glyph, Row) or not _is_on(row, glyph)):
            yield _as_drawn(row, pieces)
            row = None
        if isinstance(glyph, Row):
            yield glyph
            continue
        if row is None:
            row = Row(number, glyph.baseline, glyph.left, glyph.left, glyph.size)
        elif gap := _gap(row, glyph):
            row.add(gap, glyph.font, glyph.left)
        row.add(glyph.char, glyph.font, glyph.right)
        row.flat += glyph.char if glyph.is_flat else ""
    if row is not None:
        yield _as_drawn(row, pieces)


def _is_on(row: Row, glyph: Glyph) -> bool:
    is_level = abs(glyph.baseline - row.baseline) <= SAME_ROW_PT
    return is_level and glyph.left > row.left - glyph.size


def _gap(row: Row, glyph: Glyph) -> str:
    """Return what a gap before a character stands for: a tab, a space or nothing."""
    ems = (glyph.left - row.right) / glyph.size if glyph.size else 0
    if ems > GAP_EMS:
        return "\t"
    return " " if glyph.is_spaced and ems > SPACE_EMS else ""


def levelled(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """Yield raised and lowered characters as such, on the baseline of those they stand beside."""
    beside: Glyph | None = None
    right = 0.0
    for glyph in glyphs:
        if beside and _is_index(glyph, beside, right):
            table = RAISED if glyph.baseline > beside.baseline else LOWERED
            char = glyph.char.translate(table)
            is_flat = char == glyph.char and char not in AS_IT_IS
            yield beside._replace(
                char=char, left=glyph.left, right=glyph.right, is_spaced=False, is_flat=is_flat
            )
        else:
            beside = glyph
            yield glyph
        right = glyph.right


def _is_index(glyph: Glyph, beside: Glyph, right: float) -> bool:
    """Tell whether a character is smaller than that beside it, and off its baseline."""
    em = beside.size
    least, most = OFF_EMS
    is_off = least * em < abs(glyph.baseline - beside.baseline) < most * em
    is_next = abs(glyph.left - right) < NEXT_EMS * em
    return glyph.size < SMALLER * em and is_off and is_next


def _as_drawn(row: Row, pieces: Sequence[Piece]) -> Row:
    """Return a row with the end and the faces of what is drawn there.

    PDFium spreads a text that stands for other glyphs (ActualText) over the first of them, and
    takes its face for all.
    """
    drawn = sorted(one for one in pieces if abs(one.baseline - row.baseline) <= SAME_ROW_PT)
    if len(drawn) < 2 or len({*row.fonts}) > 1 or "\t" in row.text:
        return row
    first, *others = drawn
    row.right = max(one.right for one in drawn)
    opening = round((first.right - first.left) / row.size)
    usual = max(others, key=lambda one: one.right - one.left).font
    row.fonts = [first.font if at < opening else usual for at in range(len(row.text))]
    return row


def _rules(page: Any) -> Iterator[Rule]:
    from pypdfium2 import raw

    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        yield Rule(*drawn.get_bounds())


def _pieces(page: Any) -> Iterator[Piece]:
    from pypdfium2 import raw

    name = ctypes.create_string_buffer(FONT_NAME_BYTES)
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        left, _, right, _ = drawn.get_bounds()
        font = raw.FPDFTextObj_GetFont(drawn.raw)
        raw.FPDFFont_GetBaseFontName(font, name, FONT_NAME_BYTES)
        yield Piece(left, right, drawn.get_matrix().f, name.value.decode("utf-8", "replace"))


def _whole(high: int, code: int) -> int:
    """Return the character of which this is the second half, or itself: PDFium gives UTF-16."""
    if code not in LOW_HALVES:
        return code
    return 0x10000 + (high - HIGH_HALVES.start << 10) + code - LOW_HALVES.start if high else LOST


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Yield what stands on a page."""
    from pypdfium2 import raw

    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    name, flags = ctypes.create_string_buffer(FONT_NAME_BYTES), ctypes.c_int()
    is_spaced, high = False, 0
    for at in range(min(text.count_chars(), MAX_CHARS)):
        code = raw.FPDFText_GetUnicode(text.raw, at)
        if code in HIGH_HALVES:
            high = code
        if code in NO_CHARACTERS or code in HIGH_HALVES:
            continue
        code, high = _whole(high, code), 0
        if raw.FPDFText_IsGenerated(text.raw, at) == 1:
            is_spaced = True  # PDFium read a space from a gap
            continue
        raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
        raw.FPDFText_GetFontInfo(text.raw, at, name, FONT_NAME_BYTES, flags)
        left, _, right, _ = text.get_charbox(at, loose=True)
        size = raw.FPDFText_GetFontSize(text.raw, at)
        font = name.value.decode("utf-8", "replace")
        char = "-" if code == LAST_HYPHEN else SIGNS.get(code, chr(code))
        yield Glyph(char, font, size, left, right, y.value, is_spaced)
        is_spaced = False
