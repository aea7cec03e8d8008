"""JSON Schemas of what the archive takes and answers."""

from __future__ import annotations

from typing import Any

from hongtou.bulletin.closing_block import fields_at
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.issue import MOST_NUMBER as MOST_ISSUE_NUMBER
from hongtou.bulletin.issue import Series
from hongtou.desk.facts import LEAST_YEAR, MOST_NUMBER, MOST_YEAR
from hongtou.desk.issue import State
from hongtou.desk.publication import Numbering
from hongtou.desk.revision import Kind
from hongtou.desk.states import StepName
from hongtou.web.schemas import COUNT, TEXT, Schema, record, ref

MOST = 2**31 - 1
MOST_LISTS, LIST_NAME_CHARS, LIST_CHARS = 20, 40, 2000  # of one row of the closing block
OBJECT: Schema = {"type": "object"}
NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": MOST}
NUMBER_OR_NONE: Schema = {"type": ["integer", "null"]}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
ANYTHING: Schema = {}
YEAR: Schema = {"type": "integer", "minimum": LEAST_YEAR, "maximum": MOST_YEAR}
# All days of those years and no other; 29 February where 4 divides the year, but of hundreds 400.
DAY: Schema = {
    "type": "string",
    "pattern": "^((19|2[0-9])[0-9]{2}-("
    "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])"
    "|(0[13-9]|1[0-2])-(29|30)"
    "|(0[13578]|1[02])-31)"
    "|((19|2[0-9])(0[48]|[2468][048]|[13579][26])|2[048]00)-02-29)$",
}


def many(item: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": item}


def words(kind: Any) -> Schema:
    """Return the schema of one of several words."""
    return {"enum": [str(one) for one in kind]}


def short(most: int = 200, least: int = 0) -> Schema:
    """Return the schema of a text of so many characters."""
    return {"type": "string", "minLength": least, "maxLength": most}


# Of a publication: texts under names for each row of recipients.
LISTS: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        key: {
            **many(
                record(
                    {"name": short(LIST_NAME_CHARS, least=1), "text": short(LIST_CHARS, least=1)}
                )
            ),
            "maxItems": MOST_LISTS,
        }
        for key in fields_at(Place.RECIPIENTS)
    },
}
PLAN: Schema = {
    "nameplate": short(least=1),
    "layout": short(100),
    "issuing_body": short(400),
    "numbering": words(Numbering),
    "first_total": {**NUMBER, "type": ["integer", "null"]},
    "defaults": OBJECT,
    "lists": LISTS,
}
PUBLICATION = record(
    {
        "id": NUMBER,
        **PLAN,
        "first_total": NUMBER_OR_NONE,
        "version": NUMBER,
        "changed_at": TEXT,
        "changed_by": TEXT,
    }
)
RECORD_FIELDS: Schema = {
    "id": NUMBER,
    "publication": NUMBER,
    "state": words(State),
    "version": NUMBER,
    "year": NUMBER_OR_NONE,
    "series": words(Series),
    "number": NUMBER_OR_NONE,
    "total_number": NUMBER_OR_NONE,
    "date": TEXT_OR_NONE,
    "title": TEXT,
    "created_at": TEXT,
    "changed_at": TEXT,
    "changed_by": TEXT,
    "deleted_at": TEXT_OR_NONE,
}
EVENT_FIELDS: Schema = {"at": TEXT, "who": TEXT, "action": TEXT, "detail": OBJECT}
SCHEMAS: dict[str, Schema] = {
    "Publication": PUBLICATION,
    "IssueRecord": record(RECORD_FIELDS),
    "IssueList": record(
        {
            "issues": many(record({**RECORD_FIELDS, "pointer": TEXT, "snippet": TEXT})),
            "next": NUMBER_OR_NONE,
        }
    ),
    "Usage": record(
        {
            "documents": COUNT,
            "revisions": COUNT,
            "pictures": COUNT,
            "editions": COUNT,
            "bytes": COUNT,
            "most": {"type": ["integer", "null"]},
        }
    ),
    "NextNumber": record(
        {
            "year": YEAR,
            "number": NUMBER,
            "total_number": NUMBER_OR_NONE,
            "gaps": many(NUMBER),
            "warnings": many(TEXT),
        }
    ),
    "SkippedNumber": record(
        {
            "year": YEAR,
            "series": words(Series),
            "number": NUMBER,
            "reason": TEXT,
            "by": TEXT,
            "at": TEXT,
        }
    ),
    "Clash": record(
        {
            "pointer": TEXT,
            "other": TEXT,
            "base": ANYTHING,
            "mine": ANYTHING,
            "theirs": ANYTHING,
        }
    ),
    "Merged": record(
        {
            "version": NUMBER,
            "document": OBJECT,
            "clashes": many(ref("Clash")),
            "returned": many(TEXT),
        }
    ),
    "Revision": record(
        {
            "number": NUMBER,
            "version": NUMBER,
            "kind": words(Kind),
            "label": TEXT,
            "made_at": TEXT,
            "made_by": TEXT,
            "digest": TEXT,
        }
    ),
    "Difference": record(
        {
            "kind": {"enum": ["same", "gone", "new", "changed"]},
            "pointer": TEXT,
            "before": ANYTHING,
            "after": ANYTHING,
            "pieces": many(many(TEXT)),
            "count": COUNT,
        }
    ),
    "Event": record(EVENT_FIELDS),
    "EventList": record(
        {
            "events": many(
                record(
                    {
                        "number": NUMBER,
                        **EVENT_FIELDS,
                        "client": TEXT,
                        "issue": NUMBER_OR_NONE,
                        "publication": NUMBER_OR_NONE,
                        "digest": TEXT,
                    }
                )
            ),
            "next": NUMBER_OR_NONE,
        }
    ),
    "Edition": record(
        {
            **dict.fromkeys(("output", "plan_digest", "sha256", "service_version"), TEXT),
            **dict.fromkeys(("file_name", "made_at", "made_by"), TEXT),
            **dict.fromkeys(("revision", "size", "pages"), COUNT),
        }
    ),
    "Asset": record({"name": TEXT, "sha256": TEXT, "media_type": TEXT, "size": COUNT}),
    "Company": record(
        {
            "version": NUMBER,
            "state": words(State),
            "by": TEXT,
            "at": TEXT,
            "others": many(record({"tab": TEXT, "who": TEXT, "place": TEXT, "seen_at": TEXT})),
        }
    ),
}
NEW_PUBLICATION = {**record({}, **PLAN), "required": ["nameplate"]}
CHANGED_PUBLICATION = record({}, **PLAN)
SKIPPED = record(
    {"year": YEAR, "number": {**NUMBER, "maximum": MOST_NUMBER}},
    series=words(Series),
    reason=short(400),
)
BEGINNING = record(
    {},
    **{"from": {"enum": ["previous", "blank", "issue", "document"]}},
    issue=NUMBER,
    document=OBJECT,
    date=DAY,
    series=words(Series),
    number={**NUMBER, "maximum": MOST_ISSUE_NUMBER},
)
TO_MERGE = record({"version": NUMBER, "document": OBJECT}, base=OBJECT)
TRANSITION = record({"step": words(StepName)}, note=short(1000), print_run=NUMBER, date=DAY)
NAMED = record({"label": short(100, least=1)})
PING = record({"tab": short(100, least=1)}, place=short())
