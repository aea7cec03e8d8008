"""Rows of a PDF → lines: a paragraph begins two characters in, a title stands in the middle."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hongtou.importing.closing_labels import opens_closing
from hongtou.importing.folios import is_folio
from hongtou.importing.guessed_titles import ANNEX_LABEL
from hongtou.importing.lines import BRACKETED, BRIEF_MARK, SourceLine, Standing, cleaned
from hongtou.importing.merged_cells import header_rows
from hongtou.importing.pdf_rows import Row, rows_of

EDGE_EMS = 0.8  # that a row may stand off its margin: a quotation mark hangs out by half
INDENT_EMS = (1.3, 2.7)  # of a paragraph's first row
FULL_EMS = 2.2  # that a row may end before the right margin and still go on in the next
FIRST_WORD, LATIN_EMS = re.compile("[0-9A-Za-z.%-]{1,40}"), 0.5
CENTRE_EMS = 0.7  # that its middle may stand off that of the page
MIN_FREE_EMS = 1.0  # beside a title
STOPS = {"。", "！", "？", "："}
HAN = ("\u3400", "\u9fff")
SUPPLEMENT = "\U00020000"


@dataclass(frozen=True, slots=True)
class Measure:
    """Margins of the text in pt from the left of a page, and the usual size of its type in pt."""

    left: float
    right: float
    size: float


@dataclass(slots=True)
class Run:
    """Rows that are one line of the source."""

    rows: list[Row]
    standing: Standing

    @property
    def text(self) -> str:
        """Return the characters of all rows; between two Latin words stands a space."""
        whole = ""
        for row in self.rows:
            part = row.text.strip()
            is_parted = whole[-1:].isascii() and whole[-1:].isalpha() and part[:1].isascii()
            whole += f" {part}" if is_parted and part[:1].isalpha() else part
        return cleaned(whole)


def lines_of_pdf(content: bytes) -> list[SourceLine]:
    """Return the lines of a PDF with text.

    Raises:
        ImportRefused: as `rows_of`.
    """
    rows = rows_of(content)
    measure = _measure([row for row in rows if not row.cells] or rows)
    runs = [run for run in _runs(_whole_tables(rows), measure) if run.text]
    return [_line(number, run) for number, run in enumerate(runs, 1)]


def _line(number: int, run: Run) -> SourceLine:
    text, first = run.text, run.rows[0]
    flat = "、".join(row.flat for row in run.rows if row.flat)
    doubt = f"上标、下标写成了平排的字，请核对：{flat}" if flat else ""
    if first.cells:
        cells, merged = first.cells, first.merged
        return SourceLine(number, text, Standing.PARAGRAPH, rows=cells, merged=merged, doubt=doubt)
    bold = _bold(run, text)
    return SourceLine(number, text, run.standing, bold, round(first.size, 1), doubt=doubt)


def _whole_tables(rows: Sequence[Row]) -> list[Row]:
    """Return rows with tables whole that go on on the next page, below the same header."""
    whole: list[Row] = []
    table: Row | None = None  # which may go on
    for row in rows:
        heads = header_rows(table.merged, len(table.cells) - 1) if table else 0
        if (
            table
            and row.cells
            and row.page > table.page
            and row.cells[:heads] == table.cells[:heads]
        ):
            down = len(table.cells) - heads
            table.merged += tuple(
                replace(one, row=one.row + down) for one in row.merged if one.row >= heads
            )
            table.cells += row.cells[heads:]
            table.page, table.text = row.page, f"{table.text}\t{row.text}"
            continue
        if row.cells or not is_folio(row.text.strip()):
            table = row if row.cells else None
        whole.append(row)
    return whole


def _measure(rows: Sequence[Row]) -> Measure:
    sizes: Counter[float] = Counter()
    for row in rows:
        sizes[round(row.size, 1)] += len(row.text)
    size = sizes.most_common(1)[0][0]
    usual = [row for row in rows if round(row.size, 1) == size]
    left = Counter(round(row.left) for row in usual)
    flush = min(
        (edge for edge, count in left.items() if count >= max(left.values()) / 3), default=0
    )
    return Measure(flush, Counter(round(row.right) for row in usual).most_common(1)[0][0], size)


def _runs(rows: Iterable[Row], measure: Measure) -> list[Run]:
    runs: list[Run] = []
    open_run: Run | None = None  # which the next row may continue
    for row in rows:
        if row.cells or is_folio(row.text.strip()):
            open_run = open_run if not row.cells else None
            runs.append(Run([row], Standing.PARAGRAPH))
            continue
        if open_run is not None and _continues(row, open_run, measure):
            open_run.rows.append(row)
            continue
        run = Run([row], _standing(row, measure))
        runs.append(run)
        if run.standing is Standing.PARAGRAPH or row.size > measure.size:
            open_run = run
    return runs


def _continues(row: Row, run: Run, measure: Measure) -> bool:
    last = run.rows[-1]
    is_flush = abs(row.left - measure.left) < EDGE_EMS * row.size
    word = FIRST_WORD.match(row.text.strip())  # which no row could take in part
    end = last.right + (len(word[0]) * LATIN_EMS * last.size if word else 0)
    is_full = end > measure.right - FULL_EMS * last.size
    same_size = abs(row.size - last.size) < 1
    is_text = run.standing is Standing.PARAGRAPH and "\t" not in row.text + last.text
    text = row.text.strip()
    alone = BRACKETED.fullmatch(text) or ANNEX_LABEL.fullmatch(text)
    begins = alone or BRIEF_MARK.match(text) or opens_closing(text)
    return is_flush and is_full and same_size and is_text and not begins


def _standing(row: Row, measure: Measure) -> Standing:
    em = row.size
    least, most = INDENT_EMS
    is_usual = abs(row.size - measure.size) < 1
    if "\t" in row.text:
        return Standing.LINE
    if is_usual and least * em < row.left - measure.left < most * em:
        return Standing.PARAGRAPH
    off = (row.left + row.right) / 2 - (measure.left + measure.right) / 2
    free = min(row.left - measure.left, measure.right - row.right)
    if abs(off) < CENTRE_EMS * em and (free > MIN_FREE_EMS * em or em > measure.size):
        return Standing.TITLE
    return Standing.LINE


def _bold(run: Run, text: str) -> int:
    """Return how many characters at the start are in another face than the paragraph."""
    pairs = [
        (char, font)
        for row in run.rows
        for char, font in zip(row.text, row.fonts, strict=True)
        if not char.isspace()
    ]
    faces = Counter(font for char, font in pairs if _is_han(char))
    if len(faces) < 2 or run.standing is not Standing.PARAGRAPH:
        return 0
    usual = faces.most_common(1)[0][0]
    opening = next(font for char, font in pairs if _is_han(char))
    if opening == usual or BRIEF_MARK.match(text):
        return 0
    last = 0
    for length, (char, font) in enumerate(pairs, 1):
        if font == usual and _is_han(char):
            break
        if font == opening:
            last = length
    return _with_spaces(text, last)


def _with_spaces(text: str, count: int) -> int:
    """Return where a number of characters end that are no spaces, and a stop behind them."""
    at = 0
    while count and at < len(text):
        count -= not text[at].isspace()
        at += 1
    return at + (text[at : at + 1] in STOPS)  # which another face may bring


def _is_han(char: str) -> bool:
    return HAN[0] <= char <= HAN[1] or char >= SUPPLEMENT
