"""What came of an order: a finished file, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hongtou.bulletin.finding import Finding
from hongtou.pages.report import DrawnLine, PageReport, report_pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A finished file: its bytes, its name for people and what was found on the way.

    ``lines`` are those of its pages; ``is_classified`` tells that a 密级 stands on it.
    ``file_name`` is Chinese and safe on every system, ``ascii_name`` its fallback.
    """

    content: bytes
    media_type: str
    file_name: str
    ascii_name: str
    page_count: int
    plan_digest: str
    findings: tuple[Finding, ...] = ()
    lines: Sequence[DrawnLine] = ()
    is_classified: bool = False

    @property
    def layout(self) -> tuple[PageReport, ...]:
        """Return how the lines of each page are set."""
        return report_pages(self.lines)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """That an edition is one which the asker has: it was not made once more."""

    plan_digest: str
