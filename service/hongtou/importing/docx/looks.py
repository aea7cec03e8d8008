"""How paragraphs look: many a title is one by its type and place alone, without a style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from hongtou.importing.docx.styles import Styles
from hongtou.importing.docx.xml_parts import W, text_of, value_of

CENTRED = ("center", "centre")
SAYS_ITSELF = ("heading ", "title", "subtitle", "简报标题", "简报简讯栏名")  # of a style: its level
PREFIX = "look"


@dataclass(frozen=True, slots=True)
class Look:
    """The type of most characters of a paragraph in half points, and whether it is centred."""

    half_points: int
    is_centred: bool

    @property
    def name(self) -> str:
        """Return it as a class of HTML."""
        return f"{PREFIX}-{'centred' if self.is_centred else 'text'}-{self.half_points}"


def look_named(name: str) -> Look | None:
    """Return what a class of HTML tells; None if it is no look."""
    prefix, _, rest = name.partition("-")
    place, _, size = rest.partition("-")
    return Look(int(size), place == "centred") if prefix == PREFIX and size.isdecimal() else None


def write_looks(document: Element, styles: Styles) -> set[str]:
    """Make its look the style of every paragraph that has no heading's; return their names."""
    names = set()
    for paragraph in document.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        own = value_of(properties, "pStyle")
        if styles.name_of(own).lower().startswith(SAYS_ITSELF) or not text_of(paragraph).strip():
            continue
        look = _look(paragraph, own, styles)
        if properties is None:
            properties = Element(f"{W}pPr")
            paragraph.insert(0, properties)
        for style in properties.findall(f"{W}pStyle"):
            properties.remove(style)
        SubElement(properties, f"{W}pStyle").set(f"{W}val", look.name)
        names.add(look.name)
    return names


def _look(paragraph: Element, style: str, styles: Styles) -> Look:
    chain = [*styles.chain(style or styles.usual)]
    usual = _first_size(chain) or styles.usual_half_points
    sizes: Counter[int] = Counter()
    for run in paragraph.iter(f"{W}r"):
        sizes[_size(run, styles) or usual] += len(text_of(run).strip())
    placed = (value_of(one, "jc") for one in _properties(paragraph, chain))
    return Look(sizes.most_common(1)[0][0], next(filter(None, placed), "") in CENTRED)


def _properties(paragraph: Element, chain: list[Element]) -> Iterator[Element]:
    for owner in (paragraph, *chain):
        yield from owner.findall(f"{W}pPr")


def _size(run: Element, styles: Styles) -> int:
    """Return the size of a run in half points, by itself or by its style; 0 if neither says it."""
    own = _half_points(run)
    return own or _first_size([*styles.chain(value_of(run.find(f"{W}rPr"), "rStyle"))])


def _first_size(chain: list[Element]) -> int:
    return next(filter(None, map(_half_points, chain)), 0)


def _half_points(owner: Element) -> int:
    written = value_of(owner, "rPr/sz")
    return int(written) if written.isdecimal() and len(written) <= 4 else 0
