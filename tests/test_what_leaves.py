"""What is said of a document is bounded, whatever the document says: pointers, messages, number."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import RequestError, ReviewFailed, ServiceError, TooLarge
from hongtou.bulletin.finding import (
    FRAME_BYTES,
    MAX_BYTES,
    MAX_FINDINGS,
    Finding,
    Severity,
    Suggestion,
    abridged,
    printable,
)
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.intake.document import MAX_KEY_CHARS
from hongtou.pictures.reading import read_pictures
from hongtou.records import finding_record, inspection_record
from hongtou.web.problem_answers import MAX_ERRORS, _faults
from tests.support.documents import article, document, masthead
from tests.support.nasty import PIECES
from tests.support.shop import typesetter

pytestmark = pytest.mark.slow

MAX_ANSWER = 2 * 1024 * 1024
MAX_PROBLEM = 1024 * 1024
MAX_MESSAGE = 500  # characters: 30 of the sender's, each told by its code point, are 240
LIMITS = Limits()


def sent(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def long(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def marks(unit: str, paragraphs_of_5_000: int = 8) -> dict[str, Any]:
    paragraphs = [long(unit, 5_000)] * paragraphs_of_5_000
    return document(articles=[article(body=paragraphs)])


def bad_values(depth: int, key: str) -> dict[str, Any]:
    value: Any = ["\x7f"] * 1_000
    for _ in range(depth):
        value = {key: value, f"{key[:-1]}b": "坏\x7f"}
    return {**document(), **value}


HOSTILE = {
    "half-width marks": marks("字,", 30),
    "runs of half-width marks": marks("字" + "," * 4_990),
    "full-width letters": marks("Ａ"),
    "brackets": marks("(字)"),
    "spaces": marks("字 1 "),
    "look-alikes": marks("аb"),
    "rare characters": document(articles=[article(body=["".join(map(chr, range(0x4E00 + at, 0x4E00 + at + 4_900)))]) for at in range(0, 14_000, 1_000)]),
    "notes without brackets": document(articles=[article(body=[{"type": "note", "text": "字" * 4_990}] * 58)]),
    "loose lines": marks("字abcdefghijklmnopqrstuvw "),
    "deep keys of ~": bad_values(12, "~" * MAX_KEY_CHARS),
    "deep keys of rare characters": bad_values(12, "\U00020000" * MAX_KEY_CHARS),
    "control characters in keys": bad_values(12, "\x01" * MAX_KEY_CHARS),
    "many unknown fields": {**document(), **{f"{number:a>60}": 1 for number in range(20_000)}},
    "long layout": document(layout="\u2003字" * 100),
    "long date": document(masthead=masthead(issue_date="2026" * 400_000)),
    "long image": document(articles=[article(body=[{"type": "figure", "image": "x" * 1_000_000}])]),
    "long type": document(articles=[article(body=[{"type": "y" * 1_000_000}])]),
    "long choice": document(masthead=masthead(urgency="特" * 500_000)),
    "headlines": document(articles=[article(headline="字" * 100, contents_title="字，" * 100) for _ in range(60)]),
}  # fmt: skip


def answers(value: Any) -> tuple[bytes, list[Finding]]:
    """Return what a check answers, and what a render says that is refused."""
    findings: list[Finding] = []
    body = sent(value)
    assert len(body) <= LIMITS.body_bytes
    try:
        found = typesetter().check(body, Order())
        findings += found.findings
        answer = json.dumps(
            inspection_record(found.findings, found.page_count, found.layout), ensure_ascii=False
        )
    except (RequestError, TooLarge) as refusal:
        answer = refusal.message + refusal.hint
        assert len(answer) <= MAX_MESSAGE
    return answer.encode("utf-8", "surrogatepass"), findings


def problem_bytes(value: Any) -> int:
    try:
        typesetter().produce(sent(value), Order())
    except ReviewFailed as refusal:
        faults = _faults(refusal.findings)
        assert len(faults) <= MAX_ERRORS
        return len(json.dumps(faults, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    except ServiceError as refusal:
        return len((refusal.message + refusal.hint).encode())
    return 0


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.long
def test_an_answer_is_small_whatever_was_sent(name: str) -> None:
    answer, findings = answers(HOSTILE[name])
    assert len(answer) <= MAX_ANSWER
    assert len(findings) <= MAX_FINDINGS + 1
    for finding in findings:
        assert len(finding.message) <= MAX_MESSAGE, finding.code
        assert len(finding.hint) <= MAX_MESSAGE, finding.code
    if any(finding.severity is Severity.ERROR for finding in findings):
        assert problem_bytes(HOSTILE[name]) <= MAX_PROBLEM


KEYS = st.one_of(
    st.sampled_from(["articles", "body", "type", "headline", "closing", "~" * 60, "\x01" * 60]),
    st.text(max_size=60),
)
VALUES = st.recursive(
    st.one_of(
        st.none(),
        st.integers(),
        st.sampled_from(PIECES).map(lambda piece: long(piece, 500)),
        st.text(max_size=20),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(KEYS, inner, max_size=4),
        inner.map(lambda one: [one] * 20),
    ),
    max_leaves=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(extra=st.dictionaries(KEYS, VALUES, max_size=5))
@pytest.mark.long
def test_an_answer_is_small_for_any_document(extra: dict[str, Any]) -> None:
    value = {**document(), **extra}
    if len(sent(value)) <= LIMITS.body_bytes:
        answer, findings = answers(value)
        assert len(answer) <= MAX_ANSWER
        assert all(len(finding.message) <= MAX_MESSAGE for finding in findings)


class TestAbridged:
    def finding(self, severity: Severity = Severity.WARNING, text: str = "字") -> Finding:
        return Finding(code="a/b", severity=severity, message=text, pointer="/a")

    def test_few_stay_as_they_are(self) -> None:
        few = [self.finding(Severity.NOTE), self.finding(Severity.ERROR)]
        assert abridged(few) == tuple(few)

    def test_of_too_many_the_gravest_stay_and_the_rest_is_counted(self) -> None:
        many = [self.finding(Severity.NOTE)] * 1_500 + [self.finding(Severity.ERROR)] * 3
        kept = abridged(many)
        assert len(kept) == MAX_FINDINGS + 1
        assert [one.severity for one in kept[:4]] == [*[Severity.ERROR] * 3, Severity.NOTE]
        assert kept[-1].code == "findings/more"
        assert "503 条" in kept[-1].message
        assert kept[-1].hint

    @pytest.mark.parametrize("text", ["字" * 5_000, "\x01" * 5_000, "\U00020000" * 5_000])
    def test_their_text_is_bounded_as_json(self, text: str) -> None:
        suggested = Finding(
            code="a/b",
            severity=Severity.NOTE,
            message="",
            pointer="",
            suggestion=Suggestion(0, 1, text),
        )
        kept = abridged([suggested] * 900)
        written = json.dumps([finding_record(one) for one in kept], ensure_ascii=False)
        assert MAX_BYTES / 2 < len(written.encode()) <= MAX_BYTES
        assert str(900 - len(kept) + 1) in kept[-1].message

    def test_a_frame_is_longer_than_all_else_that_a_finding_holds(self) -> None:
        found = typesetter().check(sent(marks("字,")), Order()).findings
        for one in found[:50]:
            bare = {**finding_record(one), "message": "", "hint": "", "pointer": ""}
            assert len(json.dumps(bare, ensure_ascii=False).encode()) < FRAME_BYTES


def test_normalizing_uses_all_findings_and_not_only_those_that_leave() -> None:
    body = sent(document(articles=[article(body="甲,乙" * 1_600 + "。")]))
    assert len(typesetter().check(body, Order()).findings) == MAX_FINDINGS + 1
    assert not [
        one
        for one in typesetter().check(body, Order(normalize=True)).findings
        if one.code == "punctuation/half-width"
    ]


def test_names_of_pictures_are_cut() -> None:
    from tests.test_figures import issue_of

    name = "图" * 10_000
    _, findings = read_pictures({name: b"GIF89a"}, issue_of(name))
    assert all(len(one.message) < MAX_MESSAGE for one in findings)
    assert findings


@pytest.mark.parametrize("text", ["字" * 10_000, "\x01" * 10_000, "\u202e" * 10_000])
def test_quoted_text_is_short_and_visible(text: str) -> None:
    assert len(printable(text)) < 300
    assert printable(text).isprintable()
