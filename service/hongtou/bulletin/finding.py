"""Findings: the faults of a document with their places. They are collected, never raised."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SHOWN_CHARS = 30
# Limits of a document's findings in an answer. No editor reads more than a thousand at once, and
# they must fit into 2 MiB together with the reports of the pages.
MAX_FINDINGS = 1_000
MAX_BYTES = 1536 * 1024
FRAME_BYTES = 400  # of a finding as JSON without its texts: names of fields, code, source, box
SUGGESTION_BYTES = 80  # of a further suggestion beside its text
SPAN_BYTES = 24

Span = tuple[int, int]  # characters [start, end) of a string


class Severity(StrEnum):
    """The severity of a finding: an error keeps the issue from being set."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


GRAVITY = {severity: rank for rank, severity in enumerate(Severity)}  # the gravest first


class Strength(StrEnum):
    """How binding a rule is. A 简报 has no national standard, so its rules are 实务."""

    REQUIRED = "规定"
    GENERAL = "一般"
    RECOMMENDED = "推荐"
    PRACTICE = "实务"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in mm from the top left corner of the trimmed page."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A replacement of the characters [start, end) of the string at a finding's pointer.

    A *safe* suggestion cannot change the meaning, and is applied by ``--normalize``.
    """

    start: int
    end: int
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A fault of a document, with its place and advice for the editor.

    ``code`` is ``subject/fault`` in kebab-case; the place is a JSON Pointer into the issue,
    or a page (counted from 1) with a box. A finding that tells of several places of one string
    has a suggestion for the first of them and ``further`` ones. ``spans`` are the characters of the
    string that one without suggestions is about, if it knows them; they are framed on a proof.
    """

    code: str
    severity: Severity
    message: str
    pointer: str | None = None
    page: int | None = None
    box_mm: Box | None = None
    hint: str = ""
    strength: Strength = Strength.PRACTICE
    source: str = "house style"
    suggestion: Suggestion | None = None
    further: tuple[Suggestion, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return what may be done about it, all of which lies in one string."""
        return () if self.suggestion is None else (self.suggestion, *self.further)

    @property
    def places(self) -> tuple[Span, ...]:
        """Return which characters of its string it is about, none if it does not know."""
        return tuple((one.start, one.end) for one in self.suggestions) or self.spans


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding keeps the issue from being set."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def printable(text: str) -> str:
    """Return text of a sender for a message: at most 30 characters, none invisible."""
    cut = text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…"
    if cut.isprintable():
        return cut
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in cut)


def abridged(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return all findings or, if they are too many, the gravest and a note on the others.

    Findings: findings/more.
    """
    if len(findings) <= MAX_FINDINGS and sum(map(_json_bytes, findings)) <= MAX_BYTES:
        return tuple(findings)
    kept: list[Finding] = []
    room = MAX_BYTES
    gravest_first = sorted(findings, key=lambda finding: GRAVITY[finding.severity])
    for finding in gravest_first[:MAX_FINDINGS]:
        room -= _json_bytes(finding)
        if room < 0:
            break
        kept.append(finding)
    return (*kept, _more(len(findings) - len(kept)))


def _more(count: int) -> Finding:
    return Finding(
        code="findings/more",
        severity=Severity.NOTE,
        pointer="",
        message=f"另有 {count} 条检查结果未列出",
        hint="请先按已列出的各条修改，再检查一次；可以放心改正的，也可以一次全改（normalize）",
    )


def _json_bytes(finding: Finding) -> int:
    """Return the length of a finding as JSON in UTF-8, rounded up."""
    suggested = [suggestion.text for suggestion in finding.suggestions]
    texts = (finding.pointer, finding.message, finding.hint, *suggested)
    written = json.dumps(texts, ensure_ascii=False)
    frames = FRAME_BYTES + SUGGESTION_BYTES * len(finding.further)
    frames += SPAN_BYTES * len(finding.spans)
    return frames + len(written.encode("utf-8", "surrogatepass"))
