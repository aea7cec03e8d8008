"""An issue on its way: planned, and on its pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hongtou.acceptance import Accepted
from hongtou.bulletin.finding import Finding, abridged
from hongtou.pages.inspection import Inspection
from hongtou.pages.page import Pages
from hongtou.pages.report import DrawnLine, report_pages
from hongtou.plan import Plan, least_pages


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned issue whose parts all fit on a page."""

    accepted: Accepted
    plan: Plan


@dataclass(frozen=True, slots=True)
class Paginated:
    """An issue with all its findings on its pages: too many, or none if its output has none.

    ``faults`` are what the preflight finds in the pages, of which no file is made then.
    """

    accepted: Accepted
    plan: Plan
    pages: Pages
    findings: tuple[Finding, ...]
    lines: Sequence[DrawnLine]
    faults: tuple[Finding, ...]

    @property
    def page_count(self) -> int:
        """Return how many pages the issue has, or would have."""
        return len(self.pages) or least_pages(self.plan)

    @property
    def inspection(self) -> Inspection:
        """Return what a check tells of the issue, and the faults of its pages if there are any."""
        report = report_pages(self.lines, self.plan.copyfit)
        return Inspection(abridged(self.findings), self.page_count, report, self.faults or None)
