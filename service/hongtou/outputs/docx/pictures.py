"""Pictures: one in the middle of a line, or several side by side, each with its caption."""

from __future__ import annotations

from collections.abc import Iterator

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.document import DocumentPart
from docx.parts.image import ImagePart
from docx.shared import Pt

from hongtou.outputs.blocks import blocks_of
from hongtou.outputs.docx.markup import Element, gap, properties, twips, w
from hongtou.outputs.docx.paragraphs import Paragraphs
from hongtou.plan import Plan, SetText
from hongtou.plan.figures import FigurePlan, PicturePlan
from hongtou.plan.structure import Element as Part

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}


class Pictures:
    """Writes the pictures of a plan, and keeps their files in the document."""

    def __init__(self, plan: Plan, document: DocumentPart, paragraphs: Paragraphs) -> None:
        self._plan, self._document, self._paragraphs = plan, document, paragraphs
        figures = (block for block in blocks_of(plan) if isinstance(block, FigurePlan))
        self._figures = {one.pictures[0].number: one for one in figures}
        self._sent = {picture.digest: picture for picture in plan.pictures.values()}
        self._pitch = plan.layout.pt("page.line_pitch")
        self._kept: dict[str, str] = {}

    def figure(self, part: Part) -> Iterator[Element]:
        """Yield a picture, or several side by side, with all captions."""
        pictures = [one for one in (part, *part.parts) if one.picture is not None]
        assert pictures[0].picture is not None
        figure = self._figures[pictures[0].picture]
        if len(pictures) > 1:
            yield self._over(pictures[0], figure)
            yield self._row(pictures, figure)
            if figure.caption is None:
                yield from self._under(figure)
        else:
            yield from self._single(pictures[0], figure.pictures[0], _above(figure), figure)
        if figure.caption is not None:
            yield self._last(figure.caption, figure)

    def _single(
        self, part: Part, picture: PicturePlan, above: float, figure: FigurePlan | None = None
    ) -> Iterator[Element]:
        """Yield a picture and its caption; the blank of a whole ``figure`` stands under it."""
        caption = picture.caption
        end = picture.caption_y + caption.height if caption else picture.y + picture.height
        after = _below(figure, end, self._pitch) if figure else 0.0
        spacing = _blanks(above, 0.0 if caption else after, line=240, lineRule="auto")
        place = [spacing, w("snapToGrid", val=0), w("jc", val="center")]
        if caption is not None:
            place.append(w("keepNext"))
        if figure and self._paragraphs.opens_page(-1 - picture.number):
            place.append(w("pageBreakBefore"))
        yield w("p", properties("pPr", place), w("r", w("drawing", self._drawing(part, picture))))
        if caption is not None:
            between = picture.caption_y - picture.y - picture.height
            yield self._paragraphs.paragraph(caption, _blanks(between, after))

    def _row(self, parts: list[Part], figure: FigurePlan) -> Element:
        """Return a table without rules, with a picture and its caption in each cell."""
        left, right, *_ = figure.pictures
        between = right.x - left.x - left.width
        widths = [twips(picture.width + between) for picture in figure.pictures]
        none = w("tblCellMar", w("left", w=0, type="dxa"), w("right", w=0, type="dxa"))
        row = w("tr", properties("trPr", [w("cantSplit")]))
        for part, picture, width in zip(parts, figure.pictures, widths, strict=True):
            cell = properties("tcPr", [w("tcW", w=width, type="dxa")])
            row.append(w("tc", cell, *self._single(part, picture, 0.0)))
        total = w("tblW", w=sum(widths), type="dxa")
        return w(
            "tbl",
            properties("tblPr", [total, w("jc", val="center"), w("tblLayout", type="fixed"), none]),
            w("tblGrid", *(w("gridCol", w=width) for width in widths)),
            row,
        )

    def _over(self, first: Part, figure: FigurePlan) -> Element:
        """Return the blank over a row of pictures; it begins the page if they do."""
        assert first.picture is not None
        opens = self._paragraphs.opens_page(-1 - first.picture)
        return gap(_above(figure), w("keepNext"), *([w("pageBreakBefore")] if opens else []))

    def _under(self, figure: FigurePlan) -> Iterator[Element]:
        yield gap(_below(figure, _end(figure), self._pitch))

    def _last(self, caption: SetText, figure: FigurePlan) -> Element:
        """Return the caption of all pictures of a figure."""
        end = figure.caption_y + caption.height
        between = figure.caption_y - _end(figure)
        return self._paragraphs.paragraph(
            caption, _blanks(between, _below(figure, end, self._pitch))
        )

    def _drawing(self, part: Part, picture: PicturePlan) -> Element:
        """Return a picture in a line, with what is read aloud for it."""
        number = picture.number + 1
        drawn = CT_Inline.new_pic_inline(
            number, self._file(picture), f"image{number}", Pt(picture.width), Pt(picture.height)
        )
        drawn.docPr.set("descr", part.alternative)
        return drawn

    def _file(self, picture: PicturePlan) -> str:
        """Keep the file of a picture, once, and return its name among what the document holds."""
        sent = self._sent[picture.digest]
        if sent.digest not in self._kept:
            extension = EXTENSIONS[sent.media_type]
            name = PackURI(f"/word/media/image{len(self._kept) + 1}.{extension}")
            part = ImagePart(name, sent.media_type, sent.content)
            self._kept[sent.digest] = self._document.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self._kept[sent.digest]


def _above(figure: FigurePlan) -> float:
    return min(one.y for one in figure.pictures)


def _end(figure: FigurePlan) -> float:
    """Return where the lowest of the pictures with their captions ends, in points."""
    return max(
        one.caption_y + one.caption.height if one.caption else one.y + one.height
        for one in figure.pictures
    )


def _below(figure: FigurePlan, end: float, pitch: float) -> float:
    """Return the blank from the end of a figure to the next line of the grid."""
    return max(0.0, figure.lines * pitch - end)


def _blanks(before: float, after: float, **line: str | int) -> Element:
    return w("spacing", before=twips(max(0.0, before)), after=twips(after), **line)
