"""What templates write themselves: tags, classes and a few attributes, but never a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from jinja2 import Environment

from hongtou.bulletin.likeness import nearest
from hongtou.layouts.keys import TABLES
from hongtou.layouts.styles import STYLES

VALUE = "\ufffc"  # stands for what {{ … }} writes
MARKUP = re.compile(
    r"""<!--.*?-->|<!?/?[\w\ufffc-]+(?:[^<>"]|"[^"]*")*/?>"""  # comments and tags
    r"""|[\w\ufffc:-]+="[^"]*\""""  # attributes that a macro writes
    r"""|&\#?\w+;|\s+|\ufffc""",  # entities, blanks, values
    re.S,
)
RULE = re.compile(r'data-rules?="([^"\ufffc]*)"')
TAG, CLASS = re.compile(r"<(\w+)"), re.compile(r'class="([^"]*)"')
ATTRIBUTE = re.compile(r"\s([A-Za-z][\w:.-]*)\s*=\s*\"")
ATTRIBUTES = (  # that the stylesheet, the hooks or WeasyPrint read
    "class", "id", "data-set", "data-piece", "data-rule", "data-rules", "data-figure",
    "data-unframed", "href", "colspan", "rowspan", "lang", "charset", "name", "content",
)  # fmt: skip
SHOWN = 20  # characters of a text in a message


class MarkupNames(NamedTuple):
    """The names that a selector can match."""

    tags: frozenset[str]
    classes: frozenset[str]


def written_faults(source: str, environment: Environment) -> Iterator[tuple[int, str]]:
    """Yield the line and the fault of everything that a template must not write itself."""
    written, lines = _written(source, environment)
    for find in (_texts, _attributes, _colours):
        yield from ((lines[at], fault) for at, fault in find(written))


def _texts(written: str) -> Iterator[tuple[int, str]]:
    at = 0
    for markup in [*MARKUP.finditer(written), None]:
        text = written[at : markup.start() if markup else None].strip()
        if text:
            shown = f"{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}"
            instead = "文字写在 layout.toml 或稿件里，模板只放 set 排好的"
            yield at, f"写了文字“{shown}”，印不出来：{instead}"
        at = markup.end() if markup else at


def _attributes(written: str) -> Iterator[tuple[int, str]]:
    for attribute in ATTRIBUTE.finditer(written):
        name = attribute[1]
        if name not in ATTRIBUTES:
            near = nearest(name, ATTRIBUTES)
            instead = f"最接近的是 {near}" if near else f"可用 {'、'.join(ATTRIBUTES)}"
            yield attribute.start(1), f"属性 {name} 不起作用，{instead}"


def _colours(written: str) -> Iterator[tuple[int, str]]:
    known = TABLES["colour"].keys
    for rule in RULE.finditer(written):
        if rule[1] not in known:
            near = nearest(rule[1], known)
            instead = f"最接近的是 {near}" if near else f"可用 {'、'.join(known)}"
            yield rule.start(), f"没有“{rule[1]}”这个颜色，{instead}"


def markup_names(sources: Iterable[str], environment: Environment) -> MarkupNames:
    """Return the tags and classes of what templates write, and of what the plan's styles name."""
    tags: set[str] = set()
    classes: set[str] = set(STYLES)
    for source in sources:
        written, _ = _written(source, environment)
        strings = [
            word
            for _, kind, text in environment.lex(source)
            if kind == "string"
            for word in text[1:-1].split()
        ]
        tags.update(TAG.findall(written), strings)
        classes.update(
            (word for value in CLASS.findall(written) for word in value.split()), strings
        )
    return MarkupNames(frozenset(tags), frozenset(classes))


def _written(source: str, environment: Environment) -> tuple[str, list[int]]:
    """Return what stands outside of expressions and statements, and the line of each character."""
    written, lines = [], []
    for line, kind, text in environment.lex(source):
        piece = text if kind == "data" else VALUE if kind == "variable_begin" else ""
        for char in piece:
            written.append(char)
            lines.append(line)
            line += char == "\n"
    return "".join(written), lines
