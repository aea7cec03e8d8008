"""The body of a request → a document and its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header

from hongtou.bulletin.errors import MalformedDocument, UnsupportedType
from hongtou.bulletin.limits import MAX_SOURCE_BYTES
from hongtou.config import Config
from hongtou.importing.kinds import MAX_KINDS_BYTES
from hongtou.outputs import OUTPUTS
from hongtou.web.api.forms import (
    FILE_PART,
    ISSUE_PART,
    KINDS_PART,
    MAX_WISH_BYTES,
    PICTURES_PART,
    WISH_PART,
    read_parts,
)
from hongtou.web.api.negotiation import read_order, read_preview_order, refuse_unwanted
from hongtou.web.bodies import too_large
from hongtou.web.head import Head
from hongtou.web.schemas import FORM, JSON

MAX_IMPORT_BYTES = MAX_SOURCE_BYTES + MAX_KINDS_BYTES + 64 * 1024  # and the heads of a form
SHOWN_CHARS = 60  # of a client's text, in a message


@dataclass(slots=True)
class Submission:
    """A document as it was sent, its pictures by part name, and the wish of a preview."""

    document: bytes
    images: dict[str, bytes] = field(default_factory=dict)
    wish: bytes = b"{}"


def body_of_render(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a body for ``/v1/render``.

    Raises:
        UnknownOption: the query holds an unknown parameter or value.
        NotAcceptable: the client does not accept the media type of the output.
        UnsupportedType: the body is of the wrong type, or compressed.
    """
    order = read_order(head.query)
    refuse_unwanted(head.fields.get("accept", ""), OUTPUTS[order.output].kind(order).media_type)
    return max_body_bytes(head.fields, config)


def body_of_check(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a body for ``/v1/check``.

    Raises:
        UnknownOption: the query holds an unknown parameter or value.
        NotAcceptable: the client does not accept JSON.
        UnsupportedType: the body is of the wrong type, or compressed.
    """
    read_order(head.query)
    refuse_unwanted(head.fields.get("accept", ""), JSON)
    return max_body_bytes(head.fields, config)


def body_of_preview(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a body for ``/v1/preview``.

    Raises:
        UnknownOption: the query holds an unknown parameter or value, or another output.
        NotAcceptable: the client does not accept a form.
        UnsupportedType: the body is of the wrong type, or compressed.
    """
    read_preview_order(head.query)
    refuse_unwanted(head.fields.get("accept", ""), FORM)
    return max_body_bytes(head.fields, config)


def max_body_bytes(fields: Mapping[str, str], config: Config) -> int:
    """Return the maximum size of a body with these headers, which have lower-case names.

    Raises:
        UnsupportedType: the body is neither JSON nor a form, or compressed.
    """
    refuse_compressed(fields)
    kind = media_type(fields.get("content-type", ""))
    if kind == JSON:
        return config.limits.body_bytes
    if kind == FORM:
        return config.request_bytes
    raise UnsupportedType(
        f"内容类型应为 {JSON} 或 {FORM}，收到的是“{kind[:SHOWN_CHARS]}”",
        hint=f"请设置请求头 Content-Type: {JSON}",
    )


def body_of_import(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a body for ``/v1/imports``.

    Raises:
        NotAcceptable: the client does not accept JSON.
        UnsupportedType: the body is no form, or compressed.
    """
    refuse_unwanted(head.fields.get("accept", ""), JSON)
    refuse_compressed(head.fields)
    kind = media_type(head.fields.get("content-type", ""))
    if kind != FORM:
        raise UnsupportedType(
            f"内容类型应为 {FORM}，收到的是“{kind[:SHOWN_CHARS]}”",
            hint=f"请以表单发送，文件放在 {FILE_PART} 部分",
        )
    return MAX_IMPORT_BYTES


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file to import, what a person says of its lines, and whether its pictures are wanted."""

    content: bytes
    kinds: bytes
    wants_pictures: bool


def read_import(request: Request, config: Config) -> SentFile:
    """Return what an admitted request asks to import.

    Raises:
        TooLarge: it is too large.
        MalformedDocument: the form is malformed, has no file, or something beside it.
    """
    request.max_content_length = MAX_IMPORT_BYTES
    content_type = request.headers.get("Content-Type", "")
    try:
        own = {FILE_PART: MAX_SOURCE_BYTES, KINDS_PART: MAX_KINDS_BYTES, PICTURES_PART: 8}
        parts = read_parts(request.stream, content_type, config, own)
        request.environ["wsgi.input"].close()
    except RequestEntityTooLarge as cause:
        raise too_large(MAX_IMPORT_BYTES) from cause
    kinds = parts.pop(KINDS_PART, b"")
    wanted = parts.pop(PICTURES_PART, b"")
    if [*parts] != [FILE_PART] or wanted not in (b"", b"true", b"false"):
        raise MalformedDocument(
            f"应有一个名为 {FILE_PART} 的部分，此外只可有 {KINDS_PART} 与 {PICTURES_PART}"
            "（true 或 false）",
            hint=f"请把文件放在 {FILE_PART} 部分",
        )
    return SentFile(parts[FILE_PART], kinds, wanted == b"true")


def read_submission(request: Request, config: Config, *, has_wish: bool = False) -> Submission:
    """Return the document and pictures in the body of an admitted request, and its wish.

    Raises:
        TooLarge: the body or a part of it is too large.
        MalformedDocument: the form is malformed, or has no issue.
    """
    content_type = request.headers.get("Content-Type", "")
    is_form = media_type(content_type) == FORM
    limit = config.request_bytes if is_form else config.limits.body_bytes
    request.max_content_length = limit
    try:
        if not is_form:
            return Submission(request.get_data(cache=False))
        own = {ISSUE_PART: config.limits.body_bytes}
        if has_wish:
            own[WISH_PART] = MAX_WISH_BYTES
        parts = read_parts(request.stream, content_type, config, own)
        request.environ["wsgi.input"].close()  # frees its file, as the parts are in memory
    except RequestEntityTooLarge as cause:
        raise too_large(limit) from cause
    if ISSUE_PART not in parts:
        raise MalformedDocument(
            f"缺少名为 {ISSUE_PART} 的部分", hint=f"请把稿件 JSON 放在 {ISSUE_PART} 部分"
        )
    document = parts.pop(ISSUE_PART)
    wish = parts.pop(WISH_PART, b"{}") if has_wish else b"{}"
    return Submission(document, parts, wish)


def refuse_compressed(fields: Mapping[str, str]) -> None:
    """Check that a body is sent as it is.

    Raises:
        UnsupportedType: it is compressed.
    """
    coding = fields.get("content-encoding", "identity").lower()
    if coding != "identity":
        raise UnsupportedType(f"请求是以“{coding[:20]}”压缩的", hint="请不加压缩发送")


def media_type(content_type: str) -> str:
    """Return what a Content-Type names, without its parameters."""
    return parse_options_header(content_type)[0].lower()
