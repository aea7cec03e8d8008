"""Characters that no text may hold: where they stand, what is told of them, and how often."""

from __future__ import annotations

import pytest

from hongtou.bulletin.finding import Severity
from hongtou.intake.characters import MAX_FINDINGS, character_findings
from hongtou.intake.document import JsonValue

ERROR, SLIGHT = "坏\x07。", "好\u200b。"


def found(document: JsonValue) -> list[tuple[str, str | None]]:
    findings, _ = character_findings(document)
    return [(finding.code, finding.pointer) for finding in findings]


def test_errors_come_first_each_kind_in_the_order_of_the_document() -> None:
    assert found({"a": SLIGHT, "b": ERROR, "c": [SLIGHT, {"d": ERROR}]}) == [
        ("text/control-character", "/b"),
        ("text/control-character", "/c/1/d"),
        ("text/zero-width", "/a"),
        ("text/zero-width", "/c/0"),
    ]


def test_a_hundred_of_each_kind_are_told_of() -> None:
    findings, _ = character_findings([ERROR, SLIGHT] * (MAX_FINDINGS + 5))
    kinds = [finding.severity for finding in findings]
    assert kinds == [Severity.ERROR] * 100 + [Severity.WARNING] * 100
    assert len(found(SLIGHT * 150)) == 100


def test_a_key_may_be_odd_but_not_faulty() -> None:
    assert found({SLIGHT: 1, "a": [{ERROR: SLIGHT}]}) == [
        ("text/control-character", f"/a/0/{ERROR}"),
        ("text/zero-width", f"/a/0/{ERROR}"),
    ]


def test_of_each_fault_in_a_string_the_first_place_is_told() -> None:
    assert found("一\x07二\x07三\u202e四\u200b\u200b五") == [
        ("text/control-character", ""),
        ("text/bidi-control", ""),
        ("text/zero-width-run", ""),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\x07开头", "第 1 个字符是控制字符（U+0007）"),
        ("各项工作\x07", "第 5 个字符（“各项工作”之后）是控制字符（U+0007）"),
        ("一二三四五六七\x07", "第 8 个字符（“二三四五六七”之后）是控制字符（U+0007）"),
        ("  \x07", "第 3 个字符是控制字符（U+0007）"),
        (
            "字e" + "\u0301" * 5,
            "第 7 个字符（“字e\u0301\u0301\u0301\u0301”之后）是4 个以上叠加符号",
        ),
        ("好\u00ad字", "第 2 个字符（“好”之后）是看不见的零宽字符（U+00AD），排版时略去"),
        ("好\u200d字", "第 2 个字符（“好”之后）是看不见的零宽字符（U+200D），排版时略去"),
        ("甲\t乙", "第 2 个字符（“甲”之后）是制表符（U+0009），排版时作一个空格"),
        ("甲 \u2003乙", "第 3 个字符（“甲 ”之后）是特殊宽度的空格（U+2003），排版时作一个空格"),
        ("好\ufe0f", "第 2 个字符（“好”之后）是选择字形的控制字符（U+FE0F），排版时略去"),
    ],
)
def test_the_place_is_told_with_what_stands_before_it(text: str, told: str) -> None:
    findings, _ = character_findings(text)
    assert findings[0].message.startswith(told)


def test_a_zero_width_character_may_be_taken_out_safely() -> None:
    ((finding,), _) = character_findings("好\u200b字")
    assert finding.suggestion is not None
    assert (finding.suggestion.start, finding.suggestion.end) == (1, 2)
    assert (finding.suggestion.text, finding.suggestion.safe) == ("", True)


@pytest.mark.parametrize(
    "text", ["\t行首", "行尾\u2003", "\u2003一行\u2003\n\t又一行", "全角　空格", "不间断\u00a0空格"]
)
def test_a_space_around_a_line_or_that_faces_have_is_not_odd(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(("marks", "ok"), [(4, True), (5, False)])
def test_a_letter_bears_at_most_four_marks(marks: int, ok: bool) -> None:
    for text in ("e" + "\u0301" * marks, "字" * 9 + "e" + "\u0301" * marks + "x\u0301"):
        assert (found(text) == []) is ok, text


def test_what_an_issue_holds_is_measured_on_the_way() -> None:
    _, extent = character_findings(["一二", {"三": "四五六"}])
    assert extent.chars == 5
