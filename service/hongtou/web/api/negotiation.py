"""The order in a request's query, and the media types that it accepts."""

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
    """Return the order in a query.

    Raises:
        UnknownOption: a parameter or a value is unknown.
    """
    return order_of(parse_qsl(text, keep_blank_values=True))


def refuse_unwanted(accept: str, media_type: str) -> None:
    """Check that an Accept header allows a media type.

    Raises:
        NotAcceptable: it does not.
    """
    if not accept:
        return
    wanted = parse_accept_header(accept, MIMEAccept)
    if wanted and not wanted.quality(media_type):
        raise NotAcceptable(
            f"这里提供的是 {media_type}，与请求头 Accept 不符",
            hint=f"请在 Accept 中加入 {media_type}，或改用别的 output",
        )
