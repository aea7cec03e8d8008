"""Limits on the size of a request's body, checked by its head."""

from __future__ import annotations

from http import HTTPStatus

from hongtou.bulletin.errors import TooLarge
from hongtou.bulletin.sizes import shown_size
from hongtou.config import Config
from hongtou.web.head import Head, HeadFault

MAX_UNREAD_BYTES = 1024


def unread(head: Head, config: Config) -> int:
    """Return the limit, in bytes, of a body that is not read (RFC 9110 §9.3.1)."""
    return MAX_UNREAD_BYTES


def none_at_all(head: Head, config: Config) -> int:
    """Return 0, the limit of routes that must answer under any load.

    Raises:
        HeadFault: the request has a body.
    """
    if head.has_body:
        raise HeadFault(HTTPStatus.BAD_REQUEST, "这个地址不收请求体")
    return 0


def checked_limit(limit: int, head: Head) -> int:
    """Return the limit, in bytes.

    Raises:
        TooLarge: the head announces a larger body.
    """
    if head.length is not None and head.length > limit:
        raise too_large(limit)
    return limit


def too_large(limit: int) -> TooLarge:
    """Return the error for a body of more than ``limit`` bytes."""
    return TooLarge(f"请求超过上限 {shown_size(limit)}", hint="请拆成几期，或缩小图片")
