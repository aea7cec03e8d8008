"""Structure elements of a tagged PDF. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hongtou.pages.page import Pages, PlacedPicture
from hongtou.pdf.content import Content, Key, PictureKey
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import box, reference, references, string
from hongtou.plan.structure import Element

OLD_ROLES = frozenset({"Art", "TOC", "TOCI", "Reference"})  # ISO 32000-2 §14.8.6.2: 1.7 only
SCOPE = "/Scope/Column"  # §14.8.5.7: the cell is the header of a column


class Mark(NamedTuple):
    """Marked content: the object number of its page, and its number there (§14.7.4.2)."""

    page: int
    number: int


class Namespaces(NamedTuple):
    """The object numbers of the namespaces of PDF 2.0 and of the roles that only 1.7 has."""

    new: int
    old: int


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


def _elements(element: Element) -> Iterator[Element]:
    """Yield an element and all below it."""
    yield element
    for part in element.parts:
        yield from _elements(part)


def add_namespaces(file: PdfFile) -> Namespaces:
    """Add the namespaces of the roles of PDF 2.0 and PDF 1.7 (ISO 32000-2 §14.8.6)."""
    new, old = (
        file.add(f"<</Type/Namespace/NS{string(name)}>>")
        for name in ("http://iso.org/pdf2/ssn", "http://iso.org/pdf/ssn")
    )
    return Namespaces(new, old)


class StructureTree:
    """The structure of a document over the marked content of its pages.

    ``targets`` are the texts to which links lead, by the names of their destinations.
    """

    def __init__(
        self,
        file: PdfFile,
        pages: Pages,
        numbers: Sequence[int],
        targets: Mapping[str, int],
        *,
        is_pdf_2: bool = False,
    ) -> None:
        """Begin the tree of these pages; ``numbers`` are those of their objects."""
        self.targets = targets
        self._file = file
        self._document = pages.structure
        self._namespaces = add_namespaces(file) if is_pdf_2 else None
        self._reserved: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        self._led_to: dict[int, int] = {}
        if is_pdf_2:
            for element in _elements(pages.structure):
                self._heads |= (
                    dict.fromkeys(element.texts, element.texts[0]) if element.texts else {}
                )
            links = (link for page in pages for link in page.links)
            self._led_to |= {link.text.key: targets[link.target] for link in links}
        self._numbers = numbers
        self._marks: dict[Key, list[Mark]] = {}
        self._holders: dict[Key, int] = {}
        self._boxes = {
            PictureKey(placed.number): box(placed.area, page.height)
            for page in pages
            for placed in page.contents
            if isinstance(placed, PlacedPicture) and placed.turn is None
        }

    def leading(self, destination: str, key: int) -> str:
        """Return the entry of a link or bookmark that leads to a destination, that of a text.

        In PDF 2.0 it is an action, which also names the element of the text (ISO 32000-2
        §12.6.4.2), as ISO 14289-2 asks for.
        """
        if self._namespaces is None:
            return f"/Dest{destination}"
        return f"/A<</S/GoTo/D{destination}/SD[{reference(self._element_of(key))}/Fit]>>"

    def _element_of(self, key: int) -> int:
        """Return the number of the element that holds a text, which may follow later."""
        head = self._heads[key]
        if head in self._holders:
            return self._holders[head]
        if head not in self._reserved:
            self._reserved[head] = self._file.reserve()
        return self._reserved[head]

    def add(self, contents: Sequence[Content], links: Mapping[int, Annotation]) -> int:
        """Add the tree (§14.7.2) with all its elements and return the number of its root."""
        for page, content in zip(self._numbers, contents, strict=True):
            for number, key in enumerate(content.marks):
                self._marks.setdefault(key, []).append(Mark(page, number))
        self._links = links
        root = self._file.reserve()
        top = self._element(self._document, root)
        parents = self._file.add(f"<</Nums[{self._parents(contents)}]>>")
        self._file.put(
            root,
            f"<</Type/StructTreeRoot/K {reference(top)}/ParentTree {reference(parents)}"
            f"/ParentTreeNextKey {len(contents) + len(links)}{self._declared()}>>",
        )
        return root

    def _element(self, element: Element, parent: int) -> int:
        head = element.texts[0] if element.texts else None
        number = self._reserved.get(head) if head is not None else None
        number = number or self._file.reserve()
        page, kids = self._held(element, number)
        kids += [reference(self._element(part, number)) for part in element.parts]
        entries = [f"<</Type/StructElem/S/{element.role}/P {reference(parent)}"]
        if self._namespaces:
            entries.append(self._said_in_pdf_2(element, self._namespaces))
        if page:
            entries.append(f"/Pg {reference(page)}")
        if kids:
            entries.append(f"/K[{' '.join(kids)}]")
        entries.append(_cell(element))
        if element.picture is not None:
            entries.append(self._figure(element, PictureKey(element.picture)))
        self._file.put(number, f"{''.join(entries)}>>")
        return number

    def _said_in_pdf_2(self, element: Element, namespaces: Namespaces) -> str:
        """Return the namespace of an element; that of the contents also names what it leads to.

        Sections are those of ISO 32000-2: §14.7.4, §14.8.4.7.2.
        """
        namespace = namespaces.old if element.role in OLD_ROLES else namespaces.new
        if element.role != "TOCI":
            return f"/NS {reference(namespace)}"
        (key,) = (key for part in _elements(element) for key in part.texts)
        return f"/NS {reference(namespace)}/Ref[{reference(self._element_of(self._led_to[key]))}]"

    def _declared(self) -> str:
        return f"/Namespaces{references(self._namespaces)}" if self._namespaces else ""

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
