"""Errors → problem documents: application/problem+json (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from werkzeug.exceptions import HTTPException

from hongtou.bulletin import errors
from hongtou.records import error_kind
from hongtou.web.head import HeadFault

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 2
TEMPORARY = (
    errors.Busy,
    errors.Stopping,
    errors.Unavailable,
    errors.RenderLimit,
    errors.NoArchive,
    errors.NoProvider,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem: its HTTP status, its title and advice on what to do."""

    status: int
    title: str
    advice: str


PROBLEMS: dict[type[errors.ServiceError], Problem] = {
    errors.MalformedDocument: Problem(
        400, "稿件不是可读的 JSON", "请检查括号、引号和逗号是否成对，文件是否以 UTF-8 保存。"
    ),
    errors.UnknownOption: Problem(
        400, "没有这个选项，或不能这样取值", "可用的输出见 /v1/outputs，版式见 /v1/layouts。"
    ),
    errors.UnsupportedType: Problem(
        415, "不支持的内容类型", "请以 application/json 或 multipart/form-data 发送稿件。"
    ),
    errors.NotAcceptable: Problem(
        406, "不提供所要的格式", "请修改请求头 Accept，或改用别的 output。"
    ),
    errors.WrongHost: Problem(
        400, "不是本服务的名称", "请用管理员给的地址访问；新的名称由管理员加入 HONGTOU_HOSTS。"
    ),
    errors.Unauthorized: Problem(
        401,
        "需要密钥或登录",
        "请登录；程序请设置请求头 Authorization: Bearer 密钥，密钥由管理员发给。",
    ),
    errors.Forbidden: Problem(
        403,
        "不允许这样做",
        "请用含有所需范围的密钥或帐号，并由程序直接调用或在本服务的页面上操作。",
    ),
    errors.TooManyAttempts: Problem(
        429, "试错的次数过多", "请按 Retry-After 所示的秒数等候后重试；忘了密码，请管理员另发链接。"
    ),
    errors.NotKept: Problem(404, "没有找到", "请核对地址；可能已经删除，回收站里留 30 天。"),
    errors.NumberTaken: Problem(409, "期号已被占用", "请改用 details 里的 free 所示的期号。"),
    errors.WrongState: Problem(409, "现在不能这样做", "请看这一期现在的状态，再选下一步。"),
    errors.Stale: Problem(
        412, "已有更新的版本", "请取回 details 里的 version 所示的版本，合并后再存。"
    ),
    errors.VersionRequired: Problem(
        428, "没有写明所改的版本", "请把取得的 ETag 放进请求头 If-Match。"
    ),
    errors.Locked: Problem(423, "已经定稿", "须改动的，请审核人员先解锁。"),
    errors.TooLarge: Problem(413, "超过大小上限", "请拆成几期，或缩小图片后重试。"),
    errors.ReviewFailed: Problem(
        422, "稿件有错误", "errors 列出了每处错误的位置和改法，改正后重试。"
    ),
    errors.ImportRefused: Problem(
        422, "文件不能导入", "请按提示另存或更换文件后重试；也可以把文字粘贴进稿件。"
    ),
    errors.Busy: Problem(429, "排队的稿件过多", "请按 Retry-After 所示的秒数等候后重试。"),
    errors.Stopping: Problem(503, "服务正在停止", "请按 Retry-After 所示的秒数等候后重试。"),
    errors.Unavailable: Problem(503, "暂时不能排版", "请按 Retry-After 所示的秒数等候后重试。"),
    errors.NoArchive: Problem(503, "暂时存取不了稿件", "请按 Retry-After 所示的秒数等候后重试。"),
    errors.NoProvider: Problem(
        503, "统一身份认证现在用不了", "请按 Retry-After 所示的秒数等候后重试，或以密码登录。"
    ),
    errors.StorageFull: Problem(507, "没有保存：磁盘已满", "请管理员腾出磁盘空间后重试。"),
    errors.OverQuota: Problem(
        507, "没有保存：刊物的限额已满", "请删去不要的期并清空回收站，或请管理员加大限额。"
    ),
    errors.RenderLimit: Problem(504, "排版超时或超过内存上限", "请缩小图片，或拆成几期后重试。"),
    errors.SetupError: Problem(500, "安装不完整", "请管理员运行 hongtou doctor 查看原因。"),
    errors.EngineFault: Problem(500, "服务内部出错", "错误已记录，请把 request_id 告诉管理员。"),
}
BAD_REQUEST, NOT_IMPLEMENTED = "bad-request", "not-implemented"
HTTP_PROBLEMS = {
    BAD_REQUEST: Problem(400, "请求有误", "请检查请求的地址、请求头和内容。"),
    "not-found": Problem(404, "没有这个地址", "请检查地址是否写错。"),
    "method-not-allowed": Problem(405, "这个地址不支持该方法", "可用的方法见响应头 Allow。"),
    "address-too-long": Problem(414, "地址太长", "请把稿件放在请求体里发送。"),
    "head-too-long": Problem(431, "请求头太长", "请只发送服务用得到的请求头，见 /docs。"),
    NOT_IMPLEMENTED: Problem(
        501, "不支持这种请求", "请用 HTTP/1.1 的 GET、HEAD、POST、PUT、PATCH 或 DELETE。"
    ),
}
VERSION_NOT_SUPPORTED = 505


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """The answer to an error: its kind, its problem, a message in Chinese, and headers."""

    kind: str
    problem: Problem
    detail: str
    headers: tuple[tuple[str, str], ...] = ()


