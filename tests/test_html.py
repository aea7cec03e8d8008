"""An issue as one page of HTML: the same words, each as what it is, and nothing that runs or is fetched."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest
from playwright.sync_api import Browser

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import Order, Purpose
from hongtou.plan import Plan
from hongtou.plan.structure import Element, document_structure
from hongtou.preflight import Rule
from hongtou.preflight.profiles import WEB_PAGE
from tests.support.documents import article, document, encoded, masthead
from tests.support.golden import EVERY_FIELD, LAYOUTS, OTHER_FORMS, GoldenIssue
from tests.support.pictures import village
from tests.support.shop import typesetter

PICTURES = {"village.png": village()}
ORDER, PROOF = Order("html"), Order("html", Purpose.PROOF)
HOSTILE = "<script>alert(1)</script>&amp;\"'"


@cache
def sent(issue: GoldenIssue, layout: str) -> bytes:
    return json.dumps({**issue.document(), "layout": layout}, ensure_ascii=False).encode()


@cache
def page(issue: GoldenIssue, layout: str, order: Order = ORDER) -> str:
    return typesetter().produce(sent(issue, layout), order, PICTURES).content.decode()


def plan(issue: GoldenIssue, layout: str) -> Plan:
    accepted = typesetter().accept(sent(issue, layout), ORDER, PICTURES)
    return typesetter().plan(accepted).plan


def texts_of(element: Element) -> Iterator[int]:
    yield from element.texts
    for part in element.parts:
        yield from texts_of(part)


class Words(HTMLParser):
    """The words between the tags, but those of the head."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.found = ""
        self.feed(content[content.index("<body>") :])

    def handle_data(self, data: str) -> None:
        self.found += data

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found += "\n" if tag == "br" else ""


def words(content: str) -> str:
    return Words(content).found.removesuffix("\n")


@pytest.mark.slow
@pytest.mark.parametrize("issue", [EVERY_FIELD, OTHER_FORMS], ids=lambda issue: issue.name)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_words_are_those_of_the_plan_in_their_order(issue: GoldenIssue, layout: str) -> None:
    planned = plan(issue, layout)
    wanted = [planned.texts[key].text for key in texts_of(document_structure(planned))]
    assert words(page(issue, layout)) == "".join(wanted)


