"""The product of an order: a finished file with its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongtou.bulletin.finding import Finding, abridged
from hongtou.pages.inspection import Inspection
from hongtou.pages.report import DrawnLine, PageReport, report_pages

if TYPE_CHECKING:  # for types only, as a file is handed on without its plan
    from hongtou.pages.stages import Paginated


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A finished file with its names, findings and lines.

    ``file_name`` is Chinese and safe on every system, ``ascii_name`` its fallback; ``copyfit``
    tells what was adjusted, by page; ``is_classified`` that the issue has a 密级.
    """

    content: bytes
    media_type: str
    file_name: str
    ascii_name: str
    page_count: int
    plan_digest: str
    findings: tuple[Finding, ...] = ()
    lines: Sequence[DrawnLine] = ()
    copyfit: Sequence[tuple[int, str]] = ()
    is_classified: bool

    @classmethod
    def of(
        cls,
        paginated: Paginated,
        content: bytes,
        *,
        media_type: str,
        file_name: str,
        ascii_name: str,
    ) -> Edition:
        """Return the edition of an issue on its pages."""
        return cls(
            content=content,
            media_type=media_type,
            file_name=file_name,
            ascii_name=ascii_name,
            page_count=paginated.page_count,
            plan_digest=paginated.plan.digest,
            findings=abridged(paginated.findings),
            lines=paginated.lines,
            copyfit=paginated.plan.copyfit,
            is_classified=paginated.accepted.issue.masthead.security is not None,
        )

    @property
    def layout(self) -> tuple[PageReport, ...]:
        """Return the reports of all pages."""
        return report_pages(self.lines, self.copyfit)

    @property
    def inspection(self) -> Inspection:
        """Return what a check tells of its issue."""
        return Inspection(self.findings, self.page_count, self.layout)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The answer for an edition that the caller has already, so that it was not made."""

    plan_digest: str
