"""The body of a request → a document and its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header

from hongtou.bulletin.errors import MalformedDocument, UnsupportedType
from hongtou.config import Config
from hongtou.outputs import OUTPUTS
from hongtou.web.api.forms import ISSUE_PART, read_parts
from hongtou.web.api.negotiation import read_order, refuse_unwanted
from hongtou.web.bodies import too_large
from hongtou.web.head import Head
from hongtou.web.schemas import JSON

FORM = "multipart/form-data"
SHOWN_CHARS = 60  # of a client's text, in a message


@dataclass(slots=True)
class Submission:
    """A document as it was sent, and its pictures by part name."""

    document: bytes
    images: dict[str, bytes] = field(default_factory=dict)


def body_of_render(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a body for ``/v1/render``.

    Raises:
        UnknownOption: the query holds an unknown parameter or value.
        NotAcceptable: the client does not accept the media type of the output.
        UnsupportedType: the body is of the wrong type, or compressed.
    """
    order = read_order(head.query)
    refuse_unwanted(head.fields.get("accept", ""), OUTPUTS[order.output].media_type)
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


def max_body_bytes(fields: Mapping[str, str], config: Config) -> int:
    """Return the maximum size of a body with these headers, which have lower-case names.

    Raises:
        UnsupportedType: the body is neither JSON nor a form, or compressed.
    """
    coding = fields.get("content-encoding", "identity").lower()
    if coding != "identity":
        raise UnsupportedType(f"请求是以“{coding[:20]}”压缩的", hint="请不加压缩发送")
    kind = _media_type(fields.get("content-type", ""))
    if kind == JSON:
        return config.limits.body_bytes
    if kind == FORM:
        return config.request_bytes
    raise UnsupportedType(
        f"内容类型应为 {JSON} 或 {FORM}，收到的是“{kind[:SHOWN_CHARS]}”",
        hint=f"请设置请求头 Content-Type: {JSON}",
    )


def read_submission(request: Request, config: Config) -> Submission:
    """Return the document and pictures in the body of an admitted request.

    Raises:
        TooLarge: the body or a part of it is too large.
        MalformedDocument: the form is malformed, or has no issue.
    """
    content_type = request.headers.get("Content-Type", "")
    is_form = _media_type(content_type) == FORM
    limit = config.request_bytes if is_form else config.limits.body_bytes
    request.max_content_length = limit
    try:
        if not is_form:
            return Submission(request.get_data(cache=False))
        parts = read_parts(request.stream, content_type, config)
        request.environ["wsgi.input"].close()  # frees its file, as the parts are in memory
    except RequestEntityTooLarge as cause:
        raise too_large(limit) from cause
    if ISSUE_PART not in parts:
        raise MalformedDocument(
            f"缺少名为 {ISSUE_PART} 的部分", hint=f"请把稿件 JSON 放在 {ISSUE_PART} 部分"
        )
    return Submission(parts.pop(ISSUE_PART), parts)


def _media_type(content_type: str) -> str:
    return parse_options_header(content_type)[0].lower()
