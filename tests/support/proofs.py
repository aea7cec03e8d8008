"""Proof sheets: set lines and whole pages as text, to be read and compared line by line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import pytest

from hongtou.bulletin.measure import PT_PER_MM
from hongtou.compose.lines import SetLine
from hongtou.pages.page import Page, Pages, PlacedLine, PlacedPicture, PlacedText, Rectangle, Rule
from hongtou.plan.structure import Element

GOLDEN = Path(__file__).parents[1] / "golden"
OBJECTS = re.compile(rb"(?<=\n)(\d+ 0 obj\n.*?\nendobj\n)", re.S)
STREAM = re.compile(rb"(?<=\nstream\n).*(?=\nendstream\n)", re.S)
NAMED_BY_CONTENT = re.compile(
    rb"/Length1? \d+|hongtou [0-9.]+|(?<=/I)[0-9a-f]{16}\b|\b[0-9a-f]{64}\b"
)
UNSEEN = 0.0005  # em: what no eye and no printer tells from the common gap
TAKEN_WITH = (3, 11)  # sum() of later releases rounds otherwise, their http has other phrases


def compared(name: str, text: str, request: pytest.FixtureRequest) -> None:
    """Compare a proof with the sheet of this name, or renew that."""
    if sys.version_info[:2] != TAKEN_WITH:
        pytest.skip("校样是用 Python 3.11 取的")
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--save-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    golden = path.read_text(encoding="utf-8").splitlines()
    changed = "\n".join(
        unified_diff(golden, text.splitlines(), "as it was", "as it is", "", "", 1, "")
    )
    assert not changed, changed


def line_proof(line: SetLine) -> str:
    """Return a line of a proof: x, width and common gap in em, the text, and all other gaps."""
    em = line.size
    common = line.common_gap / em
    apart = [
        f"{at}{gap / em:+.3f}"
        for at, gap in enumerate(line.gaps[:-1])
        if abs(gap / em - common) > UNSEEN
    ]
    means = f"{line.squeeze:.2f}{'·' if line.spaced else ' '}"
    return f"{line.x / em:7.3f} {line.width / em:7.3f} {common:+.3f} {means} |{line.text}| " + (
        " ".join(apart)
    )


def text_proof(title: str, lines: Sequence[SetLine]) -> str:
    """Return the proof of a text; spaces at the ends of lines, which say nothing, are left out."""
    return "".join(f"{row.rstrip()}\n" for row in (title, *map(line_proof, lines)))


def page_proof(pages: Pages) -> str:
    """Return a list of all that stands on the pages, in mm, and of what readers are told of it."""
    rows: list[str] = []
    for page in pages:
        rows += _page(page)
    rows += ["structure", *_element(pages.structure, 1), "bookmarks"]
    for mark in pages.bookmarks:
        place = mark.place
        rows.append(f"{mark.level} {mark.title} → {place.page} {_mm(place.x)} {_mm(place.y)}")
    rows.append("anchors")
    for name, place in sorted(pages.anchors.items()):
        rows.append(f"{name} → {place.page} {_mm(place.x)} {_mm(place.y)}")
    return "".join(f"{row.rstrip()}\n" for row in rows)


def file_proof(content: bytes) -> str:
    """Return the objects of a PDF that was not compressed; of binary streams, that they are there."""
    return b"".join(_object(found[1]) for found in OBJECTS.finditer(content)).decode()


def _object(content: bytes) -> bytes:
    stream = STREAM.search(content)
    if stream and not stream[0].isascii():
        content = content.replace(stream[0], b"(binary)")
    return NAMED_BY_CONTENT.sub(b"(of its content)", content)


def _page(page: Page) -> Iterator[str]:
    yield f"page {page.number} {_mm(page.width)} {_mm(page.height)}"
    for content in page.contents:
        if isinstance(content, PlacedPicture):
            yield f"  picture {content.number} {_area(content.area)}{_turned(content.turn)}"
        else:
            yield from _text(content)
    yield from map(_rule, page.rules)
    for link in page.links:
        yield f"  link {link.target} {_area(link.area)}"
    for furnishing in page.furniture:
        yield f"  furniture {furnishing.colour} {_placed(furnishing.placed)}"


def _text(placed: PlacedText) -> Iterator[str]:
    repeated = " again" if placed.repetition else ""
    name = f"{placed.text.style} {placed.colour}{_turned(placed.turn)}{repeated}"
    for line in placed.lines:
        yield f"  {name} {_placed(line)}"
    if placed.ending:
        yield f"  ending {_placed(placed.ending)}"


def _placed(placed: PlacedLine) -> str:
    line = placed.line
    return (
        f"{_mm(placed.x + line.x)} {_mm(placed.baseline)} {_mm(line.width)} {line.size:g} "
        f"{line.faces[0].id if line.faces else ''} |{line.text}|"
    )


def _rule(rule: Rule) -> str:
    return f"  rule {rule.colour} {_area(rule.area)}{_turned(rule.turn)}"


def _element(element: Element, depth: int) -> Iterator[str]:
    """Yield the parts of the structure, each deeper than what it is a part of."""
    held = f" texts {len(element.texts)}" if element.texts else ""
    if element.picture is not None:
        held += f" picture {element.picture} “{element.alternative}”"
    yield f"{'  ' * depth}{element.role}{held}"
    for part in element.parts:
        yield from _element(part, depth + 1)


def _area(area: Rectangle) -> str:
    return " ".join(map(_mm, area))


def _turned(turn: Iterable[float] | None) -> str:
    return f" turned {' '.join(f'{value:.2f}' for value in turn)}" if turn else ""


def _mm(points: float) -> str:
    return f"{points / PT_PER_MM + 0.0:.2f}".replace("-0.00", "0.00")
