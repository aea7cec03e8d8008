"""HTML + set texts → pages → PDF bytes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, URLFetcher
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from hongtou.bulletin.errors import EngineFault
from hongtou.layouts.layout import Layout
from hongtou.pages.report import DrawnLine
from hongtou.paginate.markup import write_html, write_stylesheet
from hongtou.paginate.weasyprint_hooks import Job, typesetting
from hongtou.pdf.subsets import embed_faces
from hongtou.pictures.reading import Picture
from hongtou.plan import Plan
from hongtou.plan.furniture import Furniture

PICTURE = "picture:"
_STYLESHEETS: dict[tuple[str, bool], tuple[CSS, FontConfiguration]] = {}
EVEN_PAGE = "footer { break-before: left; }"


@dataclass(frozen=True, slots=True)
class Pages:
    """A finished document, how many pages it has and where each line was drawn."""

    content: bytes
    count: int
    lines: tuple[DrawnLine, ...]


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the plan's own pictures and nothing else; remembers what it refused.

    It begins without what URLFetcher begins with: openers for URLs and files.
    """

    _fail_on_errors = True

    def __init__(self, pictures: Mapping[str, Picture]) -> None:
        self._pictures = {f"{PICTURE}{picture.digest}": picture for picture in pictures.values()}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """Return a picture of the plan; any other address ends the render."""
        picture = self._pictures.get(url)
        if picture is None:
            self.refused.append(url[:80])
            raise FatalURLFetchingError(f"refused: {url[:80]}")
        return URLFetcherResponse(url, picture.content, {"Content-Type": picture.media_type})


def typeset(plan: Plan) -> Pages:
    """Lay out a plan and write its PDF; EngineFault if anything was refused or went wrong."""
    fetcher = ClosedFetcher(plan.pictures)
    with _no_log_allowed(), typesetting(job := Job(plan.texts, plan.galleys)):
        try:
            document = _lay_out(plan, fetcher)
            _furnish(job, plan, document)
            document.fonts = {face.name: face for face in job.faces.values()}
            content = document.write_pdf(pdf_tags=True, pdf_identifier=plan.digest.encode())
        except FatalURLFetchingError as cause:
            raise EngineFault("排版时请求了不允许的资源") from cause
        except ElementTree.ParseError as cause:
            raise EngineFault("版式模板不是合格的 XML") from cause
    if fetcher.refused:
        raise EngineFault("排版时请求了不允许的资源")
    return Pages(content, len(document.pages), tuple(job.drawn))


def _lay_out(plan: Plan, fetcher: ClosedFetcher) -> Any:
    html = _parsed(write_html(plan), fetcher)
    layout = plan.layout
    document = _render(html, layout, even_page=False)
    if layout.amount("closing.even_page", "flag") and len(document.pages) % 2:
        document = _render(html, layout, even_page=True)
    return document


class Bulletin(HTML):  # type: ignore[misc]
    """A document that brings its own stylesheet for everything.

    WeasyPrint's sheet of defaults gives each element seven pseudo-elements: 6 % of a render.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []


def _parsed(text: str, fetcher: ClosedFetcher) -> Bulletin:
    """Return WeasyPrint's document of our own HTML, which is well-formed XML.

    An XML parser in C reads it in a tenth of the time that an HTML parser in Python takes.
    """
    html = Bulletin.__new__(Bulletin)
    html.base_url, html.url_fetcher, html.media_type = "bulletin:", fetcher, "print"
    html.wrapper_element = ElementWrapper.from_html_root(
        ElementTree.fromstring(text), content_language=None
    )
    html.etree_element = html.wrapper_element.etree_element
    return html


def _render(html: HTML, layout: Layout, *, even_page: bool) -> Any:
    stylesheet, fonts = _stylesheet(layout, even_page)
    return html.render(stylesheets=[stylesheet], font_config=fonts)


def _stylesheet(layout: Layout, even_page: bool) -> tuple[CSS, FontConfiguration]:
    """Return the parsed stylesheet of a layout, kept from render to render."""
    key = (layout.digest, even_page)
    if key not in _STYLESHEETS:
        fonts = FontConfiguration()
        css = write_stylesheet(layout) + (EVEN_PAGE if even_page else "")
        sheet = CSS(string=css, font_config=fonts, url_fetcher=ClosedFetcher({}))
        _STYLESHEETS[key] = (sheet, fonts)
    return _STYLESHEETS[key]


def _furnish(job: Job, plan: Plan, document: Any) -> None:
    """Set what hangs on the pages: folios, proof marks, contents folios, the subsets of faces."""
    furniture = Furniture(plan.layout, plan.compositor)
    pages = document.pages
    job.bookmarks = [page.bookmarks for page in pages]
    marks = [furniture.proof_mark()] if plan.is_proof else []
    job.furniture = {
        index: [furniture.folio(index + 1), *marks]
        for index, page in enumerate(pages)
        if not page._page_box.page_type.blank
    }
    anchors: dict[str, int] = {}
    for index, page in enumerate(pages):
        for name in page.anchors:
            anchors.setdefault(name, index + 1)  # an article that goes on has it on every page
    job.entry_ends = {
        text.key: furniture.entry_end(text.lines[-1], anchors[text.target])
        for text in plan.texts
        if text.target
    }
    lines = [line for text in plan.texts for line in text.lines]
    lines += [one.line for placed in job.furniture.values() for one in placed]
    lines += job.entry_ends.values()
    job.faces = embed_faces(lines)


def load_stylesheets(layout: Layout) -> None:
    """Parse every stylesheet of a layout; for each the engine reads the system's font settings."""
    for even_page in (False, True):
        _stylesheet(layout, even_page)


@contextmanager
def _no_log_allowed() -> Iterator[None]:
    """Fail the render on any error that WeasyPrint only logs: it would leave parts out."""
    lines: list[str] = []

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR:
                lines.append(record.getMessage()[:80])

    recorder = Recorder()
    LOGGER.addHandler(recorder)
    try:
        yield
    finally:
        LOGGER.removeHandler(recorder)
    if lines:
        raise EngineFault("排版引擎报告了错误")
