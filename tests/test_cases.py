"""The page of tried inputs says of each what comes of it, and fails where that is not as expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.docs.cases.__main__ import main, rows_of
from scripts.docs.cases.expected import HERE, Expectation, read_cases
from scripts.docs.cases.table import Row, page
from scripts.docs.cases.trial import amended
from scripts.docs.cases.verdict import Verdict
from scripts.docs.codes import CODES
from tests.support.shop import typesetter

ISSUE = {
    "masthead": {
        "nameplate": "城乡环境工作动态",
        "issue_number": 33,
        "issuing_body": "某某市创建办",
        "issue_date": "2026-11-23",
    },
    "articles": [{"headline": "垃圾清运见成效", "body": "共清运垃圾38吨,群众反映良好。"}],
    "closing": {},
}
CASES = """
[right]
then = "断开"
whole = ["38吨"]
lines = ["第33期"]
styles = { "共清运" = "paragraph" }
faces = { "垃圾清运" = "Title" }
least_pt = { "城乡环境" = 36 }
pages = 1
[told]
then = "不提示"
finds = ["punctuation/half-width"]
[refused]
then = "排出空报头"
refused = ["text/blank"]
says = ["请填写"]
[refused.retold]
how = "写上名称"
changes = { "/masthead/nameplate" = "工作动态" }
lines = ["工作动态"]
[undone]
then = "年份写不出"
undone = "尚无此字段"
absent = ["2026年第33期"]
"""


def tried(folder: Path, cases: str, **issues: object) -> dict[str, Row]:
    """Return the rows of a folder with these issues, by name."""
    for name, issue in issues.items():
        (folder / f"{name}.json").write_text(json.dumps(issue), encoding="utf-8")
    table = folder / "cases.toml"
    table.write_text(cases, encoding="utf-8")
    return {row.name: row for row in rows_of(typesetter(), folder, table)}


def blank() -> dict[str, object]:
    return {**ISSUE, "masthead": {**ISSUE["masthead"], "nameplate": ""}}  # type: ignore[dict-item]


@pytest.mark.slow
def test_every_input_has_its_verdict(tmp_path: Path) -> None:
    rows = tried(tmp_path, CASES, right=ISSUE, told=ISSUE, refused=blank(), undone=ISSUE)
    assert {name: row.verdict for name, row in rows.items()} == {
        "right": Verdict.RIGHT,
        "told": Verdict.TOLD,
        "refused": Verdict.REFUSED,
        "undone": Verdict.UNDONE,
    }
    written = page([("users", list(rows.values()))])
    assert "4 份：排对 1，有提示 1，拒收并说明 1，未做 1。" in written
    assert "改写：写上名称" in written


@pytest.mark.parametrize(
    ("expected", "fault"),
    [
        ('refused = ["text/blank"]', "错误应为 `text/blank`，实为 无"),
        ('finds = ["text/blank"]', "没有报 `text/blank`"),
        ('silent = ["punctuation/half-width"]', "报了 `punctuation/half-width`"),
        ('says = ["请换纸"]', "没有说“请换纸”"),
        ('lines = ["第33"]', "没有整行“第33”"),
        ('absent = ["第33期"]', "印出了“第33期”"),
        ('whole = ["第34期"]', "“第34期”断开了，或没有印出"),
        ('styles = { "共清运" = "headline" }', "“共清运”不是 headline"),
        ('faces = { "共清运" = "Title" }', "“共清运”不是 Title 字体"),
        ('least_pt = { "共清运" = 22 }', "“共清运”不到 22 点"),
        ("pages = 2", "应为 2 页，实为 1 页"),
        ("", "没有写明期望"),
    ],
)
def test_what_does_not_come_fails(tmp_path: Path, expected: str, fault: str) -> None:
    row = tried(tmp_path, f'[one]\nthen = ""\n{expected}', one=ISSUE)["one"]
    assert (row.verdict, row.faults) == (Verdict.FAILED, [fault])
    assert "✗ 1" in page([("users", [row])])


def test_a_text_that_a_line_end_parts_fails(tmp_path: Path) -> None:
    body = "各单位要进一步提高政治站位，压实工作责任，细化工作举措，推动落地见效。"
    issue = {**ISSUE, "articles": [{"headline": "推进", "body": body}]}
    expected = f'[one]\nthen = ""\nwhole = ["{body}"]'
    assert tried(tmp_path, expected, one=issue)["one"].verdict is Verdict.FAILED


def test_a_line_that_begins_or_ends_with_a_sign_fails(tmp_path: Path) -> None:
    body = "各单位要进一步提高政治站位，压实工作责任，细化工作举措，推动落地见效。" * 2
    issue = {**ISSUE, "articles": [{"headline": "推进", "body": body}]}
    rows = tried(tmp_path, '[one]\nthen = ""\naccepted = true', one=issue)
    printed = [line for line in rows["one"].outcome.lines if line.style == "paragraph"]
    first, second = printed[0].line.text, printed[1].line.text
    signs = f'starts_none = ["{second[0]}"]\nends_none = ["{first[-1]}"]'
    assert len(tried(tmp_path, f'[one]\nthen = ""\n{signs}', one=issue)["one"].faults) >= 2


def test_an_input_or_a_case_that_stands_alone_fails(tmp_path: Path) -> None:
    rows = tried(tmp_path, '[gone]\nthen = ""\naccepted = true', new=ISSUE)
    assert {name: row.faults for name, row in rows.items()} == {
        "new": ["没有写明期望"],
        "gone": ["没有这份稿件"],
    }


def test_what_is_retold_badly_fails(tmp_path: Path) -> None:
    cases = CASES.replace('"工作动态" }\nlines = ["工作动态"]', '"" }\nlines = ["工作动态"]')
    row = tried(tmp_path, cases, refused=blank())["refused"]
    assert row.verdict is Verdict.FAILED
    assert all(fault.startswith("改写：") for fault in row.faults)


def test_changes_put_in_take_out_and_add() -> None:
    changed = amended(
        b'{"a": {"b": 1}, "c": [1, 2]}',
        {"/a/b": "", "/a/d": 3, "/c/0": 4, "/c/2": 5},
        {"2]": "6]"},
    )
    assert json.loads(changed) == {"a": {"d": 3}, "c": [4, 6, 5]}


def test_without_its_folder_the_command_says_what_to_give(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([]) == main([str(tmp_path)]) == 2
    assert "make cases CASES=文件夹" in capsys.readouterr().out


def test_tables_name_codes_that_exist_and_say_what_is_expected() -> None:
    for table in HERE.glob("*.toml"):
        for name, case in read_cases(table).items():
            expected = case.expected
            named = {*expected.refused, *expected.finds, *expected.silent}
            assert named <= CODES.keys(), name
            assert expected != Expectation(), name


@pytest.mark.slow
def test_a_page_that_ends_short_without_a_word_fails(tmp_path: Path) -> None:
    body = ["第一段。", {"type": "page_break"}, "第二段。"]
    issue = {**ISSUE, "articles": [{"headline": "推进", "body": body}]}
    cases = '[one]\nthen = ""\naccepted = true'
    (fault,) = tried(tmp_path, cases, one=issue)["one"].faults
    assert fault.startswith("第 1 页末尾空出")
    assert not tried(tmp_path, f"{cases}\nshort = [1]", one=issue)["one"].faults
    issue = {**ISSUE, "articles": [{"headline": "推进", "body": "第一段。"}]}
    assert tried(tmp_path, f"{cases}\nshort = [1]", one=issue)["one"].faults == ["第 1 页不再空"]