def problem_kinds() -> dict[str, Problem]:
    """Return all kinds of problems, by the last part of their ``type``."""
    ours = {error_kind(error): problem for error, problem in PROBLEMS.items()}
    return {**ours, **HTTP_PROBLEMS}


def problem_of_status(status: int) -> tuple[str, Problem]:
    """Return the problem of a plain HTTP status, with its kind."""
    kinds = problem_kinds()
    exact = [(kind, problem) for kind, problem in kinds.items() if problem.status == status]
    if exact:
        return exact[-1]
    if status == VERSION_NOT_SUPPORTED:
        kind = NOT_IMPLEMENTED
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        kind = error_kind(errors.EngineFault)
    else:
        kind = BAD_REQUEST
    return kind, replace(kinds[kind], status=status)


def error_answer(error: Exception) -> ErrorAnswer:
    """Return the answer to an error.

    The cause of an unforeseen error is left out, as it may hold text of the issue or our paths.
    """
    if isinstance(error, errors.ServiceError):
        problem = problem_of(error)
        headers = []
        if problem.status == HTTPStatus.UNAUTHORIZED:
            headers.append(("WWW-Authenticate", 'Bearer realm="hongtou"'))  # RFC 6750 §3
        if isinstance(error, TEMPORARY):
            headers.append(("Retry-After", str(RETRY_AFTER_SECONDS)))
        if isinstance(error, errors.TooManyAttempts):
            headers.append(("Retry-After", str(error.details.get("seconds", RETRY_AFTER_SECONDS))))
        return ErrorAnswer(error_kind(error), problem, problem_detail(error), tuple(headers))
    if isinstance(error, HTTPException):
        kind, problem = problem_of_status(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
        description = str(error.description) if isinstance(error, HeadFault) else ""
        headers = [
            (name, value)
            for name, value in error.get_headers()  # such as Allow of 405
            if name not in ("Content-Type", "Content-Length")
        ]
        return ErrorAnswer(kind, problem, description or problem.advice, tuple(headers))
    problem = PROBLEMS[errors.EngineFault]
    return ErrorAnswer(error_kind(errors.EngineFault), problem, problem.advice)


def problem_of(error: errors.ServiceError) -> Problem:
    """Return the problem of an error."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


def problem_detail(error: errors.ServiceError) -> str:
    """Return the message and the hint of an error as one text."""
    return error.message + (f"。{error.hint}" if error.hint else "")


def problem_document(
    kind: str,
    problem: Problem,
    detail: str,
    request_id: str,
    faults: list[dict[str, str]] | None = None,
    *,
    prefix: str,
    details: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Return a problem document; ``prefix`` is that of the proxy, for the address of its type.

    ``details`` are for a program that goes on by itself.
    """
    document: dict[str, Any] = {
        "type": f"{prefix}/problems/{kind}",
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "request_id": request_id,
        "errors": faults or [],
    }
    if details:
        document["details"] = details
    return document


def encoded(document: Mapping[str, Any]) -> bytes:
    """Return a problem document as the body of an answer."""
    return json.dumps(document, ensure_ascii=False).encode()
