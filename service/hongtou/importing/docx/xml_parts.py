"""XML parts of a .docx as elements, read so that no part can make more work than it is long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from hongtou.bulletin.errors import ImportRefused

MAX_DEPTH = 64  # of elements; tables in tables have 30
MAX_ELEMENTS = 150_000  # an issue has 5,000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT_W = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
SYMBOL = "\ufffc"  # stands for a character that only a symbol font has
OFF = ("0", "false", "off", "none")


def parsed(content: bytes) -> Element | None:
    """Return the root of a part; None of an empty one.

    Raises:
        ImportRefused: it is damaged, too deep, has too many elements, or declares anything (DTD).
    """
    if not content:
        return None
    _check(content)
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError as cause:
        raise ImportRefused(".docx 的内容已损坏", hint="请在 Word 或 WPS 里另存后再导入") from cause


def is_on(owner: Element | None, name: str) -> bool:
    """Tell whether a property is there and not switched off."""
    found = owner.find(W + name) if owner is not None else None
    return found is not None and found.get(f"{W}val", "1") not in OFF


def value_of(owner: Element | None, path: str) -> str:
    """Return the value of a property by the names on the way to it, "" if it is not there."""
    found = (
        owner.find("/".join(W + name for name in path.split("/"))) if owner is not None else None
    )
    return found.get(f"{W}val", "") if found is not None else ""


def text_of(element: Element) -> str:
    """Return the characters of an element, but of no paragraph in it, as those of a box are."""
    return "".join(_characters(element))


def _characters(element: Element) -> Iterator[str]:
    for one in element:
        if one.tag == f"{W}t":
            yield one.text or ""
        elif one.tag == f"{W}sym":
            yield SYMBOL
        elif one.tag != f"{W}p":
            yield from _characters(one)


def paragraph_texts(root: Element | None) -> Iterator[str]:
    """Yield the texts of the paragraphs of a part that have any."""
    for paragraph in root.iter(f"{W}p") if root is not None else ():
        if text := text_of(paragraph).strip():
            yield text


def _check(content: bytes) -> None:
    parser = expat.ParserCreate()
    depth = count = 0

    def start(name: str, attributes: object) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise ImportRefused(".docx 的内容嵌套太深，或太多", hint="请把文字粘贴进稿件")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError, OSError) as cause:
        raise ImportRefused(".docx 的内容已损坏", hint="请在 Word 或 WPS 里另存后再导入") from cause


def _refuse_declaration(*declared: object) -> NoReturn:
    raise ImportRefused(".docx 里有文档类型声明（DTD）", hint="请在 Word 或 WPS 里另存后再导入")
