"""``/v1/publications``: publications, and the numbers of their issues."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Response, jsonify, request

from hongtou.bulletin import errors
from hongtou.bulletin.issue import Series
from hongtou.desk.facts import LEAST_YEAR, MOST_NUMBER, MOST_YEAR
from hongtou.desk.publication import Numbering, PublicationPlan, Skipped
from hongtou.keys import Scope
from hongtou.web.api.archive.answers import nothing, versioned
from hongtou.web.api.archive.distribution_lists import distribution_lists
from hongtou.web.api.archive.given import Given, given_in_query, required
from hongtou.web.api.archive.kinds import CHANGE, ONE, SEND, VERSIONED
from hongtou.web.api.archive.records import (
    next_record,
    publication_record,
    skipped_record,
    usage_record,
)
from hongtou.web.api.archive.requests import (
    body_of_json,
    desk_of,
    given_in_body,
    stamp_of,
    version_of_request,
)
from hongtou.web.api.archive.schemas import (
    CHANGED_PUBLICATION,
    DAY,
    NEW_PUBLICATION,
    SKIPPED,
    many,
    words,
)
from hongtou.web.route import Route
from hongtou.web.schemas import COUNT, JSON, record, ref
from hongtou.web.services import Services


def publications(services: Services) -> Response:
    """Answer with all publications."""
    listed = desk_of(services).publications.listed()
    return jsonify(publications=[publication_record(one) for one in listed])


def add_publication(services: Services) -> Response:
    """Answer with a new publication."""
    plan = _plan(given_in_body(services.config), PublicationPlan(nameplate=""))
    added = desk_of(services).publications.add(plan, stamp_of(services))
    return versioned(publication_record(added), added.version, f"/v1/publications/{added.id}")


def publication(services: Services, publication: int) -> Response:
    """Answer with a publication."""
    found = desk_of(services).publications.one(publication)
    return versioned(publication_record(found), found.version)


def change_publication(services: Services, publication: int) -> Response:
    """Answer with a publication that has been changed."""
    desk, version = desk_of(services), version_of_request()
    plan = _plan(given_in_body(services.config), desk.publications.one(publication).plan)
    changed = desk.publications.change(publication, version, plan, stamp_of(services))
    return versioned(publication_record(changed), changed.version)


def remove_publication(services: Services, publication: int) -> Response:
    """Delete a publication that has no issues."""
    version = version_of_request()
    desk_of(services).publications.remove(publication, version, stamp_of(services))
    return nothing()


def usage(services: Services, publication: int) -> Response:
    """Answer with how much is kept of a publication, and how much may be."""
    desk = desk_of(services)
    return jsonify(usage_record(desk.publications.usage(publication), desk.quota.most))


def clear_bin(services: Services, publication: int) -> Response:
    """Answer with how many issues in the bin of a publication were deleted for good."""
    return jsonify(issues=desk_of(services).issues.clear_bin(publication, stamp_of(services)))


def next_number(services: Services, publication: int) -> Response:
    """Answer with the number of the next issue."""
    given = given_in_query(request.query_string.decode("latin-1"))
    day = given.day("date") or today()
    series = given.choice("series", Series) or Series.REGULAR
    given.refuse_rest()
    return jsonify(next_record(desk_of(services).publications.next(publication, day, series)))


def skipped_numbers(services: Services, publication: int) -> Response:
    """Answer with the numbers that were left out on purpose."""
    found = desk_of(services).publications.skipped(publication)
    return jsonify(skipped=[skipped_record(one) for one in found])


def skip_number(services: Services, publication: int) -> Response:
    """Note that a number is left out on purpose."""
    stamp = stamp_of(services)
    given = given_in_body(services.config)
    skipped = Skipped(
        year=required("year", given.whole("year", LEAST_YEAR, MOST_YEAR)),
        series=given.choice("series", Series) or Series.REGULAR,
        number=required("number", given.whole("number", 1, MOST_NUMBER)),
        reason=given.text("reason", 400) or "",
        by=stamp.who,
        at=stamp.at,
    )
    given.refuse_rest()
    desk_of(services).publications.skip(publication, skipped, stamp)
    return nothing()


def today() -> date:
    """Return the day where the service runs."""
    return datetime.now(UTC).astimezone().date()


def _plan(given: Given, present: PublicationPlan) -> PublicationPlan:
    """Return a plan in which what is given takes the place of what is there."""
    defaults, lists = given.fields("defaults"), given.fields("lists")
    for part in ("masthead", "closing"):  # of an issue, which begins with them
        Given(defaults or {}).fields(part)
    layout, body = given.text("layout", 100), given.text("issuing_body", 400)
    nameplate = given.text("nameplate") or ""
    keeps_total = not given.clears("first_total")
    plan = PublicationPlan(
        nameplate=required("nameplate", nameplate.strip() or present.nameplate or None),
        layout=present.layout if layout is None else layout,
        issuing_body=present.issuing_body if body is None else body,
        numbering=given.choice("numbering", Numbering) or present.numbering,
        first_total=(given.whole("first_total") or present.first_total) if keeps_total else None,
        defaults=present.defaults if defaults is None else defaults,
        lists=present.lists if lists is None else distribution_lists(lists),
    )
    given.refuse_rest()
    return plan


PLACE = "/v1/publications/<int:publication>"
ETAG = {"ETag": "版本"}
ROUTES = (
    Route(
        endpoint="api.publications",
        method="GET",
        path="/v1/publications",
        view=publications,
        scope=Scope.EDIT,
        title="有哪些刊物",
        content={JSON: record({"publications": many(ref("Publication"))})},
        kinds=ONE,
    ),
    Route(
        endpoint="api.add_publication",
        method="POST",
        path="/v1/publications",
        view=add_publication,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="新建刊物",
        body={JSON: NEW_PUBLICATION},
        status=201,
        content={JSON: ref("Publication")},
        headers={**ETAG, "Location": "刊物的地址"},
        kinds=SEND,
    ),
    Route(
        endpoint="api.publication",
        method="GET",
        path=PLACE,
        view=publication,
        scope=Scope.EDIT,
        title="一种刊物",
        content={JSON: ref("Publication")},
        headers=ETAG,
        kinds=ONE,
    ),
    Route(
        endpoint="api.change_publication",
        method="PATCH",
        path=PLACE,
        view=change_publication,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="修改刊物，只写要改的项",
        body={JSON: CHANGED_PUBLICATION},
        changes_version=True,
        content={JSON: ref("Publication")},
        headers=ETAG,
        kinds=(*SEND, *VERSIONED),
    ),
    Route(
        endpoint="api.remove_publication",
        method="DELETE",
        path=PLACE,
        view=remove_publication,
        scope=Scope.REVIEW,
        title="删除没有各期的刊物，不能再取回",
        changes_version=True,
        status=204,
        kinds=(*ONE, *VERSIONED, errors.WrongState, errors.Forbidden, errors.StorageFull),
    ),
    Route(
        endpoint="api.usage",
        method="GET",
        path=f"{PLACE}/usage",
        view=usage,
        scope=Scope.EDIT,
        title="一种刊物占多少字节，限额是多少",
        content={JSON: ref("Usage")},
        kinds=ONE,
    ),
    Route(
        endpoint="api.clear_bin",
        method="DELETE",
        path=f"{PLACE}/bin",
        view=clear_bin,
        scope=Scope.REVIEW,
        title="清空回收站，不能再取回",
        content={JSON: record({"issues": COUNT})},
        kinds=(*ONE, errors.Forbidden, errors.StorageFull),
    ),
    Route(
        endpoint="api.next_number",
        method="GET",
        path=f"{PLACE}/next",
        view=next_number,
        scope=Scope.EDIT,
        title="下一期的期号、总期号与空缺",
        parameters=(
            ("date", "出刊日期，省略时为今天", DAY),
            ("series", "哪一类，省略时为 regular", words(Series)),
        ),
        content={JSON: ref("NextNumber")},
        kinds=(*ONE, errors.UnknownOption),
    ),
    Route(
        endpoint="api.skipped_numbers",
        method="GET",
        path=f"{PLACE}/skipped",
        view=skipped_numbers,
        scope=Scope.EDIT,
        title="确认跳过的期号",
        content={JSON: record({"skipped": many(ref("SkippedNumber"))})},
        kinds=ONE,
    ),
    Route(
        endpoint="api.skip_number",
        method="POST",
        path=f"{PLACE}/skipped",
        view=skip_number,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="确认跳号",
        body={JSON: SKIPPED},
        status=204,
        kinds=(*SEND, *CHANGE),
    ),
)
