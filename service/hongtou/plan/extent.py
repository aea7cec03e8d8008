"""How many pages a plan fills, told before it is laid out."""

from __future__ import annotations

from hongtou.plan.plan import Plan


def least_pages(plan: Plan) -> int:
    """Return how many pages a plan fills, but for a blank one before a closing block kept even."""
    return plan.made_up.page_count
