"""The goals of typesetting: each stands once, and docs/typography.md has a row for every one."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pytest

from benchmarks.typography.bulletins import bulletin, pictures
from benchmarks.typography.goals import GOALS, Found, Goal
from benchmarks.typography.plain import plain_form
from benchmarks.typography.table import BEGIN, END, PAGE, limit, renewed, section
from benchmarks.typography.unlike_lines import Reason, why_unlike
from hongtou.bulletin.order import Order
from tests.support.shop import typesetter

SEEDS = range(1, 41)


def rows() -> list[list[str]]:
    """Return the cells of the table that stands between the marks."""
    page = PAGE.read_text(encoding="utf-8")
    between = page.partition(BEGIN)[2].partition(END)[0]
    return [row.split(" | ") for row in re.findall(r"^\| (.+) \|$", between, re.M)[1:]]


def test_the_page_has_every_goal_with_its_limit_in_order() -> None:
    assert [(row[0], row[1]) for row in rows()] == [(goal.title, limit(goal)) for goal in GOALS]


def test_no_goal_stands_twice() -> None:
    assert len({goal.title for goal in GOALS}) == len(GOALS)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.title)
def test_the_page_says_of_each_whether_it_is_met(goal: Goal) -> None:
    """As the figure beside it says: a table that was written by hand would not hold."""
    _, _, shown, met, *_ = next(row for row in rows() if row[0] == goal.title)
    value = 0.0 if shown == "–" else float(re.split(" ", shown)[0])
    counted = Found(value, 100) if goal.unit == "%" else Found(value)
    assert met == ("✓" if goal.is_met(counted) else "✗")


def test_what_stands_around_the_table_stays() -> None:
    assert renewed(f"甲\n{BEGIN}\n旧\n{END}\n乙", "新") == f"甲\n{BEGIN}\n\n新\n\n{END}\n乙"


@pytest.mark.parametrize(
    ("goal", "found", "is_met"),
    [
        (Goal("", lambda _: Found(0)), Found(0), True),
        (Goal("", lambda _: Found(0)), Found(1, 500), False),
        (Goal("", lambda _: Found(0), 2, "%"), Found(2, 100), True),
        (Goal("", lambda _: Found(0), 2, "%"), Found(3, 100), False),
        (Goal("", lambda _: Found(0), 0.3, "em", is_least=True), Found(0.29), False),
    ],
)
def test_a_goal_is_met_up_to_its_limit(goal: Goal, found: Found, is_met: bool) -> None:
    assert goal.is_met(found) is is_met


def blocks(seeds: range = SEEDS) -> set[str]:
    bodies = [article["body"] for seed in seeds for article in bulletin(seed)["articles"]]
    return {block["type"] for body in bodies for block in body if isinstance(block, dict)}


@pytest.mark.slow
def test_generated_bulletins_have_what_real_ones_have() -> None:
    assert blocks() == {"table", "figure", "figures", "attachments", "signoff", "annex"}
    fields = {field for seed in SEEDS for field in bulletin(seed)}
    assert {"briefs", "editors_note"} <= fields
    assert any("section" in bulletin(seed)["articles"][0] for seed in SEEDS)


@pytest.mark.slow
def test_a_seed_gives_the_same_bulletin_and_no_other_does() -> None:
    assert bulletin(7) == bulletin(7)
    assert len({json.dumps(bulletin(seed)) for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_generated_bulletin_is_accepted(seed: int) -> None:
    document = json.dumps(bulletin(seed))
    images = {name: image for name, image in pictures().items() if name in document}
    typesetter().accept(document.encode(), Order(), images)


def test_peers_are_given_text_alone() -> None:
    for seed in SEEDS:
        issue = bulletin(seed)
        bodies = [article["body"] for article in issue["articles"]]
        kinds = {block["type"] for body in bodies for block in body if isinstance(block, dict)}
        assert (plain_form(issue) is None) == bool(kinds - {"attachments"})


def small() -> dict[str, Any]:
    rows = [["计划投资（万元）", "3,120", "各单位要压实工作责任，推动各项任务落地见效。"]] * 3
    table = {"type": "table", "header": ["指标", "数量", "主要工作内容"], "rows": rows}
    return {
        "masthead": {
            "nameplate": "快报",
            "issue_number": 1,
            "issuing_body": "市创建办",
            "issue_date": "2026-11-23",
        },
        "articles": [{"headline": "全市环境整治", "body": ["各单位要压实工作责任。" * 9, table]}],
        "closing": {"report_to": "市委"},
    }


def test_an_issue_is_measured_against_every_goal() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its patterns have escapes that Python deprecates
        pytest.importorskip("jieba")
    from benchmarks.typography.measured import Pair, Sent, measured

    ours = measured(Sent("small", small(), {})).hongtou
    assert ours.ours is not None
    assert (ours.ours.small_tables, ours.ours.parted_tables) == (1, 0)
    assert ours.ours.column_lines and ours.ours.paddings
    assert ours.ours.has_body_on_first and ours.ours.nameplate[0] > 36
    assert 0 < ours.red_rule < 110
    told = section("1 issue", [Pair(ours, None)])
    assert [line for line in told.splitlines() if "✗" in line] == []


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (("县融媒体中心打造沉浸式直播间", "助力特色农产品走出大山"), Reason.WORD),
        (("全市学习贯彻", "习近平新时代中国特色社会主义思想", "主题教育工作会议召开"), Reason.NAME),
        (("市局推进“三清三拆、五改五化”", "整治取得成效"), Reason.PAIR),
        (("“百日攻坚”责任书", "签订完毕"), Reason.BOUND),
        (("贯彻新发展理念构建新发展格局", "推动经济社会高质量发展"), Reason.SENSE),
    ],
)
def test_what_lines_of_like_length_would_part_is_told(lines: tuple[str, ...], kept: Reason) -> None:
    assert why_unlike(lines) is kept
