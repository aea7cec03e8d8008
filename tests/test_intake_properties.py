"""What holds of reading for any bytes and any text."""

from __future__ import annotations

import json
import sys
from time import process_time
from unicodedata import category

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.bulletin.finding import Severity
from hongtou.intake import Reading, read_issue
from hongtou.intake.characters import DROPPED, PLAIN, SUSPECTS, character_findings
from tests.support.documents import article, document, encoded

# A machine at work on other things is no fault of the code.
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

LETTERS = st.sampled_from(
    [*"汉字一二（）()1.、。，：:“”* \t\u3000\n\r\u200b★A％０-", "**", "1.5", "一、"]
)
TEXTS = st.lists(LETTERS, max_size=60).map("".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["headline", "body", "type", "text", "items", "rows"])
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@pytest.mark.slow
@PATIENT
@given(st.binary(max_size=200))
@example(b'{"\\ud800": 1}')
@example(b"[" * 100_000)
def test_any_bytes_are_read_or_refused(sent: bytes) -> None:
    try:
        assert isinstance(read_issue(sent), Reading)
    except (MalformedDocument, TooLarge) as refusal:
        assert refusal.message and refusal.hint


@pytest.mark.slow
@PATIENT
@given(st.dictionaries(st.sampled_from(["masthead", "articles", "briefs", "closing"]), VALUES))
@example({"articles": [{"headline": "\ud800", "\ud800": "\ud800"}]})
def test_any_json_is_read_or_refused(parts: dict[str, object]) -> None:
    try:
        reading = read_issue(encoded(document(**parts)))
    except MalformedDocument:
        return
    faults = [each for each in reading.findings if each.severity is Severity.ERROR]
    assert (reading.issue is None) == bool(faults)
    for finding in reading.findings:
        assert finding.message.isprintable()
        (finding.pointer or "").encode()  # every pointer can be sent to a client


@pytest.mark.slow
@PATIENT
@given(VALUES)
def test_every_pointer_leads_to_the_value_or_its_parent(value: object) -> None:
    sent = document(articles=[article(body=value, kicker=value)])
    try:
        reading = read_issue(encoded(sent))
    except MalformedDocument:
        return
    for finding in reading.findings:
        steps = [
            step.replace("~1", "/").replace("~0", "~")
            for step in (finding.pointer or "").split("/")[1:]
        ]
        at: object = reading.document
        for step in steps[:-1]:
            at = at[int(step)] if isinstance(at, list) else at[step]  # type: ignore[index]
        assert isinstance(at, list | dict)


@pytest.mark.slow
@PATIENT
@given(TEXTS)
@example("**汉\u200b字** 一**")
@example("一、**健全机制。**各单位")
def test_passages_hold_every_character_that_is_not_dropped(body: str) -> None:
    """Characters outside of passages are spaces, line breaks, zero-width or lead-in marks."""
    reading = read_issue(encoded(document(articles=[article(body=body)])))
    if reading.issue is None:
        assert not body.strip(DROPPED + " \t\r\n\u3000") or "\u200b\u200b" in body
        return
    covered: set[int] = set()
    for passage in reading.passages:
        if passage.pointer == "/articles/0/body":
            end = passage.start + len(passage.text)
            assert body[passage.start : end].replace("\t", " ") == passage.text
            assert covered.isdisjoint(range(passage.start, end))
            covered.update(range(passage.start, end))
    left = "".join(char for at, char in enumerate(body) if at not in covered)
    assert not left.strip("* \t\r\n\u3000" + DROPPED)
    assert "".join(left.split()).count("*") % 4 == 0


@pytest.mark.slow
@PATIENT
@given(TEXTS)
def test_blocks_and_passages_say_the_same(body: str) -> None:
    reading = read_issue(encoded(document(articles=[article(body=body)])))
    if reading.issue is None:
        return
    of_blocks = "".join(block.text for block in reading.issue.articles[0].body)  # type: ignore[union-attr]
    of_passages = "".join(
        passage.text for passage in reading.passages if passage.pointer == "/articles/0/body"
    )
    assert of_blocks == of_passages


@pytest.mark.slow
@PATIENT
@given(TEXTS)
def test_reading_changes_nothing_in_the_document(body: str) -> None:
    sent = document(articles=[article(body=body)])
    assert json.dumps(read_issue(encoded(sent)).document) == json.dumps(sent)


@pytest.mark.slow
def test_no_plain_character_is_one_that_is_looked_for() -> None:
    for char in filter(PLAIN.fullmatch, map(chr, range(sys.maxunicode + 1))):
        assert not SUSPECTS.search(2 * char)
        assert char not in DROPPED
        assert not category(char).startswith("M")


@pytest.mark.parametrize(
    "text", ["a" + "\t" * 200_000, "a\t" * 100_000, "a" + " " * 200_000 + "\t"]
)
def test_looking_for_odd_spaces_takes_time_in_proportion(text: str) -> None:
    began = process_time()
    character_findings({"body": text})
    assert process_time() - began < 2  # 0.02 s; a shape that began anew at each took 300
