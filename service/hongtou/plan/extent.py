"""How many pages a plan fills, told before it is laid out, and whether they are too many."""

from __future__ import annotations

from hongtou.bulletin.finding import Finding, Severity
from hongtou.plan.plan import Plan


def least_pages(plan: Plan) -> int:
    """Return how many pages a plan fills, but for a blank one before a closing block kept even."""
    return plan.made_up.page_count


def too_many_pages(count: int, most: int, about: str = "") -> tuple[Finding, ...]:
    """Return the fault of an issue with more pages than are allowed.

    Findings: pages/too-many.
    """
    if count <= most:
        return ()
    return (
        Finding(
            code="pages/too-many",
            severity=Severity.ERROR,
            pointer="",
            message=f"本期{about}排成 {count} 页，超过上限 {most} 页",
            hint="请拆成几期",
        ),
    )
