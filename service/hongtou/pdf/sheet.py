"""What stands around a page for the press: its boxes, marks, and the slug line.

A sheet is larger than the page by the same edge on all sides, and begins at 0, as some RIPs read no
negative numbers. The streams that stand around those of pages are the same for all of them, but for
the slug. Sections are those of ISO 32000-1.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hongtou.layouts import Layout
from hongtou.pages.page import Page, PlacedLine
from hongtou.pdf.file import PdfFile
from hongtou.pdf.separations import EVERY_PLATE
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.syntax import number
from hongtou.pdf.text import text_operators

CURVE = 0.5523  # of the radius: the control points of a quarter of a circle
CROSS = 1.6  # of the radius: how far the cross of a registration mark reaches

Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a page of a certain size; lengths in points.

    ``slugs`` are the lines of every page that stand outside of it, in coordinates of the page.
    """

    width: float
    height: float
    edge: float
    bleed: float
    mark_gap: float
    mark_length: float
    mark_weight: float
    target: float
    slugs: Sequence[Sequence[PlacedLine]]

    @property
    def boxes(self) -> str:
        """Return the boxes of its page (§14.11.2)."""
        edge, bleed = self.edge, self.edge - self.bleed
        return f"/MediaBox{self._box(0)}/BleedBox{self._box(bleed)}/TrimBox{self._box(edge)}"

    @property
    def before(self) -> bytes:
        """Return the stream that moves the page to its place."""
        return f"q 1 0 0 1 {number(self.edge)} {number(self.edge)} cm".encode("ascii")

    @property
    def after(self) -> bytes:
        """Return the stream that ends the page and draws crop and registration marks."""
        drawn = [f"Q\n{EVERY_PLATE.stroke} {number(self.mark_weight)} w"]
        drawn += [_line(line) for line in (*self._crop_marks(), *self._crosses())]
        drawn += [_circle(x, y, self.target) for x, y in self._targets()]
        return "\n".join(drawn).encode("ascii")

    def slug(self, page: Page, faces: Mapping[str, EmbeddedFace]) -> bytes:
        """Return the stream of the slug lines of a page."""
        shown = [
            text_operators(line, faces, self.edge + x, self.edge + self.height - baseline)
            for line, x, baseline in self.slugs[page.number - 1]
        ]
        return "\n".join([f"{EVERY_PLATE.fill}\nBT", *shown, "ET"]).encode("ascii")

    def _box(self, inset: float) -> str:
        width, height = self.width + 2 * self.edge, self.height + 2 * self.edge
        corners = inset, inset, width - inset, height - inset
        return f"[{' '.join(map(number, corners))}]"

    def _corners(self) -> Iterator[tuple[float, float, int, int]]:
        """Yield the corners of the trimmed page, each with the ways that lead out of it."""
        for x, outwards in ((self.edge, -1), (self.edge + self.width, 1)):
            for y, upwards in ((self.edge, -1), (self.edge + self.height, 1)):
                yield x, y, outwards, upwards

    def _crop_marks(self) -> Iterator[Line]:
        near, far = self.mark_gap, self.mark_gap + self.mark_length
        for x, y, outwards, upwards in self._corners():
            yield x + outwards * near, y, x + outwards * far, y
            yield x, y + upwards * near, x, y + upwards * far

    def _targets(self) -> Iterator[tuple[float, float]]:
        """Yield the centres of the registration marks, in the middle of each side."""
        out = (self.edge - self.bleed) / 2
        width, height = self.width + 2 * self.edge, self.height + 2 * self.edge
        yield from ((width / 2, out), (width / 2, height - out))
        yield from ((out, height / 2), (width - out, height / 2))

    def _crosses(self) -> Iterator[Line]:
        reach = CROSS * self.target
        for x, y in self._targets():
            yield x - reach, y, x + reach, y
            yield x, y - reach, x, y + reach


def sheet_of(layout: Layout, slugs: Sequence[Sequence[PlacedLine]]) -> Sheet:
    """Return the sheet of the pages of a layout."""
    return Sheet(
        width=layout.pt("page.width"),
        height=layout.pt("page.height"),
        edge=layout.pt("press.edge"),
        bleed=layout.pt("press.bleed"),
        mark_gap=layout.pt("press.mark_gap"),
        mark_length=layout.pt("press.mark_length"),
        mark_weight=layout.pt("press.mark_weight"),
        target=layout.pt("press.target"),
        slugs=slugs,
    )


class AroundPages:
    """The streams of a sheet in a file: two that all pages share, and the slug of each."""

    def __init__(self, file: PdfFile, sheet: Sheet, faces: Mapping[str, EmbeddedFace]) -> None:
        self._file = file
        self._sheet = sheet
        self._faces = faces
        self._before = file.add_stream(sheet.before)
        self._after = file.add_stream(sheet.after)

    def contents(self, page: Page, stream: int) -> Iterator[int]:
        """Yield the numbers of all streams of a page whose own is ``stream``."""
        yield from (self._before, stream, self._after)
        yield self._file.add_stream(self._sheet.slug(page, self._faces))


def _line(line: Line) -> str:
    x, y, to_x, to_y = map(number, line)
    return f"{x} {y} m {to_x} {to_y} l S"


def _circle(x: float, y: float, radius: float) -> str:
    """Return a circle of four curves (§8.5.2.2)."""
    out = CURVE * radius
    quarters = (
        ((x + radius, y + out), (x + out, y + radius), (x, y + radius)),
        ((x - out, y + radius), (x - radius, y + out), (x - radius, y)),
        ((x - radius, y - out), (x - out, y - radius), (x, y - radius)),
        ((x + out, y - radius), (x + radius, y - out), (x + radius, y)),
    )
    curves = [" ".join(f"{number(a)} {number(b)}" for a, b in points) for points in quarters]
    return f"{number(x + radius)} {number(y)} m {' c '.join(curves)} c S"
