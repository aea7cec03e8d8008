"""Issues written as text and as PDF by the program, and imported again."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.importing.differences import differences
from benchmarks.importing.rounds import Round, Writer, docx_of, pdf_of, rounds, text_of
from hongtou.bulletin.order import Order
from hongtou.importing.reading import read_file
from tests.support.shop import ROOT, typesetter

ISSUES = ROOT / "tests" / "issues"
SAMPLE: dict[str, Any] = json.loads((ISSUES / "real-issue.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.slow


def test_the_raw_text_of_the_sample_is_the_sample() -> None:
    imported = read_file((ISSUES / "real-issue.txt").read_bytes())
    assert imported.issue == SAMPLE


def test_the_pdf_of_the_sample_is_the_sample() -> None:
    document = json.dumps(SAMPLE).encode()
    imported = read_file(typesetter().produce(document, Order()).content)
    assert imported.issue == SAMPLE


def test_the_sample_as_a_word_file_is_the_sample() -> None:
    assert read_file(docx_of(SAMPLE)).issue == SAMPLE


@pytest.mark.long
@pytest.mark.parametrize(
    ("writer", "keeps_bold"),
    [(text_of, False), (docx_of, True), (pdf_of(typesetter()), True)],
    ids=["text", "docx", "pdf"],
)
def test_what_differs_is_told(writer: Writer, keeps_bold: bool) -> None:
    done = list(rounds(writer, keeps_bold=keeps_bold))
    assert len(done) == 20
    assert [(one.seed, one.silent) for one in done if one.silent] == []


def test_a_difference_that_no_doubt_names_is_silent() -> None:
    imported = read_file((ISSUES / "real-issue.txt").read_bytes())
    headlines = [{**one, "headline": one["headline"] + "了"} for one in SAMPLE["articles"]]
    wanted = {**SAMPLE, "articles": headlines[:1] + SAMPLE["articles"][1:]}
    (found,) = differences(imported, wanted)
    assert found.pointer == "/articles/0/headline"
    assert Round(0, imported, (found,)).silent == [found]
