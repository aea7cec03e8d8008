"""What lines are taken for, as programs and as people name it; what a person says of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from hongtou.bulletin.errors import MalformedDocument

MAX_KINDS_BYTES = 512 * 1024  # of what is said: 20,000 lines


class Kind(StrEnum):
    """What a line was taken for."""

    FOLIO = "folio"
    NAMEPLATE = "nameplate"
    OVERLINE = "overline"
    ISSUE_NUMBER = "issue_number"
    ISSUING_BODY = "issuing_body"
    ISSUE_DATE = "issue_date"
    SECURITY = "security"
    URGENCY = "urgency"
    NOTICE = "notice"
    COPY_NUMBER = "copy_number"
    CONTENTS_HEADING = "contents_heading"
    CONTENTS_ENTRY = "contents_entry"
    SECTION = "section"
    KICKER = "kicker"
    HEADLINE = "headline"
    SUBHEAD = "subhead"
    BYLINE = "byline"
    EDITORS_NOTE = "editors_note"
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    CONTINUED = "continued"
    TABLE = "table"
    FIGURE = "figure"
    ATTACHMENTS = "attachments"
    SIGNOFF = "signoff"
    ANNEX = "annex"
    BRIEFS_HEADING = "briefs_heading"
    BRIEF = "brief"
    CLOSING = "closing"
    UNPLACED = "unplaced"


GROUPS: Mapping[str, Mapping[Kind, str]] = {
    "报头": {
        Kind.NAMEPLATE: "简报名称",
        Kind.OVERLINE: "名称上的小字",
        Kind.ISSUE_NUMBER: "期号",
        Kind.ISSUING_BODY: "编发单位",
        Kind.ISSUE_DATE: "印发日期",
        Kind.SECURITY: "密级",
        Kind.URGENCY: "紧急程度",
        Kind.COPY_NUMBER: "份号",
        Kind.NOTICE: "保存要求",
    },
    "目录": {Kind.CONTENTS_HEADING: "目录二字", Kind.CONTENTS_ENTRY: "目录"},
    "文章": {
        Kind.SECTION: "栏目",
        Kind.KICKER: "引题",
        Kind.HEADLINE: "标题",
        Kind.SUBHEAD: "副题",
        Kind.BYLINE: "供稿单位",
        Kind.EDITORS_NOTE: "按语",
        Kind.SALUTATION: "称呼",
        Kind.PARAGRAPH: "正文",
        Kind.CONTINUED: "接上段",
        Kind.TABLE: "表格",
        Kind.FIGURE: "图片",
        Kind.ATTACHMENTS: "附件说明",
        Kind.SIGNOFF: "落款",
        Kind.ANNEX: "附件",
    },
    "简讯": {Kind.BRIEFS_HEADING: "简讯栏名", Kind.BRIEF: "简讯"},
    "报尾": {Kind.CLOSING: "报尾"},
    "不进稿件": {Kind.FOLIO: "页码", Kind.UNPLACED: "不取"},
}
TITLES = {kind: title for group in GROUPS.values() for kind, title in group.items()}
OF_MASTHEAD = frozenset(GROUPS["报头"])


def read_kinds(content: bytes) -> dict[int, Kind]:
    """Return what a person says that lines are: JSON, the kinds by the numbers of lines.

    Raises:
        MalformedDocument: it is none of this.
    """
    try:
        given = json.loads(content or b"{}")
        return {int(number): Kind(kind) for number, kind in given.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as cause:
        raise MalformedDocument(
            "kinds 部分应是 JSON 对象，行号对类别", hint='请照接口文档来写（{"12": "headline"}）'
        ) from cause
