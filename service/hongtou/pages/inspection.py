"""The product of a check: what is wrong with an issue, and how its pages are set."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hongtou.bulletin.finding import Finding
from hongtou.pages.report import PageReport


@dataclass(frozen=True, slots=True)
class Inspection:
    """The findings of a check, the number of pages and their reports.

    ``page_count`` is None and ``layout`` empty if the issue cannot be set. ``faults`` are what the
    preflight found in the file that was made of it, None where none was made.
    """

    findings: tuple[Finding, ...]
    page_count: int | None
    layout: tuple[PageReport, ...] = ()
    faults: tuple[Finding, ...] | None = None

    def telling_faults(self) -> Inspection:
        """Return the same with the faults among the findings, for whoever asked for no file."""
        return replace(self, findings=(*(self.faults or ()), *self.findings), faults=None)
