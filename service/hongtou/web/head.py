"""The head of a request: cut into its parts, none of them longer than anybody has a use for.

What nobody reads is forgotten here, and what is read has a bound of its own: so no regular
expression, of Werkzeug's or anybody's, runs on a text of whatever length a client likes.
Framing that two readers may understand differently is refused (RFC 9112 §6.3, §11.2).
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

MOST_HEAD_BYTES = 12 * 1024  # with the connection's own objects under 16 KiB
MOST_PATH_CHARS = MOST_QUERY_CHARS = 2 * 1024
METHODS = frozenset(
    ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "QUERY")
)
TOKEN = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")  # all but the tab; a lone CR or LF too
VISIBLE = re.compile(rb"[!-~]+")
VERSION = re.compile(rb"HTTP/[0-9]\.[0-9]")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
ID_LINE = re.compile(rb"\r\nX-Request-Id: ?([A-Za-z0-9._-]{1,64})(?=\r\n|$)", re.IGNORECASE)
LENGTH = re.compile(r"[0-9]{1,18}", re.ASCII)


def below(prefix: str, path: str) -> str:
    """Return a path without the prefix under which a proxy shows us, which it may keep or strip."""
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        return path.removeprefix(prefix) or "/"
    return path


@dataclass(frozen=True, slots=True)
class Field:
    """A header of a request that is read: how many characters it may have.

    One that is a list may come in several lines (RFC 9110 §5.3), any other only once.
    """

    most: int
    is_list: bool = False


FIELDS = {
    "accept": Field(1000, is_list=True),
    "authorization": Field(200),
    "connection": Field(200, is_list=True),
    "content-encoding": Field(100),
    "content-length": Field(18),
    "content-type": Field(200),  # a boundary has up to 70 (RFC 2046 §5.1.1)
    "expect": Field(40),
    "host": Field(261),  # a name has up to 253 (RFC 1035), with dot, colon and port
    "if-modified-since": Field(60),
    "if-none-match": Field(1000, is_list=True),
    "if-range": Field(200),
    "origin": Field(300),
    "range": Field(100),
    "sec-fetch-site": Field(20),
    "transfer-encoding": Field(40),
    "x-request-id": Field(64),
}
FRAMING = frozenset({"content-length", "transfer-encoding"})
PASSED_OVER = frozenset({"x-request-id"})  # one that is too long is replaced, as any other odd one


class HeadFault(HTTPException):
    """A head that is not read on; ``description`` says in Chinese what is wrong with it."""

    def __init__(self, status: HTTPStatus, description: str) -> None:
        super().__init__(description)
        self.code = status


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says. ``fields`` are those of FIELDS, by their name in small letters.

    ``path`` holds one character for each byte, as WSGI has it. ``length`` is that of the body in
    bytes; None where only its chunks tell it.
    """

    method: str
    path: str
    query: str
    fields: Mapping[str, str]
    length: int | None = 0
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
        """Tell whether the connection ends with the answer (RFC 9112 §9.3)."""
        options = [one.strip(" \t").lower() for one in self.fields.get("connection", "").split(",")]
        return "close" in options or (self.version == "1.0" and "keep-alive" not in options)

    @property
    def waits(self) -> bool:
        """Tell whether the client sends its body only when it is told to (RFC 9110 §10.1.1)."""
        expects = self.fields.get("expect", "").lower() == "100-continue"
        return expects and self.has_body and self.version == "1.1"


def read_head(raw: bytes) -> Head:
    """Return what a head says; HeadFault where it is none, or too long in one of its parts."""
    if CONTROL.search(raw.replace(b"\r\n", b"")):
        raise _bad("请求头里有控制字符")
    first, *lines = raw.split(b"\r\n")
    method, target, version = _request_line(first)
    fields = _fields(lines)
    length = _length(fields, version)
    path, query = _target(method, target, fields)
    return Head(method, path, query, fields, length, version, target)


def head_of(environ: Mapping[str, Any]) -> Head:
    """Return the head of a request that came through WSGI, held to the same bounds."""
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
    """Return the client's own request id if it is harmless, else a new one."""
    wanted = fields.get("x-request-id", "")
    return wanted if REQUEST_ID.fullmatch(wanted) else uuid.uuid4().hex


def id_in(raw: bytes) -> str:
    """Return the request id of a head that is none: its sender looks for the answer by it."""
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
        if not colon or not TOKEN.fullmatch(name):  # also a line that goes on from the one before
            raise _bad("有一行请求头不是“名称: 值”")
        _put(fields, name.decode("ascii").lower(), value.decode("latin-1"))
    return fields


def _put(fields: dict[str, str], name: str, value: str) -> None:
    """Keep a header that is read, forget any other."""
    field = FIELDS.get(name)
    if field is None:
        return
    value = value.strip(" \t")
    if name in fields:
        if not field.is_list:
            raise _bad(f"请求头 {name.title()} 写了不止一次")
        value = f"{fields[name]}, {value}"
    if len(value) <= field.most:
        fields[name] = value
    elif name in FRAMING:
        raise _bad(f"请求头 {name.title()} 太长")
    elif name not in PASSED_OVER:
        raise HeadFault(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"请求头 {name.title()} 超过 {field.most} 个字符",
        )


def _length(fields: Mapping[str, str], version: str) -> int | None:
    """Return the length of the body, None where it comes in chunks."""
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
    """Return path and query of a request's target (RFC 9112 §3.2)."""
    if not target.startswith("/") and not (method == "OPTIONS" and target == "*"):
        target = _absolute(target, fields)
    if "#" in target:
        raise _bad("请求的地址里不能有 #")
    path, _, query = target.partition("?")
    _refuse_long_address(path, query)
    plain = unquote_to_bytes(path).decode("latin-1")
    return ("/" + plain.lstrip("/") if plain.startswith("/") else plain), query


def _absolute(target: str, fields: Mapping[str, str]) -> str:
    """Return the rest of a target that names the server, which must be the one of Host."""
    scheme, _, rest = target.partition("://")
    split = next((place for place, char in enumerate(rest) if char in "/?"), len(rest))
    named = rest[:split].lower()
    if scheme.lower() not in ("http", "https") or named != fields.get("host", "").lower():
        raise _bad("请求的地址应以 / 开头，或与请求头 Host 一致")
    return rest[split:] if rest[split : split + 1] == "/" else f"/{rest[split:]}"


def _refuse_long_address(path: str, query: str) -> None:
    for what, text, most in (("路径", path, MOST_PATH_CHARS), ("参数", query, MOST_QUERY_CHARS)):
        if len(text) > most:
            raise HeadFault(HTTPStatus.REQUEST_URI_TOO_LONG, f"地址的{what}超过 {most} 个字符")
