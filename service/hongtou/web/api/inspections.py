"""The schemas of what a check answers: findings, measurements of pages, a preflight."""

from __future__ import annotations

from dataclasses import fields

from hongtou.bulletin.finding import Severity, Strength
from hongtou.pages.report import PageReport
from hongtou.preflight.report import RuleOutcome
from hongtou.web.schemas import COUNT, NUMBER, TEXT, Schema, record, ref

JSON_TYPES = {"int": "integer", "float": "number", "str": "string"}
YES_OR_NO: Schema = {"type": "boolean"}
BOX = record(dict.fromkeys(("x", "y", "width", "height"), NUMBER))


def _inspection() -> Schema:
    return record(
        {
            "findings": {"type": "array", "items": ref("Finding")},
            "pages": {"type": ["integer", "null"], "minimum": 1},
            "layout": {"type": "array", "items": ref("PageReport")},
        },
        preflight=_preflight(),
    )


def _preflight() -> Schema:
    """Return the schema of what came of a preflight; it is null where no file could be made."""
    box = {**BOX, "type": ["object", "null"]}
    page = {"type": ["integer", "null"], "minimum": 1}
    fault = record({"page": page, "box_mm": box, "message": TEXT, "hint": TEXT})
    rule = record(
        {
            **dict.fromkeys(("code", "title", "source"), TEXT),
            "strength": {"enum": list(Strength)},
            "outcome": {"enum": list(RuleOutcome)},
            "faults": {"type": "array", "items": fault},
        }
    )
    report = record(
        {
            **dict.fromkeys(("profile", "standard"), TEXT),
            **dict.fromkeys(("passed", "refused"), YES_OR_NO),
            "rules": {"type": "array", "items": rule},
        }
    )
    return {**report, "type": ["object", "null"], "description": "写明 output 时才有"}


def _finding() -> Schema:
    suggestion = record({"start": COUNT, "end": COUNT, "text": TEXT, "safe": YES_OR_NO})
    return record(
        {
            "code": TEXT,
            "severity": {"enum": list(Severity)},
            "message": TEXT,
            "hint": TEXT,
            "strength": {"enum": list(Strength)},
            "source": TEXT,
        },
        pointer=TEXT,
        page={"type": ["integer", "null"]},
        box_mm=BOX,
        suggestion=suggestion,
        further={"type": "array", "items": suggestion},
    )


def _page_report() -> Schema:
    return record(
        {entry.name: {"type": JSON_TYPES[str(entry.type)]} for entry in fields(PageReport)}
    )


SCHEMAS: dict[str, Schema] = {
    "Inspection": _inspection(),
    "Finding": _finding(),
    "PageReport": _page_report(),
}
