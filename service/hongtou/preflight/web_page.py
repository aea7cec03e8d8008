"""A page of HTML and its rules: nothing runs in it, nothing is fetched, headings lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from hongtou.bulletin.finding import printable
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.rule import Rule

BEGINNING = b'<!DOCTYPE html>\n<html lang="zh-CN">'
WRITTEN = frozenset({
    "html", "head", "meta", "title", "style", "body", "aside", "header", "main", "footer", "nav",
    "section", "article", "figure", "figcaption", "img", "ul", "li", "a", "table", "caption",
    "div", "thead", "tbody", "tr", "th", "td", "p", "h1", "h2", "h3", "h4", "h5", "h6", "span",
    "strong", "br",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "lang", "charset", "name", "content", "class", "id", "href", "scope", "colspan", "rowspan",
    "src", "alt", "width", "height", "role", "aria-label", "tabindex", "style",
})  # fmt: skip
OWN_STYLE = re.compile(r"--share:[01]\.[0-9]{3}")
OWN_PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=]+")
HEADING = re.compile(r"h[1-6]")


@dataclass
class InspectedPage(HTMLParser):
    """A page, read to its end: its tags with their attributes, and the texts between."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data


@contextmanager
def open_page(content: bytes, _expectation: Expectation) -> Iterator[InspectedPage]:
    """Read a page of HTML.

    Raises:
        ValueError: it does not begin or end as one that we write, or is not in UTF-8.
    """
    if not (content.startswith(BEGINNING) and content.endswith(b"</body></html>\n")):
        raise ValueError("no page of HTML from end to end")
    page = InspectedPage()
    page.feed(content.decode("utf-8"))
    page.close()
    yield page


def _strange(page: InspectedPage) -> Iterator[str]:
    for name in sorted({name for name, _ in page.tags} - WRITTEN):
        yield f"含有本服务不写的元素 {printable(name)}"
    used = {attribute for _, attributes in page.tags for attribute in attributes}
    for name in sorted(used - ATTRIBUTES):
        yield f"含有本服务不写的属性 {printable(name)}"
    styles = {attributes["style"] for _, attributes in page.tags if "style" in attributes}
    for style in sorted(styles):
        if not OWN_STYLE.fullmatch(style):
            yield f"含有本服务不写的样式 {printable(style[:40])}"


def _fetching(page: InspectedPage) -> Iterator[str]:
    names = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    for _, attributes in page.tags:
        if "src" in attributes and not OWN_PICTURE.fullmatch(attributes["src"]):
            yield f"图片不在文件里：{printable(attributes['src'][:40])}"
        href = attributes.get("href")
        if href is not None and not (href.startswith("#") and href[1:] in names):
            yield f"链接不通向本页：{printable(href[:40])}"


def _skipping(page: InspectedPage) -> Iterator[str]:
    levels = [int(name[1]) for name, _ in page.tags if HEADING.fullmatch(name)]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield "一级标题不是唯一的一个，或不在最前"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"标题从 {above} 级跳到 {below} 级"


def _without_alternative(page: InspectedPage) -> Iterator[str]:
    for name, attributes in page.tags:
        if name == "img" and not attributes.get("alt", "").strip():
            yield "有图片没有替代文字"


TAGS_ALONE = Rule("preflight/html-content", _strange)
NOTHING_FETCHED = Rule("preflight/html-external", _fetching)
HEADINGS_IN_ORDER = Rule("preflight/headings", _skipping)
ALTERNATIVES = Rule("preflight/alternatives", _without_alternative)
