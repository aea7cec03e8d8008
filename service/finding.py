"""What is wrong with a document, and where: findings are collected, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error keeps the issue from being set."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Strength(StrEnum):
    """How binding a rule is. A 简报 has no national standard: its own rules are 实务."""

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

    A *safe* one cannot change what the text says, and is applied by ``--normalize``.
    """

    start: int
    end: int
    text: str
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of a document, with its place and what the editor can do about it.

    ``code`` is ``subject/fault`` in kebab-case; the place is a JSON Pointer into the issue,
    or a page (counted from 1) with a box.
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


def has_errors(findings: Iterable[Finding]) -> bool:
    """Tell whether any finding keeps the issue from being set."""
    return any(finding.severity is Severity.ERROR for finding in findings)
