"""The structure of an issue as paragraphs, tables and pictures, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy

from docx.parts.document import DocumentPart

from hongtou.outputs.docx.closing import closing_block
from hongtou.outputs.docx.markup import Element, gap, twips, w
from hongtou.outputs.docx.masthead import masthead
from hongtou.outputs.docx.page_openings import page_openings
from hongtou.outputs.docx.paragraphs import Paragraphs
from hongtou.outputs.docx.pictures import Pictures
from hongtou.outputs.docx.tables import tables_of, word_table
from hongtou.plan import Plan
from hongtou.plan.structure import Element as Part
from hongtou.plan.structure import document_structure, is_row_of_pictures
from hongtou.plan.tables import TablePlan

TABLE = -1  # the key of a part without texts of its own


def body_of(plan: Plan, document: DocumentPart, section: Element) -> Iterator[Element]:
    """Yield what stands in a document; pictures are added to it. ``section`` is its page."""
    paragraphs = Paragraphs(plan, page_openings(plan))
    yield from masthead(plan.masthead, plan.layout, paragraphs)
    _, *parts, _ = document_structure(plan).parts
    yield from _Body(plan, document, section, paragraphs).parts(parts)
    yield from closing_block(plan.closing, plan.layout, paragraphs)


class _Body:
    """Writes what stands between the masthead and the closing block."""

    def __init__(
        self, plan: Plan, document: DocumentPart, section: Element, paragraphs: Paragraphs
    ) -> None:
        self._plan, self._section, self._paragraphs = plan, section, paragraphs
        tables = [*tables_of(plan)]
        self._tables = iter(tables)
        self._headings = dict(_turned_headings(tables))
        self._pictures = Pictures(plan, document, paragraphs)
        self._turned: frozenset[int] | None = None  # what stays on a landscape page

    def parts(self, parts: Iterable[Part]) -> Iterator[Element]:
        """Yield these parts, and the end of a landscape page on which they end."""
        yield from self._each(parts)
        yield from self._turned_back()

    def _each(self, parts: Iterable[Part]) -> Iterator[Element]:
        for part in parts:
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Element]:
        if self._turned is not None and not self._turned.issuperset(part.texts or (TABLE,)):
            yield from self._turned_back()
        for key in self._headings.keys() & part.texts:
            yield _section_end(self._section)
            self._turned = self._headings[key] | {TABLE}
        texts = [self._plan.texts[key] for key in part.texts]
        if part.role == "Table":
            yield from self._table(part)
        elif part.role == "Figure" or is_row_of_pictures(part):
            yield from self._pictures.figure(part)
        elif part.role == "Link":
            yield from map(self._paragraphs.link, texts)
        else:
            yield from map(self._paragraphs.paragraph, texts)
            yield from self._each(part.parts)

    def _table(self, part: Part) -> Iterator[Element]:
        planned = next(self._tables)
        if planned[0].landscape:
            if self._turned is None:
                yield _section_end(self._section)
            self._turned = frozenset(note.key for one in planned for note in one.notes)
        yield from word_table(part, planned, self._plan, self._paragraphs)

    def _turned_back(self) -> Iterator[Element]:
        if self._turned is not None:
            self._turned = None
            yield _section_end(_landscape(self._section, self._plan))


def _turned_headings(
    tables: Iterable[Sequence[TablePlan]],
) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the keys of headings of annexes on landscape pages, each by that of its first text."""
    for first, *_ in tables:
        if first.landscape and first.heading:
            yield first.heading[0].key, frozenset(text.key for text in first.heading)


def _section_end(section: Element) -> Element:
    """Return the end of pages of a kind: a paragraph as low as one can be."""
    return gap(0, deepcopy(section))


def _landscape(section: Element, plan: Plan) -> Element:
    """Return the page turned to the left: what was its head margin is at the right."""
    layout = plan.layout
    turned = deepcopy(section)
    width, height = layout.pt("page.width"), layout.pt("page.height")
    head, binding = layout.pt("page.head_margin"), layout.pt("page.binding_margin")
    for size in turned.findall(w("pgSz").tag):
        turned.replace(size, w("pgSz", w=twips(height), h=twips(width), orient="landscape"))
    for margins in turned.findall(w("pgMar").tag):
        given = {
            "right": head,
            "left": height - head - layout.pt("page.type_area_height"),
            "top": binding,
            "bottom": width - binding - layout.pt("page.type_area_width"),
        }
        for side, length in given.items():
            margins.set(margins.tag.replace("pgMar", side), str(twips(length)))
    return turned
