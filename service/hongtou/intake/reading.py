"""Bytes → a Reading: the issue if it is whole, and all its faults at once."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import ValidationError

from hongtou.bulletin.finding import Finding, Severity, has_errors
from hongtou.bulletin.issue import Issue
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.passage import Passage
from hongtou.intake import contract
from hongtou.intake.building import build_issue
from hongtou.intake.characters import MAX_FINDINGS, character_findings
from hongtou.intake.document import JsonValue, parse_document
from hongtou.intake.extent import extent_findings
from hongtou.intake.faults import shape_findings
from hongtou.intake.fields import ValidationContext
from hongtou.intake.recorder import PassageRecorder

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that could be read, and what was found in it.

    ``issue`` is None and ``passages`` is empty when the document has errors; ``passages`` are
    in reading order; ``findings`` are at most 100, errors first.
    """

    document: JsonValue
    issue: Issue | None
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]


def read_issue(
    document: bytes, limits: Limits = DEFAULT_LIMITS, images: Collection[str] = ()
) -> Reading:
    """Return the reading of a document; ``images`` names the pictures sent along with it.

    Raises MalformedDocument and TooLarge.
    """
    value = parse_document(document, limits)
    findings, extent = character_findings(value)
    findings += [*extent_findings(value, extent, limits), *_emptiness(value)]
    sent = None
    try:
        sent = contract.Issue.model_validate(
            value, context=ValidationContext(limits, frozenset(images))
        )
    except ValidationError as error:
        findings += shape_findings(error)
    findings.sort(key=lambda finding: finding.severity is not Severity.ERROR)
    if sent is None or has_errors(findings):
        return Reading(value, None, (), tuple(findings[:MAX_FINDINGS]))
    recorder = PassageRecorder()
    issue = build_issue(sent, recorder)
    findings += recorder.findings
    return Reading(value, issue, tuple(recorder.passages), tuple(findings[:MAX_FINDINGS]))


def _emptiness(document: JsonValue) -> list[Finding]:
    """Return an error for an issue with neither article nor brief."""
    if not isinstance(document, dict) or document.get("articles"):
        return []
    briefs = document.get("briefs")
    if briefs and not (isinstance(briefs, dict) and not briefs.get("items")):
        return []
    return [
        Finding(
            code="issue/empty",
            severity=Severity.ERROR,
            pointer="",
            message="没有文章，也没有简讯",
            hint="请至少写一篇文章（articles）或一条简讯（briefs）",
        )
    ]
