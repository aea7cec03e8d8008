"""How large the body of a request may be, going by its head."""

from __future__ import annotations

from http import HTTPStatus

from hongtou.bulletin.errors import TooLarge
from hongtou.config import Config
from hongtou.web.head import Head, HeadFault

MOST_UNREAD_BYTES = 1024


def unread(head: Head, config: Config) -> int:
    """Return how large a body may be that nobody reads (RFC 9110 §9.3.1)."""
    return MOST_UNREAD_BYTES


def none_at_all(head: Head, config: Config) -> int:
    """Return 0, for what is asked while all else is busy.

    Raises:
        HeadFault: there is a body.
    """
    if head.has_body:
        raise HeadFault(HTTPStatus.BAD_REQUEST, "这个地址不收请求体")
    return 0


def held_to(most: int, head: Head) -> int:
    """Return the bound in bytes.

    Raises:
        TooLarge: the head announces more.
    """
    if head.length is not None and head.length > most:
        raise too_large(most)
    return most


def too_large(most: int) -> TooLarge:
    """Return what is told about a body of more than ``most`` bytes."""
    return TooLarge(f"请求超过上限 {most} 字节", hint="请拆成几期，或缩小图片")
