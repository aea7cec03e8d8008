"""What a request asks for: the order in its query, and the media types that it takes."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from hongtou.bulletin.errors import NotAcceptable
from hongtou.bulletin.order import Order
from hongtou.outputs.ordering import order_of


@lru_cache(maxsize=64)  # three ask for the same one: the door, its reader and the view
def read_order(text: str) -> Order:
    """Return the order that a query asks for; UnknownOption for what is not on offer."""
    return order_of(parse_qsl(text, keep_blank_values=True))


def refuse_unwanted(accept: str, media_type: str) -> None:
    """Raise NotAcceptable where a client's Accept does not take this media type."""
    if not accept:
        return
    wanted = parse_accept_header(accept, MIMEAccept)
    if wanted and not wanted.quality(media_type):
        raise NotAcceptable(
            f"这里提供的是 {media_type}，与请求头 Accept 不符",
            hint=f"请在 Accept 中加入 {media_type}，或改用别的 output",
        )
