"""What each route takes and answers, in words and schemas: the rows of the OpenAPI document.

To add a route: a view, its row in `security.SCOPES`, and its `Operation` here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hongtou.bulletin import errors
from hongtou.bulletin.order import Order, Purpose
from hongtou.outputs import OUTPUTS

Schema = dict[str, Any]
Kinds = tuple[type[errors.ServiceError], ...]

JSON = "application/json"
TEXT: Schema = {"type": "string"}
BINARY: Schema = {"type": "string", "format": "binary"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def ref(name: str) -> Schema:
    """Return a reference to a schema of the document's components."""
    return {"$ref": f"#/components/schemas/{name}"}


def record(required: Schema, **optional: Schema) -> Schema:
    """Return the schema of an object."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


def listed(name: str, *fields: str) -> Schema:
    """Return the schema of an object that lists records of texts under one name."""
    entry = record(dict.fromkeys(fields, TEXT))
    return record({name: {"type": "array", "items": entry}})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path; ``endpoint`` is its view, ``content`` its 200 by media type.

    ``task`` is what a worker does for it, as the metrics name it.
    """

    endpoint: str
    method: str
    path: str
    title: str
    description: str = ""
    content: Mapping[str, Schema]
    headers: Mapping[str, str] = field(default_factory=dict)
    task: str = ""
    kinds: Kinds = ()

    @property
    def takes_issue(self) -> bool:
        """Tell whether an issue is sent, and a worker needed."""
        return bool(self.task)


# Gate and the last line of defence, in front of and behind every route.
EVERYWHERE: Kinds = (errors.WrongHost, errors.EngineFault)
DOCUMENT: Kinds = (errors.NotAcceptable,)
SUBMISSION: Kinds = (
    errors.MalformedDocument,
    errors.UnknownOption,
    errors.NotAcceptable,
    errors.TooLarge,
    errors.UnsupportedType,
    errors.Busy,
    errors.Stopping,
    errors.Unavailable,
    errors.RenderLimit,
    errors.Forbidden,
)

OPERATIONS = (
    Operation(
        endpoint="api.render",
        method="post",
        path="/v1/render",
        title="排一期，得到成品文件",
        description="请求头 If-None-Match 带上次的 ETag 时，没有变化则答复 304，不再排版。",
        content={output.media_type: BINARY for output in OUTPUTS.values()},
        headers={
            "ETag": "排版计划的摘要：同一稿件、同一版本总是相同；不必排版就能算出",
            "Repr-Digest": "文件内容的 SHA-256（RFC 9530），供收到后核对",
            "X-Page-Count": "页数",
            "X-Findings": "检查结果的条数",
            "Content-Disposition": "中文文件名（RFC 6266）",
        },
        task="produce",
        kinds=(*SUBMISSION, errors.ReviewFailed),
    ),
    Operation(
        endpoint="api.check",
        method="post",
        path="/v1/check",
        title="检查一期，不出文件",
        content={JSON: ref("Inspection")},
        task="check",
        kinds=SUBMISSION,
    ),
    Operation(
        endpoint="api.schema",
        method="get",
        path="/v1/schema",
        title="稿件的 JSON Schema",
        content={"application/schema+json": {"type": "object"}},
        kinds=DOCUMENT,
    ),
    Operation(
        endpoint="api.layouts",
        method="get",
        path="/v1/layouts",
        title="有哪些版式",
        content={JSON: listed("layouts", "name", "title", "summary")},
        kinds=DOCUMENT,
    ),
    Operation(
        endpoint="api.outputs",
        method="get",
        path="/v1/outputs",
        title="有哪些输出",
        content={JSON: listed("outputs", "name", "title", "media_type", "extension")},
        kinds=DOCUMENT,
    ),
    Operation(
        endpoint="api.openapi",
        method="get",
        path="/v1/openapi.json",
        title="本文档",
        content={JSON: {"type": "object"}},
        kinds=DOCUMENT,
    ),
    Operation(
        endpoint="operations.healthz",
        method="get",
        path="/healthz",
        title="进程活着",
        content={JSON: record({"status": TEXT, "version": TEXT})},
    ),
    Operation(
        endpoint="operations.readyz",
        method="get",
        path="/readyz",
        title="可以接受新的排版",
        content={JSON: record({"status": TEXT})},
        kinds=(errors.Stopping, errors.Unavailable),
    ),
    Operation(
        endpoint="operations.metrics",
        method="get",
        path="/metrics",
        title="Prometheus 指标",
        content={"text/plain": TEXT},
    ),
)

ORDER_PARAMETERS = (
    ("output", "要哪种输出", {"type": "string", "enum": list(OUTPUTS), "default": Order().output}),
    (
        "purpose",
        "proof 校样，每页天头印“校样”；press 付印",
        {"type": "string", "enum": list(Purpose), "default": Order().purpose},
    ),
    ("normalize", "采纳不改文义的修改建议", {"type": "boolean", "default": Order().normalize}),
)
