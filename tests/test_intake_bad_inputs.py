"""Every bad input is refused or answered with a finding; none gets past, none breaks."""

from __future__ import annotations

import re

import pytest

from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.bulletin.finding import Severity
from hongtou.bulletin.limits import Limits
from hongtou.intake import read_issue
from tests.support.bad_inputs import ROWS, Expected, body
from tests.support.documents import article, document, encoded


@pytest.mark.parametrize(
    ("sent", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_bad_input(sent: bytes, expected: Expected) -> None:
    if isinstance(expected, type):
        with pytest.raises(expected) as refusal:
            read_issue(sent)
        assert refusal.value.message
        assert refusal.value.hint
        return
    reading = read_issue(sent, images=["a.png"])
    found = {(finding.code, finding.pointer) for finding in reading.findings}
    if expected is None:
        assert found == set()
        assert reading.issue is not None
        return
    assert expected in found
    is_error = any(each.severity is Severity.ERROR for each in reading.findings)
    assert (reading.issue is None) == is_error


def test_every_row_is_named_once() -> None:
    names = [row[0] for row in ROWS]
    assert len(names) == len(set(names))


def test_broken_json_is_named_with_line_and_column() -> None:
    with pytest.raises(MalformedDocument, match="第 2 行第 3 列"):
        read_issue(b'{"a": 1,\n  b: 2}')


def test_a_duplicate_key_is_named() -> None:
    with pytest.raises(MalformedDocument, match="“headline”"):
        read_issue(b'{"headline": 1, "headline": 2}')


def test_other_encodings_are_answered_with_utf_8() -> None:
    with pytest.raises(MalformedDocument) as refusal:
        read_issue("{}简报".encode("gbk"))
    assert "请使用 UTF-8" in refusal.value.hint


@pytest.mark.parametrize(
    "document", [b"PK\x03\x04\x14\0", b"\xd0\xcf\x11\xe0\xa1\xb1", b"%PDF-1.7"]
)
def test_a_finished_issue_in_another_form_is_to_be_imported(document: bytes) -> None:
    with pytest.raises(MalformedDocument, match="这是 Word 或 PDF 文件") as refusal:
        read_issue(document, Limits(), frozenset())
    assert "导入" in refusal.value.hint


def test_a_control_character_is_named_with_its_position() -> None:
    (finding,) = read_issue(body("各项工作\x07。")).findings
    assert finding.message == "第 5 个字符（“各项工作”之后）是控制字符（U+0007）"


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("hedline", "headline"), ("title", "headline"), ("标题", "headline"), ("content", "body")],
)
def test_an_unknown_field_is_answered_with_the_known_one(wrong: str, right: str) -> None:
    (finding,) = read_issue(encoded(document(articles=[article(**{wrong: "x"})]))).findings
    assert re.search(rf"没有名为“{wrong}”的字段，是否指\w+（{right}）？$", finding.message)


def test_all_faults_come_at_once() -> None:
    sent = document(masthead={"issue_number": 0}, closing=None, articles=[{"body": "坏\0"}], x=1)
    found = {(each.code, each.pointer) for each in read_issue(encoded(sent)).findings}
    assert found == {
        ("text/control-character", "/articles/0/body"),
        ("document/missing-field", "/masthead/nameplate"),
        ("document/out-of-range", "/masthead/issue_number"),
        ("document/missing-field", "/masthead/issuing_body"),
        ("document/missing-field", "/masthead/issue_date"),
        ("document/missing-field", "/articles/0/headline"),
        ("document/missing-field", "/closing"),
        ("document/unknown-field", "/x"),
    }


def test_at_most_a_hundred_findings_errors_first() -> None:
    sent = document(articles=[article(body="好\u200b。", **{f"x{n}": 1 for n in range(150)})])
    findings = read_issue(encoded(sent)).findings
    assert len(findings) == 100
    assert all(finding.severity is Severity.ERROR for finding in findings)


def test_limits_are_those_that_are_given() -> None:
    sent = encoded(document(articles=[article(), article()]))
    (finding,) = read_issue(sent, Limits(articles=1)).findings
    assert finding.message == "文章：有 2 篇，超过上限 1 篇"


def test_the_whole_issue_has_a_limit() -> None:
    (finding,) = read_issue(encoded(document()), Limits(total_chars=20)).findings
    assert (finding.code, finding.pointer) == ("document/too-long", "")


def test_a_text_that_is_too_long_has_too_many_characters_and_not_items() -> None:
    sent = encoded(document(masthead={**document()["masthead"], "issue_label": "第" * 21}))
    (finding,) = read_issue(sent).findings
    assert finding.message.endswith("：最多 20 字")


@pytest.mark.parametrize("over", [0, 1])
def test_values_and_levels_are_counted_before_anything_is_made_of_them(over: int) -> None:
    """The document is one, and every bracket that opens and every comma is another."""
    sent = b'{"a": [1, 2, [3]], "b": {}}'
    enough = [Limits(values=8 - over), Limits(depth=3 - over)]
    for limits, refusal in zip(enough, (TooLarge, MalformedDocument), strict=True):
        if over:
            with pytest.raises(refusal):
                read_issue(sent, limits)
        else:
            assert read_issue(sent, limits).findings


@pytest.mark.parametrize("over", [0, 1])
def test_a_name_of_a_field_has_sixty_characters_and_a_number_eighteen_digits(over: int) -> None:
    for sent in (b'{"%b": 1}' % (b"a" * (60 + over)), b'{"a": %b}' % (b"1" * (18 + over))):
        if over:
            with pytest.raises(MalformedDocument):
                read_issue(sent)
        else:
            assert read_issue(sent).findings
