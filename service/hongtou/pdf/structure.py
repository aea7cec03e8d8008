"""Structure elements of a tagged PDF. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hongtou.pages.page import Page, PlacedPicture
from hongtou.pdf.content import Content, Key, PictureKey
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import box, reference, references, string
from hongtou.plan.structure import Element

SCOPE = "/Scope/Column"  # §14.8.5.7: the cell is the header of a column


class Mark(NamedTuple):
    """Marked content: the object number of its page, and its number there (§14.7.4.2)."""

    page: int
    number: int


class Annotation(NamedTuple):
    """The object numbers of a link's annotation and of its page."""

    number: int
    page: int


def _cell(element: Element) -> str:
    """Return the attributes of a cell (§14.8.5.7), "" where there is nothing to say."""
    said = [SCOPE] if element.role == "TH" else []
    said += [f"/ColSpan {element.colspan}"] if element.colspan > 1 else []
    said += [f"/RowSpan {element.rowspan}"] if element.rowspan > 1 else []
    return f"/A<</O/Table{''.join(said)}>>" if said else ""


def keys_of(element: Element) -> Iterator[Key]:
    """Yield the keys of all texts and pictures in an element and its parts."""
    yield from element.texts
    if element.picture is not None:
        yield PictureKey(element.picture)
    for part in element.parts:
        yield from keys_of(part)


class StructureTree:
    """The structure of a document over the marked content of its pages."""

    def __init__(self, file: PdfFile, pages: Sequence[Page], numbers: Sequence[int]) -> None:
        """Begin the tree of these pages; ``numbers`` are those of their objects."""
        self._file = file
        self._numbers = numbers
        self._marks: dict[Key, list[Mark]] = {}
        self._holders: dict[Key, int] = {}
        self._boxes = {
            PictureKey(placed.number): box(placed.area, page.height)
            for page in pages
            for placed in page.contents
            if isinstance(placed, PlacedPicture) and placed.turn is None
        }

    def add(
        self, document: Element, contents: Sequence[Content], links: Mapping[int, Annotation]
    ) -> int:
        """Add the tree (§14.7.2) with all its elements and return the number of its root."""
        for page, content in zip(self._numbers, contents, strict=True):
            for number, key in enumerate(content.marks):
                self._marks.setdefault(key, []).append(Mark(page, number))
        self._links = links
        root = self._file.reserve()
        top = self._element(document, root)
        parents = self._file.add(f"<</Nums[{self._parents(contents)}]>>")
        self._file.put(
            root,
            f"<</Type/StructTreeRoot/K {reference(top)}/ParentTree {reference(parents)}"
            f"/ParentTreeNextKey {len(contents) + len(links)}>>",
        )
        return root

    def _element(self, element: Element, parent: int) -> int:
        number = self._file.reserve()
        page, kids = self._held(element, number)
        kids += [reference(self._element(part, number)) for part in element.parts]
        entries = [f"<</Type/StructElem/S/{element.role}/P {reference(parent)}"]
        if page:
            entries.append(f"/Pg {reference(page)}")
        if kids:
            entries.append(f"/K[{' '.join(kids)}]")
        entries.append(_cell(element))
        if element.picture is not None:
            entries.append(self._figure(element, PictureKey(element.picture)))
        self._file.put(number, f"{''.join(entries)}>>")
        return number

    def _held(self, element: Element, number: int) -> tuple[int, list[str]]:
        """Return the first page of an element's content, and that content as kids (§14.7.4).

        Content on another page names that page.
        """
        page, kids = 0, []
        keys: list[Key] = [*element.texts]
        if element.picture is not None:
            keys.append(PictureKey(element.picture))
        for key in keys:
            self._holders[key] = number
            for mark in self._marks.get(key, ()):
                page = page or mark.page
                kids.append(
                    str(mark.number)
                    if mark.page == page
                    else f"<</Type/MCR/Pg {reference(mark.page)}/MCID {mark.number}>>"
                )
            if link := self._links.get(key) if isinstance(key, int) else None:
                page = page or link.page
                kids.append(
                    f"<</Type/OBJR/Obj {reference(link.number)}/Pg {reference(link.page)}>>"
                )
        return page, kids

    def _figure(self, element: Element, key: PictureKey) -> str:
        place = self._boxes.get(key)
        layout = f"/A<</O/Layout/Placement/Block/BBox{place}>>" if place else ""
        return f"/Alt{string(element.alternative)}{layout}"

    def _parents(self, contents: Sequence[Content]) -> str:
        """Return the entries of the parent tree: the content of every page, then the links."""
        pages = (
            f"{at} {references(self._holders[key] for key in content.marks)}"
            for at, content in enumerate(contents)
        )
        links = (
            f"{at} {reference(self._holders[key])}"
            for at, key in enumerate(self._links, start=len(contents))
        )
        return " ".join((*pages, *links))
