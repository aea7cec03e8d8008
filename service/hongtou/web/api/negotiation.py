"""What a request asks for: the order in its query, and the media types that it takes."""

from __future__ import annotations

from difflib import get_close_matches
from urllib.parse import parse_qsl

from werkzeug.datastructures import MIMEAccept, MultiDict
from werkzeug.http import parse_accept_header

from hongtou.bulletin.errors import NotAcceptable, UnknownOption
from hongtou.bulletin.order import Order, Purpose
from hongtou.outputs import OUTPUTS

ORDER_NAMES = ("output", "purpose", "normalize")
SWITCH = {"": True, "1": True, "true": True, "0": False, "false": False}


def read_order(text: str) -> Order:
    """Return the order that a query asks for; UnknownOption for what is not on offer."""
    query = MultiDict(parse_qsl(text, keep_blank_values=True))
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


def _unknown(what: str, name: str, known: tuple[str, ...]) -> UnknownOption:
    near = get_close_matches(name[:40], known, 1)
    question = f"是否指 {near[0]}？" if near else ""
    message = f"没有名为“{name[:40]}”的{what}"
    return UnknownOption(message, hint=f"{question}可选：{'、'.join(known)}")
