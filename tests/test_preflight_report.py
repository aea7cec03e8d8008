"""The report of a preflight: every rule with what it asks, how binding it is, and what came of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hongtou.bulletin.errors import EngineFault, MalformedDocument
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.cli.editions import Outcome, Task
from hongtou.outputs import OUTPUTS
from hongtou.preflight.laid_out import LAID_OUT
from hongtou.preflight.profiles import ARCHIVAL_PDF, PRESS_PDF, SCREEN_PDF
from hongtou.preflight.report import RuleOutcome, preflight_report
from hongtou.records import preflight_record

FILE_STANDARD = r"ISO(?:/IEC)? \d+(?:-\d+)?|GB/T 33190-2016"
TASK = Task(Path("a.json"), Path("a.pdf"))


def fault(code: str) -> Finding:
    return Finding(
        code=code, severity=Severity.ERROR, pointer="", message="坏了", hint="请告诉管理员"
    )


def record(error: Any = None, *faults: Finding, order: Order | None = None) -> Any:
    return Outcome(TASK, findings=faults, error=error).record(order or Order())["preflight"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_every_rule_of_every_output_says_what_it_asks_for(name: str) -> None:
    for profile in OUTPUTS[name].profiles:
        for standard in profile.standards.values():
            assert standard.name
            for rule in (*profile.laid_out, *profile.rules):
                standing = standard.standings[rule.code]
                assert standing.title
                assert standing.source


@pytest.mark.parametrize("name", OUTPUTS)
def test_no_rule_cites_a_standard_of_files_that_its_own_does_not_keep_to(name: str) -> None:
    """GB/T 9704-2012 is of bulletins, not of files, and so of every output."""
    for profile in OUTPUTS[name].profiles:
        for standard in profile.standards.values():
            kept_to = {*re.findall(FILE_STANDARD, standard.name)}
            for code, standing in standard.standings.items():
                if code in {rule.code for rule in (*profile.laid_out, *profile.rules)}:
                    assert {*re.findall(FILE_STANDARD, standing.source)} <= kept_to, code


def test_a_file_that_left_kept_every_rule() -> None:
    found = record()
    assert (found["profile"], found["passed"], found["refused"]) == ("screen", True, False)
    assert {rule["outcome"] for rule in found["rules"]} == {"passed"}
    codes = [rule["code"] for rule in found["rules"]]
    laid_out, of_file = ([rule.code for rule in rules] for rules in (LAID_OUT, SCREEN_PDF.rules))
    assert codes == [*dict.fromkeys((*laid_out, "preflight/unreadable", *of_file))]


def test_a_rule_tells_its_title_its_strength_and_its_source() -> None:
    rules = {rule["code"]: rule for rule in record()["rules"]}
    paper = rules["preflight/a4"]
    assert (paper["title"], paper["strength"]) == ("每页是版式的纸，方向不变", "规定")
    assert paper["source"] == "GB/T 9704-2012 §5.1"
    assert rules["preflight/script"]["strength"] == "实务"


def test_faults_are_told_with_their_rule() -> None:
    found = record(EngineFault("x"), fault("preflight/a4"), fault("preflight/a4"))
    assert (found["passed"], found["refused"]) == (False, True)
    (failed,) = [rule for rule in found["rules"] if rule["outcome"] == "failed"]
    assert failed["code"] == "preflight/a4"
    told = {"page": None, "box_mm": None, "message": "坏了", "hint": "请告诉管理员"}
    assert failed["faults"] == [told, told]


def test_rules_that_rely_on_a_broken_one_are_skipped() -> None:
    report = preflight_report("screen", SCREEN_PDF, {}, [fault("preflight/script")])
    outcomes = {rule.code: rule.outcome for rule in report.rules}
    assert outcomes["preflight/script"] is RuleOutcome.FAILED
    assert outcomes["preflight/annotation"] is RuleOutcome.PASSED
    assert outcomes["preflight/page-count"] is RuleOutcome.SKIPPED


def test_of_a_file_that_cannot_be_read_no_rule_is_asked() -> None:
    report = preflight_report("screen", SCREEN_PDF, {}, [fault("preflight/unreadable")])
    *laid_out, first = report.rules[: len(LAID_OUT) + 1]
    assert {rule.outcome for rule in laid_out} == {RuleOutcome.PASSED}
    assert first.outcome is RuleOutcome.FAILED
    assert {rule.outcome for rule in report.rules[len(LAID_OUT) + 1 :]} == {RuleOutcome.SKIPPED}


def test_where_the_pages_are_at_fault_there_is_no_file_to_ask() -> None:
    report = preflight_report("screen", SCREEN_PDF, {}, [fault("preflight/closing-block")])
    outcomes = [rule.outcome for rule in report.rules]
    passed, failed, skipped = RuleOutcome.PASSED, RuleOutcome.FAILED, RuleOutcome.SKIPPED
    assert outcomes[: len(LAID_OUT)] == [passed, passed, failed]
    assert {*outcomes[len(LAID_OUT) :]} == {skipped}


def test_the_standard_is_that_of_the_option() -> None:
    assert ARCHIVAL_PDF.standard({}).name.startswith("PDF/A-3a")
    assert ARCHIVAL_PDF.standard({"part": "4f"}).name.startswith("PDF/A-4f")
    assert PRESS_PDF.standard({"inks": "spot", "standard": "x1a"}).name.startswith("PDF/X-1a")


def test_no_clause_of_iso_15930_is_cited() -> None:
    record_of = preflight_record(preflight_report("print", PRESS_PDF, {}))
    sources = [rule["source"] for rule in record_of["rules"] if "15930" in rule["source"]]
    assert sources
    assert not any("§" in source for source in sources)


def test_where_no_file_was_made_there_is_none() -> None:
    assert record(MalformedDocument("x")) is None
    assert record(EngineFault("排版未能完成")) is None
