"""A request → the document, its pictures and the order."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from difflib import get_close_matches

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from service.config import Config
from service.errors import (
    MalformedDocument,
    NotAcceptable,
    TooLarge,
    UnknownOption,
    UnsupportedType,
)
from service.order import Order, Purpose
from service.outputs import OUTPUTS

ISSUE_PART = "issue"
# What fits into one line of a header, and is read alike by those who escape \ and " and who do not.
PART_NAME = r'^[^\x00-\x1f"\\\x7f-\x9f\u2028\u2029]+$'
CHUNK_BYTES = 64 * 1024
ORDER_NAMES = ("output", "purpose", "normalize")
SWITCH = {"": True, "1": True, "true": True, "0": False, "false": False}


@dataclass(slots=True)
class Submission:
    """What was sent: the issue's bytes as they came, and the pictures by part name."""

    document: bytes
    images: dict[str, bytes] = field(default_factory=dict)


def read_submission(request: Request, config: Config) -> Submission:
    """Return the document and pictures of a request's body.

    Raises UnsupportedType, TooLarge and MalformedDocument.
    """
    packing = request.headers.get("Content-Encoding", "identity").lower()
    if packing != "identity":
        raise UnsupportedType(f"请求是以“{packing[:20]}”压缩的", hint="请不加压缩发送")
    try:
        match request.mimetype:
            case "application/json":
                request.max_content_length = config.limits.body_bytes
                return Submission(request.get_data(cache=False))
            case "multipart/form-data":
                request.max_content_length = config.request_bytes
                return _read_parts(request, config)
    except RequestEntityTooLarge as cause:
        raise TooLarge(
            f"请求超过上限 {request.max_content_length} 字节", hint="请拆成几期，或缩小图片"
        ) from cause
    raise UnsupportedType(
        f"内容类型应为 application/json 或 multipart/form-data，收到的是“{request.mimetype}”",
        hint="请设置请求头 Content-Type: application/json",
    )


def read_order(query: MultiDict[str, str]) -> Order:
    """Return the order that a query asks for; UnknownOption for what is not on offer."""
    for name, values in query.lists():
        if name not in ORDER_NAMES:
            raise _unknown("参数", name, ORDER_NAMES)
        if len(values) > 1:
            raise UnknownOption(f"参数 {name} 写了 {len(values)} 次", hint="请只写一次")
    output = query.get("output", Order().output)
    if output not in OUTPUTS:
        raise _unknown("输出", output, tuple(OUTPUTS))
    purpose = query.get("purpose", Order().purpose.value)
    if purpose not in tuple(Purpose):
        raise _unknown("用途", purpose, tuple(Purpose))
    normalize = query.get("normalize", "false").lower()
    if normalize not in SWITCH:
        raise _unknown("normalize 取值", normalize, ("true", "false"))
    return Order(output, Purpose(purpose), SWITCH[normalize])


def refuse_unwanted(request: Request, media_type: str) -> None:
    """Raise NotAcceptable where the client does not take this media type."""
    wanted = request.accept_mimetypes
    if wanted and not wanted.quality(media_type):
        raise NotAcceptable(
            f"这里提供的是 {media_type}，与请求头 Accept 不符",
            hint=f"请在 Accept 中加入 {media_type}，或改用别的 output",
        )


def _read_parts(request: Request, config: Config) -> Submission:
    """Read the parts as bytes: Flask would replace what is not UTF-8 in silence."""
    parts = _parts(request, config)
    if ISSUE_PART not in parts:
        raise MalformedDocument(
            f"缺少名为 {ISSUE_PART} 的部分", hint=f"请把稿件 JSON 放在 {ISSUE_PART} 部分"
        )
    return Submission(parts.pop(ISSUE_PART), parts)


def _parts(request: Request, config: Config) -> dict[str, bytes]:
    decoder = _decoder(request, config)
    parts: dict[str, bytearray] = {}
    current = bytearray()
    largest = 0
    try:
        while True:
            match decoder.next_event():
                case Field(name=name) | File(name=name):
                    _refuse_name(name, parts)
                    current = parts[name] = bytearray()
                    largest = config.limits.body_bytes if name == ISSUE_PART else config.image_bytes
                case Data(data=data):
                    current += data
                    if len(current) > largest:
                        raise TooLarge(
                            f"“{list(parts)[-1]}”超过上限 {largest} 字节", hint="请缩小后重试"
                        )
                case NeedData():
                    decoder.receive_data(request.stream.read(CHUNK_BYTES) or None)
                case Epilogue():
                    return {name: bytes(content) for name, content in parts.items()}
    except ValueError as cause:
        raise MalformedDocument(
            "multipart/form-data 的内容不完整", hint="请检查各部分与 boundary"
        ) from cause


def _refuse_name(name: str | None, taken: Collection[str]) -> None:
    """Raise MalformedDocument for a name that a part cannot have; the decoder's may be None."""
    if not name or not re.fullmatch(PART_NAME, name):
        raise MalformedDocument(
            "有一个部分没有名称，或名称里有控制字符、引号、反斜线",
            hint="请给每个部分写上 name，图片用文件名即可",
        )
    if name in taken:
        raise MalformedDocument(f"有两个名为“{name}”的部分", hint="请改名后重试")


def _decoder(request: Request, config: Config) -> MultipartDecoder:
    boundary = request.mimetype_params.get("boundary", "")
    if not boundary:
        raise MalformedDocument("multipart/form-data 没有 boundary", hint="请检查 Content-Type")
    return MultipartDecoder(boundary.encode("latin-1", "replace"), max_parts=config.images + 1)


def _unknown(what: str, name: str, known: tuple[str, ...]) -> UnknownOption:
    near = get_close_matches(name, known, 1)
    question = f"是否指 {near[0]}？" if near else ""
    message = f"没有名为“{name[:40]}”的{what}"
    return UnknownOption(message, hint=f"{question}可选：{'、'.join(known)}")