@pytest.mark.parametrize("layout", LAYOUTS)
class TestEveryField:
    def test_the_nameplate_is_the_one_heading_of_level_1(self, layout: str) -> None:
        assert page(EVERY_FIELD, layout).count("<h1>") == 1

    def test_every_entry_of_the_contents_leads_to_its_article(self, layout: str) -> None:
        content = page(EVERY_FIELD, layout)
        led = re.findall(r'href="#([^"]+)"', content)
        assert led and all(content.count(f'id="{name}"') == 1 for name in led)

    def test_without_page_numbers_they_lead_there_too(self, layout: str) -> None:
        content = page(OTHER_FORMS, layout)
        led = re.findall(r'href="#([^"]*)"', content)
        assert led and all(content.count(f'id="{name}"') == 1 for name in led)

    def test_a_lead_in_is_strong(self, layout: str) -> None:
        assert "突出重点整治。" in re.findall("<strong[^>]*>([^<]*)", page(EVERY_FIELD, layout))

    def test_header_cells_say_what_they_are_of(self, layout: str) -> None:
        headers = re.findall(r"<th [^>]*>", page(EVERY_FIELD, layout))
        assert headers and all('scope="col' in header for header in headers)
        for header in headers:
            assert ('scope="colgroup"' in header) == ("colspan=" in header), header

    def test_pictures_are_in_the_file_and_say_what_they_show(self, layout: str) -> None:
        pictures = re.findall(r"<img [^>]*>", page(EVERY_FIELD, layout))
        assert len(pictures) == 3
        assert all('src="data:image/' in one and 'alt=""' not in one for one in pictures)

    @pytest.mark.parametrize("order", [ORDER, PROOF], ids=lambda order: order.purpose)
    def test_nothing_is_found_by_axe_in_either_light(
        self, layout: str, order: Order, chromium: Browser
    ) -> None:
        from axe_playwright_python.sync_playwright import Axe

        for scheme in ("light", "dark"):
            for width in (360, 1366):
                context = chromium.new_context(
                    color_scheme=scheme, viewport={"width": width, "height": 768}
                )
                look = context.new_page()
                look.set_content(page(EVERY_FIELD, layout, order))
                assert Axe().run(look).response["violations"] == []
                assert look.evaluate("document.documentElement.scrollWidth") <= width
                context.close()

    @pytest.mark.slow
    def test_a_proof_says_so_above_all_else_and_in_its_title(self, layout: str) -> None:
        """The same as in the head margin of a PDF: the mark, the date and the digest."""
        proof, edition = (page(EVERY_FIELD, layout, order) for order in (PROOF, ORDER))
        digest = typesetter().digest(sent(EVERY_FIELD, layout), PROOF, PICTURES)
        mark = f'<aside class="proof">校样　2026-11　{digest[:12]}</aside>'
        assert f"<body>{mark}<header>" in proof
        assert "<title>校样 " in proof
        assert proof.replace(mark, "").replace("<title>校样 ", "<title>") == edition
        assert "校样" not in edition

    def test_the_mark_stays_in_view_and_hides_no_article(
        self, layout: str, chromium: Browser
    ) -> None:
        context = chromium.new_context(viewport={"width": 800, "height": 500})
        look = context.new_page()
        look.set_content(page(EVERY_FIELD, layout, PROOF))
        look.locator("nav a").last.click()
        mark = look.locator(".proof").bounding_box()
        name = (look.locator("nav a").last.get_attribute("href") or "").removeprefix("#")
        target = look.locator(f"[id='{name}']").bounding_box()
        assert mark and target and mark["y"] == 0
        assert target["y"] >= mark["height"]
        context.close()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pictures_are_as_large_beside_the_text_as_on_the_page(
    layout: str, chromium: Browser
) -> None:
    """Three in a row of one height; one 60 mm wide is two fifths of the measure of 156 mm."""
    context = chromium.new_context(viewport={"width": 1366, "height": 2000})
    look = context.new_page()
    look.set_content(page(OTHER_FORMS, layout))
    row = [one.bounding_box() for one in look.locator(".row img").all()]
    assert len(row) == 3 and all(row)
    assert len({(round(box["y"]), round(box["height"])) for box in row if box}) == 1
    alone = look.get_by_alt_text("村道两旁整齐的房屋").bounding_box()
    text = look.locator("p.paragraph").first.bounding_box()
    assert alone and text
    assert alone["width"] / text["width"] == pytest.approx(60 / 156, abs=0.02)
    context.close()


def test_a_byline_under_its_article_stands_at_the_right(chromium: Browser) -> None:
    context = chromium.new_context()
    look = context.new_page()
    look.set_content(page(OTHER_FORMS, "jianbao"))
    signature = look.locator(".signature").first
    assert signature.evaluate("one => getComputedStyle(one).textAlign") == "right"
    context.close()


def test_a_table_wider_than_the_window_scrolls_alone_and_keeps_its_words_together(
    chromium: Browser,
) -> None:
    """A corner without words heads nothing; two tables without captions are no landmarks."""
    from axe_playwright_python.sync_playwright import Axe

    wide: dict[str, Any] = {
        "type": "table",
        "header": ["", "甲", "乙", "丙", "丁", "戊", "己"],
        "rows": [["城乡环境综合整治专项行动"] + ["1,234.5"] * 6],
    }
    issue = document(articles=[article(body=["甲", wide, "乙", wide])])
    context = chromium.new_context(viewport={"width": 320, "height": 768})
    look = context.new_page()
    look.set_content(typesetter().produce(encoded(issue), ORDER).content.decode())
    assert Axe().run(look).response["violations"] == []
    assert look.evaluate("document.documentElement.scrollWidth") == 320
    table, frame = (look.locator(name).first for name in ("table", ".scrolling"))
    frame.press("ArrowRight")
    look.wait_for_function("document.querySelector('.scrolling').scrollLeft > 0")
    box = table.locator("td", has_text="城乡").bounding_box()
    assert box and box["width"] > box["height"]
    context.close()


