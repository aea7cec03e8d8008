"""Review: every rule over the copy of an issue, what it finds in reading order."""

from __future__ import annotations

from collections import defaultdict

from hongtou.bulletin.finding import Finding
from hongtou.intake import Reading
from hongtou.review.copy import make_copy
from hongtou.review.rules import RULES


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
    taken: dict[str, set[int]] = defaultdict(set)
    for finding in findings:
        safe = [suggestion for suggestion in finding.suggestions if suggestion.safe]
        places = {at for suggestion in safe for at in range(suggestion.start, suggestion.end)}
        if taken[finding.pointer or ""].isdisjoint(places):
            taken[finding.pointer or ""] |= places
            kept.append(finding)
    return kept


def _start(finding: Finding) -> int:
    return finding.places[0][0] if finding.places else 0
