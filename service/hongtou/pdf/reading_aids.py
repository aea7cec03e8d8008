"""What readers find in a PDF besides its pages: tags, links, bookmarks, destinations."""

from __future__ import annotations

from collections.abc import Sequence

from hongtou.pages.page import Page, Pages
from hongtou.pdf.content import Content, Key
from hongtou.pdf.file import PdfFile
from hongtou.pdf.navigation import Navigation
from hongtou.pdf.structure import Annotation, StructureTree, keys_of
from hongtou.pdf.syntax import reference, references
from hongtou.plan import Plan


class ReadingAids:
    """Adds them to a file; ``numbers`` are those of its page objects."""

    def __init__(
        self, file: PdfFile, plan: Plan, pages: Pages, numbers: Sequence[int], *, is_pdf_2: bool
    ) -> None:
        self.tagged: frozenset[Key] = frozenset(keys_of(pages.structure))
        self._pages = pages
        self._numbers = numbers
        self._tree = StructureTree(file, pages, numbers, plan.made_up.targets, is_pdf_2=is_pdf_2)
        self._navigation = Navigation(file, pages, numbers, self._tree)
        self._links: dict[int, Annotation] = {}
        self._structure = 0

    def add(self, contents: Sequence[Content]) -> None:
        """Add links and tags over the contents of the pages."""
        self._links = self._added_links()
        self._structure = self._tree.add(contents, self._links)

    def page_entries(self, page: Page) -> str:
        """Return the entries of a page."""
        entries = f"/StructParents {page.number - 1}/Tabs/S"
        annotations = [self._links[link.text.key].number for link in page.links]
        annotations += [self._navigation.note(note, page) for note in page.notes]
        if annotations:
            entries += f"/Annots{references(annotations)}"
        return entries

    def catalogue_entries(self, names: str) -> str:
        """Return the entries of the catalogue; ``names`` are further entries of its names."""
        outline = self._navigation.outline()
        return (
            f"/MarkInfo<</Marked true>>/StructTreeRoot {reference(self._structure)}"
            f"/Outlines {reference(outline)}"
            f"/Names<<{self._navigation.destinations()}{names}>>"
            f"/ViewerPreferences<</DisplayDocTitle true>>"
        )

    def _added_links(self) -> dict[int, Annotation]:
        """Add all links; return their annotations by the keys of their texts."""
        links: dict[int, Annotation] = {}
        for page, page_number in zip(self._pages, self._numbers, strict=True):
            for link in page.links:
                added = self._navigation.link(link, page, len(self._pages) + len(links))
                links[link.text.key] = Annotation(added, page_number)
        return links
