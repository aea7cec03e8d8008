"""Plan → Pages: the plan as HTML, laid out by WeasyPrint, its boxes placed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident
from typing import Any
from xml.etree import ElementTree

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML, URLFetcher
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

from hongtou.bulletin.errors import EngineFault
from hongtou.layouts import Layout
from hongtou.pages.mirroring import mirrored
from hongtou.pages.page import Pages
from hongtou.paginate import savings
from hongtou.paginate.markup import load_templates, write_html, write_stylesheet, written_at
from hongtou.paginate.markup_faults import ill_formed_at, unset_text_at
from hongtou.paginate.placing import Placer, anchors_of
from hongtou.paginate.weasyprint_hooks import lines_of
from hongtou.plan import Plan
from hongtou.plan.structure import document_structure, heading_levels

BASE = "bulletin:"
SHOWN_CHARS = 80  # of an address that is refused
EVEN_PAGE = "footer, footer.page_head { break-before: left; }"
_STYLESHEETS: dict[tuple[str, bool] | str, tuple[CSS, Any]] = {}  # by layout, and by their text


def paginate(plan: Plan) -> Pages:
    """Lay out a plan.

    Raises:
        EngineFault: something was refused, left out or not set.
    """
    fetcher = ClosedFetcher()
    try:
        with _no_log_allowed(), lines_of(plan), savings.in_use():
            document = _lay_out(plan, fetcher)
    except FatalURLFetchingError as cause:
        raise EngineFault("排版时请求了不允许的资源") from cause
    except ElementTree.ParseError as cause:
        place = written_at(plan, ill_formed_at)
        raise EngineFault(f"版式模板不是合格的 XML{place}") from cause
    except UnsetText as cause:
        place = written_at(plan, unset_text_at)
        raise EngineFault(f"有文字未经排版{place}") from cause
    if fetcher.refused:
        raise EngineFault("排版时请求了不允许的资源") from RuntimeError(fetcher.refused[0])
    return _pages(plan, document)


def load_layout(layout: Layout) -> None:
    """Read the templates of a layout and parse its stylesheets."""
    load_templates(layout)
    for even_page in (False, True):
        _stylesheet(layout, even_page=even_page)


def _pages(plan: Plan, document: Any) -> Pages:
    anchors = anchors_of(document)
    structure = document_structure(plan)
    placer = Placer(plan, anchors, heading_levels(structure))
    pages = tuple(map(placer.page, document.pages))
    placer.refuse_missing()
    laid_out = Pages(pages, structure, tuple(placer.bookmarks), anchors)
    return mirrored(laid_out, plan.layout) if plan.paging.mirrored else laid_out


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves nothing, not even pictures, which the plan places; remembers what it refused.

    It begins without what URLFetcher begins with: openers for URLs and files.
    """

    _fail_on_errors = True

    def __init__(self) -> None:
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """End the render."""
        self.refused.append(url[:SHOWN_CHARS])
        raise FatalURLFetchingError(f"refused: {self.refused[-1]}")


class UnsetText(Exception):
    """A text of the HTML is to be laid out that no plan has set."""


class NoFonts:
    """Stands where WeasyPrint keeps the fonts of the system, which it takes long to read.

    Set lines need none: who asks for one has text before them that was not set.
    """

    def __getattr__(self, name: str) -> Any:
        """Refuse whatever is asked for."""
        raise UnsetText(f"{name} was asked for")


class Bulletin(HTML):  # type: ignore[misc]
    """A document that brings its own stylesheet for everything.

    WeasyPrint's sheet of defaults gives each element seven pseudo-elements: 6 % of a render.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return []

    def _ua_counter_style(self) -> list[Any]:
        return []


def _lay_out(plan: Plan, fetcher: ClosedFetcher) -> Any:
    html = _parsed(write_html(plan), fetcher)
    document = _render(html, plan, even_page=False)
    if plan.paging.even_pages and len(document.pages) % 2:
        document = _render(html, plan, even_page=True)
    return document


def _parsed(text: str, fetcher: ClosedFetcher) -> Bulletin:
    """Return WeasyPrint's document of our own HTML, which is well-formed XML.

    An XML parser in C reads it in a tenth of the time that an HTML parser in Python takes.
    """
    if not savings.are_safe():
        return _parsed_by_weasyprint(text, fetcher)
    html = Bulletin.__new__(Bulletin)
    html.base_url, html.url_fetcher, html.media_type = BASE, fetcher, "print"
    html.wrapper_element = ElementWrapper.from_html_root(
        ElementTree.fromstring(text), content_language=None
    )
    html.etree_element = html.wrapper_element.etree_element
    return html


def _parsed_by_weasyprint(text: str, fetcher: ClosedFetcher) -> Bulletin:
    """Return the same without the body that its parser adds: it would be one box more a page."""
    html = Bulletin(string=text, base_url=BASE, url_fetcher=fetcher)
    root = html.etree_element
    body = root.find("body")
    if body is not None:
        root.remove(body)
        root.extend(body)
    return html


def _render(html: HTML, plan: Plan, *, even_page: bool) -> Any:
    stylesheet, fonts = _stylesheet(plan.layout, even_page=even_page)
    return html.render(stylesheets=[stylesheet], font_config=fonts)


def _stylesheet(layout: Layout, *, even_page: bool) -> tuple[CSS, Any]:
    """Return the parsed stylesheet of a layout, kept from render to render."""
    key = (layout.digest, even_page)
    if key not in _STYLESHEETS:
        css = write_stylesheet(layout) + (EVEN_PAGE if even_page else "")
        if css not in _STYLESHEETS:
            fonts = NoFonts() if savings.are_safe() else _system_fonts()
            sheet = CSS(string=css, font_config=fonts, url_fetcher=ClosedFetcher())
            _STYLESHEETS[css] = (sheet, fonts)
        _STYLESHEETS[key] = _STYLESHEETS[css]
    return _STYLESHEETS[key]


def _system_fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration  # loads Pango

    return FontConfiguration()


@contextmanager
def _no_log_allowed() -> Iterator[None]:
    """Fail the render on any error that WeasyPrint only logs: it would leave parts out."""
    lines: list[str] = []
    thread = get_ident()

    class Recorder(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR and record.thread == thread:
                lines.append(record.getMessage()[:80])

    recorder = Recorder()
    LOGGER.addHandler(recorder)
    try:
        yield
    finally:
        LOGGER.removeHandler(recorder)
    if lines:
        raise EngineFault("排版引擎报告了错误") from RuntimeError(lines[0])
