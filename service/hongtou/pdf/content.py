"""The content stream of a page: lines, rules and pictures. Sections are those of ISO 32000-1."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from hongtou.pages.page import Page, PlacedLine, PlacedPicture, PlacedText, Rectangle, Rule, Turn
from hongtou.pdf.inks import Inks, ink
from hongtou.pdf.subsets import EmbeddedFace
from hongtou.pdf.syntax import number
from hongtou.pdf.text import text_operators


class PictureKey(NamedTuple):
    """The key of a picture: its number among the pictures of the document."""

    number: int


Key = int | PictureKey  # of a text, or of a picture


@dataclass(slots=True)
class Content:
    """The operators of a page.

    ``marks`` are the keys of its marked content, in the order of their numbers (§14.7.4);
    ``pictures`` are the digests of its pictures.
    """

    operators: list[str] = field(default_factory=list)
    marks: list[Key] = field(default_factory=list)
    pictures: dict[str, None] = field(default_factory=dict)

    def stream(self) -> bytes:
        """Return the content stream."""
        return "\n".join(self.operators).encode("ascii")


class Drawing:
    """Draws pages with these faces and inks.

    ``tagged`` are the keys in the structure tree; everything else becomes an artifact. Without a
    tree (None) nothing is marked.
    """

    def __init__(
        self, faces: Mapping[str, EmbeddedFace], inks: Inks, tagged: Collection[Key] | None
    ) -> None:
        self._faces = faces
        self._inks = inks
        self._tagged = tagged

    def content(self, page: Page) -> Content:
        """Return the content of a page."""
        self._height, self._colour, self._content = page.height, "", Content()
        for turn, rules in groupby(page.rules, key=attrgetter("turn")):
            with self._turned(turn):
                self._content.operators.append(self._rules(rules))
        for turn, placed in groupby(page.contents, key=attrgetter("turn")):
            with self._turned(turn):
                self._content.operators += map(self._placed, placed)
        if page.furniture:
            shown = [
                f"{self._filled(furnishing.colour)}{self._lines([furnishing.placed])}"
                for furnishing in page.furniture
            ]
            self._content.operators.append(self._artifact(shown))
        return self._content

    def _placed(self, placed: PlacedText | PlacedPicture) -> str:
        return self._text(placed) if isinstance(placed, PlacedText) else self._picture(placed)

    def _text(self, placed: PlacedText) -> str:
        lines = [*placed.lines, placed.ending] if placed.ending else placed.lines
        shown = (self._filled(placed.colour), self._lines(lines))
        if self._tagged is None or placed.repetition or placed.text.key not in self._tagged:
            return self._artifact(shown)
        return self._marked("Span", placed.text.key, shown)

    def _picture(self, placed: PlacedPicture) -> str:
        area = placed.area
        self._content.pictures[placed.digest] = None
        size, place = _numbers(area.width, 0, 0, area.height), self._corner(area)
        shown = f"q {size} {place} cm /{picture_name(placed.digest)} Do Q\n"
        return self._marked("Figure", PictureKey(placed.number), [shown])

    def _rules(self, rules: Iterable[Rule]) -> str:
        drawn = []
        for rule in rules:
            area = rule.area
            size = _numbers(area.width, area.height)
            drawn.append(f"{self._filled(rule.colour)}{self._corner(area)} {size} re f\n")
        return self._artifact(drawn)

    def _lines(self, lines: Iterable[PlacedLine]) -> str:
        shown = [
            text_operators(line, self._faces, x, self._height - baseline)
            for line, x, baseline in lines
        ]
        return "\n".join(["BT", *shown, "ET\n"])

    def _corner(self, area: Rectangle) -> str:
        """Return the bottom left corner, from the foot of the page."""
        return _numbers(area.x, self._height - area.y - area.height)

    def _filled(self, colour: str) -> str:
        """Return the operator that sets a colour, "" if it is set already."""
        if colour == self._colour:
            return ""
        self._colour = colour
        return f"{ink(self._inks, colour)}\n"

    def _marked(self, tag: str, key: Key, shown: Iterable[str]) -> str:
        if self._tagged is None:
            return _bare(shown)
        number = len(self._content.marks)
        self._content.marks.append(key)
        return f"/{tag} <</MCID {number}>> BDC\n{''.join(shown)}EMC"

    def _artifact(self, shown: Iterable[str]) -> str:
        """Return operators as an artifact, which readers skip (§14.8.2.2)."""
        if self._tagged is None:
            return _bare(shown)
        return f"/Artifact BMC\n{''.join(shown)}EMC"

    @contextmanager
    def _turned(self, turn: Turn | None) -> Iterator[None]:
        """Draw within a transformation (§8.3.4), so that turned content needs no other code."""
        if turn is None:
            yield
            return
        self._content.operators.append(f"q {self._matrix(turn)} cm")
        yield
        self._content.operators.append("Q")
        self._colour = ""

    def _matrix(self, turn: Turn) -> str:
        """Return the matrix of a turn for coordinates from the foot of the page."""
        a, b, c, d, e, f = turn
        height = self._height
        return _numbers(a, -b, -c, d, e + c * height, height - d * height - f)


def picture_name(digest: str) -> str:
    """Return the resource name of a picture."""
    return f"I{digest[:16]}"


def _bare(shown: Iterable[str]) -> str:
    return "".join(shown).rstrip("\n")


def _numbers(*values: float) -> str:
    return " ".join(map(number, values))
