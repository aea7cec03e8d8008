"""Numbered copies in one file: every copy has pages of its own, which share all but the number.

A copy costs a stream for its number, and who gets it, and a small dictionary a page. Sections: ISO
32000-1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hongtou.pages.numbering import NumberedCopy
from hongtou.pages.page import Page
from hongtou.pdf.file import PdfFile
from hongtou.pdf.inks import Inks, ink
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.syntax import number, reference, references, string
from hongtou.pdf.text import text_operators


class CopiedPages:
    """The page tree of all copies, and their bookmarks."""

    def __init__(
        self,
        file: PdfFile,
        copies: Sequence[NumberedCopy],
        faces: Mapping[str, EmbeddedFace],
        inks: Inks,
        *,
        are_trimmed: bool,
    ) -> None:
        self._file = file
        self._copies = copies
        self._faces = faces
        self._inks = inks
        self._are_trimmed = are_trimmed
        self._first_pages: list[int] = []
        self._page_count = 0

    def add(self, pages: Sequence[Page], streams: Sequence[int], resources: str) -> int:
        """Add the pages of all copies over these streams; return the number of the tree (§7.7.3).

        Pages inherit their size and their resources from it, but no TrimBox (§7.7.3.4): those that
        ``are_trimmed``, as a press asks for it, have their own.
        """
        self._page_count = len(streams)
        tree = self._file.reserve()
        box = f"[0 0 {number(pages[0].width)} {number(pages[0].height)}]"
        trim = f"/TrimBox{box}" if self._are_trimmed else ""
        height = pages[0].height
        nodes = [self._copy(copy, height, trim, streams, tree) for copy in self._copies]
        self._file.put(
            tree,
            f"<</Type/Pages/Kids{references(nodes)}/Count {len(nodes) * len(streams)}"
            f"/MediaBox{box}/Resources<<{resources}>>>>",
        )
        return tree

    def _copy(
        self, copy: NumberedCopy, height: float, trim: str, streams: Sequence[int], tree: int
    ) -> int:
        node = self._file.reserve()
        numbered = self._file.add_stream(self._drawn(copy, height), encoded=True)
        parent = f"<</Type/Page/Parent {reference(node)}{trim}/Contents"
        kids = [self._file.add(f"{parent}{references([numbered, streams[0]])}>>")]
        kids += [self._file.add(f"{parent} {reference(stream)}>>") for stream in streams[1:]]
        self._first_pages.append(kids[0])
        self._file.put(
            node,
            f"<</Type/Pages/Parent {reference(tree)}/Kids{references(kids)}/Count {len(kids)}>>",
        )
        return node

    def _drawn(self, copy: NumberedCopy, height: float) -> bytes:
        """Return the stream of a number; it stands before that of the page, and is read first."""
        shown = "\n".join(
            text_operators(line, self._faces, x, height - baseline)
            for line, x, baseline in copy.lines
        )
        return f"q\n{ink(self._inks, copy.colour)}\nBT\n{shown}\nET\nQ".encode("ascii")

    def labels(self) -> str:
        """Return the entry of the catalogue that labels pages (§12.4.2), 000012-1 the first of 12.

        Their places in the file say nothing: page 100 is one of the twelfth copy of nine pages.
        """
        ranges = (
            f"{at * self._page_count}<</P{string(f'{copy.number}-')}/S/D>>"
            for at, copy in enumerate(self._copies)
        )
        return f"/PageLabels<</Nums[{''.join(ranges)}]>>"

    def outline(self) -> int:
        """Add a bookmark for every copy (§12.3.3) and return the number of their root."""
        root = self._file.reserve()
        items = [self._file.reserve() for _ in self._copies]
        for at, (item, entries) in enumerate(zip(items, self._bookmarks(), strict=True)):
            around = f"/Prev {reference(items[at - 1])}" if at else ""
            around += f"/Next {reference(items[at + 1])}" if at + 1 < len(items) else ""
            self._file.put(item, f"<<{entries}/Parent {reference(root)}{around}>>")
        first, last = reference(items[0]), reference(items[-1])
        self._file.put(root, f"<</Type/Outlines/First {first}/Last {last}/Count {len(items)}>>")
        return root

    def _bookmarks(self) -> Iterator[str]:
        for copy, page in zip(self._copies, self._first_pages, strict=True):
            yield f"/Title{string(copy.title)}/Dest[{reference(page)}/Fit]"
