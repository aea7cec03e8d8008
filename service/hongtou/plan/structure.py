"""The plan as a reader takes it in: what each text is, in reading order.

Tags of a PDF, the elements of HTML and the outline of any other file come from this one walk over
the plan, never from the boxes that happened to be laid out. Roles are those of ISO 32000-1 §14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from hongtou.plan.articles import AnnexPlan, ArticlePlan, FlowBlock
from hongtou.plan.briefs import BriefsPlan
from hongtou.plan.closing import ClosingPlan
from hongtou.plan.contents import ContentsPlan
from hongtou.plan.figures import FigurePlan
from hongtou.plan.galleys import Galley
from hongtou.plan.masthead import MastheadPlan
from hongtou.plan.plan import Plan
from hongtou.plan.set_text import SetText
from hongtou.plan.table_rows import RowPlan
from hongtou.plan.tables import TablePlan

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")  # whatever is deeper still is an H6
PICTURE = "图片"  # what is read aloud for a picture without a caption


@dataclass(frozen=True, slots=True)
class Element:
    """A part of the document: its role, the texts or the picture it holds, and its parts.

    ``texts`` are keys of set texts. ``picture`` counts the pictures of the document from 0, and
    ``alternative`` says what it shows. A cell takes ``colspan`` columns and ``rowspan`` rows.
    """

    role: str
    parts: tuple[Element, ...] = ()
    texts: tuple[int, ...] = ()
    picture: int | None = None
    alternative: str = ""
    colspan: int = 1
    rowspan: int = 1


def is_row_of_pictures(element: Element) -> bool:
    """Tell whether an element is pictures side by side, with the caption of all under them.

    It is a section and no Div: that one hands its parts on to what holds it, where the caption
    would be neither the first nor the last (ISO 14289-2 §8.2.5.27).
    """
    return element.role == "Sect" and any(part.role == "Figure" for part in element.parts[:1])


def document_structure(plan: Plan) -> Element:
    """Return the structure of a whole document.

    The nameplate is the one heading of level 1, and no level is skipped below it.
    """
    return Element("Document", tuple(_Walk().document(plan)))


def heading_levels(structure: Element) -> dict[int, int]:
    """Return the level of every text that is a heading below the nameplate, by its key."""
    levels = {}
    pending = [structure]
    while pending:
        element = pending.pop()
        pending += element.parts
        if element.role in HEADINGS[1:]:
            levels.update(dict.fromkeys(element.texts, HEADINGS.index(element.role) + 1))
    return levels


class _Walk:
    """One walk over a plan; knows which headings stand above."""

    def __init__(self) -> None:
        self._above: list[int] = []

    def document(self, plan: Plan) -> Iterator[Element]:
        yield _masthead(plan.masthead)
        if plan.contents:
            yield self._contents(plan.contents)
        if plan.note:
            yield from self._texts(plan.note)
        yield from self._sections((*plan.articles, *plan.briefs))
        yield _closing(plan.closing)

    def _contents(self, contents: ContentsPlan) -> Element:
        """Return the contents; the entries of a section are a list of their own under its name."""
        parts: list[Element] = []
        for entry in contents.entries:
            link = Element("Link", texts=(entry.text.key,))
            item = Element("TOCI", (Element("Reference", (link,)),))
            if entry.section:
                parts.append(Element("TOC", (_held("Caption", entry.section), item)))
            elif entry.is_sectioned:
                parts[-1] = Element("TOC", (*parts[-1].parts, item))
            else:
                parts.append(item)
        return Element("Sect", (self._text(contents.heading), Element("TOC", tuple(parts))))

    def _sections(self, parts: Iterable[ArticlePlan | BriefsPlan]) -> Iterator[Element]:
        """Yield articles and short news, those of one section together under its heading."""
        for _, group in groupby(parts, attrgetter("section")):
            members = list(group)
            heading = members[0].section_heading
            if heading is None:
                self._above.clear()
                yield from map(self._member, members)
                continue
            yield Element("Sect", (self._text(heading), *map(self._member, members)))

    def _member(self, part: ArticlePlan | BriefsPlan) -> Element:
        return self._briefs(part) if isinstance(part, BriefsPlan) else self._article(part)

    def _article(self, article: ArticlePlan) -> Element:
        return Element("Art", self._flow(article.flow))

    def _flow(self, flow: Iterable[FlowBlock]) -> tuple[Element, ...]:
        parts: list[Element] = []
        for block in flow:
            if isinstance(block, TablePlan) and block.continues:
                parts[-1] = _continued(parts[-1], block)
                parts += (_held("P", note) for note in block.notes)
            else:
                parts += self._block(block)
        return tuple(parts)

    def _block(self, block: FlowBlock) -> Iterator[Element]:
        if isinstance(block, Galley):
            yield from self._texts(block)
        elif isinstance(block, TablePlan):
            yield from map(self._text, block.heading)
            yield _table(block)
            yield from (_held("P", note) for note in block.notes)
        elif isinstance(block, AnnexPlan):
            yield Element("Sect", self._flow(block.flow))
        elif isinstance(block, FigurePlan):
            yield self._figure(block)

    def _briefs(self, briefs: BriefsPlan) -> Element:
        items: list[list[Element]] = []
        for text in briefs.items.texts:
            if text.key in briefs.items.items:
                items.append([])
            items[-1].append(self._text(text))
        bodies = [Element("LI", (Element("LBody", tuple(item)),)) for item in items]
        return Element("Sect", (*self._texts(briefs.heading), Element("L", tuple(bodies))))

    def _figure(self, plan: FigurePlan) -> Element:
        """Return a picture with its caption, or what several side by side are together."""
        figures = tuple(
            Element(
                "Figure",
                (_held("Caption", one.caption),) if one.caption else (),
                picture=one.number,
                alternative=one.alternative or (one.caption.text if one.caption else PICTURE),
            )
            for one in plan.pictures
        )
        if len(figures) == 1:
            return figures[0]
        caption = (_held("Caption", plan.caption),) if plan.caption else ()
        return Element("Sect", (*figures, *caption))

    def _texts(self, galley: Galley) -> Iterator[Element]:
        """Yield the texts of a galley but the heading of a section, which is above them."""
        return (self._text(text) for text in galley.texts if text.style != "section")

    def _text(self, text: SetText) -> Element:
        """Return a paragraph, or a heading one deeper than the nearest above of a higher level."""
        if not text.level:
            return _held("P", text)
        while self._above and self._above[-1] >= text.level:
            self._above.pop()
        self._above.append(text.level)
        return _held(HEADINGS[min(len(self._above), len(HEADINGS) - 1)], text)


def _held(role: str, *texts: SetText) -> Element:
    return Element(role, texts=tuple(text.key for text in texts))


def _masthead(masthead: MastheadPlan) -> Element:
    numbered = [masthead.copy_number] if masthead.copy_number else []
    name = [masthead.overline] if masthead.overline else []
    below = (masthead.issue_line, *masthead.issuing_bodies, masthead.issue_date)
    return Element(
        "Sect",
        (
            *(_held("P", text) for text in (*numbered, *masthead.marks)),
            _held("H1", *name, *masthead.nameplate),
            *(_held("P", text) for text in below),
        ),
    )


def _table(table: TablePlan) -> Element:
    parts = [_held("Caption", *table.captions)] if table.captions else []
    if table.header:
        parts.append(Element("THead", tuple(_row("TH", row) for row in table.header)))
    return Element("Table", (*parts, Element("TBody", _rows(table))))


def _continued(table: Element, part: TablePlan) -> Element:
    """Return a table with the rows of its next part; the header there is a repetition."""
    *parts, body = table.parts
    return Element("Table", (*parts, Element("TBody", (*body.parts, *_rows(part)))))


def _rows(table: TablePlan) -> tuple[Element, ...]:
    return tuple(_row("TD", row) for row in table.rows)


def _row(role: str, row: RowPlan) -> Element:
    cells = (
        Element(role, texts=(cell.text.key,), colspan=cell.colspan, rowspan=cell.all_rows)
        for cell in row.cells
        if cell.all_rows
    )
    return Element("TR", tuple(cells))


def _closing(closing: ClosingPlan) -> Element:
    texts = [
        text
        for group in closing.groups
        for row in group
        for text in (row.left, row.right)
        if text is not None
    ]
    return Element("Sect", tuple(_held("P", text) for text in texts))