def test_words_stand_in_their_cells_as_on_the_page() -> None:
    table: dict[str, Any] = {
        "type": "table",
        "header": ["甲", "乙", "丙", "丁"],
        "align": ["left", "center", "right", "decimal"],
        "rows": [["子", "丑", "寅", "1.5"], [{"text": "卯", "align": "right"}, "辰", "巳", "12"]],
    }
    made = typesetter().produce(encoded(document(articles=[article(body=[table])])), ORDER)
    rows = re.findall(r'<td class="table_cell ?([a-z]*)">([^<]+)', made.content.decode())
    assert {text: name for name, text in rows} == {
        "子": "left", "丑": "", "寅": "right", "1.5": "right",
        "卯": "right", "辰": "", "巳": "right", "12": "right",
    }  # fmt: skip


def test_a_cell_says_how_far_it_reaches_only_where_that_is_further_than_itself() -> None:
    table = {
        "type": "table",
        "header": [["甲", {"text": "乙", "colspan": 2}]],
        "rows": [[{"text": "子", "rowspan": 2}, "丑", "寅"], ["卯", "辰"]],
    }
    made = typesetter().produce(encoded(document(articles=[article(body=[table])])), ORDER)
    spans = re.findall(r'(?:col|row)span="[0-9]+"', made.content.decode())
    assert spans == ['colspan="2"', 'rowspan="2"']


def test_what_looks_like_markup_stays_text() -> None:
    issue = document(articles=[article(body=["甲", HOSTILE], headline="标题 <b>")])
    issue["masthead"] = masthead(nameplate="简<i>报")
    content = typesetter().produce(encoded(issue), ORDER).content.decode()
    assert "<script" not in content and "<i>" not in content and "<b>" not in content
    assert "&lt;script&gt;" in content


def test_a_page_has_no_policy_to_break_and_no_address() -> None:
    content = page(EVERY_FIELD, "dongtai")
    assert "http" not in content and "url(" not in content


BROKEN: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("preflight/html-content", lambda page: page.replace("<main>", "<main><script></script>")),
    ("preflight/html-content", lambda page: page.replace("<main>", "<main onclick='x()'>")),
    (
        "preflight/html-content",
        lambda page: page.replace("--share:0", "background:url(http://a);--share:0"),
    ),
    ("preflight/html-external", lambda page: re.sub('href="#[^"]+"', 'href="#"', page, count=1)),
    ("preflight/html-external", lambda page: page.replace('src="data:', 'src="http:')),
    ("preflight/html-external", lambda page: page.replace('href="#', 'href="https://a/#', 1)),
    ("preflight/headings", lambda page: page.replace("h1", "h2")),
    ("preflight/headings", lambda page: page.replace("h3", "h6")),
    ("preflight/alternatives", lambda page: re.sub('alt="[^"]*"', 'alt=""', page)),
    ("preflight/unreadable", lambda page: page[:-20]),
)


@pytest.mark.parametrize(("code", "spoil"), BROKEN)
def test_what_was_spoilt_is_refused(code: str, spoil: Callable[[str], str]) -> None:
    spoilt = spoil(page(EVERY_FIELD, "dongtai"))
    assert spoilt != page(EVERY_FIELD, "dongtai")
    with pytest.raises(EngineFault, match=code):
        typesetter().inspect(spoilt.encode(), ORDER, 1)


def test_every_rule_has_a_page_that_breaks_it() -> None:
    rules: set[str] = {rule.code for rule in WEB_PAGE.rules if isinstance(rule, Rule)}
    assert rules == {code for code, _ in BROKEN} - {"preflight/unreadable"}
