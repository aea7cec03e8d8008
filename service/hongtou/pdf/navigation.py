"""Bookmarks, links and destinations. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hongtou.pages.page import Bookmark, Destination, Link, Note, Page, Pages
from hongtou.pdf.file import PdfFile
from hongtou.pdf.structure import StructureTree
from hongtou.pdf.syntax import box, number, reference, string

PRINTED = 4  # §12.5.3: flag of an annotation that prints with its page


@dataclass(slots=True)
class _Item:
    """A bookmark with the bookmarks below it; the root has no ``mark``."""

    number: int
    mark: Bookmark | None
    below: list[_Item] = field(default_factory=list)

    def count(self) -> int:
        """Return the number of bookmarks below, at any depth."""
        return len(self.below) + sum(item.count() for item in self.below)


class Navigation:
    """Adds bookmarks, links and destinations; ``numbers`` are those of the page objects."""

    def __init__(
        self, file: PdfFile, pages: Pages, numbers: Sequence[int], tree: StructureTree
    ) -> None:
        self._file = file
        self._tree = tree
        self._pages = pages
        self._numbers = numbers

    def outline(self) -> int:
        """Add the bookmarks (§12.3.3), nested by level, and return the number of their root."""
        root = _Item(self._file.reserve(), None)
        above = [root]
        for mark in self._pages.bookmarks:
            while (last := above[-1].mark) and last.level >= mark.level:
                above.pop()
            item = _Item(self._file.reserve(), mark)
            above[-1].below.append(item)
            above.append(item)
        self._file.put(root.number, f"<</Type/Outlines{_ends(root)}>>")
        self._put_below(root)
        return root.number

    def _put_below(self, parent: _Item) -> None:
        items = parent.below
        for before, item, after in zip([None, *items], items, [*items[1:], None], strict=False):
            assert item.mark is not None
            entries = (
                f"<</Title{string(item.mark.title)}/Parent {reference(parent.number)}"
                f"{self._tree.leading(self._destination(item.mark.place), item.mark.key)}"
                f"{_ends(item)}"
            )
            if before:
                entries += f"/Prev {reference(before.number)}"
            if after:
                entries += f"/Next {reference(after.number)}"
            self._file.put(item.number, f"{entries}>>")
            self._put_below(item)

    def destinations(self) -> str:
        """Return the name tree of all destinations (§12.3.2.3), sorted as it must be."""
        anchors = self._pages.anchors
        pairs = (f"{string(name)}{self._destination(anchors[name])}" for name in sorted(anchors))
        return f"/Dests<</Names[{''.join(pairs)}]>>"

    def link(self, link: Link, page: Page, parent: int) -> int:
        """Add the annotation of a link (§12.5.6.5); ``parent`` is its key in the parent tree."""
        leading = self._tree.leading(string(link.target), self._tree.targets[link.target])
        return self._file.add(
            f"<</Type/Annot/Subtype/Link/Rect{box(link.area, page.height)}/BS<</W 0>>/F {PRINTED}"
            f"{leading}/Contents{string(link.text.text)}/StructParent {parent}>>"
        )

    def note(self, note: Note, page: Page) -> int:
        """Add the annotation of a note (§12.5.6.8): its frame is drawn on the page, not by it."""
        return self._file.add(
            f"<</Type/Annot/Subtype/Square/Rect{box(note.area, page.height)}/BS<</W 0>>"
            f"/F {PRINTED}/Contents{string(note.text)}>>"
        )

    def _destination(self, place: Destination) -> str:
        page = self._pages.pages[place.page - 1]
        at = f"{number(place.x)} {number(page.height - place.y)}"
        return f"[{reference(self._numbers[place.page - 1])}/XYZ {at} 0]"


def _ends(item: _Item) -> str:
    """Return the entries for the bookmarks below a bookmark, which readers show open."""
    if not item.below:
        return ""
    first, last = (reference(child.number) for child in (item.below[0], item.below[-1]))
    return f"/First {first}/Last {last}/Count {item.count()}"
