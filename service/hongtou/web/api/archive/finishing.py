"""``/v1/issues/{id}/transitions`` and ``editions``: from draft to print."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify

from hongtou.bulletin import errors
from hongtou.desk.finishing import MEDIA_TYPE
from hongtou.desk.states import StepName
from hongtou.keys import Scope
from hongtou.web.api.answers import content_disposition, repr_digest
from hongtou.web.api.archive.answers import versioned
from hongtou.web.api.archive.given import Given, required
from hongtou.web.api.archive.issues import ETAG, PLACE
from hongtou.web.api.archive.kinds import CHANGE, ONE, PRESSED, SEND, VERSIONED
from hongtou.web.api.archive.press import RenderPress
from hongtou.web.api.archive.records import edition_record, issue_record
from hongtou.web.api.archive.requests import (
    body_of_json,
    desk_of,
    given_in_body,
    stamp_of,
    version_of_request,
)
from hongtou.web.api.archive.schemas import TRANSITION, many
from hongtou.web.route import Route
from hongtou.web.schemas import BINARY, JSON, record, ref
from hongtou.web.services import Services


def transition(services: Services, issue: int) -> Response:
    """Answer with the record of an issue that has taken a step."""
    version = version_of_request()
    given = given_in_body(services.config)
    step = required("step", given.choice("step", StepName))
    note, detail = given.text("note", 1000) or "", _detail(given)
    given.refuse_rest()
    moved = desk_of(services).finishing.move(
        issue, version, step, stamp_of(services), RenderPress(services), note, detail
    )
    return versioned(issue_record(moved), moved.version)


def editions(services: Services, issue: int) -> Response:
    """Answer with the files that were made of an issue, newest first."""
    found = desk_of(services).finishing.editions(issue)
    return jsonify(editions=[edition_record(one) for one in found])


def edition(services: Services, issue: int, sha256: str) -> Response:
    """Answer with a file as it was made."""
    made, blob = desk_of(services).finishing.file(issue, sha256)
    answer = Response(blob.content, content_type=blob.media_type)
    answer.set_etag(made.sha256)
    answer.headers["Repr-Digest"] = repr_digest(blob.content)
    answer.headers["Content-Disposition"] = content_disposition(made.file_name, made.ascii_name)
    return answer


def _detail(given: Given) -> dict[str, Any]:
    """Return how many copies were printed and when, as far as it is said."""
    print_run, day = given.whole("print_run"), given.day("date")
    said = {"print_run": print_run, "date": day.isoformat() if day else None}
    return {name: value for name, value in said.items() if value is not None}


ROUTES = (
    Route(
        endpoint="api.transition",
        method="POST",
        path=f"{PLACE}/transitions",
        view=transition,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="送审、撤回、退回、定稿、印发、解锁",
        description="step 为 submit、withdraw、return、finalize、print 或 unlock；"
        "return 与 unlock 须写 note。submit 时稿件有错误则答复 422；"
        "finalize 排出付印的 PDF 并留存。"
        "用密钥时 return、finalize、unlock 须有 review 范围。",
        body={JSON: TRANSITION},
        changes_version=True,
        content={JSON: ref("IssueRecord")},
        headers=ETAG,
        kinds=(*SEND, *CHANGE, *VERSIONED, *PRESSED),
    ),
    Route(
        endpoint="api.editions",
        method="GET",
        path=f"{PLACE}/editions",
        view=editions,
        scope=Scope.EDIT,
        title="定稿时留存的文件，新的在前",
        content={JSON: record({"editions": many(ref("Edition"))})},
        kinds=ONE,
    ),
    Route(
        endpoint="api.edition",
        method="GET",
        path=f"{PLACE}/editions/<sha256>",
        view=edition,
        scope=Scope.EDIT,
        title="一份留存的文件",
        content={MEDIA_TYPE: BINARY},
        headers={
            "ETag": "文件的 SHA-256",
            "Repr-Digest": "文件内容的 SHA-256（RFC 9530）",
            "Content-Disposition": "中文文件名（RFC 6266）",
        },
        kinds=(*ONE, errors.NotKept),
    ),
)
