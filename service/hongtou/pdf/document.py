"""Pages → the bytes of a tagged PDF. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hongtou.pages.page import Page, Pages
from hongtou.pdf.content import Content, Drawing, picture_name
from hongtou.pdf.file import FileForm, PdfFile
from hongtou.pdf.font_objects import font_resources
from hongtou.pdf.inks import Inks, screen_inks
from hongtou.pdf.metadata import LANGUAGE, add_information, add_xmp
from hongtou.pdf.navigation import Navigation
from hongtou.pdf.pictures import add_picture
from hongtou.pdf.structure import Annotation, StructureTree, keys_of
from hongtou.pdf.subsets import embed_faces
from hongtou.pdf.syntax import number, reference, references, string
from hongtou.plan import Plan


def write_pdf(
    plan: Plan, pages: Pages, inks: Inks | None = None, form: FileForm | None = None
) -> bytes:
    """Return the file of these pages; without ``inks`` it has the colours of a screen.

    Raises:
        EngineFault: a colour has no ink.
    """
    return _Writer(plan, pages, inks or screen_inks(plan.layout)).write(form or FileForm())


class _Writer:
    """Writes a document: first what its pages draw, then what refers to the pages."""

    def __init__(self, plan: Plan, pages: Pages, inks: Inks) -> None:
        self._file = PdfFile()
        self._plan = plan
        self._pages = pages
        self._faces = embed_faces(pages.lines())
        self._drawing = Drawing(self._faces, inks, frozenset(keys_of(pages.structure)))
        self._numbers = [self._file.reserve() for _ in pages]
        self._navigation = Navigation(self._file, pages, self._numbers)

    def write(self, form: FileForm) -> bytes:
        contents = [self._drawing.content(page) for page in self._pages]
        links = self._links()
        tree = StructureTree(self._file, self._pages.pages, self._numbers)
        structure = tree.add(self._pages.structure, contents, links)
        root = self._catalogue(self._page_tree(contents, links), structure)
        information = add_information(self._file, self._plan)
        return self._file.write(root, information, self._plan.digest, form)

    def _links(self) -> dict[int, Annotation]:
        """Add all links; return their annotations by the keys of their texts."""
        links: dict[int, Annotation] = {}
        for page, page_number in zip(self._pages, self._numbers, strict=True):
            for link in page.links:
                added = self._navigation.link(link, page, len(self._pages) + len(links))
                links[link.text.key] = Annotation(added, page_number)
        return links

    def _page_tree(self, contents: Sequence[Content], links: Mapping[int, Annotation]) -> int:
        """Add the page tree (§7.7.3) with all pages and return its number."""
        parent = self._file.reserve()
        fonts = self._file.add(font_resources(self._file, self._faces))
        by_digest = {picture.digest: picture for picture in self._plan.pictures.values()}
        used = dict.fromkeys(digest for content in contents for digest in content.pictures)
        pictures = {digest: add_picture(self._file, by_digest[digest]) for digest in used}
        for at, (page, content) in enumerate(zip(self._pages, contents, strict=True)):
            drawn = "".join(
                f"/{picture_name(digest)} {reference(pictures[digest])}"
                for digest in content.pictures
            )
            entries = [
                f"<</Type/Page/Parent {reference(parent)}{_boxes(page)}",
                f"/Contents {reference(self._file.add_stream(content.stream()))}",
                f"/Resources<</Font {reference(fonts)}/XObject<<{drawn}>>>>",
                f"/StructParents {at}/Tabs/S",
            ]
            if page.links:
                annotations = [links[link.text.key].number for link in page.links]
                entries.append(f"/Annots{references(annotations)}")
            self._file.put(self._numbers[at], f"{''.join(entries)}>>")
        kids = references(self._numbers)
        self._file.put(parent, f"<</Type/Pages/Kids{kids}/Count {len(self._numbers)}>>")
        return parent

    def _catalogue(self, page_tree: int, structure: int) -> int:
        """Add the catalogue, the root of the document (§7.7.2), and return its number."""
        outline = self._navigation.outline()
        return self._file.add(
            f"<</Type/Catalog/Pages {reference(page_tree)}/Lang{string(LANGUAGE)}"
            f"/MarkInfo<</Marked true>>/StructTreeRoot {reference(structure)}"
            f"/Outlines {reference(outline)}/Names{self._navigation.destinations()}"
            f"/ViewerPreferences<</DisplayDocTitle true>>"
            f"/Metadata {reference(add_xmp(self._file, self._plan))}>>"
        )


def _boxes(page: Page) -> str:
    box = f"[0 0 {number(page.width)} {number(page.height)}]"
    return f"/MediaBox{box}/TrimBox{box}"
