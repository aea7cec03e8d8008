"""``/v1/issues``: begun, listed, read, saved, merged, put into the bin and taken back."""

from __future__ import annotations

from enum import StrEnum

from flask import Response, jsonify, request

from hongtou.bulletin import errors
from hongtou.bulletin.issue import MOST_NUMBER, Series
from hongtou.desk.document import write_document
from hongtou.desk.facts import LEAST_YEAR, MOST_YEAR
from hongtou.desk.issue import State, Wanted
from hongtou.keys import Scope
from hongtou.web.api.archive.answers import document_answer, nothing, versioned
from hongtou.web.api.archive.given import given_in_query, required
from hongtou.web.api.archive.kinds import CHANGE, ONE, SEND, VERSIONED
from hongtou.web.api.archive.publications import PLACE as PUBLICATION
from hongtou.web.api.archive.publications import today
from hongtou.web.api.archive.records import clash_record, found_record, issue_record
from hongtou.web.api.archive.requests import (
    body_of_documents,
    body_of_json,
    content,
    desk_of,
    given_in_body,
    stamp_of,
    version_of_request,
)
from hongtou.web.api.archive.schemas import BEGINNING, NUMBER, OBJECT, TO_MERGE, YEAR, short, words
from hongtou.web.route import Route
from hongtou.web.schemas import COUNT, JSON, ref
from hongtou.web.services import Services

MOST_SKIPPED = 1_000_000  # issues before a page of the list


class From(StrEnum):
    """What a new issue is made from."""

    PREVIOUS = "previous"
    BLANK = "blank"
    ISSUE = "issue"
    DOCUMENT = "document"


class Bin(StrEnum):
    """Whether the list is that of the bin."""

    YES = "true"
    NO = "false"


def issues(services: Services) -> Response:
    """Answer with a page of the list, newest first."""
    given = given_in_query(request.query_string.decode("latin-1"))
    wanted = Wanted(
        publication_id=given.whole("publication"),
        year=given.whole("year", LEAST_YEAR, MOST_YEAR),
        state=given.choice("state", State),
        text=given.text("q") or "",
        in_bin=given.choice("bin", Bin) is Bin.YES,
        after=given.whole("after", 0, MOST_SKIPPED) or 0,
    )
    given.refuse_rest()
    page = desk_of(services).issues.listed(wanted)
    return jsonify(issues=[found_record(one) for one in page.found], next=page.next)


def begin_issue(services: Services, publication: int) -> Response:
    """Answer with the record of a new issue."""
    given = given_in_body(services.config)
    source = given.choice("from", From) or From.PREVIOUS
    like, fields = given.whole("issue"), given.fields("document")
    day = given.day("date") or today()
    series = given.choice("series", Series) or Series.REGULAR
    number = given.whole("number", 1, MOST_NUMBER)
    given.refuse_rest()
    desk, stamp = desk_of(services).issues, stamp_of(services)
    if source is From.DOCUMENT:
        document = write_document(required("document", fields))
        kept = desk.add(publication, document, stamp)
    else:
        like = required("issue", like) if source is From.ISSUE else None
        blank = source is From.BLANK
        kept = desk.begin(publication, day, series, stamp, like, number, blank=blank)
    return versioned(issue_record(kept.record), kept.record.version, f"/v1/issues/{kept.id}")


def issue(services: Services, issue: int) -> Response:
    """Answer with the document of an issue."""
    kept = desk_of(services).issues.one(issue)
    return document_answer(kept.document, kept.record.version)


def kept_record(services: Services, issue: int) -> Response:
    """Answer with the record of an issue."""
    found = desk_of(services).issues.one(issue).record
    return versioned(issue_record(found), found.version)


def save_issue(services: Services, issue: int) -> Response:
    """Save the document of an issue."""
    version = version_of_request()
    document = content(services.config.limits.body_bytes)
    saved = desk_of(services).issues.save(issue, version, document, stamp_of(services))
    return nothing(saved.version)


def discard_issue(services: Services, issue: int) -> Response:
    """Put an issue into the bin."""
    desk_of(services).issues.discard(issue, version_of_request(), stamp_of(services))
    return nothing()


def take_back_issue(services: Services, issue: int) -> Response:
    """Answer with the record of an issue that has been taken out of the bin."""
    record = desk_of(services).issues.take_back(issue, stamp_of(services))
    return versioned(issue_record(record), record.version)


