"""Review: every rule over the copy of an issue, what it finds in reading order."""

from __future__ import annotations

from service.finding import Finding
from service.intake import Reading
from service.review.copy import make_copy
from service.review.rules import RULES


def review(reading: Reading) -> list[Finding]:
    """Return what the rules find in the texts of an issue; empty when it could not be read.

    No safe suggestion overlaps another: of two, that of the earlier rule stays.
    """
    if reading.issue is None:
        return []
    copy = make_copy(reading.issue, reading.passages)
    order = {passage.pointer: at for at, passage in reversed(list(enumerate(reading.passages)))}
    findings = [finding for rule in RULES for finding in rule.findings(copy)]
    return sorted(
        _without_overlaps(findings),
        key=lambda finding: (order.get(finding.pointer or "", len(order)), _start(finding)),
    )


def _without_overlaps(findings: list[Finding]) -> list[Finding]:
    kept = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        suggestion = finding.suggestion
        if suggestion is None or not suggestion.safe:
            kept.append(finding)
            continue
        spans = taken.setdefault(finding.pointer or "", [])
        if all(suggestion.end <= start or end <= suggestion.start for start, end in spans):
            spans.append((suggestion.start, suggestion.end))
            kept.append(finding)
    return kept


def _start(finding: Finding) -> int:
    return finding.suggestion.start if finding.suggestion else 0
