"""The head of a request, parsed into parts of bounded length.

Headers that nobody reads are dropped here, and the others have a maximum length. So no regular
expression, here or in Werkzeug, ever runs on a text of a length that the client chooses. Framing
that two parsers may understand differently is refused (RFC 9112 §6.3, §11.2).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote_to_bytes

from werkzeug.exceptions import HTTPException

from hongtou.addresses import USER_HEADERS

MAX_HEAD_BYTES = 12 * 1024  # so that a connection with its head takes less than 16 KiB
MAX_PATH_CHARS = MAX_QUERY_CHARS = 2 * 1024
METHODS = frozenset(
    ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "QUERY")
)
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")  # all but the tab, so also a lone CR or LF
VISIBLE = re.compile(rb"[!-~]+")
VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
ID_LINE = re.compile(rb"\r\nX-Request-Id: ?([A-Za-z0-9._-]{1,64})(?=\r\n|$)", re.IGNORECASE)
LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)


def below(prefix: str, path: str) -> str:
    """Return a path without the prefix of a proxy, which may have stripped it already."""
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return path.removeprefix(prefix) or "/"
    return path


@dataclass(frozen=True, slots=True)
class Field:
    """A header that is read, with its maximum length in characters.

    A list may be spread over several lines (RFC 9110 §5.3); any other header is allowed once.
    """

    max_chars: int
    is_list: bool = False


FIELDS = {
    "accept": Field(1000, is_list=True),
    "authorization": Field(200),
    "connection": Field(200, is_list=True),
    "content-encoding": Field(100),
    "content-length": Field(18),
    "content-type": Field(200),  # a boundary has up to 70 (RFC 2046 §5.1.1)
    "cookie": Field(4096),  # of all services under this name; ours take 300
    "expect": Field(40),
    "host": Field(261),  # a name has up to 253 (RFC 1035), with dot, colon and port
    "if-match": Field(200),
    "if-modified-since": Field(60),
    "if-none-match": Field(1000, is_list=True),
    "if-range": Field(200),
    "origin": Field(300),
    "range": Field(100),
    "remote-user": Field(200),
    "sec-fetch-site": Field(20),
    "transfer-encoding": Field(40),
    "x-csrf-token": Field(100),
    "x-forwarded-for": Field(400, is_list=True),
    "x-forwarded-proto": Field(40, is_list=True),
    "x-forwarded-user": Field(200),
    "x-remote-user": Field(200),
    "x-request-id": Field(64),
}
FRAMING = frozenset({"content-length", "transfer-encoding"})
# A new id replaces a malformed one; the others may hold what others have put there.
IGNORED_IF_LONG = frozenset(
    ("x-request-id", "cookie", "x-forwarded-for", "x-forwarded-proto", *USER_HEADERS)
)


class HeadFault(HTTPException):
    """A faulty head; ``description`` says in Chinese what is wrong with it."""

    def __init__(self, status: HTTPStatus, description: str) -> None:
        super().__init__(description)
        self.code = status


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a head; ``fields`` are the headers in FIELDS, by lower-case name.

    ``path`` holds one character per byte, as in WSGI. ``length`` is the length of the body in
    bytes, None if the body comes in chunks.
    """

    method: str
    path: str
    query: str
    fields: Mapping[str, str]
    length: int | None
    version: str = "1.1"
    target: str = ""

    @property
    def shown_path(self) -> str:
        """Return the path as text."""
        return self.path.encode("latin-1", "replace").decode("utf-8", "replace")

    @property
    def has_body(self) -> bool:
        """Tell whether a body follows."""
        return self.length != 0

    @property
    def closes(self) -> bool:
        """Tell whether the connection closes after the response (RFC 9112 §9.3)."""
        listed = self.fields.get("connection", "").split(",")
        options = [option.strip(" \t").lower() for option in listed]
        return "close" in options or (self.version == "1.0" and "keep-alive" not in options)

    @property
    def waits(self) -> bool:
        """Tell whether the client waits for 100 Continue (RFC 9110 §10.1.1)."""
        expects = self.fields.get("expect", "").lower() == "100-continue"
        return expects and self.has_body and self.version == "1.1"


def read_head(raw: bytes) -> Head:
    """Return the head in these bytes.

    Raises:
        HeadFault: it is malformed, or one of its parts is too long.
    """
    if CONTROL.search(raw.replace(b"\r\n", b"")):
        raise _bad("请求头里有控制字符")
    first, *lines = raw.split(b"\r\n")
    method, target, version = _request_line(first)
    fields = _fields(lines)
    length = _length(fields, version)
    path, query = _target(method, target, fields)
    return Head(method, path, query, fields, length, version, target)


def head_of(environ: Mapping[str, Any]) -> Head:
    """Return the head in a WSGI environment, within the same limits.

    Raises:
        HeadFault: it is malformed, or one of its parts is too long.
    """
    given = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): name
        for name in environ
        if name.startswith("HTTP_") or name in ("CONTENT_TYPE", "CONTENT_LENGTH")
    }
    fields: dict[str, str] = {}
    for name, variable in given.items():
        _put(fields, name, str(environ[variable]))
    _refuse_method(environ["REQUEST_METHOD"])
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    _refuse_long_address(path, query)
    length = fields.get("content-length", "")
    return Head(
        environ["REQUEST_METHOD"], path, query, fields, int(length) if length.isdecimal() else 0
    )


