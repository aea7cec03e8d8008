"""The plan: every decision about an issue taken, nothing left to choose."""

from hongtou.plan.extent import least_pages, too_many_pages
from hongtou.plan.kinds import roles_of_kinds
from hongtou.plan.plan import Plan, make_plan, plan_digest, spacing_of
from hongtou.plan.set_text import SetText

__all__ = [
    "Plan",
    "SetText",
    "least_pages",
    "make_plan",
    "plan_digest",
    "roles_of_kinds",
    "spacing_of",
    "too_many_pages",
]
