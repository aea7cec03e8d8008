"""Rules of a layout's stylesheet that do nothing: each with its line, why, and what to write.

The stylesheet says where boxes stand. What is drawn, in which colour and on which page, the plan
and layout.toml say; styles are kept by tags and classes (`styles.py`), and no margin boxes are
made (`savings.py`). A rule about anything else would be ignored in silence.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import tinycss2
from weasyprint import CSS
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError

from hongtou.bulletin.likeness import nearest
from hongtou.paginate.line_marks import MarkedText
from hongtou.paginate.pagination import ClosedFetcher
from hongtou.paginate.written_text import MarkupNames

EDGES = ("top", "right", "bottom", "left")
SIZES = ("width", "height", "min-width", "max-width", "min-height", "max-height")
PAGE_PROPERTIES = frozenset(
    ("size", "width", "height", "margin", *(f"margin-{edge}" for edge in EDGES))
)
PROPERTIES = frozenset(
    (
        "display", "position", "float", "clear", "box-sizing", "vertical-align",
        *EDGES, *SIZES,
        "margin", *(f"margin-{edge}" for edge in EDGES),
        "padding", *(f"padding-{edge}" for edge in EDGES),
        "break-before", "break-after", "break-inside",
        "table-layout", "border-collapse", "border-spacing",
        "transform", "transform-origin",
        "flex", "flex-basis", "flex-direction", "flex-flow", "flex-grow", "flex-shrink",
        "flex-wrap",
        "align-content", "align-items", "align-self", "order",
        "justify-content", "justify-items", "justify-self", "gap", "row-gap", "column-gap",
        "grid", "grid-area", "grid-auto-columns", "grid-auto-flow", "grid-auto-rows", "grid-column",
        "grid-column-end", "grid-column-start", "grid-row", "grid-row-end", "grid-row-start",
        "grid-template", "grid-template-areas", "grid-template-columns", "grid-template-rows",
    )
)  # fmt: skip
INSTEAD = (  # the beginning of a property, and where what it means is said
    (("color", "background", "border", "outline", "box-shadow", "opacity"),
     "颜色写在 layout.toml 的 [colour] 与样式的 colour，线由模板的 data-rule 画"),
    (("font", "line-height", "letter-spacing", "word", "text", "hyphen", "white-space", "quotes"),
     "文字怎么排，写在 layout.toml 的 [style.…]"),
    (("content", "counter", "string-set", "list-style", "bookmark"),
     "印出的文字写在 layout.toml 或稿件里"),
    (("page", "orphans", "widows", "columns", "column-count"),
     "分页由 layout.toml 的 [composition] 决定"),
)  # fmt: skip
SELECTING = (".", ",", ">", "*")  # literals of a selector
NUMBERED = re.compile(r"(lines|column)-[0-9]+")  # classes that give a number of the plan
COMPLAINT = re.compile(
    r"(?P<what>.*) at (?P<line>\d+):(?P<column>\d+)[.,:]* *(?P<why>.*?)\.?", re.S
)
IGNORED = re.compile(r"Ignored `(.*)`", re.S)  # how WeasyPrint begins what it says of a value

Place = tuple[int, int]  # of the stylesheet: a line from 1, a column from 1


def stylesheet_faults(sheet: MarkedText, names: MarkupNames) -> list[tuple[str, int, str]]:
    """Return the template, the line and the message of each fault.

    ``names`` are the tags and classes of what the stylesheet is for.
    """
    found = list(_faults(sheet.text, names))
    places = {place for place, _ in found}
    found += [fault for fault in _complaints(sheet.text) if fault[0] not in places]
    told = ((*sheet.line_of(line, column - 1), message) for (line, column), message in found)
    return sorted(dict.fromkeys(told))


def _faults(text: str, names: MarkupNames) -> Iterator[tuple[Place, str]]:
    if text.rfind("/*") > text.rfind("*/"):
        line = text.count("\n", 0, text.rfind("/*")) + 1
        yield (line, 1), "注释没有用 */ 结束，后面的规则都不起作用"
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        place = rule.source_line, rule.source_column
        if rule.type == "error":
            yield place, f"不是合格的 CSS：{rule.message}"
        elif rule.type == "at-rule":
            yield from _at_rule_faults(rule)
        else:
            yield from ((place, fault) for fault in _selector_faults(rule.prelude, names))
            yield from _declaration_faults(rule.content, PROPERTIES)


def _at_rule_faults(rule: Any) -> Iterator[tuple[Place, str]]:
    place = rule.source_line, rule.source_column
    name = f"@{rule.at_keyword} {_text(rule.prelude)}".strip()
    if rule.lower_at_keyword != "page":
        yield place, f"{name} 不起作用，请删去：只能用 @page 与普通规则"
    elif _text(rule.prelude):
        yield place, f"{name} 不起作用：各页相同，请写在 @page {{ }} 里"
    else:
        yield from _declaration_faults(rule.content or [], PAGE_PROPERTIES)


def _declaration_faults(content: Any, known: frozenset[str]) -> Iterator[tuple[Place, str]]:
    for entry in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        place = entry.source_line, entry.source_column
        match entry.type:
            case "error":
                yield place, f"不是合格的 CSS：{entry.message}"
            case "at-rule":
                yield place, f"@{entry.at_keyword} 不起作用，请删去：页码、校样标记写在 layout.toml"
            case "qualified-rule":
                yield place, "规则里不能再写规则，请分开写"
            case _ if entry.lower_name not in known:
                yield place, _property_fault(entry.lower_name, known)


def _property_fault(name: str, known: frozenset[str]) -> str:
    for beginnings, instead in INSTEAD:
        if name.startswith(beginnings):
            return f"{name} 不起作用：{instead}"
    near = nearest(name, known)
    meant = f"，最接近的是 {near}" if near else "，请删去：样式表只管方框放在哪里"
    return f"{name} 不起作用{meant}"


def _selector_faults(prelude: Sequence[Any], names: MarkupNames) -> Iterator[str]:
    """Yield what is in a selector besides tags and classes, and those that no template has."""
    mark = ""
    for token in prelude:
        if token.type == "ident":
            known = names.classes if mark else names.tags
            if token.value not in known and not (mark and NUMBERED.fullmatch(token.value)):
                near = nearest(token.value, known)
                meant = f"，最接近的是 {mark}{near}" if near else "，请删去"
                yield f"{mark}{token.value} 不起作用：模板里没有它{meant}"
        elif token.type not in ("whitespace", "comment") and token not in SELECTING:
            yield f"{_text(prelude)} 不起作用：选择器只能写标签、.类名和它们的上下级"
            return
        mark = "." if token == "." else ""


def _text(tokens: Sequence[Any]) -> str:
    return " ".join(tinycss2.serialize(tokens).split())


def _complaints(text: str) -> Iterator[tuple[Place, str]]:
    """Yield what WeasyPrint only warns of, and then ignores."""
    recorder = _Recorder()
    LOGGER.addHandler(recorder)
    try:
        with suppress(FatalURLFetchingError):  # an @import, which is told of by itself
            CSS(string=text, url_fetcher=ClosedFetcher())
    finally:
        LOGGER.removeHandler(recorder)
    for message in recorder.messages:
        told = COMPLAINT.fullmatch(message)
        if told is None:
            yield (1, 1), f"不起作用的规则，WeasyPrint 说：{message}"
            continue
        ignored = IGNORED.fullmatch(told["what"])
        what = f"{ignored[1]} 不起作用" if ignored else f"不起作用：{told['what']}"
        why = f"，值不对，WeasyPrint 说：{told['why']}" if told["why"] else ""
        yield (int(told["line"]), int(told["column"])), " ".join(f"{what}{why}".split())


class _Recorder(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