def request_id(fields: Mapping[str, str]) -> str:
    """Return the request id of the client if it is well-formed, a new one if not."""
    wanted = fields.get("x-request-id", "")
    return wanted if REQUEST_ID.fullmatch(wanted) else uuid.uuid4().hex


def id_in(raw: bytes) -> str:
    """Return the request id in a malformed head, by which its sender may look for the response."""
    found = ID_LINE.search(raw)
    return found[1].decode() if found else request_id({})


def _bad(description: str) -> HeadFault:
    return HeadFault(HTTPStatus.BAD_REQUEST, description)


def _request_line(line: bytes) -> tuple[str, str, str]:
    parts = line.split(b" ")
    if len(parts) != 3 or not VISIBLE.fullmatch(parts[1]) or not VERSION.fullmatch(parts[2]):
        raise _bad("请求行应为“方法 地址 HTTP/1.1”")
    method, target, version = (part.decode("ascii", "replace") for part in parts)
    _refuse_method(method)
    if version not in ("HTTP/1.0", "HTTP/1.1"):
        raise HeadFault(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "只支持 HTTP/1.0 与 HTTP/1.1")
    return method, target, version.removeprefix("HTTP/")


def _refuse_method(method: str) -> None:
    if method not in METHODS:
        raise HeadFault(HTTPStatus.NOT_IMPLEMENTED, f"没有“{method[:20]}”这种请求方法")


def _fields(lines: Iterable[bytes]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in filter(None, lines):
        name, colon, value = line.partition(b":")
        if not colon or not TOKEN.fullmatch(name):  # also a continuation of the line before
            raise _bad("有一行请求头不是“名称: 值”")
        _put(fields, name.decode("ascii").lower(), value.decode("latin-1"))
    return fields


def _put(fields: dict[str, str], name: str, value: str) -> None:
    """Store a header if it is one of FIELDS.

    Raises:
        HeadFault: it is repeated or too long.
    """
    field = FIELDS.get(name)
    if field is None:
        return
    value = value.strip(" \t")
    if name in fields:
        if not field.is_list:
            raise _bad(f"请求头 {name.title()} 写了不止一次")
        value = f"{fields[name]}, {value}"
    if len(value) <= field.max_chars:
        fields[name] = value
    elif name in FRAMING:
        raise _bad(f"请求头 {name.title()} 太长")
    elif name not in IGNORED_IF_LONG:
        raise HeadFault(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"请求头 {name.title()} 超过 {field.max_chars} 个字符",
        )


def _length(fields: Mapping[str, str], version: str) -> int | None:
    """Return the length of the body, None if it comes in chunks.

    Raises:
        HeadFault: the headers are malformed, contradictory or not supported.
    """
    coding, length = fields.get("transfer-encoding"), fields.get("content-length")
    if coding is None:
        if length is not None and not LENGTH.fullmatch(length):
            raise _bad("请求头 Content-Length 应为一个整数")
        return int(length or 0)
    if version == "1.0" or length is not None:
        raise _bad("Transfer-Encoding 不能用于 HTTP/1.0，也不能与 Content-Length 同用")
    if coding.lower() != "chunked":
        raise HeadFault(HTTPStatus.NOT_IMPLEMENTED, "Transfer-Encoding 只支持 chunked")
    return None


def _target(method: str, target: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return the path and query of a request's target (RFC 9112 §3.2).

    Raises:
        HeadFault: the target is malformed or too long.
    """
    if not target.startswith("/") and not (method == "OPTIONS" and target == "*"):
        target = _absolute(target, fields)
    if "#" in target:
        raise _bad("请求的地址里不能有 #")
    path, _, query = target.partition("?")
    _refuse_long_address(path, query)
    plain = unquote_to_bytes(path).decode("latin-1")
    return ("/" + plain.lstrip("/") if plain.startswith("/") else plain), query


def _absolute(target: str, fields: Mapping[str, str]) -> str:
    """Return the path and query of an absolute target.

    Raises:
        HeadFault: it names another server than the Host header.
    """
    scheme, _, rest = target.partition("://")
    split = next((place for place, char in enumerate(rest) if char in "/?"), len(rest))
    server = rest[:split].lower()
    if scheme.lower() not in ("http", "https") or server != fields.get("host", "").lower():
        raise _bad("请求的地址应以 / 开头，或与请求头 Host 一致")
    return rest[split:] if rest[split : split + 1] == "/" else f"/{rest[split:]}"


def _refuse_long_address(path: str, query: str) -> None:
    for what, text, limit in (("路径", path, MAX_PATH_CHARS), ("参数", query, MAX_QUERY_CHARS)):
        if len(text) > limit:
            raise HeadFault(HTTPStatus.REQUEST_URI_TOO_LONG, f"地址的{what}超过 {limit} 个字符")
