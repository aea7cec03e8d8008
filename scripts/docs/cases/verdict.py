"""An outcome held against what is expected of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import accumulate, pairwise

from hongtou.pages.report import DrawnLine
from scripts.docs.cases.expected import Case, Expectation
from scripts.docs.cases.trial import Outcome

SHORT = 3  # lines, as `report.hole` of the layouts
# What begins the next page with lines that no page parts, and how many these are at the most.
HEADED = {"section", "kicker", "headline", "briefs_heading", "annex_label", "heading_1"}
HEADED_LINES = 6


class Verdict(StrEnum):
    """How an input came out, as the page says it."""

    RIGHT = "排对"
    TOLD = "有提示"
    REFUSED = "拒收并说明"
    UNDONE = "未做"
    FAILED = "✗"


def judge(case: Case, outcome: Outcome, faults: Sequence[str]) -> Verdict:
    """Return the verdict on an input; ``faults`` are what was expected and did not come."""
    if faults:
        return Verdict.FAILED
    if case.undone:
        return Verdict.UNDONE
    if outcome.pages is None:
        return Verdict.REFUSED
    return Verdict.TOLD if case.expected.finds else Verdict.RIGHT


def faults_of(expected: Expectation, outcome: Outcome) -> list[str]:
    """Return in words what is expected and did not come."""
    if expected == Expectation():
        return ["没有写明期望"]
    return [
        *_faults_of_findings(expected, outcome),
        *_faults_of_text(expected, outcome.lines),
        *_faults_of_type(expected, outcome.lines),
        *_faults_of_feet(expected, outcome),
    ]


def _faults_of_findings(expected: Expectation, outcome: Outcome) -> Iterator[str]:
    errors = set(outcome.errors) or ({outcome.refusal} if outcome.pages is None else set())
    if errors != set(expected.refused):
        yield f"错误应为 {_listed(expected.refused)}，实为 {_listed(sorted(errors))}"
    told = {*outcome.remarks, *outcome.errors}
    yield from (f"没有报 `{code}`" for code in expected.finds if code not in told)
    yield from (f"报了 `{code}`" for code in expected.silent if code in told)
    if expected.only is not None and set(outcome.remarks) != set(expected.only):
        yield f"提示应为 {_listed(expected.only)}，实为 {_listed(outcome.remarks)}"
    said = "".join(finding.message + finding.hint for finding in outcome.findings)
    yield from (f"没有说“{text}”" for text in expected.says if text not in said)
    if expected.pages not in (None, outcome.pages):
        yield f"应为 {expected.pages} 页，实为 {outcome.pages} 页"


def _faults_of_text(expected: Expectation, lines: Sequence[DrawnLine]) -> Iterator[str]:
    printed = [line.line.text.strip() for line in lines]
    yield from (f"没有整行“{text}”" for text in expected.lines if text not in printed)
    joined = "".join(line.line.text + ("\n" if line.ends_text else "") for line in lines)
    yield from (f"印出了“{text}”" for text in expected.absent if text in joined)
    for text in expected.whole:
        whole = sum(line.line.text.count(text) for line in lines)
        if not whole or whole < joined.count(text):
            yield f"“{text}”断开了，或没有印出"
    inner = [
        (line.line.text.strip(), following.line.text.strip())
        for line, following in pairwise(lines)
        if not line.ends_text
    ]
    for sign in expected.starts_none:
        yield from (f"行首是“{sign}”：{after}" for _, after in inner if after.startswith(sign))
    for sign in expected.ends_none:
        yield from (f"行末是“{sign}”：{before}" for before, _ in inner if before.endswith(sign))


def _faults_of_type(expected: Expectation, lines: Sequence[DrawnLine]) -> Iterator[str]:
    for text, style in expected.styles.items():
        if style not in {line.style for line in lines if line.line.text.startswith(text)}:
            yield f"“{text}”不是 {style}"
    for text, face in expected.faces.items():
        if not any(_is_in_face(line, text, face) for line in lines):
            yield f"“{text}”不是 {face} 字体"
    for text, least in expected.least_pt.items():
        if not any(text in line.line.text and line.line.size >= least for line in lines):
            yield f"“{text}”不到 {least} 点"


def _faults_of_feet(expected: Expectation, outcome: Outcome) -> Iterator[str]:
    told = {finding.page for finding in outcome.findings if finding.code == "pages/hole"}
    first = {line.page: line.style for line in reversed(outcome.lines)}
    for page, blank in outcome.feet.items():
        kept = first.get(page + 1, "") in HEADED and blank <= HEADED_LINES
        if blank >= SHORT and not kept and page not in {*told, *expected.short}:
            yield f"第 {page} 页末尾空出 {blank} 行，没有提示"
    yield from (
        f"第 {page} 页不再空" for page in expected.short if outcome.feet.get(page, 0) < SHORT
    )


def _is_in_face(drawn: DrawnLine, text: str, face: str) -> bool:
    line = drawn.line
    first = line.text.find(text)
    if first < 0:
        return False
    starts = accumulate((len(part) for part in line.texts), initial=0)
    drawn_by = {
        one.family
        for at, one in zip(starts, line.faces, strict=False)
        if first <= at < first + len(text)
    }
    return all(family.endswith(face) for family in drawn_by)


def _listed(codes: Sequence[str]) -> str:
    return "、".join(f"`{code}`" for code in codes) or "无"
