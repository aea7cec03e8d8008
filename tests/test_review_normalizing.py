"""Safe suggestions: applied once, nothing is left of them and nothing else has changed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hongtou.acceptance import MAX_PASSES
from hongtou.bulletin.corrections import Corrections
from hongtou.bulletin.equivalents import EQUIVALENTS
from hongtou.bulletin.finding import Finding, Severity, Suggestion
from hongtou.intake import Reading, read_issue
from hongtou.review import normalized, review, safe_changes
from tests.support.documents import article, document, encoded

# A machine at work on other things is no fault of the code.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

BODY = "/articles/0/body"
LETTERS = st.sampled_from(
    [
        *"汉字一县（）()1２.,，、。：:;?!“”‘ \u3000\u200b*A％[]〔〕号〇★⼴\ue863\n㎡㈠⑴⒈•〝〞<>《》",
        "**",
        "  ",
        "[2017]1号",
        "1m2",
    ]
)
TEXTS = st.lists(LETTERS, max_size=40).map("".join)


# What holds together as a word: Chinese, letters, or figures. Separate ones never become one.
LOOK_ALIKES = str.maketrans(
    {key: right for each in EQUIVALENTS.values() for key, right in each.items()}
)
WORD = re.compile("[\u3400-\u9fff〇]+|[A-Za-z]+|[0-9]+(?:[.][0-9]+)?")
MARKUP = re.compile(r"</?b>|[#>`_|~*]|\[(?=[^\[\]]+\]\()|\](?=\()")
FOLIO = re.compile("[-—]+ ?[0-9]+ ?[-—]+")
MARK = re.compile("[，。、；：？！,;:?!]")


def safe_findings(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if any(one.safe for one in each.suggestions)]


def normalized_lines(sent: dict[str, Any]) -> tuple[list[str], list[str]] | None:
    """Return the lines of an issue as it is read, and as it is read once it was normalized."""
    reading = read_issue(encoded(sent))
    if reading.issue is None:
        return None
    findings = [*reading.findings, *review(reading)]
    again = read_issue(encoded(normalized(reading.document, findings)))
    assert again.issue is not None
    return lines_of(reading), lines_of(again)


def lines_of(reading: Reading) -> list[str]:
    """Return what is read without markup and folios, which are no words."""
    parts = (passage.text + "\n" * passage.closes for passage in reading.passages)
    text = html.unescape(MARKUP.sub("", "".join(parts).translate(LOOK_ALIKES)))
    lines = normalize("NFKC", text).splitlines()
    return [line for line in lines if not FOLIO.fullmatch(line)]


def entries(line: str) -> list[str]:
    """Return what spaces part from one another in a line."""
    return [word for part in line.split() if (word := "".join(WORD.findall(part)))]


def words(lines: list[str]) -> list[str]:
    return WORD.findall("\n".join(lines))


def finding(pointer: str, *suggestion: object) -> Finding:
    return Finding(
        code="test/test",
        severity=Severity.WARNING,
        message="",
        pointer=pointer,
        suggestion=Suggestion(*suggestion),  # type: ignore[arg-type]
    )


@pytest.mark.slow
@PATIENT
@given(TEXTS, TEXTS)
@example("汉\u200b  字，** **字", "县(市):汉")
@example("汉 ，２０**１７**年", "（1)")
@example("（一） 、汉", "一 、汉")
def test_a_few_passes_leave_nothing_safe_to_do(body: str, brief: str) -> None:
    sent = document(articles=[article(body=body)], briefs={"items": [brief]})
    reading = read_issue(encoded(sent))
    if reading.issue is None:
        return
    for _ in range(MAX_PASSES):
        findings = [*reading.findings, *review(reading)]
        reading = read_issue(encoded(normalized(reading.document, findings)))
    assert reading.issue is not None
    assert safe_findings([*reading.findings, *review(reading)]) == []


@pytest.mark.slow
@PATIENT
@given(TEXTS, TEXTS, TEXTS)
@example("王建国　　李　明　　赵红梅", "列席：顾承远  江月白   叶怀谷", "柳湾区 96.3　石桥县 95.1")
@example("# 汉字\n- 汉\n***\n> 汉字", "&nbsp;汉<b>字</b>`汉`", "**汉。字[附表](http://a.cn/b)")
@example("PPP  BOT", "80  90", "下 一 步 工 作")
@example("⒈汉5⒈5㈠字", "甲•乙3•15", "1m2/m3㎡a㎡")
@example("完成 80 户。", "出席：沈　砚　陆一鸣", "杨明　85分，王龙　90分。")
def test_no_word_is_lost_and_none_joined_to_another(body: str, brief: str, note: str) -> None:
    sent = document(articles=[article(body=body, editors_note=note)], briefs={"items": [brief]})
    lines = normalized_lines(sent)
    if lines is None:
        return
    before, after = lines
    assert words(after) == words(before)
    columns = [entries(line) for line in before if not MARK.search(line)]
    kept = [entries(line) for line in after]
    assert [line for line in columns if line and line not in kept] == []


def test_offsets_hold_for_several_suggestions_in_a_string() -> None:
    changed = normalized(
        {"a": ["甲,乙,丙"]},
        [finding("/a/0", 1, 2, "，", True), finding("/a/0", 3, 4, "，，", True)],
    )
    assert changed == {"a": ["甲，乙，，丙"]}


def test_a_suggestion_that_is_not_safe_is_left_to_the_editor() -> None:
    assert normalized({"a": "80-90"}, [finding("/a", 2, 3, "～", False)]) == {"a": "80-90"}


def test_pointers_with_escapes_find_their_string() -> None:
    assert normalized({"a/b~c": "x"}, [finding("/a~1b~0c", 0, 1, "y", True)]) == {"a/b~c": "y"}


def test_the_document_itself_is_not_changed() -> None:
    sent = {"a": "x"}
    normalized(sent, [finding("/a", 0, 1, "y", True)])
    assert sent == {"a": "x"}


@pytest.mark.slow
@PATIENT
@given(TEXTS)
@example("甲 ,，２０**１７**年")
@example("\u200b\u200b甲")
@example("甲 ** **")
def test_what_was_sent_is_found_for_every_place_of_what_was_corrected(text: str) -> None:
    """Cut a corrected string anywhere: what each part came from is all of what was sent."""
    reading = read_issue(encoded(document(articles=[article(body=text)])))
    if reading.issue is None:
        return
    findings = [*reading.findings, *review(reading)]
    changes = safe_changes(findings)
    corrections = Corrections().then(changes)
    corrected: Any = normalized(reading.document, findings)
    corrected = corrected["articles"][0]["body"]
    for at, char in enumerate(corrected):
        start, end = corrections.sent(BODY, at, at + 1)
        kept = end - start == 1 and text[start] == char
        made = any((one.start, one.end) == (start, end) for one in changes.get(BODY, ()))
        assert kept or made
    places = [corrections.sent(BODY, at, at + 1) for at in range(len(corrected))]
    assert places == sorted(places)


class TestPlacesOfWhatWasSent:
    FIRST = (Suggestion(1, 3, "一二"), Suggestion(4, 5, ""))  # abc|d|e|f becomes a一二df
    SECOND = (Suggestion(2, 3, "二二"),)  # and then a一二二df

    @pytest.mark.parametrize(
        ("corrected", "sent"),
        [
            ((0, 1), (0, 1)),
            ((1, 2), (1, 3)),
            ((2, 4), (1, 3)),
            ((4, 5), (3, 4)),
            ((5, 6), (5, 6)),
            ((4, 6), (3, 6)),
            ((0, 6), (0, 6)),
            ((0, 0), (0, 0)),
            ((4, 4), (3, 3)),
            ((6, 6), (6, 6)),
        ],
    )
    def test_it_goes_back_through_every_pass(
        self, corrected: tuple[int, int], sent: tuple[int, int]
    ) -> None:
        corrections = Corrections().then({"/a": self.FIRST}).then({"/a": self.SECOND})
        assert corrections.sent("/a", *corrected) == sent
        assert corrections.sent("/b", *corrected) == corrected

    def test_the_characters_of_a_finding_are_found_where_they_were_sent(self) -> None:
        corrections = Corrections().then({"/a": self.FIRST})
        told = Finding(
            code="x/y",
            severity=Severity.NOTE,
            message="有误",
            pointer="/a",
            spans=((1, 2), (1, 3), (3, 4)),
        )
        (located,) = corrections.located([told])
        assert located.places == ((1, 3), (3, 4))  # a part of what was put in has no place

    def test_a_suggestion_for_part_of_a_replacement_is_left_out(self) -> None:
        corrections = Corrections().then({"/a": self.FIRST})
        (whole,) = corrections.located([finding("/a", 1, 3, "三")])
        assert whole.suggestion == Suggestion(1, 3, "三")
        (part,) = corrections.located([finding("/a", 2, 4, "三")])
        assert part.suggestion is None
        found = replace(finding("/a", 2, 4, "三"), further=(Suggestion(4, 5, "四"),))
        assert corrections.located([found])[0].suggestions == (Suggestion(5, 6, "四"),)
