"""The editors' guide as a page, from the Markdown of `docs/`. Only here markdown-it is known."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from flask import Response, abort, send_from_directory
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from hongtou.resources import resource_dir
from hongtou.web.pages.showing import page
from hongtou.web.services import Services

FILE = "编辑手册.md"
PICTURES = "guide"


def guide(services: Services) -> Response:
    """Show the guide; 404 where an installation came without it."""
    if not (resource_dir("docs") / FILE).is_file():
        abort(404)
    return page("guide.html", text=_html())


def guide_picture(services: Services, name: str) -> Response:
    """Answer with a picture of the guide."""
    return send_from_directory(resource_dir("docs") / PICTURES, f"{name}.png")


@cache
def _html() -> Markup:
    """Return the guide as HTML; links find its headings by the names that GitHub gives them."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((resource_dir("docs") / FILE).read_text(encoding="utf-8"))
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(inner))
    # Our own file, and no value of anybody else; what would be HTML in it is escaped here.
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))


def anchor(heading: Token) -> str:
    """Return the name of a heading in links."""
    return re.sub(r"[^\w\- ]", "", heading.content.lower()).replace(" ", "-")
