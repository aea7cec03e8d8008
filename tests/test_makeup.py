"""What stands on which page: feet, heads, floats, and the last page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from PIL import Image

from hongtou.bulletin.issue import (
    Annex,
    Article,
    AttachmentList,
    Block,
    Figure,
    Heading,
    Note,
    PageBreak,
    Signoff,
)
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.layouts import Layout
from hongtou.pages.page import Page, Pages, PlacedPicture
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import Picture, figures_of, read_pictures
from hongtou.plan import Plan, make_plan
from hongtou.plan.galleys import Joint, Joints
from hongtou.plan.recasting import Recasting, respaced
from hongtou.plan.sections import plan_section
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.shop import compositor, faces, layouts

PITCH = layouts()["dongtai"].pt("page.line_pitch")
FOOT = layouts()["dongtai"].pt("page.head_margin") + layouts()["dongtai"].pt(
    "page.type_area_height"
)
MEASURE = layouts()["dongtai"].pt("page.type_area_width")
LEAST_ALONE = MEASURE * layouts()["dongtai"].share("composition.least_last_line")
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
    """A paragraph leaves one line at the foot if need be, and at the head no short one alone."""
    plan = plan_of(*paragraphs([first, *[5, 3, 4] * 6]), copyfit=False)
    pages = paginate(plan)
    assert len(pages) == plan.made_up.page_count
    for page, following in pairwise(pages.pages[:-1]):
        assert blank_lines(page) < 2
        opening = next(following.texts)
        is_alone = opening.first and opening.first == len(opening.text.lines) - 1
        assert not is_alone or opening.lines[0].line.width >= LEAST_ALONE


@pytest.mark.parametrize(("length", "joint"), [(0.4, Joint.RELUCTANT), (0.5, Joint.FREE)])
def test_a_page_begins_with_a_last_line_that_is_long_enough(length: float, joint: Joint) -> None:
    layout = layouts()["dongtai"]
    setter = TextSetter(layout, compositor())
    characters = 28 * 2 - 2 + round(28 * length)
    text = setter.text("paragraph", issues.SENTENCE[0] * characters)
    assert len(text.lines) == 3
    assert Joints(layout).of(text, Joint.FREE, is_headed=False)[-1] is joint


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_page_is_filled_by_one_that_comes_before_it() -> None:
    """A paragraph of a page before hands a line on, where the page itself has none that can."""
    one = issues.paragraph((issues.SENTENCE * 6)[: 26 + 28 * 4 + 26 - 1] + "。")
    two_lines = issues.paragraph((issues.SENTENCE * 2)[:36])
    helped = 0
    for count in range(24, 30):
        body = (one, *issues.lines_of_text(count), two_lines, *issues.lines_of_text(50))
        short = {
            copyfit: [
                page.number
                for page in paginate(plan_of(*body, copyfit=copyfit)).pages[:-2]
                if blank_lines(page) >= 1.3
            ]
            for copyfit in (False, True)
        }
        assert not short[True]
        changed = [page for page, _ in plan_of(*body).copyfit]
        helped += any(page < number for page in changed for number in short[False])
    assert helped


def test_a_page_that_a_break_ends_is_left_as_it_is() -> None:
    for count in range(8, 12):
        body = (*issues.lines_of_text(count), PageBreak(), *issues.lines_of_text(12))
        assert [what for page, what in plan_of(*body).copyfit if page == 1] == []


@pytest.mark.slow
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


def test_the_first_changes_that_can_be_made_show_as_they_are_tried() -> None:
    setter = TextSetter(layouts()["dongtai"], compositor())
    recasting = Recasting(setter)
    seen, *others = [(setter.text("paragraph", issues.SENTENCE * 3),) for _ in range(4)]
    seen = (seen[0]._replace(heights=seen[0].heights * 2),)  # in twice the lines an eye sees it
    tried = []
    for first in recasting.first([seen, *others], 2):
        tried.append(first)
        made = [recasting.set(change) for change in first]
    assert tried == [(seen, others[0]), (others[0], others[1])]
    assert made == [others[0], others[1]]


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


def test_a_section_gives_up_no_blank_that_parts_it_from_the_text_above() -> None:
    """It stands nearer to the headline under it than to what ends above it."""
    setter = TextSetter(layouts()["dongtai"], compositor())
    section, headline = [
        *plan_section("基层之声", setter),
        *setter.stack([("briefs_heading", "县区动态")]),
    ]
    changed = {text.key: text for text in respaced([section, headline], -1, setter)}
    assert section.key not in changed
    assert round((headline.height - changed[headline.key].height) / PITCH, 6) == 1
    above = headline.baselines[0] - changed[headline.key].baselines[0]
    assert 0 < above < PITCH


def test_a_closing_block_that_fills_a_page_is_told_on_the_page_before() -> None:
    closing = issues.closing(report_to="各有关单位，" * 70)
    told = plan_of(issues.paragraph("近日开展。"), closing=closing).remarks
    assert [(one.page, one.message) for one in told if one.code == "pages/hole"] == [
        (1, "第1页末尾空出11行，下面的报尾太高，另占一面")
    ]


@pytest.mark.slow
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


@pytest.mark.parametrize("before", [11, 33, 55])
def test_a_line_that_announces_a_list_does_not_end_a_page(before: int) -> None:
    listed = (issues.paragraph(text) for text in ("任命：", *["某某某为某某局局长；"] * 12))
    pages = paginate(plan_of(*issues.lines_of_text(before), *listed))
    assert "任命：" not in {[*page.texts][-1].text.text for page in pages}


@pytest.mark.parametrize("rows", range(1, 13))
def test_the_first_page_has_text_of_the_body_whatever_follows(rows: int) -> None:
    names = "各县（自治县、区），市直各单位，" * (rows * 2)
    for body in ("近日开展。", LONG):
        closing = issues.closing(report_to=names)
        pages = paginate(plan_of(issues.paragraph(body), closing=closing))
        assert "paragraph" in styles(pages.pages[0])


@pytest.mark.parametrize(
    ("block", "what"),
    [
        (issues.table(("名称", "数量"), [("甲", "1")] * 7), "下面的标题与表格排不下"),
        (Figure("a.png", caption="图1", width_mm=150, pointer=""), "下面的标题与图片排不下"),
        (issues.paragraph(LONG), ""),
    ],
    ids=["a table", "a picture", "text"],
)
def test_a_headline_that_waits_for_what_stands_under_it_is_told(block: Block, what: str) -> None:
    """To shorten the headline would be of no use."""
    articles = (
        Article(headline="某某县扎实推进整治", body=issues.lines_of_text(20)),
        Article(headline="某某区重点工作进展", body=(block,)),
    )
    told = [one for one in plan_of(articles=articles).remarks if one.code == "pages/hole"]
    assert [one.message.split("，")[1] for one in told] == ([what] if what else [])


@pytest.mark.slow
def test_a_few_lines_before_an_annex_are_told() -> None:
    annex = Annex("附件1", "任务分解表", (issues.paragraph(LONG),))
    told = {}
    for count in range(8, 24):
        remarks = plan_of(*issues.lines_of_text(count), annex).remarks
        told |= {one.message: one.page for one in remarks if one.code == "pages/few-lines"}
    assert told == {f"第2页只有 {lines} 行，后面另起一面": 2 for lines in range(1, 5)}


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

    @pytest.mark.slow
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

    def test_headings_come_forward_past_a_titled_table_on_its_side(self) -> None:
        table = issues.table((), (("甲", "乙"),), landscape=True, caption="表1 任务清单")
        body = (issues.paragraph("任务见表1。"), table, Heading(1, "二、要求"))
        pages = paginate(plan_of(*body, *issues.lines_of_text(40)))
        turned = next(page for page in pages if any(text.turn for text in page.texts))
        assert "heading_1" in styles(pages.pages[0])
        assert turned.number == 2
        assert blank_lines(pages.pages[0]) < 2

    @pytest.mark.parametrize("after", [0, 1, 5, 30])
    def test_the_closing_block_stands_behind_a_turned_table_under_its_title(
        self, after: int
    ) -> None:
        annex = Annex("", "任务分解", (TURNED, *issues.lines_of_text(after)))
        pages = paginate(plan_of(issues.paragraph("近日开展。"), annex))
        order = [style for page in pages for style in styles(page)]
        assert order.index("annex_title") < order.index("table_cell") < order.index("closing")
        assert after == 0 or above_closing(pages.pages[-1])

    def test_an_annex_that_begins_with_a_turned_table_has_its_heading_before_its_text(self) -> None:
        annex = Annex("", "任务分解", (TURNED, issues.paragraph("分工如下。"), TURNED))
        pages = paginate(plan_of(issues.paragraph("近日开展。"), annex, annex)).pages[1:]
        begun = [styles(page)[0] for page in pages]
        assert begun == ["annex_label", "paragraph", "table_cell"] * 2 + ["closing"]

    @pytest.mark.parametrize("before", range(8, 20))
    def test_long_notes_go_on_behind_their_table_and_leave_no_line_alone(self, before: int) -> None:
        rows = (("\n".join(["完成"] * 15), "甲"),)
        table = issues.table(("甲", "乙"), rows, notes=(issues.SENTENCE * 3,) * 8)
        plan = plan_of(*issues.lines_of_text(before), table, *issues.lines_of_text(30))
        first, after = (page for page in paginate(plan) if "table_note" in styles(page))
        assert styles(first)[-1] == "table_note"
        assert styles(after)[0] == "table_note"
        alone = next(text for text in after.texts)
        assert len(alone.lines) > 1

    @pytest.mark.slow
    @pytest.mark.parametrize("before", range(1, 20))
    def test_a_heading_is_not_alone_above_a_picture_on_the_next_page(self, before: int) -> None:
        body = (*issues.lines_of_text(before), Heading(1, "一、现场"), FIGURE)
        for behind in ((), (Heading(1, "二、要求"),), issues.lines_of_text(5)):
            plan = plan_of(*body, *behind, *issues.lines_of_text(20))
            feet = [styles(page)[-1] for page in paginate(plan).pages[:-1]]
            assert "heading_1" not in feet

    def test_a_turned_table_leaves_a_hole_where_nothing_follows_that_is_told(self) -> None:
        annex = Annex("", "任务分解", (issues.paragraph("分工如下。"), TURNED))
        (told,) = plan_of(issues.paragraph("近日开展。"), annex).remarks
        assert (told.code, told.page) == ("pages/hole", 2)
        assert "横排" in told.message

    def test_a_turned_table_that_begins_an_annex_ends_the_page_before_as_asked(self) -> None:
        annex = Annex("", "任务分解", (TURNED,))
        assert not plan_of(issues.paragraph("近日开展。"), annex).remarks

    @pytest.mark.parametrize(("count", "free"), [(21, 7), (22, 6), (23, 5)])
    def test_a_large_hole_before_a_headline_is_told(self, count: int, free: int) -> None:
        headline = "某某市扎实推进城乡环境综合整治不断提升群众获得感幸福感安全感" * 2
        articles = (
            Article(headline="某某县开展集中清理", body=issues.lines_of_text(count)),
            Article(headline=headline, byline="某局", body=issues.lines_of_text(20)),
        )
        plan = plan_of(articles=articles, copyfit=False)
        assert int(blank_lines(paginate(plan).pages[1])) == free
        assert [one.page for one in plan.remarks] == ([2] if free >= 6 else [])

    @pytest.mark.slow
    def test_a_short_table_is_not_parted(self) -> None:
        table = issues.table((), tuple((f"第{number}行", "完成") for number in range(8)))
        for before in range(1, 20):
            body = (*issues.lines_of_text(before), table, *issues.lines_of_text(20))
            pages = paginate(plan_of(*body))
            assert sum("table_cell" in styles(page) for page in pages) == 1


class TestTheLastPage:
    @pytest.mark.slow
    @pytest.mark.parametrize("count", range(4, 52))
    def test_it_has_five_lines_or_the_issue_has_one_page_less(self, count: int) -> None:
        pages = paginate(plan_of(*issues.lines_of_text(count)))
        plain = paginate(plan_of(*issues.lines_of_text(count), copyfit=False))
        last = above_closing(pages.pages[-1])
        assert len(pages) == 1 or last >= 5 or len(pages) < len(plain), count
        assert len(pages) <= len(plain)

    @pytest.mark.slow
    def test_closing_lines_move_together_by_steps(self) -> None:
        pitches = set()
        for count in range(6, 12):
            for rows in range(1, 6):
                closing = issues.closing(report_to="各有关单位，" * 5 * rows)
                plan = plan_of(*issues.lines_of_text(count), closing=closing)
                told = [what for _, what in plan.copyfit if "报尾行距" in what]
                assert bool(told) == (plan.closing.pitch < 26.25)
                pitches.add(plan.closing.pitch)
        assert pitches == {26.25, 24, 22, 20}

    @pytest.mark.slow
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

    @pytest.mark.slow
    def test_every_line_is_still_there(self) -> None:
        for count in range(1, 30):
            body = (*paragraphs([2, 3, 5]), *issues.lines_of_text(count))
            plan = plan_of(*body)
            pages = paginate(plan)
            assert printed(pages) == "".join(text.text for text in plan.texts if text.lines)

    @pytest.mark.slow
    def test_it_can_be_switched_off(self) -> None:
        for count in range(4, 30):
            plan = plan_of(*issues.lines_of_text(count), copyfit=False)
            assert (plan.copyfit, plan.closing.pitch) == ((), 26.25)

    @pytest.mark.slow
    @pytest.mark.parametrize("copyfit", [True, False])
    def test_a_closing_block_on_an_even_page_takes_lines_along(self, copyfit: bool) -> None:
        layout = with_values(closing__even_page=True)
        for count in range(1, 8):
            plan = plan_of(*issues.lines_of_text(count), layout=layout, copyfit=copyfit)
            first, last = paginate(plan).pages
            assert above_closing(last) == min(count - 1, 5), f"of {count}"
            assert "paragraph" in styles(first)
            assert "pages/hole" not in {one.code for one in plan.remarks}

    @pytest.mark.slow
    def test_a_closing_block_alone_goes_on_to_an_even_page(self) -> None:
        tall = issues.closing(report_to="、".join(["市委办公室"] * 110))
        lines = issues.lines_of_text(30)
        assert len(paginate(plan_of(*lines, closing=tall)).pages) == 3
        layout = with_values(closing__even_page=True)
        blank, last = paginate(plan_of(*lines, layout=layout, closing=tall)).pages[2:]
        assert (blank.contents, last.number) == ((), 4)
        assert {text.text.style for text in last.texts} <= {"closing", "closing_right"}

    def test_neither_a_blank_page_nor_the_closing_block_behind_it_has_a_folio(self) -> None:
        """GB/T 9704-2012 §7.5."""
        tall = issues.closing(report_to="、".join(["市委办公室"] * 110))
        for even_page, wanted in (
            (True, [["— 1 —"], ["— 2 —"], [], []]),
            (False, [["— 1 —"], ["— 2 —"], ["— 3 —"]]),
        ):
            layout = with_values(closing__even_page=even_page)
            pages = paginate(plan_of(*issues.lines_of_text(30), layout=layout, closing=tall))
            folios = [[one.placed.line.text for one in page.furniture] for page in pages]
            assert folios == wanted

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
    @pytest.mark.slow
    def test_the_blank_above_is_dropped_at_the_head_of_a_page(self) -> None:
        head = layouts()["dongtai"].pt("page.head_margin")
        tops = set()
        for count in range(8, 14):
            body = (*issues.lines_of_text(count), PageBreak(), AttachmentList(("名单",)))
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


@pytest.mark.slow
def test_who_signs_and_what_is_attached_have_no_page_without_text() -> None:
    attached = (AttachmentList(("名单",)), Signoff(("某某市创建办",), date(2026, 11, 20)))
    annex = Annex("附件", "考核细则", issues.paragraphs(1))
    for count in range(5, 16):
        pages = paginate(plan_of(*issues.lines_of_text(count), *attached, annex))
        (page,) = [styles(page) for page in pages if "signoff" in styles(page)]
        assert "paragraph" in page, count


@pytest.mark.slow
def test_a_note_under_who_signs_has_no_page_to_itself() -> None:
    signed = (Signoff(("某某市创建办",), date(2026, 11, 20)), Note("（此件公开发布）"))
    annex = Annex("附件", "考核细则", issues.paragraphs(1))
    for count in range(5, 16):
        pages = paginate(plan_of(*issues.lines_of_text(count), *signed, annex))
        (page,) = [styles(page) for page in pages if "note" in styles(page)]
        assert "signoff" in page, count


@pytest.mark.slow
def test_a_heading_stays_with_a_line_of_its_text() -> None:
    for count in range(5, 20):
        body = (*issues.lines_of_text(count), Heading(1, "一、健全机制"), *paragraphs([3, 3]))
        for page in paginate(plan_of(*body)).pages[:-1]:
            assert styles(page)[-1] != "heading_1"


@pytest.mark.slow
def test_a_picture_at_the_head_of_a_page_begins_with_the_type_area() -> None:
    """Its blank above falls away, within a page and below text alike stay on the grid."""
    head = FOOT - layouts()["dongtai"].pt("page.type_area_height")
    seen = 0
    for before in range(12, 20):
        body = (*issues.lines_of_text(before), FIGURE, *issues.lines_of_text(30))
        for page in paginate(plan_of(*body)).pages:
            for picture in of_pictures(page):
                first = min(line.baseline for text in page.texts for line in text.lines)
                at_head = picture.area.y < first
                seen += at_head
                assert at_head == (picture.area.y == pytest.approx(head, abs=0.1))
                under = [
                    (text.lines[0].baseline - text.text.baselines[text.first] - head) / PITCH
                    for text in page.texts
                    if text.text.style == "paragraph"
                ]
                assert all(top == pytest.approx(round(top), abs=1e-3) for top in under)
    assert seen
