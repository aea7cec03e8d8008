"""The plan: every decision about an issue taken, nothing left to choose."""

from service.plan.extent import least_pages
from service.plan.making import Plan, make_plan, plan_digest
from service.plan.texts import SetText, roles_of_kinds

__all__ = ["Plan", "SetText", "least_pages", "make_plan", "plan_digest", "roles_of_kinds"]
