"""The structure of a tagged PDF as a screen reader walks it: roles, and the text under each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

MAPPED = re.compile(r"^<([0-9a-f]+)> <([0-9a-f]+)>$", re.M)

Place = tuple[int, int]  # page from 1, number of the marked content


@dataclass
class Tag:
    """A structure element: its role, the text of its own content, its pages and what is in it."""

    role: str
    text: str = ""
    pages: list[int] = field(default_factory=list)
    links: list[pikepdf.Object] = field(default_factory=list)
    parts: list[Tag] = field(default_factory=list)
    entry: pikepdf.Object = None

    def walk(self) -> Iterator[Tag]:
        """Yield this element and all in it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def all(self, role: str) -> list[Tag]:
        """Return the elements of a role, in reading order."""
        return [tag for tag in self.walk() if tag.role == role]

    def whole(self) -> str:
        """Return the text of this element and all in it."""
        return "".join(tag.text for tag in self.walk())


def tags_of(pdf: pikepdf.Pdf) -> Tag:
    """Return the document element, read by way of the tree's own references."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
    return _tag(pdf.Root.StructTreeRoot.K, numbers, marked_texts(pdf))


def marked_texts(pdf: pikepdf.Pdf) -> dict[Place, str]:
    """Return the text of every piece of marked content."""
    texts: dict[Place, str] = defaultdict(str)
    for page, number, text in _shown(pdf):
        if number is not None:
            texts[page, number] += text
    return texts


def unmarked_text(pdf: pikepdf.Pdf) -> str:
    """Return what is drawn as an artifact."""
    return "".join(text for _, number, text in _shown(pdf) if number is None)


def _shown(pdf: pikepdf.Pdf) -> Iterator[tuple[int, int | None, str]]:
    """Yield the page, the marked content that it belongs to, and the text of all that is shown."""
    for page_number, page in enumerate(pdf.pages, start=1):
        fonts = {name: _readings(font) for name, font in page.Resources.Font.items()}
        font: dict[bytes, str] = {}
        within: list[int | None] = [None]
        for operands, operator in pikepdf.parse_content_stream(page):
            match str(operator):
                case "BDC":
                    within.append(operands[1].get("/MCID", within[-1]))
                case "BMC":
                    assert within == [None], "an artifact within content"
                    within.append(None)
                case "EMC":
                    within.pop()
                case "Tf":
                    font = fonts[str(operands[0])]
                case "TJ":
                    assert len(within) > 1, "text that is neither content nor an artifact"
                    codes = b"".join(
                        bytes(one) for one in operands[0] if isinstance(one, pikepdf.String)
                    )
                    pairs = (codes[at : at + 2] for at in range(0, len(codes), 2))
                    yield page_number, within[-1], "".join(font[pair] for pair in pairs)


def _readings(font: pikepdf.Object) -> dict[bytes, str]:
    """Return what the codes of a font are read as."""
    return {
        bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be")
        for code, text in MAPPED.findall(font.ToUnicode.read_bytes().decode("ascii"))
        if len(code) == 4
    }


def _tag(
    entry: pikepdf.Object, numbers: dict[tuple[int, int], int], texts: dict[Place, str]
) -> Tag:
    tag = Tag(str(entry.S).removeprefix("/"), entry=entry)
    own = numbers[entry.Pg.objgen] if "/Pg" in entry else 0
    for kid in entry.get("/K", []):
        if isinstance(kid, int):
            tag.pages.append(own)
            tag.text += texts[own, kid]
        elif kid.get("/Type") == "/MCR":
            tag.pages.append(numbers[kid.Pg.objgen])
            tag.text += texts[numbers[kid.Pg.objgen], int(kid.MCID)]
        elif kid.get("/Type") == "/OBJR":
            tag.links.append(kid.Obj)
        else:
            assert kid.P.objgen == entry.objgen, "an element must name the one that holds it"
            tag.parts.append(_tag(kid, numbers, texts))
    return tag
