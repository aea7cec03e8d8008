"""Safe suggestions: applied once, nothing is left of them and nothing else has changed."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hongtou.bulletin.finding import Finding, Severity, Suggestion
from hongtou.intake import read_issue
from hongtou.review import normalized, review
from tests.support.documents import article, document, encoded

# A machine at work on other things is no fault of the code.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LETTERS = st.sampled_from(
    [*"汉字一县（）()1２.,，、。：:;?!“”‘ \u3000\u200b*A％[]〔〕号〇★\n", "**", "  ", "[2017]1号"]
)
TEXTS = st.lists(LETTERS, max_size=40).map("".join)


def safe_findings(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.suggestion is not None and each.suggestion.safe]


def finding(pointer: str, *suggestion: object) -> Finding:
    return Finding(
        code="test/test",
        severity=Severity.WARNING,
        message="",
        pointer=pointer,
        suggestion=Suggestion(*suggestion),  # type: ignore[arg-type]
    )


@PATIENT
@given(TEXTS, TEXTS)
@example("汉\u200b  字，** **字", "县(市):汉")
@example("汉 ，２０**１７**年", "（1)")
@example("（一） 、汉", "一 、汉")
def test_one_pass_leaves_nothing_safe_to_do(body: str, brief: str) -> None:
    sent = document(articles=[article(body=body)], briefs={"items": [brief]})
    reading = read_issue(encoded(sent))
    if reading.issue is None:
        return
    findings = [*reading.findings, *review(reading)]
    again = read_issue(encoded(normalized(reading.document, findings)))
    assert again.issue is not None
    assert safe_findings([*again.findings, *review(again)]) == []


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
