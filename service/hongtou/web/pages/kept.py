"""The views of what is kept: the list of issues, publications, the history of an issue.

They only show; every change goes through the API. Where nothing can be kept, or only keys are
known, which a browser does not send with a page, they are not offered.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import Response, abort, g, request

from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import MAX_SOURCE_BYTES
from hongtou.bulletin.sizes import shown_size
from hongtou.desk import Desk
from hongtou.desk.actions import ACTIONS
from hongtou.desk.document import read_document
from hongtou.desk.issue import KeptIssue, State, Wanted
from hongtou.desk.publication import DistributionList, Numbering, Publication, PublicationPlan
from hongtou.desk.states import STEPS
from hongtou.intake.fields import NAMEPLATE_CHARS
from hongtou.keys import Scope
from hongtou.web.pages import form
from hongtou.web.pages.comparison import ShownDifference, shown_differences
from hongtou.web.pages.desk_page import desk_page
from hongtou.web.pages.listing import rows, shown_day, shown_moment, shown_number
from hongtou.web.pages.showing import page
from hongtou.web.services import Services

MOST = 1_000_000  # issues before a page of the list
NUMBERINGS = {
    Numbering.YEARLY.value: "每年从第1期起",
    Numbering.CONTINUOUS.value: "一直接着编",
}
SHOWN = {"shown_day": shown_day, "shown_moment": shown_moment, "shown_number": shown_number}


def keeps(services: Services) -> bool:
    """Tell whether editors can work with what is kept."""
    return services.desk is not None and (services.access.is_open or services.access.has_accounts)


def desk_of(services: Services) -> Desk:
    """Return the desk; 404 where none is offered."""
    if services.desk is None or not keeps(services):
        abort(404)
    return services.desk


def issues(services: Services) -> Response:
    """Show the issues of a publication, newest first, or its bin."""
    desk = desk_of(services)
    publications = desk.publications.listed()
    if not publications:
        return new_publication(services)
    wanted_id = request.args.get("publication", type=int)
    shown = next((one for one in publications if one.id == wanted_id), publications[0])
    text, in_bin = request.args.get("q", "").strip()[:200], "bin" in request.args
    after = min(max(request.args.get("after", 0, type=int), 0), MOST)
    listed = desk.issues.listed(
        Wanted(publication_id=shown.id, text=text, in_bin=in_bin, after=after)
    )
    is_whole = not text and not in_bin
    return page(
        "issues.html",
        publications=publications,
        shown=shown,
        rows=rows(desk, shown.id, listed.found) if is_whole else listed.found,
        editions=desk.finishing.newest(
            [one.record.id for one in listed.found if one.record.state.is_locked]
        ),
        next_page=listed.next,
        next_number=desk.publications.next(
            shown.id, datetime.now().astimezone().date(), Series.REGULAR
        ),
        text=text,
        in_bin=in_bin,
        **SHOWN,
    )


def issue(services: Services, issue: int) -> Response:
    """Show the desk with an issue that is kept on it."""
    desk = desk_of(services)
    kept, publication = _kept(services, issue)
    state, reviews = kept.record.state, Scope.REVIEW in g.caller.scopes
    editions = desk.finishing.editions(issue)
    events = [one for one in desk.history.events(issue) if one.action.startswith("issue.")]
    opened = {
        "id": str(issue),
        "version": kept.record.version,
        "document": read_document(kept.document, services.config.limits),
        "isLocked": state.is_locked,
        "state": state.value,
    }
    return desk_page(
        services,
        opened,
        title=f"{publication.plan.nameplate} {shown_number(kept.record)}",
        issue=kept.record,
        states={one.value: one.shown for one in State},
        lists={} if state.is_locked else _lists(publication),
        steps=[step for step in STEPS if step.start is state and (reviews or not step.by_reviewer)],
        edition=editions[0] if editions and state.is_locked else None,
        last=events[-1] if events else None,
        **SHOWN,
    )


def history(services: Services, issue: int) -> Response:
    """Show the versions of an issue that are kept, and what changed since one of them."""
    desk = desk_of(services)
    kept, publication = _kept(services, issue)
    revisions = desk.history.revisions(issue)
    numbers = [one.ordinal for one in revisions]
    before = request.args.get("from", type=int)
    after = request.args.get("to", type=int)
    chosen = before if before in numbers else (numbers[0] if numbers else None)
    until = after if after in numbers else None
    return page(
        "history.html",
        issue=kept.record,
        publication=publication,
        revisions=revisions,
        chosen=chosen,
        until=until,
        differences=_differences(services, issue, chosen, until) if chosen else (),
        actions=ACTIONS,
        events=desk.history.events(issue)[::-1],
        **SHOWN,
    )


def _differences(
    services: Services, issue: int, before: int, after: int | None
) -> list[ShownDifference]:
    titles = {name: layout.title for name, layout in services.layouts.items()}
    return [*shown_differences(desk_of(services).history.compare(issue, before, after), titles)]


def new_publication(services: Services) -> Response:
    """Show the short form that sets a publication up."""
    desk_of(services)
    return _publication_page(
        services, None, {"layout": min(services.layouts), "numbering": Numbering.YEARLY.value}
    )


def publication(services: Services, publication: int) -> Response:
    """Show what is set for all issues of a publication."""
    found = desk_of(services).publications.one(publication)
    return _publication_page(services, found, _plan_fields(found.plan))


def _plan_fields(plan: PublicationPlan) -> dict[str, Any]:
    """Return a plan as its form has it: several issuing bodies in the field of the one."""
    kept = plan.defaults.get("masthead")
    masthead = kept if isinstance(kept, dict) else {}
    others = {name: one for name, one in masthead.items() if name != "issuing_body"}
    return {
        "nameplate": plan.nameplate,
        "layout": plan.layout,
        "issuing_body": masthead.get("issuing_body", plan.issuing_body),
        "numbering": plan.numbering.value,
        "first_total": plan.first_total,
        "defaults": {**plan.defaults, "masthead": others},
        "lists": {key: [asdict(one) for one in lists] for key, lists in plan.lists.items()},
    }


def _publication_page(
    services: Services, found: Publication | None, fields: dict[str, Any]
) -> Response:
    return page(
        "publication.html",
        found=found,
        accepted=form.ACCEPTED,
        usage=desk_of(services).publications.usage(found.id) if found else None,
        most=desk_of(services).quota.most,
        shown_size=shown_size,
        opened={
            "id": found.id if found else None,
            "version": found.version if found else 0,
            "document": fields,
            "limit": MAX_SOURCE_BYTES,
            "nameplateChars": NAMEPLATE_CHARS,
        },
        plan=form.plan_fields(services.layouts, NUMBERINGS),
        lists=[*form.list_fields()],
        masthead=[*form.default_fields(form.MASTHEAD_DEFAULTS)],
        closing=[*form.default_fields(form.closing_fields())],
        labels=[*form.default_fields(form.label_fields())],
    )


def _lists(publication: Publication) -> dict[str, tuple[DistributionList, ...]]:
    """Return the distribution lists by the pointer of their field on the desk."""
    return {f"/closing/{key}": lists for key, lists in publication.plan.lists.items()}


def _kept(services: Services, issue: int) -> tuple[KeptIssue, Publication]:
    desk = desk_of(services)
    kept = desk.issues.one(issue)
    return kept, desk.publications.one(kept.record.publication_id)
