"""The first page: contents and note move closer or wider, so that text of the body fills it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from hongtou.bulletin.issue import Article, EditorsNote, Issue, PageBreak
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.pages.page import Page
from hongtou.paginate.pagination import paginate
from hongtou.plan import Plan, make_plan
from tests.support import issues
from tests.support.golden import LAYOUTS, edition
from tests.support.printed import packed
from tests.support.reading import lines_of
from tests.support.shop import faces, layouts

LAYOUT = layouts()["dongtai"]
PITCH = LAYOUT.pt("page.line_pitch")
FOOT = LAYOUT.pt("page.head_margin") + LAYOUT.pt("page.type_area_height")


def issue_of(articles: int, note: int) -> Issue:
    """Return an issue with so many entries in its contents, and so many lines of a note."""
    text = "各单位要压实工作责任。" * 2 * note
    return issues.issue(
        articles=tuple(
            Article(
                headline="某某市推进城乡环境整治",
                byline="市政府办",
                body=(*issues.paragraphs(4), *issues.lines_of_text(number)),
            )
            for number in range(articles)
        ),
        editors_note=EditorsNote((issues.paragraph(text),)) if note else None,
    )


def made(issue: Issue, *, copyfit: bool = True) -> Plan:
    options = () if copyfit else ((COPYFIT, "off"),)
    return make_plan(issue, LAYOUT, faces(), Order(options=options), {})


def plan_of(articles: int, note: int, *, copyfit: bool = True) -> Plan:
    return made(issue_of(articles, note), copyfit=copyfit)


def has_body(page: Page) -> bool:
    return any(text.text.style == "paragraph" for text in page.texts)


def blank_lines(page: Page) -> float:
    return (FOOT - max(line.baseline for text in page.texts for line in text.lines)) / PITCH


SHAPES = [(articles, note) for articles in range(4, 9) for note in (0, 1, 2)]


def test_lines_of_one_entry_stay_nearer_to_one_another_than_entries_do() -> None:
    issue = issue_of(6, 0)
    long = "某某市某某区聚焦群众急难愁盼问题深入推进城乡环境综合整治提升行动取得阶段性成效"
    headed = tuple(replace(one, headline=long) for one in issue.articles)
    page = paginate(made(replace(issue, articles=headed))).pages[0]
    entries = [text for text in page.texts if text.text.style == "contents_entry"]
    inside = [b.baseline - a.baseline for text in entries for a, b in pairwise(text.lines)]
    between = [b.lines[0].baseline - a.lines[-1].baseline for a, b in pairwise(entries)]
    assert min(between) > PITCH + 1  # they were moved apart
    assert max(inside) < min(between) - 1


@pytest.mark.slow
def test_a_headline_that_just_misses_the_first_page_is_taken_in() -> None:
    plain = [has_body(paginate(plan_of(*shape, copyfit=False)).pages[0]) for shape in SHAPES]
    fitted = [has_body(paginate(plan_of(*shape)).pages[0]) for shape in SHAPES]
    assert sum(fitted) > sum(plain)
    assert all(now or not before for now, before in zip(fitted, plain, strict=True))


@pytest.mark.slow
def test_no_first_page_is_emptier_and_some_are_full() -> None:
    saved = 0
    for shape in SHAPES:
        plain, fitted = (
            blank_lines(paginate(plan_of(*shape, copyfit=copyfit)).pages[0])
            for copyfit in (False, True)
        )
        assert fitted <= plain + 0.5
        saved += fitted < 1 <= plain
    assert saved


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_the_contents_stay_within_what_the_layout_allows(shape: tuple[int, int]) -> None:
    least, most = (LAYOUT.pt(f"copyfit.{limit}_contents_pitch") for limit in ("least", "most"))
    plan = plan_of(*shape)
    baselines = [
        line.baseline
        for text in paginate(plan).pages[0].texts
        if text.text.style == "contents_entry"
        for line in text.lines
    ]
    pitches = [below - above for above, below in pairwise(baselines)]
    assert all(least - 0.01 <= pitch <= most + 0.01 for pitch in pitches)
    assert max(pitches) - min(pitches) < 0.01
    moved = abs(pitches[0] - PITCH) > 0.01
    assert moved == any("目录行距" in what for _, what in plan.copyfit)


@pytest.mark.slow
def test_text_below_the_opening_stands_on_the_grid() -> None:
    head = LAYOUT.pt("page.head_margin")
    for shape in SHAPES:
        for page in paginate(plan_of(*shape)).pages[:1]:
            for text in page.texts:
                if text.text.style == "paragraph":
                    top = text.lines[0].baseline - text.text.baselines[text.first] - head
                    assert top / PITCH == pytest.approx(round(top / PITCH), abs=1e-3)


@pytest.mark.slow
def test_what_a_page_break_leaves_blank_is_no_reason_against_text_on_the_first_page() -> None:
    """Text that goes to the first page leaves the page before the break emptier, as was asked."""
    bodies = []
    for lines in range(12, 18):
        first, *others = issue_of(10, 0).articles
        body = (*issues.lines_of_text(lines), PageBreak(), *issues.paragraphs(2))
        articles = (replace(first, body=body), *others)
        bodies.append(has_body(paginate(made(issues.issue(articles=articles))).pages[0]))
    assert all(bodies)


@pytest.mark.slow
def test_contents_do_not_drive_a_note_off_the_first_page() -> None:
    """Not even where the pages behind would be fuller (领导批示 is read first)."""
    for layout in LAYOUTS:
        lines = lines_of(edition(layout).content)
        (note,) = (line for line in lines if "领导批示" in packed(line.text))
        assert note.page == 1


def entries_on_first_page(articles: int, lines: int = 2, *, copyfit: bool = True) -> int:
    """Return how many entries of so many the first page has, above articles of a few lines."""
    issue = issue_of(articles, 0)
    body = issues.lines_of_text(lines)
    short = tuple(replace(one, body=body, byline="") for one in issue.articles)
    page = paginate(made(replace(issue, articles=short), copyfit=copyfit)).pages[0]
    return sum(text.text.style == "contents_entry" for text in page.texts)


def test_contents_stand_closer_where_they_so_end_on_the_first_page() -> None:
    usual = max(
        count for count in range(8, 20) if entries_on_first_page(count, copyfit=False) == count
    )
    assert [entries_on_first_page(usual + more) for more in (1, 2)] == [usual + 1, usual + 2]


def test_contents_for_which_the_first_page_has_room_are_not_parted_to_fill_others() -> None:
    headlines = (
        "市委副书记、市长杨光宇主持召开市政府第58次常务会议",
        "市政协党组书记、主席李文斌，党组副书记、副主席陈炜带队赴广东省深圳市开展招商引资活动",
        "《安澜日报》、安澜电视台、“安澜发布”微信公众号联合推出“走进乡村看小康”大型融媒体报道",
        "学习贯彻党的二十届四中全会精神市委宣讲团报告会在石桥县、青坪县、云溪区、河东新区举行",
        "全市1—9月规上工业增加值增长7.4%　高于全省平均水平1.2个百分点　居全省第3位",
        "关于2026年国庆节、中秋节期间廉洁过节情况的通报",
        "松原县龙塘乡：“小网格”里的“大民生”",
        "我市3个案例入选全国“新时代‘枫桥经验’先进典型”",
    )
    body = issues.lines_of_text(4)
    articles = tuple(Article(headline=headline, body=body) for headline in headlines)
    for copyfit in (False, True):
        page = paginate(made(issues.issue(articles=articles), copyfit=copyfit)).pages[0]
        entries = [text for text in page.texts if text.text.style == "contents_entry"]
        assert len(entries) == len(articles)
