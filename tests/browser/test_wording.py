"""What a clerk reads names nothing by its name in the issue JSON: not in findings, not in what is refused."""

from __future__ import annotations

import re

import pytest

from scripts.docs.codes import CODES
from scripts.docs.findings import findings_of, open_typesetter
from tests.support.desk import DeskPage
from tests.support.ways import at, choose, say
from tests.test_names_of_fields import BARE, QUOTED

WORDED = """async (texts) => {
    const { worded } = await import("/static/desk/wording.js");
    return texts.map(worded);
}"""
# JSON that no desk can write: whoever sends it reads the names.
FOR_PROGRAMS = {"document/unknown-field", "body/unknown-block"}


@pytest.fixture(scope="module")
def told() -> list[str]:
    typesetter = open_typesetter()
    return [
        text
        for code in CODES.values()
        if code.issue is not None
        for finding in findings_of(code, typesetter)
        if finding.code not in FOR_PROGRAMS
        for text in (finding.message, finding.hint)
        if text
    ]


def test_no_finding_names_a_field_at_the_desk(open_desk: DeskPage, told: list[str]) -> None:
    assert len(told) > 200
    shown = open_desk.page.evaluate(WORDED, told)
    named = [one for one in shown if BARE.search(_without_quoted(one))]
    assert not named, "\n".join(named)
    assert any("（" in one for one in shown), "other brackets stay"


def test_what_an_editor_wrote_stays(open_desk: DeskPage) -> None:
    texts = ["标题“甲（abc）”太长", "「乙（abc）」可作正文", "请写在日期（date）里", "（2026年）"]
    assert open_desk.page.evaluate(WORDED, texts) == [*texts[:2], "请写在日期里", texts[3]]


def test_how_json_is_written_is_no_concern_of_an_editor(open_desk: DeskPage) -> None:
    texts = ["只写数字，不加引号；年份另有一项", "只写数字，不加引号和小数点", "“数，不加引号”"]
    shown = open_desk.page.evaluate(WORDED, texts)
    assert shown == ["只写数字；年份另有一项", "只写数字", texts[2]]


def test_a_finding_is_shown_in_the_words_of_the_desk(small_desk: DeskPage) -> None:
    small_desk.page.fill("[data-pointer='/masthead/issuing_body']", "")
    small_desk.put_caret("paragraph", 0, 0)
    choose(small_desk, "表格")
    at("cell_text", 4)(small_desk)
    say(small_desk, "合计", "9")
    small_desk.wait_for_pages()
    shown = small_desk.page.inner_text("#findings")
    assert "请填写编发单位" in shown
    assert "请核对合计行数：" in shown
    assert not BARE.search(_without_quoted(shown))


def _without_quoted(text: str) -> str:
    return re.sub(QUOTED, "", text)


def test_a_date_that_is_none_is_named_as_its_field_shows_it(small_desk: DeskPage) -> None:
    field = "[data-pointer='/masthead/issue_date']"
    small_desk.page.fill(field, "2017年13月1日")
    small_desk.wait_for_pages()
    assert "“2017年13月1日”这一天不存在" in small_desk.page.inner_text("#findings")
    assert (
        small_desk.page.evaluate(
            """async () => (await import("/static/desk/wording.js")).worded("“2017-12-22”", "/articles/0/body/0")"""
        )
        == "“2017-12-22”"
    ), "an editor wrote it so"
