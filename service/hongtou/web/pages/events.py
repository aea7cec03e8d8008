"""The view of 经办记录: who did what, from where and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Response, request

from hongtou.desk.actions import ACTIONS
from hongtou.desk.event import WantedEvents, span_of
from hongtou.desk.facts import LEAST_YEAR, MOST_YEAR
from hongtou.desk.transaction import MOST_ID
from hongtou.web.pages.kept import SHOWN, desk_of
from hongtou.web.pages.showing import page
from hongtou.web.services import Services


def events(services: Services) -> Response:
    """Show the events of all issues or of one, of a day, of an action, newest first."""
    desk = desk_of(services)
    day, issue = _day(request.args.get("day", "")), request.args.get("issue", type=int)
    action = request.args.get("action", "")
    before = request.args.get("before", type=int)
    since, until = span_of(day)
    found = desk.auditing.listed(
        WantedEvents(
            issue_id=_bounded(issue),
            action=action if action in ACTIONS else "",
            since=since,
            until=until,
            before=_bounded(before),
        )
    )
    return page(
        "events.html",
        found=found,
        nameplates={one.id: one.plan.nameplate for one in desk.publications.listed()},
        actions=ACTIONS,
        said=said,
        day=day,
        issue=issue,
        action=action,
        is_later=before is not None,
        **SHOWN,
    )


def said(detail: Mapping[str, Any]) -> str:
    """Return what an event tells besides the action, for people."""
    words = (
        detail.get("note") or detail.get("reason"),
        detail.get("name"),
        "统一身份认证" if detail.get("by") == "oidc" else None,
        f"印{detail['print_run']}份" if "print_run" in detail else None,
        f"留存的第 {detail['revision']} 个版本" if "revision" in detail else None,
    )
    return "；".join(str(one) for one in words if one)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if LEAST_YEAR <= day.year <= MOST_YEAR else None


def _bounded(number: int | None) -> int | None:
    """Return a number that a database has, whatever an address says."""
    return None if number is None else min(max(number, 0), MOST_ID)
