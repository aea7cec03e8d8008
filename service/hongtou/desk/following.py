"""The next issue from the last: masthead, lists and staff stay, texts are empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hongtou.bulletin.issue import Series
from hongtou.desk.document import Fields
from hongtou.desk.numbering import NextNumber
from hongtou.desk.publication import PublicationPlan

# Of one issue alone: never of the next, and no default of a publication.
ONCE = {
    "masthead": ("issue_label", "urgency", "security", "copy_number"),
    "closing": ("imprint_date", "extra_issue_to", "recipients"),
}
KEPT = ("layout", "masthead", "contents", "closing")
EMPTY_ARTICLE: Fields = {"headline": "", "body": [""]}


def first_issue(plan: PublicationPlan, number: NextNumber, day: date, series: Series) -> Fields:
    """Return the first issue of a publication, from what is set for all of them."""
    masthead: Fields = {"nameplate": plan.nameplate, "issuing_body": plan.issuing_body}
    defaults = {**plan.defaults, "layout": plan.layout}
    defaults["masthead"] = {**masthead, **_table(plan.defaults.get("masthead"))}
    return following(defaults, number, day, series)


def following(last: Mapping[str, Any], number: NextNumber, day: date, series: Series) -> Fields:
    """Return an issue like ``last`` with its own number and date, and without texts."""
    issue: Fields = {name: last[name] for name in KEPT if name in last}
    for name, once in ONCE.items():
        issue[name] = {key: one for key, one in _table(last.get(name)).items() if key not in once}
    issue["masthead"] = _numbered(issue["masthead"], number, day, series)
    issue["articles"] = [dict(EMPTY_ARTICLE)]
    if groups := _emptied(last.get("briefs")):
        issue["briefs"] = groups
    issue["closing"] = issue.pop("closing")  # where the contract has it, at the end
    return issue


def _numbered(masthead: Mapping[str, Any], number: NextNumber, day: date, series: Series) -> Fields:
    own: Fields = {"issue_number": number.number, "issue_date": day.isoformat()}
    if number.total_number is not None:
        own["total_number"] = number.total_number
    if masthead.get("year") is not None:
        own["year"] = number.year
    if series is not Series.REGULAR:
        own["series"] = series.value
    dropped = {"total_number", "series"}
    return {**{key: one for key, one in masthead.items() if key not in dropped}, **own}


def _emptied(briefs: object) -> object:
    """Return groups of short news without their items."""
    if isinstance(briefs, list):
        return [_emptied(group) for group in briefs if isinstance(group, dict)]
    return {**briefs, "items": []} if isinstance(briefs, dict) else None


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
