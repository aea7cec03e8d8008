"""``/v1/events``: who did what, from where and when, over all issues and publications."""

from __future__ import annotations

from flask import Response, jsonify, request

from hongtou.bulletin import errors
from hongtou.desk.actions import ACTIONS
from hongtou.desk.event import WantedEvents, span_of
from hongtou.keys import Scope
from hongtou.web.api.archive.given import given_in_query
from hongtou.web.api.archive.records import noted_record
from hongtou.web.api.archive.requests import desk_of
from hongtou.web.api.archive.schemas import DAY, NUMBER, words
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, ref
from hongtou.web.services import Services


def events(services: Services) -> Response:
    """Answer with a page of events, newest first."""
    given = given_in_query(request.query_string.decode("latin-1"))
    since, until = span_of(given.day("day"))
    wanted = WantedEvents(
        issue_id=given.whole("issue"),
        action=given.word("action", ACTIONS) or "",
        since=since,
        until=until,
        before=given.whole("before"),
    )
    given.refuse_rest()
    found = desk_of(services).auditing.listed(wanted)
    return jsonify(events=[noted_record(one) for one in found.noted], next=found.next)


ROUTES = (
    Route(
        endpoint="api.all_events",
        method="GET",
        path="/v1/events",
        view=events,
        scope=Scope.REVIEW,
        title="操作记录：谁在何时从哪里做了什么，新的在前，一页 50 条",
        parameters=(
            ("issue", "哪一期", NUMBER),
            ("action", "做了什么", words(ACTIONS)),
            ("day", "哪一天，按服务所在的时区", DAY),
            ("before", "比第几号更早的，即上一页的 next", NUMBER),
        ),
        content={JSON: ref("EventList")},
        kinds=(errors.NoArchive, errors.UnknownOption),
    ),
)
