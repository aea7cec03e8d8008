"""Automatic numbers (自动编号) → text: Word computes 一、 and （一） and stores neither."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from hongtou.bulletin.level_numbers import chinese_numeral
from hongtou.importing.docx.styles import Styles
from hongtou.importing.docx.xml_parts import W, is_on, value_of

CIRCLED_ONE, LAST_CIRCLED = 0x2460, 20  # ① to ⑳
MARK = "●"  # for a bullet of a symbol font, whose own character is another letter elsewhere
PLACE = re.compile("%([1-9])")
HAN = (
    "chineseCounting",
    "chineseCountingThousand",
    "ideographDigital",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
)
CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
MAX_LEVEL = 8


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its pattern such as （%2）, what its numbers look like, its first one."""

    pattern: str
    form: str
    start: int = 1
    is_decimal: bool = False  # all numbers in its pattern are, whatever their own levels say
    style: str = ""


@dataclass(slots=True)
class Lists:
    """The lists of a document by ``numId``, and how far each has been counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by abstract list
    abstract: dict[str, str] = field(default_factory=dict)  # numId → abstract list
    starts: dict[str, dict[int, int]] = field(default_factory=dict)  # numId → start overrides
    counts: dict[str, dict[int, int]] = field(default_factory=dict)  # by abstract list
    begun: set[str] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """Count a paragraph of a list and return its number as text."""
        kind = self.abstract.get(number, "")
        levels = self.levels.get(kind, {})
        if level not in levels:
            return ""
        counted = self.counts.setdefault(kind, {})
        if number not in self.begun:
            self.begun.add(number)
            counted.update({at: start - 1 for at, start in self.starts.get(number, {}).items()})
        counted[level] = counted.get(level, levels[level].start - 1) + 1
        for deeper in [at for at in counted if at > level]:
            del counted[deeper]
        return _written(levels, level, counted)


def read_lists(root: Element | None, styles: Styles) -> Lists:
    """Return the lists that ``numbering.xml`` declares."""
    lists = Lists()
    if root is None:
        return lists
    links: dict[str, str] = {}
    for kind in root.findall(f"{W}abstractNum"):
        name = kind.get(f"{W}abstractNumId", "")
        lists.levels[name] = dict(_levels(kind))
        links[name] = value_of(kind, "numStyleLink")
    for number in root.findall(f"{W}num"):
        name = number.get(f"{W}numId", "")
        lists.abstract[name] = value_of(number, "abstractNumId")
        lists.starts[name] = dict(_overrides(number))
    for name, link in links.items():
        if link and not lists.levels[name]:
            of_style = next((value_of(one, "pPr/numPr/numId") for one in styles.chain(link)), "")
            lists.levels[name] = lists.levels.get(lists.abstract.get(of_style, ""), {})
    return lists


def write_numbers(document: Element, lists: Lists, styles: Styles) -> None:
    """Write its number as text into every paragraph of a list, and take it out of the list."""
    for paragraph in document.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        number, level = _place(properties, lists, styles)
        if properties is not None and (own := properties.find(f"{W}numPr")) is not None:
            properties.remove(own)
        if number and number != "0" and (label := lists.label(number, level)):
            run = Element(f"{W}r")
            SubElement(run, f"{W}t").text = label
            paragraph.insert(0 if properties is None else 1, run)


def _place(properties: Element | None, lists: Lists, styles: Styles) -> tuple[str, int]:
    """Return list and level of a paragraph, from itself or from its style; "" for none."""
    if number := value_of(properties, "numPr/numId"):
        return number, _level(value_of(properties, "numPr/ilvl"))
    for style in styles.chain(value_of(properties, "pStyle")):
        if number := value_of(style, "pPr/numPr/numId"):
            levels = lists.levels.get(lists.abstract.get(number, ""), {})
            name = style.get(f"{W}styleId", "")
            named = (at for at, level in levels.items() if level.style == name)
            return number, next(named, _level(value_of(style, "pPr/numPr/ilvl")))
    return "", 0


def _levels(kind: Element) -> Iterator[tuple[int, Level]]:
    for level in kind.findall(f"{W}lvl"):
        yield (
            _level(level.get(f"{W}ilvl", "")),
            Level(
                value_of(level, "lvlText"),
                value_of(level, "numFmt"),
                _number(value_of(level, "start"), 1),
                is_on(level, "isLgl"),
                value_of(level, "pStyle"),
            ),
        )


def _overrides(number: Element) -> Iterator[tuple[int, int]]:
    for override in number.findall(f"{W}lvlOverride"):
        if start := value_of(override, "startOverride"):
            yield _level(override.get(f"{W}ilvl", "")), _number(start, 1)


def _written(levels: dict[int, Level], level: int, counted: dict[int, int]) -> str:
    own = levels[level]
    if own.form == "bullet":
        return own.pattern if own.pattern.isprintable() and own.pattern > "\x7f" else MARK

    def numeral(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        of = levels.get(at, own)
        form = "decimal" if own.is_decimal else of.form
        return _numeral(counted.get(at, of.start), form)

    return "" if own.form == "none" else PLACE.sub(numeral, own.pattern)


def _numeral(value: int, form: str) -> str:
    if form in HAN and 0 < value < 100:
        return chinese_numeral(value)
    if form in CIRCLED and 0 < value <= LAST_CIRCLED:
        return chr(CIRCLED_ONE + value - 1)
    if form in ("upperLetter", "lowerLetter") and 0 < value <= 26:
        return chr((64 if form == "upperLetter" else 96) + value)
    return str(value)


def _level(written: str) -> int:
    return min(_number(written, 0), MAX_LEVEL)


def _number(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 6 else otherwise
