"""The engine: what it refuses, and that it never leaves a part out in silence."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import weasyprint
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import Order
from hongtou.paginate import pagination
from hongtou.paginate.weasyprint_hooks import lines_of
from hongtou.plan import make_plan
from tests.support import issues
from tests.support.reading import made
from tests.support.shop import faces, layouts

HOSTILE = (
    "<script>alert(1)</script>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<img src=http://127.0.0.1:9/x.png>",
    "</p><style>@import url(http://127.0.0.1:9/a.css)</style>",
    "{{7*7}}{% include '/etc/passwd' %}${x}%s",
    "\\22 ;url(file:///etc/passwd)",
    "&lt;b&gt;&amp;",
)


def plan_of(text: str):  # type: ignore[no-untyped-def]
    issue = issues.issue(issues.paragraph(text))
    return make_plan(issue, layouts()["dongtai"], faces(), Order(), {})


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_text_prints_as_itself(text: str) -> None:
    from tests.support.readers import mupdf_text

    content = made(plan_of(f"国{text}国")).content
    assert text.replace(" ", "") in mupdf_text(content).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/x", "HTTP://x/", "file:///etc/passwd", "picture:other", "ftp://x/"],
)
def test_no_address_is_fetched(address: str) -> None:
    fetcher = pagination.ClosedFetcher()
    with pytest.raises(FatalURLFetchingError):
        fetcher.fetch(address)
    assert fetcher.refused


def test_of_a_long_address_a_line_is_told() -> None:
    fetcher = pagination.ClosedFetcher()
    with pytest.raises(FatalURLFetchingError, match=r"^refused: x{80}$"):
        fetcher.fetch("x" * 200)
    assert fetcher.refused == ["x" * 80]


def test_a_template_that_asks_for_an_address_fails_the_render(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        pagination,
        "write_html",
        lambda plan: '<html lang="zh-CN"><body><img src="file:///etc/passwd"/></body></html>',
    )
    with pytest.raises(EngineFault):
        pagination.paginate(plan_of("国"))


@pytest.mark.slow
@pytest.mark.parametrize("release", ["70.0", "70.1"])
def test_a_template_that_prints_unset_text_fails_the_render(
    release: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found as soon as it asks for a font; with another release, by its box."""
    monkeypatch.setattr(weasyprint, "__version__", release)
    monkeypatch.setattr(pagination, "_STYLESHEETS", {})
    monkeypatch.setattr(
        pagination, "write_html", lambda plan: '<html lang="zh-CN"><p>漏排</p></html>'
    )
    with pytest.raises(EngineFault, match="未经排版"):
        pagination.paginate(plan_of("国"))


def test_an_error_that_is_only_logged_fails_the_render(monkeypatch: pytest.MonkeyPatch) -> None:
    lay_out = pagination._lay_out

    def noisy(*arguments: object) -> object:
        LOGGER.error("something was left out%s", "." * 100)
        return lay_out(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pagination, "_lay_out", noisy)
    with pytest.raises(EngineFault) as caught:
        pagination.paginate(plan_of("国"))
    told = str(caught.value.__cause__)
    assert told.startswith("something was left out")
    assert len(told) == 80  # it may quote an issue, of which the log tells no more


def test_one_document_at_a_time_is_set_in_a_process() -> None:
    with lines_of(plan_of("国")), pytest.raises(EngineFault):
        pagination.paginate(plan_of("国"))


@pytest.mark.slow
def test_the_closing_block_can_be_kept_to_an_even_page() -> None:
    layout = layouts()["dongtai"]
    even = replace(layout.values["closing.even_page"], amount=True)
    layout = replace(layout, values={**layout.values, "closing.even_page": even}, digest="even")
    counts = set()
    for lines in (2, 20, 30, 50):
        issue = issues.issue(*issues.lines_of_text(lines))
        pages = pagination.paginate(make_plan(issue, layout, faces(), Order(), {}))
        counts.add(len(pages) % 2)
    assert counts == {0}


@pytest.mark.parametrize(
    "style", ["background: red", "border-left: 1pt solid", "box-shadow: 1pt 1pt red"]
)
def test_what_the_stylesheet_would_paint_fails_the_render(
    style: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what the plan set, pictures and rules are drawn: nothing may vanish in silence."""
    write = pagination.write_stylesheet
    painted = f".masthead {{ {style} }}"
    monkeypatch.setattr(
        pagination, "write_stylesheet", lambda layout, **parts: write(layout, **parts) + painted
    )
    monkeypatch.setattr(pagination, "_STYLESHEETS", {})
    with pytest.raises(EngineFault, match="header"):
        pagination.paginate(plan_of("国"))


def test_a_text_that_is_on_no_page_fails_the_render(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a template leaves a part of the plan out."""
    write = pagination.write_html
    part = re.compile(r'<p class="issue_line.*?</p>', re.S)
    monkeypatch.setattr(pagination, "write_html", lambda plan: part.sub("", write(plan)))
    with pytest.raises(EngineFault, match="没有排进"):
        pagination.paginate(plan_of("国"))
