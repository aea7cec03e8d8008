"""Pages → the bytes of a PDF for a medium. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from hongtou.bulletin.month import first_day
from hongtou.compose.lines import SetLine
from hongtou.pages.page import Page, Pages
from hongtou.pdf.content import Content, Drawing, picture_name
from hongtou.pdf.copies import CopiedPages
from hongtou.pdf.enclosures import add_enclosures
from hongtou.pdf.file import PdfFile
from hongtou.pdf.font_objects import font_resources
from hongtou.pdf.imposed import ImposedPages
from hongtou.pdf.medium import Medium
from hongtou.pdf.metadata import LANGUAGE, Dated, add_information, add_xmp
from hongtou.pdf.pictures import add_picture
from hongtou.pdf.reading_aids import ReadingAids
from hongtou.pdf.sheet import AroundPages
from hongtou.pdf.subsets import embed_faces
from hongtou.pdf.syntax import number, reference, references, string
from hongtou.pictures.printing import PrintedPicture
from hongtou.plan import Plan


def write_pdf(plan: Plan, pages: Pages, medium: Medium) -> bytes:
    """Return the file of these pages for a medium.

    Raises:
        EngineFault: a colour has no ink.
    """
    return _Writer(plan, pages, medium).write()


class _Writer:
    """Writes a document: first what its pages draw, then what refers to the pages."""

    def __init__(self, plan: Plan, pages: Pages, medium: Medium) -> None:
        self._file = PdfFile()
        self._medium = medium
        self._plan = plan
        self._pages = pages
        self._dated = Dated(first_day(plan.issue_date), medium.has_times)
        copy_numbers = (placed.line for copy in medium.copies for placed in copy.lines)
        self._faces = embed_faces(chain(pages.lines(), _slug_lines(medium), copy_numbers))
        self._copies = (
            CopiedPages(
                self._file,
                medium.copies,
                self._faces,
                medium.inks,
                are_trimmed=medium.intent is not None,
            )
            if medium.copies
            else None
        )
        imposed = medium.imposition is not None or bool(medium.copies)
        self._numbers = [] if imposed else [self._file.reserve() for _ in pages]
        self._aids: ReadingAids | None = None
        if medium.to_read:
            numbers, is_pdf_2 = self._numbers, medium.is_pdf_2
            self._aids = ReadingAids(self._file, plan, pages, numbers, is_pdf_2=is_pdf_2)
        tagged = self._aids.tagged if self._aids else None
        self._drawing = Drawing(self._faces, medium.inks, tagged)

    def write(self) -> bytes:
        contents = [self._drawing.content(page) for page in self._pages]
        if self._aids:
            self._aids.add(contents)
        root = self._catalogue(self._page_tree(contents))
        return self._file.write(root, self._information(), self._plan.digest, self._medium.form)

    def _page_tree(self, contents: Sequence[Content]) -> int:
        """Add the page tree (§7.7.3) with all pages and return its number."""
        if self._medium.imposition:
            imposed = ImposedPages(self._file, self._medium.imposition)
            return imposed.add(self._pages.pages, contents, self._resources(contents))
        if self._copies:
            return self._copied(self._copies, contents)
        return self._one_by_one(contents)

    def _copied(self, copies: CopiedPages, contents: Sequence[Content]) -> int:
        """Add the pages of all copies, which share their contents."""
        streams = [self._file.add_stream(content.stream()) for content in contents]
        pictures = dict.fromkeys(digest for content in contents for digest in content.pictures)
        (shared,) = self._resources([Content(pictures=pictures)])
        return copies.add(self._pages.pages, streams, shared)

    def _one_by_one(self, contents: Sequence[Content]) -> int:
        parent = self._file.reserve()
        resources = self._resources(contents)
        sheet = self._medium.sheet
        around = AroundPages(self._file, sheet, self._faces) if sheet else None
        for page, content, used, page_number in zip(
            self._pages, contents, resources, self._numbers, strict=True
        ):
            stream = self._file.add_stream(content.stream())
            streams = references(around.contents(page, stream)) if around else f" {stream} 0 R"
            self._file.put(
                page_number,
                f"<</Type/Page/Parent {reference(parent)}{sheet.boxes if sheet else _boxes(page)}"
                f"/Contents{streams}/Resources<<{used}>>"
                f"{self._aids.page_entries(page) if self._aids else ''}>>",
            )
        kids = references(self._numbers)
        self._file.put(parent, f"<</Type/Pages/Kids{kids}/Count {len(self._numbers)}>>")
        return parent

    def _resources(self, contents: Sequence[Content]) -> list[str]:
        """Add fonts and pictures; return the resources of every page (§7.8.3)."""
        fonts = self._file.add(font_resources(self._file, self._faces))
        pictures = self._added_pictures(contents)
        shared = f"/Font {reference(fonts)}{self._colour_spaces()}"
        return [
            f"{shared}/XObject<<"
            + "".join(
                f"/{picture_name(digest)} {reference(pictures[digest])}"
                for digest in content.pictures
            )
            + ">>"
            for content in contents
        ]

    def _added_pictures(self, contents: Sequence[Content]) -> dict[str, int]:
        """Add all pictures that are drawn; return their numbers by their digests."""
        by_digest: dict[str, PrintedPicture] = {
            picture.digest: picture for picture in self._plan.pictures.values()
        }
        used = dict.fromkeys(digest for content in contents for digest in content.pictures)
        adapted = self._medium.adapted_picture
        return {digest: add_picture(self._file, adapted(by_digest[digest])) for digest in used}

    def _colour_spaces(self) -> str:
        spaces = "".join(plate.resources for plate in self._medium.plates)
        return f"/ColorSpace<<{spaces}>>" if spaces else ""

    def _catalogue(self, page_tree: int) -> int:
        """Add the catalogue, the root of the document (§7.7.2), and return its number."""
        medium = self._medium
        entries = f"/Pages {reference(page_tree)}/Lang{string(LANGUAGE)}"
        associated, embedded = add_enclosures(self._file, medium.enclosures, self._dated.in_pdf)
        if self._aids:
            entries += self._aids.catalogue_entries(embedded)
        if self._copies:
            entries += f"/Outlines {reference(self._copies.outline())}{self._copies.labels()}"
        entries += associated
        if medium.intent:
            entries += f"/OutputIntents[{reference(medium.intent.add(self._file))}]"
        xmp = add_xmp(self._file, self._plan, self._dated, medium.descriptions)
        return self._file.add(f"<</Type/Catalog{entries}/Metadata {reference(xmp)}>>")

    def _information(self) -> int | None:
        if self._medium.is_pdf_2:  # ISO 32000-2 §14.3.3: all of it stands in the metadata stream
            return None
        return add_information(self._file, self._plan, self._dated, self._medium.information)


def _slug_lines(medium: Medium) -> Iterator[SetLine]:
    slugs = medium.sheet.slugs if medium.sheet else ()
    return (placed.line for lines in slugs for placed in lines)


def _boxes(page: Page) -> str:
    box = f"[0 0 {number(page.width)} {number(page.height)}]"
    return f"/MediaBox{box}/TrimBox{box}"
