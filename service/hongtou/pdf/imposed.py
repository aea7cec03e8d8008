"""Pages on the sides of sheets: each page is a form that a side shows. Sections: ISO 32000-1."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hongtou.pages.imposition import Imposition, Placement, Side
from hongtou.pages.page import Page
from hongtou.pdf.content import Content
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import number, reference, references

FOLD_INK = "0 G"  # black, as the strokes of a screen have it


class ImposedPages:
    """The page tree of an imposition."""

    def __init__(self, file: PdfFile, imposition: Imposition) -> None:
        self._file = file
        self._imposition = imposition

    def add(
        self, pages: Sequence[Page], contents: Sequence[Content], resources: Sequence[str]
    ) -> int:
        """Add the sides with all pages, whose ``resources`` are given; return the tree's number."""
        forms = [
            self._file.add_stream(
                content.stream(),
                f"/Type/XObject/Subtype/Form/BBox[0 0 {number(page.width)} {number(page.height)}]"
                f"/Resources<<{shared}>>",
            )
            for page, content, shared in zip(pages, contents, resources, strict=True)
        ]
        tree = self._file.reserve()
        sides = [self._side(side, forms, tree) for side in self._imposition.sides]
        kids = references(sides)
        self._file.put(tree, f"<</Type/Pages/Kids{kids}/Count {len(sides)}>>")
        return tree

    def _side(self, side: Side, forms: Sequence[int], tree: int) -> int:
        width, height = number(self._imposition.width), number(self._imposition.height)
        shown = "".join(f"/P{one.page} {reference(forms[one.page])}" for one in side)
        stream = self._file.add_stream("\n".join(self._drawn(side)).encode("ascii"))
        box = f"[0 0 {width} {height}]"
        return self._file.add(
            f"<</Type/Page/Parent {reference(tree)}/MediaBox{box}/TrimBox{box}"
            f"/Contents {reference(stream)}/Resources<</XObject<<{shown}>>>>>>"
        )

    def _drawn(self, side: Side) -> Iterator[str]:
        for one in side:
            place = _numbers(one.x, one.y)
            yield f"q {self._clip(one)} re W n 1 0 0 1 {place} cm /P{one.page} Do Q"
        if self._imposition.fold:
            (x, length, weight), height = self._imposition.fold, self._imposition.height
            yield f"{FOLD_INK} {number(weight)} w"
            yield f"{_numbers(x, 0)} m {_numbers(x, length)} l S"
            yield f"{_numbers(x, height - length)} m {_numbers(x, height)} l S"

    def _clip(self, one: Placement) -> str:
        return _numbers(one.left, one.bottom, one.right - one.left, one.top - one.bottom)


def _numbers(*values: float) -> str:
    return " ".join(map(number, values))
