"""What stands on which page: feet, heads, floats, and the last page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from PIL import Image

from hongtou.bulletin.issue import (
    Article,
    AttachmentList,
    Block,
    Figure,
    Heading,
    Note,
    PageBreak,
)
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.layouts import Layout
from hongtou.pages.page import Page, Pages, PlacedPicture
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import Picture, figures_of, read_pictures
from hongtou.plan import Plan, make_plan
from hongtou.plan.recasting import respaced
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.shop import compositor, faces, layouts

PITCH = layouts()["dongtai"].pt("page.line_pitch")
FOOT = layouts()["dongtai"].pt("page.head_margin") + layouts()["dongtai"].pt(
    "page.type_area_height"
)
LONG = issues.SENTENCE * 3  # five lines
FIGURE = Figure("a.png", caption="图1　现场", width_mm=120, pointer="")
TURNED = issues.table((), (("甲", "乙"),), landscape=True)


@cache
def pictures() -> dict[str, Picture]:
    stored = io.BytesIO()
    Image.new("RGB", (1500, 1000), "grey").save(stored, "PNG")
    found, _ = read_pictures({"a.png": stored.getvalue()}, issues.issue(FIGURE))
    return dict(found)


def plan_of(
    *body: Block, layout: Layout | None = None, copyfit: bool = True, **fields: object
) -> Plan:
    layout = layout or layouts()["dongtai"]
    issue = issues.issue(*body, **fields)
    options = () if copyfit else ((COPYFIT, "off"),)
    used = pictures() if figures_of(issue) else {}
    return make_plan(issue, layout, faces(), Order(options=options), used)


def with_values(**amounts: object) -> Layout:
    layout = layouts()["dongtai"]
    changed = {
        key.replace("__", "."): replace(layout.values[key.replace("__", ".")], amount=amount)
        for key, amount in amounts.items()
    }
    return replace(layout, values={**layout.values, **changed}, digest=repr(amounts))


def blank_lines(page: Page) -> float:
    """Return how many lines of the grid are free above the foot."""
    lowest = max(line.baseline for text in page.texts for line in text.lines)
    pictures_end = [one.area.y + one.area.height for one in of_pictures(page)]
    return (FOOT - max([lowest, *pictures_end])) / PITCH


def of_pictures(page: Page) -> Iterator[PlacedPicture]:
    return (one for one in page.contents if isinstance(one, PlacedPicture))


def styles(page: Page) -> list[str]:
    return [text.text.style for text in page.texts]


def above_closing(page: Page) -> int:
    return sum(len(text.lines) for text in page.texts if not text.text.style.startswith("closing"))


def paragraphs(lengths: list[int]) -> list[Block]:
    return [issues.paragraph(issues.SENTENCE * count) for count in lengths]


@pytest.mark.parametrize("first", range(1, 8))
def test_pages_are_as_planned_and_filled_to_a_line(first: int) -> None:
    """A paragraph leaves one line at the foot if need be, and at the head never one alone."""
    plan = plan_of(*paragraphs([first, *[5, 3, 4] * 6]), copyfit=False)
    pages = paginate(plan)
    assert len(pages) == plan.made_up.page_count
    for page, following in pairwise(pages.pages[:-1]):
        assert blank_lines(page) < 2
        opening = next(following.texts)
        assert not (opening.first and opening.first == len(opening.text.lines) - 1)


def test_a_page_that_ends_a_line_short_is_filled() -> None:
    """By a paragraph in another line, or by blank around a headline: what an eye does not see."""
    body = paragraphs([5, 3, 4] * 12)
    short = {True: 0, False: 0}
    for copyfit in short:
        for first in range(1, 12):
            plan = plan_of(*issues.lines_of_text(first), *body, copyfit=copyfit)
            pages = paginate(plan)
            assert len(pages) == plan.made_up.page_count
            short[copyfit] += sum(blank_lines(page) >= 1.3 for page in pages.pages[:-2])
    assert short[True] < short[False] / 2


def test_a_page_is_filled_by_one_that_comes_before_it() -> None:
    """A paragraph of a page before hands a line on, where the page itself has none that can."""
    one = issues.paragraph((issues.SENTENCE * 6)[: 26 + 28 * 4 + 26 - 1] + "。")
    two_lines = issues.paragraph((issues.SENTENCE * 2)[:40])
    short = {1: 0, 3: 0}
    for together in short:
        layout = with_values(copyfit__pages_together=together)
        for count in range(24, 30):
            body = (one, *issues.lines_of_text(count), two_lines, *issues.lines_of_text(50))
            pages = paginate(plan_of(*body, layout=layout)).pages[:-2]
            short[together] += sum(blank_lines(page) >= 1.3 for page in pages)
    assert short[3] < short[1]


def test_a_page_that_a_break_ends_is_left_as_it_is() -> None:
    for count in range(8, 12):
        body = (*issues.lines_of_text(count), PageBreak(), *issues.lines_of_text(12))
        assert [what for page, what in plan_of(*body).copyfit if page == 1] == []


@pytest.mark.parametrize("together", [1, 3])
def test_no_line_is_lost_or_doubled_and_no_page_is_won(together: int) -> None:
    layout = with_values(copyfit__pages_together=together, copyfit__most_recast_together=3)
    for lengths in ([5, 3, 4], [2, 6], [7, 3, 2, 4]):
        for first in range(1, 12, 2):
            articles = tuple(
                Article(
                    headline="某某市推进城乡环境整治",
                    byline="市政府办",
                    body=(*issues.lines_of_text(first + number), *paragraphs(lengths * 2)),
                )
                for number in range(3)
            )
            plan = plan_of(articles=articles, layout=layout)
            plain = plan_of(articles=articles, copyfit=False)
            assert plan.made_up.page_count <= plain.made_up.page_count
            lines = [
                line
                for piece in plan.made_up.pieces
                if piece.strip
                for text, number in piece.strip.lines
                for line in [(text.key, number)]
            ]
            assert len(lines) == len(set(lines))
            keys = {key for key, _ in lines}
            wanted = {(key, n) for key in keys for n in range(len(plan.texts[key].heights))}
            assert set(lines) == wanted


@pytest.mark.parametrize("by", [1, -1])
def test_a_headline_with_a_byline_keeps_its_shape(by: int) -> None:
    """Blank is won or lost above and below the stack, a line in all, and only there."""
    setter = TextSetter(layouts()["dongtai"], compositor())
    stack = setter.stack([("headline", "某某市推进城乡环境整治"), ("byline", "市政府办")])
    more = respaced(stack, by, setter)
    before, after = (sum(text.height for text in texts) for texts in (stack, more))
    assert round((after - before) / PITCH, 6) == by
    assert [text.lines for text in more] == [text.lines for text in stack]
    assert (more[0].height > stack[0].height) == (more[1].height > stack[1].height) == (by > 0)


def test_a_page_that_the_closing_block_empties_is_told() -> None:
    told = [
        (one.code, one.page)
        for count in range(8, 16)
        for one in plan_of(
            *issues.lines_of_text(count), closing=issues.closing(report_to="各有关单位，" * 40)
        ).remarks
    ]
    assert ("pages/hole", 1) in told


@pytest.mark.parametrize("count", range(4, 22))
def test_a_headline_keeps_two_lines_and_is_never_alone(count: int) -> None:
    articles = tuple(
        Article(headline=f"某某市第{number}次推进城乡环境整治", body=tuple(body))
        for number, body in enumerate([issues.lines_of_text(count), paragraphs([5, 5])])
    )
    for page in paginate(plan_of(articles=articles)):
        texts = list(page.texts)
        for text, following in pairwise(texts):
            if text.text.style == "headline":
                assert len(following.lines) >= min(2, len(following.text.lines))
        assert texts[-1].text.style != "headline"


@pytest.mark.parametrize("rows", range(1, 13))
def test_the_first_page_has_text_of_the_body_whatever_follows(rows: int) -> None:
    names = "各县（自治县、区），市直各单位，" * (rows * 2)
    for body in ("近日开展。", LONG):
        closing = issues.closing(report_to=names)
        pages = paginate(plan_of(issues.paragraph(body), closing=closing))
        assert "paragraph" in styles(pages.pages[0])


class TestFloats:
    @pytest.mark.parametrize("before", range(1, 20))
    def test_text_comes_forward_past_a_picture_that_does_not_fit(self, before: int) -> None:
        plan = plan_of(*issues.lines_of_text(before), FIGURE, *issues.lines_of_text(50))
        pages = paginate(plan)
        assert len(pages) == plan.made_up.page_count
        assert [len(list(of_pictures(page))) for page in pages].count(1) == 1
        assert all(blank_lines(page) < 2.5 for page in pages.pages[:-2])

    @pytest.mark.parametrize("after", [0, 1, 3])
    def test_one_that_ends_its_article_stands_among_the_text_above(self, after: int) -> None:
        articles = (
            Article(
                headline="某某市扎实推进城乡环境整治",
                body=(*issues.lines_of_text(9), FIGURE, *issues.lines_of_text(after)),
            ),
            Article(headline="某某县开展集中清理", body=issues.lines_of_text(20)),
        )
        plan = plan_of(articles=articles)
        first = paginate(plan).pages[0]
        assert blank_lines(first) < 2.5
        assert [one for one in plan.remarks if one.code == "pages/hole"] == []

    def test_pictures_keep_their_order_and_their_article(self) -> None:
        body = (FIGURE, *issues.lines_of_text(3)) * 4
        articles = (
            Article(headline="某某市扎实推进城乡环境整治", body=body),
            Article(headline="某某县开展集中清理", body=issues.lines_of_text(3)),
        )
        plan = plan_of(articles=articles)
        placed = [
            one if isinstance(one, PlacedPicture) else one.text.text
            for page in paginate(plan)
            for one in page.contents
        ]
        numbers = [one.number for one in placed if isinstance(one, PlacedPicture)]
        assert numbers == [0, 1, 2, 3]
        last = max(at for at, one in enumerate(placed) if isinstance(one, PlacedPicture))
        assert "某某县开展集中清理" in placed[last:]

    def test_a_hole_that_stays_is_told(self) -> None:
        tall = Figure("a.png", caption="", width_mm=156, pointer="")
        told = plan_of(issues.paragraph("近日开展。"), tall).remarks
        assert ("pages/hole", 1) in [(one.code, one.page) for one in told]

    @pytest.mark.parametrize("before", [1, 12, 30])
    @pytest.mark.parametrize("after", [0, 2, 40])
    def test_text_goes_on_behind_a_table_on_its_side(self, before: int, after: int) -> None:
        plan = plan_of(*issues.lines_of_text(before), TURNED, *issues.lines_of_text(after))
        pages = paginate(plan)
        assert len(pages) == plan.made_up.page_count
        turned = [page for page in pages if any(text.turn for text in page.texts)]
        assert len(turned) == 1
        assert turned[0] is not pages.pages[-1]
        if after > 30:
            assert blank_lines(pages.pages[turned[0].number - 2]) < 2

    def test_a_short_table_is_not_parted(self) -> None:
        table = issues.table((), tuple((f"第{number}行", "完成") for number in range(8)))
        for before in range(1, 20):
            body = (*issues.lines_of_text(before), table, *issues.lines_of_text(20))
            pages = paginate(plan_of(*body))
            assert sum("table_cell" in styles(page) for page in pages) == 1


class TestTheLastPage:
    @pytest.mark.parametrize("count", range(4, 52))
    def test_it_has_five_lines_or_the_issue_has_one_page_less(self, count: int) -> None:
        pages = paginate(plan_of(*issues.lines_of_text(count)))
        plain = paginate(plan_of(*issues.lines_of_text(count), copyfit=False))
        last = above_closing(pages.pages[-1])
        assert len(pages) == 1 or last >= 5 or len(pages) < len(plain), count
        assert len(pages) <= len(plain)

    def test_closing_lines_move_together_by_steps(self) -> None:
        pitches = set()
        for count in range(6, 12):
            for rows in range(1, 6):
                closing = issues.closing(report_to="各有关单位，" * 5 * rows)
                plan = plan_of(*issues.lines_of_text(count), closing=closing)
                told = [what for _, what in plan.copyfit if "报尾行距" in what]
                assert bool(told) == (plan.closing.pitch < 26.25)
                pitches.add(plan.closing.pitch)
        assert pitches == {26.25, 24, 21}

    def test_paragraphs_lose_and_win_lines(self) -> None:
        found = set()
        for tail in (2, 3, 4, 26, 27):
            text = (issues.SENTENCE * 6)[: 26 + 28 * 5 + tail - 1] + "。"
            one = issues.paragraph(text)
            for count in range(1, 18, 2):
                plan = plan_of(one, one, one, *issues.lines_of_text(count))
                found |= {what[-4:] for _, what in plan.copyfit}
                lines = sum(len(text.lines) for page in paginate(plan) for text in page.texts)
                assert lines == sum(len(text.lines) for text in plan.texts)
        assert {"少排一行", "多排一行"} <= found

    def test_every_line_is_still_there(self) -> None:
        for count in range(1, 30):
            body = (*paragraphs([2, 3, 5]), *issues.lines_of_text(count))
            plan = plan_of(*body)
            pages = paginate(plan)
            assert printed(pages) == "".join(text.text for text in plan.texts if text.lines)

    def test_it_can_be_switched_off(self) -> None:
        for count in range(4, 30):
            plan = plan_of(*issues.lines_of_text(count), copyfit=False)
            assert (plan.copyfit, plan.closing.pitch) == ((), 26.25)

    def test_advice_that_cannot_be_followed_is_not_given(self) -> None:
        from hongtou.pages.report import drawn_lines, layout_findings

        layout = with_values(closing__even_page=True)
        closing = issues.closing(report_to="各有关单位，" * 60)
        plan = plan_of(issues.paragraph("近日开展。"), layout=layout, closing=closing)
        told = layout_findings(drawn_lines(paginate(plan)), layout, even_pages=True)
        assert [one.code for one in told] == []


def printed(pages: Pages) -> str:
    """Return the texts of pages, each once."""
    begun: dict[int, str] = {}
    for page in pages:
        for text in page.texts:
            begun.setdefault(text.text.key, text.text.text)
    return "".join(text for _, text in sorted(begun.items()))


class TestBlanks:
    def test_the_blank_above_is_dropped_at_the_head_of_a_page(self) -> None:
        head = layouts()["dongtai"].pt("page.head_margin")
        tops = set()
        for count in range(8, 14):
            body = (*issues.lines_of_text(count), AttachmentList(("名单",)))
            pages = paginate(plan_of(*body, *issues.lines_of_text(12)))
            for page in pages.pages[1:]:
                text = next(page.texts)
                if text.text.style == "attachment":
                    tops.add(round((text.lines[0].baseline - head) / PITCH, 1))
        assert tops == {0.7}

    def test_a_note_stands_under_the_signature(self) -> None:
        issue = issues.issue(
            *issues.lines_of_text(2),
            Note("（联系人：李明）"),
            articles=(
                Article(
                    headline="简报",
                    byline="市政府办",
                    body=(*issues.lines_of_text(2), Note("（联系人：李明）")),
                ),
            ),
        )
        plan = make_plan(issue, layouts()["jianbao"], faces(), Order(), {})
        order = [text.style for text in plan.texts]
        assert order.index("signature") < order.index("note")


def test_a_heading_stays_with_a_line_of_its_text() -> None:
    for count in range(5, 20):
        body = (*issues.lines_of_text(count), Heading(1, "一、健全机制"), *paragraphs([3, 3]))
        for page in paginate(plan_of(*body)).pages[:-1]:
            assert styles(page)[-1] != "heading_1"
