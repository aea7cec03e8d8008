"""All findings of a proof with their numbers, on pages of their own behind those of the issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hongtou.bulletin.finding import Strength
from hongtou.compose.cells import TypeRun
from hongtou.compose.lines import SetLine
from hongtou.pages.page import Bookmark, Destination, Page, PlacedLine, PlacedText
from hongtou.pages.proof.frames import COLOURS, Numbered
from hongtou.pages.proof.mark import proof_marks
from hongtou.plan.set_text import SetText
from hongtou.plan.structure import Element

if TYPE_CHECKING:
    from hongtou.faces import Faces
    from hongtou.plan import Plan

HEADING, ENTRY = "proof_heading", "proof_entry"
NUMBER_EM, PAGE_EM, BETWEEN_EM = 2.5, 4.5, 1.0  # widths of the columns and between them
BLANK = 0.5  # lines between two entries


class Listing(NamedTuple):
    """The pages of a list, its part of the structure and its bookmark."""

    pages: tuple[Page, ...]
    structure: Element
    bookmark: Bookmark


class _Cell(NamedTuple):
    """Lines of an entry that stand ``x`` points from the left edge of the type area."""

    lines: tuple[SetLine, ...]
    x: float
    colour: str


def listing(plan: Plan, found: Sequence[Numbered], faces: Faces, first: int) -> Listing:
    """Return the list of some findings, whose first page has this number."""
    return _Lister(plan, faces, first).listing(found)


class _Lister:
    """Fills pages with entries, from the top."""

    def __init__(self, plan: Plan, faces: Faces, first: int) -> None:
        layout = plan.layout
        self._plan, self._faces = plan, faces
        self._style = layout.styles[ENTRY]
        self._pitch = layout.pt("proof.list_pitch")
        self._left, self._top = layout.pt("page.binding_margin"), layout.pt("page.head_margin")
        self._measure = layout.pt("page.type_area_width")
        self._foot = self._top + layout.pt("page.type_area_height")
        self._first, self._key = first, 1 + max(text.key for text in plan.texts)
        self._pages: list[list[PlacedText]] = [[]]
        self._y = self._top

    def listing(self, found: Sequence[Numbered]) -> Listing:
        heading = self._heading(len(found))
        place = Destination(self._first, self._left, self._top)
        mark = Bookmark(2, heading.text, place, heading.key)
        self._legend({one.finding.strength for one in found})
        entries = [Element("P", texts=tuple(self._entry(one))) for one in found]
        structure = Element("Sect", (Element("H2", texts=(heading.key,)), *entries))
        return Listing(tuple(self._finished()), structure, mark)

    def _heading(self, count: int) -> SetText:
        style = self._plan.layout.styles[HEADING]
        text = f"{self._plan.layout.text('proof.list_heading')}（{count} 条）"
        line = self._plan.compositor.single(text, style.role, style.size_pt)
        centred = (self._measure - line.width) / 2
        height = self._plan.layout.pt("page.line_pitch")
        placed = self._place([_Cell((line,), centred, style.colour)], height, HEADING)
        self._y += height * BLANK
        return placed[0]

    def _legend(self, strengths: Iterable[Strength]) -> None:
        """Say what the colours mean, each in its own; it is no content, as entries say it too."""
        x, cells = 0.0, []
        for strength in sorted(strengths, key=list(Strength).index):
            line = self._single(f"□ {strength.value}")
            cells.append(_Cell((line,), x, COLOURS[strength]))
            x += line.width + 2 * BETWEEN_EM * self._style.size_pt
        self._place(cells, self._pitch, ENTRY)
        self._y += self._pitch * BLANK

    def _entry(self, one: Numbered) -> Iterator[int]:
        """Yield the keys of the texts of an entry: number, page, strength, message and hint."""
        em, colour = self._style.size_pt, self._style.colour
        page_x = (NUMBER_EM + BETWEEN_EM) * em
        text_x = page_x + (PAGE_EM + BETWEEN_EM) * em
        number = self._single(str(one.number))
        finding = one.finding
        told = [*self._set(one.message, text_x), *self._set(finding.hint, text_x)]
        cells = [
            _Cell((number,), NUMBER_EM * em - number.width, one.colour),
            _Cell((self._single(one.where), self._single(finding.strength.value)), page_x, colour),
            _Cell(tuple(told), text_x, colour),
        ]
        yield from (text.key for text in self._place(cells, self._pitch, ENTRY))
        self._y += self._pitch * BLANK

    def _place(self, cells: Sequence[_Cell], pitch: float, style: str) -> list[SetText]:
        """Place cells side by side, on the next page where they do not fit on this one."""
        size = self._plan.layout.styles[style].size_pt
        height = pitch * max(len(cell.lines) for cell in cells)
        if self._y + height > self._foot and self._pages[-1]:
            self._pages.append([])
            self._y = self._top
        raised = (pitch - size) / 2 + self._plan.layout.em("composition.baseline") * size
        texts = []
        for cell in cells:
            baselines = [self._y + raised + at * pitch for at in range(len(cell.lines))]
            placed = tuple(
                PlacedLine(line, self._left + cell.x, baseline)
                for line, baseline in zip(cell.lines, baselines, strict=True)
            )
            text = self._text(cell.lines, pitch, raised, style)
            self._pages[-1].append(PlacedText(text, 0, placed, cell.colour))
            texts.append(text)
        self._y += height
        return texts

    def _text(self, lines: tuple[SetLine, ...], pitch: float, raised: float, style: str) -> SetText:
        key, count = self._key, len(lines)
        self._key += 1
        whole = "".join(line.text for line in lines)
        return SetText(key, whole, style, lines, (pitch,) * count, (raised,) * count)

    def _set(self, text: str, x: float) -> tuple[SetLine, ...]:
        """Return the lines of a text that begins at ``x``."""
        if not text:
            return ()
        runs = [TypeRun(self._shown(text), self._style.role)]
        return self._plan.compositor.justified(runs, self._style.size_pt, self._measure - x)

    def _single(self, text: str) -> SetLine:
        return self._plan.compositor.single(
            self._shown(text), self._style.role, self._style.size_pt
        )

    def _shown(self, text: str) -> str:
        return legible(text, self._style.role, self._faces)

    def _finished(self) -> Iterator[Page]:
        plan, layout = self._plan, self._plan.layout
        size = layout.pt("page.width"), layout.pt("page.height")
        marks = (*proof_marks(layout, plan.compositor, plan.issue_date, plan.digest),)
        for number, texts in enumerate(self._pages, start=self._first):
            yield Page(number, *size, tuple(texts), furniture=marks)


def legible(text: str, role: str, faces: Faces) -> str:
    """Return a text with the code points of what a role has no face for."""
    return "".join(
        char if char == " " or faces.face_for(role, char) else _code_point(char) for char in text
    )


def _code_point(char: str) -> str:
    """Return a character by its code point."""
    return f"<U+{ord(char):04X}>"