def merge_issue(services: Services, issue: int) -> Response:
    """Answer with the present version of an issue joined with another one."""
    given = given_in_body(services.config)
    version = required("version", given.whole("version"))
    mine, base = required("document", given.fields("document")), given.fields("base")
    given.refuse_rest()
    began = None if base is None else write_document(base)
    sent = write_document(mine)
    present, merged = desk_of(services).issues.merge(
        issue, version, sent, began, stamp_of(services)
    )
    clashes = [clash_record(one) for one in merged.clashes]
    returned = list(merged.returned)
    return jsonify(version=present, document=merged.fields, clashes=clashes, returned=returned)


PLACE = "/v1/issues/<int:issue>"
ETAG = {"ETag": "版本"}
ROUTES = (
    Route(
        endpoint="api.issues",
        method="GET",
        path="/v1/issues",
        view=issues,
        scope=Scope.EDIT,
        title="各期的列表，新的在前，一页 50 期",
        parameters=(
            ("publication", "哪种刊物", NUMBER),
            ("year", "哪一年", YEAR),
            ("state", "哪个状态", words(State)),
            ("q", "标题或正文里的字，一个字也可以", short()),
            ("bin", "true 为回收站", words(Bin)),
            ("after", "从第几期之后起，即上一页的 next", {**COUNT, "maximum": MOST_SKIPPED}),
        ),
        content={JSON: ref("IssueList")},
        kinds=(errors.NoArchive, errors.UnknownOption),
    ),
    Route(
        endpoint="api.begin_issue",
        method="POST",
        path=f"{PUBLICATION}/issues",
        view=begin_issue,
        scope=Scope.EDIT,
        body_rule=body_of_documents,
        title="新建一期",
        description="from 为 previous 时照上一期，issue 时照 issue 所指的一期，"
        "blank 时照刊物的设置，document 时就是 document；前三种填好期号、总期号与日期，"
        "文字是空的。number 用来补录空缺的一期（不填总期号）或从某一期起。",
        body={JSON: BEGINNING},
        status=201,
        content={JSON: ref("IssueRecord")},
        headers={**ETAG, "Location": "这一期的地址"},
        kinds=(*SEND, *CHANGE),
    ),
    Route(
        endpoint="api.issue",
        method="GET",
        path=PLACE,
        view=issue,
        scope=Scope.EDIT,
        title="一期的稿件，与存入时逐字节相同",
        content={JSON: OBJECT},
        headers=ETAG,
        kinds=ONE,
    ),
    Route(
        endpoint="api.kept_record",
        method="GET",
        path=f"{PLACE}/record",
        view=kept_record,
        scope=Scope.EDIT,
        title="一期的状态、版本与期号",
        content={JSON: ref("IssueRecord")},
        headers=ETAG,
        kinds=ONE,
    ),
    Route(
        endpoint="api.save_issue",
        method="PUT",
        path=PLACE,
        view=save_issue,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="保存一期，还不能排的也存",
        body={JSON: OBJECT},
        changes_version=True,
        status=204,
        headers=ETAG,
        kinds=(*SEND, *CHANGE, *VERSIONED, errors.Locked),
    ),
    Route(
        endpoint="api.discard_issue",
        method="DELETE",
        path=PLACE,
        view=discard_issue,
        scope=Scope.EDIT,
        title="放进回收站，30 天内可以取回",
        changes_version=True,
        status=204,
        kinds=(*ONE, *VERSIONED, errors.Locked, errors.Forbidden, errors.StorageFull),
    ),
    Route(
        endpoint="api.take_back_issue",
        method="POST",
        path=f"{PLACE}/take-back",
        view=take_back_issue,
        scope=Scope.EDIT,
        title="从回收站取回",
        content={JSON: ref("IssueRecord")},
        headers=ETAG,
        kinds=(*ONE, *CHANGE, errors.Forbidden, errors.StorageFull),
    ),
    Route(
        endpoint="api.merge_issue",
        method="POST",
        path=f"{PLACE}/merge",
        view=merge_issue,
        scope=Scope.EDIT,
        body_rule=body_of_documents,
        title="与现在的版本合并，不保存",
        description="version 是改动所本的版本，base 是那时的稿件（服务没有留存那一版时要用）。"
        "合不了的留两份，列在 clashes；本稿删去、而别人同时写过的文章留着，列在 returned。",
        body={JSON: TO_MERGE},
        content={JSON: ref("Merged")},
        kinds=(*SEND, *CHANGE),
    ),
)
