"""Bytes → a Reading: the issue if it is whole, and all its faults at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
from hongtou.intake.remainder import Remainder, remainder

# Faults of a document as a whole, after which nothing more is looked for.
UNBOUNDED = {"text/too-many-marks", "table/too-many", "table/too-many-cells", "picture/too-many"}
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that could be read, and what was found in it.

    ``issue`` is None and ``passages`` is empty when the document has errors; ``passages`` are
    in reading order; ``findings`` are at most 100, errors first. ``rest`` is then what is left of
    the document without its faulty parts, if that can be read.
    """

    document: JsonValue
    issue: Issue | None
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    rest: Remainder | None = None


def read_issue(
    document: bytes, limits: Limits = DEFAULT_LIMITS, images: Collection[str] = ()
) -> Reading:
    """Return the reading of a document; ``images`` names the pictures sent along with it.

    Raises:
        MalformedDocument: the document cannot be read.
        TooLarge: it is over a limit.
    """
    value = parse_document(document, limits)
    findings, extent = character_findings(value)
    findings += [*extent_findings(value, extent, limits), *_emptiness(value)]
    sent, context = None, ValidationContext(limits, frozenset(images))
    try:
        sent = contract.Issue.model_validate(value, context=context)
    except ValidationError as error:
        findings += shape_findings(error)
    findings.sort(key=lambda finding: finding.severity is not Severity.ERROR)
    if sent is None or has_errors(findings):
        rest = remainder(value, context) if _is_bounded(findings) else None
        return Reading(value, None, (), tuple(findings[:MAX_FINDINGS]), rest)
    recorder = PassageRecorder()
    issue = build_issue(sent, recorder)
    findings += recorder.findings
    return Reading(value, issue, tuple(recorder.passages), tuple(findings[:MAX_FINDINGS]))


def _is_bounded(findings: Iterable[Finding]) -> bool:
    """Tell whether a faulty document is small enough, and legible, to be looked through further."""
    return not any(
        finding.code in UNBOUNDED or (finding.code == "document/too-long" and not finding.pointer)
        for finding in findings
    )


def _emptiness(document: JsonValue) -> list[Finding]:
    """Return an error for an issue with neither article nor brief."""
    if not isinstance(document, dict) or document.get("articles"):
        return []
    if _has_briefs(document.get("briefs")):
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


def _has_briefs(briefs: JsonValue) -> bool:
    """Tell whether there is any short news; what has another shape is a fault of its own."""
    groups = briefs if isinstance(briefs, list) else [briefs] if briefs else []
    return any(not isinstance(group, dict) or group.get("items") for group in groups)
