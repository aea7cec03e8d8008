"""The order in a request's query, and the media types that it accepts."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import parse_qsl

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from hongtou.bulletin.errors import NotAcceptable, UnknownOption
from hongtou.bulletin.order import Order
from hongtou.outputs.ordering import OUTPUT, order_of
from hongtou.outputs.screen import SCREEN


@lru_cache(maxsize=64)  # three ask for the same one: the door, its reader and the view
def read_order(text: str) -> Order:
    """Return the order in a query.

    Raises:
        UnknownOption: a parameter or a value is unknown.
    """
    return order_of(parse_qsl(text, keep_blank_values=True))


@lru_cache(maxsize=64)
def names_output(text: str) -> bool:
    """Tell whether a query names the output, be it the default one."""
    return OUTPUT.name in dict(parse_qsl(text, keep_blank_values=True))


def read_preview_order(text: str) -> Order:
    """Return the order in the query of a preview, which shows the pages of ``screen``.

    Raises:
        UnknownOption: a parameter or a value is unknown, or another output is asked for.
    """
    order = read_order(text)
    if order.output != SCREEN.name:
        raise UnknownOption(
            f"预览不出“{order.output}”", hint=f"请去掉 output，或写 output={SCREEN.name}"
        )
    return order


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
