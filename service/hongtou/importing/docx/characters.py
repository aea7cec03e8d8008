"""Characters that a .docx writes as elements or as their place: m² and 10⁴, hyphens, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from hongtou.importing.docx.xml_parts import W, is_on, text_of, value_of
from hongtou.importing.raised import AS_IT_IS, LOWERED, RAISED
from hongtou.importing.signs import PRIVATE

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
PLACED = {"superscript": RAISED, "subscript": LOWERED}
OTHER_NAMES = {f"{W}cr": f"{W}br", f"{W}ptab": f"{W}tab"}
MAX_MOVED_CHARS = 4  # of a run that its position in pt, not its place, makes an index
DRAWN = re.compile("/(?:chart|chartex|diagram)$")
COMPUTED = re.compile(r"\s{0,4}eq\s", re.IGNORECASE)


def write_characters(document: Element) -> Iterator[str]:
    """Write as text what is a character by other means; yield what is to be told of it."""
    left: list[str] = []
    struck: list[str] = []
    formulas: list[str] = []
    for element in document.iter():
        element.tag = OTHER_NAMES.get(element.tag, element.tag)
        if element.tag == f"{W}r":
            left += _place(element)
            struck += _struck(element)
        elif element.tag == f"{M}oMath":
            formulas.append(_flatten(element))
        elif element.tag in (f"{W}noBreakHyphen", f"{W}sym"):
            _write_out(element)
    shown = {"上标、下标写成了平排的字": left, "划了删除线的字照样取了": struck}
    shown["公式写成了平排的字"] = formulas
    for message, texts in shown.items():
        if told := "、".join(filter(None, texts)):
            yield f"{message}，请核对：{told}"
    yield from _lost(document)


def _place(run: Element) -> Iterator[str]:
    """Raise or lower the characters of a run; yield the text of one in which some cannot be."""
    table = PLACED.get(value_of(run, "rPr/vertAlign"))
    text = text_of(run)
    if table is None or not text.strip():
        if value_of(run, "rPr/position") not in ("", "0") and len(text) <= MAX_MOVED_CHARS:
            yield text
        return
    if all(ord(char) in table or char in AS_IT_IS for char in text):
        for part in run.iter(f"{W}t"):
            part.text = (part.text or "").translate(table)
    else:
        yield text


def _struck(run: Element) -> Iterator[str]:
    properties = run.find(f"{W}rPr")
    if is_on(properties, "strike") or is_on(properties, "dstrike"):
        yield text_of(run)


def _flatten(formula: Element) -> str:
    """Make a run with its text of a formula; return the text."""
    text = "".join(part.text or "" for part in formula.iter(f"{M}t"))
    formula.clear()
    formula.tag = f"{W}r"
    SubElement(formula, f"{W}t").text = text
    return text


def _write_out(element: Element) -> None:
    """Write a hyphen or a symbol as text, unless its font alone knows what it is."""
    code = element.get(f"{W}char", "")
    if element.tag == f"{W}noBreakHyphen":
        text = "-"
    elif re.fullmatch("[0-9A-Fa-f]{4}", code) and int(code, 16) not in PRIVATE:
        text = chr(int(code, 16))
    else:
        return
    if not text.isprintable():  # XML has no U+0000 and no half of a character
        return
    element.clear()
    element.tag, element.text = f"{W}t", text


def _lost(document: Element) -> Iterator[str]:
    drawn = (one.get("uri", "") for one in document.iter() if one.tag.endswith("}graphicData"))
    if count := sum(DRAWN.search(uri) is not None for uri in drawn):
        yield f"有 {count} 处 Word 里画的图表，没有取：请存成图片后添进稿件"
    codes = (
        "".join(part.text or "" for part in paragraph.iter(f"{W}instrText"))
        for paragraph in document.iter(f"{W}p")
    )
    if count := sum(COMPUTED.match(code) is not None for code in codes):
        yield f"有 {count} 段里有用域排成的字（如带圈的字），没有取"
