"""``/v1/issues/{id}/revisions``, ``compare``, ``events``: the history of an issue."""

from __future__ import annotations

from flask import Response, jsonify, request

from hongtou.bulletin import errors
from hongtou.keys import Scope
from hongtou.web.api.archive.answers import document_answer, versioned
from hongtou.web.api.archive.given import Given, given_in_query, required
from hongtou.web.api.archive.issues import ETAG, PLACE
from hongtou.web.api.archive.kinds import CHANGE, ONE, SEND, VERSIONED
from hongtou.web.api.archive.records import (
    difference_record,
    event_record,
    issue_record,
    revision_record,
)
from hongtou.web.api.archive.requests import (
    body_of_json,
    desk_of,
    given_in_body,
    stamp_of,
    version_of_request,
)
from hongtou.web.api.archive.schemas import MOST, NAMED, OBJECT, many
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, Schema, record, ref
from hongtou.web.services import Services

HEAD = "head"
REVISION_OR_HEAD: Schema = {
    "anyOf": [{"const": HEAD}, {"type": "integer", "minimum": 1, "maximum": MOST}]
}


def revisions(services: Services, issue: int) -> Response:
    """Answer with the revisions of an issue, newest first."""
    found = desk_of(services).history.revisions(issue)
    return jsonify(revisions=[revision_record(one) for one in found])


def name_revision(services: Services, issue: int) -> Response:
    """Answer with the present version, kept under a name."""
    version = version_of_request()
    given = given_in_body(services.config)
    label = required("label", given.text("label", 100) or None)
    given.refuse_rest()
    named = desk_of(services).history.name(issue, version, label, stamp_of(services))
    place = f"/v1/issues/{issue}/revisions/{named.ordinal}"
    return versioned(revision_record(named), version, place)


def revision(services: Services, issue: int, revision: int) -> Response:
    """Answer with the document of a revision."""
    return document_answer(desk_of(services).history.document(issue, revision))


def restore_revision(services: Services, issue: int, revision: int) -> Response:
    """Answer with the record of an issue that has the document of a revision again."""
    stamp, version = stamp_of(services), version_of_request()
    restored = desk_of(services).history.restore(issue, revision, version, stamp)
    return versioned(issue_record(restored), restored.version)


def compare(services: Services, issue: int) -> Response:
    """Answer with what changed between two versions."""
    given = given_in_query(request.query_string.decode("latin-1"))
    before, after = _revision(given, "from"), _revision(given, "to")
    given.refuse_rest()
    found = desk_of(services).history.compare(issue, before, after)
    return jsonify(differences=[difference_record(one) for one in found])


def events(services: Services, issue: int) -> Response:
    """Answer with what was done with an issue, in order."""
    found = desk_of(services).history.events(issue)
    return jsonify(events=[event_record(one) for one in found])


def _revision(given: Given, name: str) -> int | None:
    """Return the number of a revision, None for the present version."""
    return None if given.text(name) in (None, HEAD) else given.whole(name)


REVISIONS = f"{PLACE}/revisions"
ONE_REVISION = f"{REVISIONS}/<int:revision>"
ROUTES = (
    Route(
        endpoint="api.revisions",
        method="GET",
        path=REVISIONS,
        view=revisions,
        scope=Scope.EDIT,
        title="留存的版本，新的在前",
        content={JSON: record({"revisions": many(ref("Revision"))})},
        kinds=ONE,
    ),
    Route(
        endpoint="api.name_revision",
        method="POST",
        path=REVISIONS,
        view=name_revision,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="给现在的版本起名留存",
        body={JSON: NAMED},
        changes_version=True,
        status=201,
        content={JSON: ref("Revision")},
        headers={**ETAG, "Location": "这个版本的地址"},
        kinds=(*SEND, *VERSIONED),
    ),
    Route(
        endpoint="api.revision",
        method="GET",
        path=ONE_REVISION,
        view=revision,
        scope=Scope.EDIT,
        title="一个版本的稿件",
        content={JSON: OBJECT},
        kinds=ONE,
    ),
    Route(
        endpoint="api.restore_revision",
        method="POST",
        path=f"{ONE_REVISION}/restore",
        view=restore_revision,
        scope=Scope.EDIT,
        title="恢复到这个版本，恢复之前的也留存",
        changes_version=True,
        content={JSON: ref("IssueRecord")},
        headers=ETAG,
        kinds=(
            *ONE,
            *CHANGE,
            *VERSIONED,
            errors.Locked,
            errors.Forbidden,
            errors.StorageFull,
            errors.OverQuota,
        ),
    ),
    Route(
        endpoint="api.compare",
        method="GET",
        path=f"{PLACE}/compare",
        view=compare,
        scope=Scope.EDIT,
        title="比较两个版本",
        parameters=(
            ("from", "版本的序号，head 或省略为现在的", REVISION_OR_HEAD),
            ("to", "版本的序号，head 或省略为现在的", REVISION_OR_HEAD),
        ),
        content={JSON: record({"differences": many(ref("Difference"))})},
        kinds=(*ONE, errors.UnknownOption),
    ),
    Route(
        endpoint="api.events",
        method="GET",
        path=f"{PLACE}/events",
        view=events,
        scope=Scope.EDIT,
        title="谁在何时做了什么",
        content={JSON: record({"events": many(ref("Event"))})},
        kinds=ONE,
    ),
)
