"""The routes of ``/v1``: their scopes, requests and responses."""

from __future__ import annotations

from hongtou.bulletin import errors
from hongtou.importing import Kind
from hongtou.keys import Scope
from hongtou.outputs import OUTPUTS
from hongtou.outputs.ordering import order_parameters, parameters_of
from hongtou.outputs.screen import SCREEN
from hongtou.web.api import views
from hongtou.web.api.forms import FILE_PART, KINDS_PART, PICTURES_PART
from hongtou.web.api.submission import (
    body_of_check,
    body_of_import,
    body_of_preview,
    body_of_render,
)
from hongtou.web.route import Kinds, Parameter, Route
from hongtou.web.schemas import BINARY, FORM, JSON, Schema, listed, outputs_listed, record, ref

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

IMPORT: Kinds = (
    *(kind for kind in SUBMISSION if kind is not errors.UnknownOption),
    errors.ImportRefused,
    errors.StorageFull,
)

SAID: Schema = {
    "type": "object",
    "description": '人指定的行，先于规则：行号对类别，如 {"12": "headline"}',
    "propertyNames": {"pattern": "^[0-9]{1,6}$"},
    "additionalProperties": {"enum": [kind.value for kind in Kind]},
}
WANTED: Schema = {"enum": ["true", "false"], "description": "true：答复里带 .docx 的图片"}
FILE_FORM = record({FILE_PART: BINARY}, **{KINDS_PART: SAID, PICTURES_PART: WANTED})

ORDER_PARAMETERS: tuple[Parameter, ...] = order_parameters()
PREVIEW_PARAMETERS: tuple[Parameter, ...] = parameters_of(SCREEN)

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
        content={kind.media_type: BINARY for output in OUTPUTS.values() for kind in output.kinds},
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
        description="写明 output 时，另做出这种成品，照出厂的规则逐条查过（preflight）。",
        parameters=ORDER_PARAMETERS,
        content={JSON: ref("Inspection")},
        kinds=SUBMISSION,
    ),
    Route(
        endpoint="api.preview",
        method="POST",
        path="/v1/preview",
        view=views.preview,
        scope=Scope.RENDER,
        task="preview",
        body_rule=body_of_preview,
        has_wish=True,
        title="看一期的几页",
        description="边写边看：只画看得见的页，客户端已有的图片不再送。"
        "答复是表单：preview 部分是 JSON，其余是图片，部分名是图片的摘要。",
        parameters=PREVIEW_PARAMETERS,
        content={FORM: ref("PreviewForm")},
        kinds=SUBMISSION,
    ),
    Route(
        endpoint="api.import_file",
        method="POST",
        path="/v1/imports",
        view=views.import_file,
        scope=Scope.CHECK,
        task="import",
        body_rule=body_of_import,
        body={FORM: FILE_FORM},
        title="把旧的一期读成稿件",
        description="收文本、.docx 与有文字的 PDF，见 docs/importing.md。"
        "答复稿件、每一行认作了什么、所有存疑；服务不留下任何东西。",
        content={JSON: ref("Imported")},
        kinds=IMPORT,
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
