"""The routes of ``/v1``: their scopes, requests and responses."""

from __future__ import annotations

from hongtou.bulletin import errors
from hongtou.keys import Scope
from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import order_parameters
from hongtou.web.api import views
from hongtou.web.api.submission import body_of_check, body_of_render
from hongtou.web.route import Kinds, Parameter, Route
from hongtou.web.schemas import BINARY, JSON, listed, outputs_listed, ref

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

ORDER_PARAMETERS: tuple[Parameter, ...] = order_parameters()

ROUTES = (
    Route(
        endpoint="api.render",
        method="POST",
        path="/v1/render",
        view=views.render,
        scope=Scope.RENDER,
        task="produce",
        body_rule=body_of_render,
        title="排一期，得到成品文件",
        description="请求头 If-None-Match 带上次的 ETag 时，没有变化则答复 304，不再排版。",
        parameters=ORDER_PARAMETERS,
        content={output.media_type: BINARY for output in OUTPUTS.values()},
        headers={
            "ETag": "排版计划的摘要：同一稿件、同一版本总是相同；不必排版就能算出",
            "Repr-Digest": "文件内容的 SHA-256（RFC 9530），供收到后核对",
            "X-Page-Count": "页数",
            "X-Findings": "检查结果的条数",
            "Content-Disposition": "中文文件名（RFC 6266）",
        },
        kinds=(*SUBMISSION, errors.ReviewFailed),
    ),
    Route(
        endpoint="api.check",
        method="POST",
        path="/v1/check",
        view=views.check,
        scope=Scope.CHECK,
        task="check",
        body_rule=body_of_check,
        title="检查一期，不出文件",
        parameters=ORDER_PARAMETERS,
        content={JSON: ref("Inspection")},
        kinds=SUBMISSION,
    ),
    Route(
        endpoint="api.schema",
        method="GET",
        path="/v1/schema",
        view=views.schema,
        scope=Scope.READ,
        title="稿件的 JSON Schema",
        content={"application/schema+json": {"type": "object"}},
        kinds=DOCUMENT,
    ),
    Route(
        endpoint="api.layouts",
        method="GET",
        path="/v1/layouts",
        view=views.layouts,
        scope=Scope.READ,
        title="有哪些版式",
        content={JSON: listed("layouts", "name", "title", "summary")},
        kinds=DOCUMENT,
    ),
    Route(
        endpoint="api.outputs",
        method="GET",
        path="/v1/outputs",
        view=views.outputs,
        scope=Scope.READ,
        title="有哪些输出",
        content={JSON: outputs_listed()},
        kinds=DOCUMENT,
    ),
    Route(
        endpoint="api.openapi",
        method="GET",
        path="/v1/openapi.json",
        view=views.openapi,
        scope=Scope.READ,
        title="本文档",
        content={JSON: {"type": "object"}},
        kinds=DOCUMENT,
    ),
)
