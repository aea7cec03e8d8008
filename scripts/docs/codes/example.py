"""What is documented of a finding's code: its meaning, and an issue that causes it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from unicodedata import combining

from PIL import Image

from hongtou.bulletin.order import Order

Pictures = Callable[[], Mapping[str, bytes]]
SCREEN = Order()

ISSUE: dict[str, Any] = {
    # The least issue: no rule has anything to say against it.
    "masthead": {
        "nameplate": "工作动态",
        "issue_number": 33,
        "issuing_body": "某某市创建办",
        "issue_date": "2026-11-23",
    },
    "articles": [{"headline": "全市工作有序推进", "body": "各项工作有序推进。"}],
    "closing": {},
}


def no_pictures() -> Mapping[str, bytes]:
    """Return no picture at all."""
    return {}


@dataclass(frozen=True, slots=True)
class Code:
    """One code: what it means, in Chinese, and an issue of which it is said.

    ``shown`` is what the page prints of the issue; a code of the finished file has no issue.
    ``order`` is what is ordered of the issue.
    """

    meaning: str
    issue: Mapping[str, Any] | None = None
    shown: str = ""
    pictures: Pictures = no_pictures
    order: Order = SCREEN


def issue(meaning: str, shown: str = "", pictures: Pictures = no_pictures, **parts: Any) -> Code:
    """Return a code that the least issue with these parts causes."""
    return Code(meaning, {**ISSUE, **parts}, shown or in_print(parts), pictures)


def masthead(meaning: str, **fields: Any) -> Code:
    """Return a code that these fields of the masthead cause."""
    changed = {**ISSUE, "masthead": {**ISSUE["masthead"], **fields}}
    return Code(meaning, changed, in_print({"masthead": fields}))


def article(meaning: str, shown: str = "", **fields: Any) -> Code:
    """Return a code that these fields of an article cause."""
    whole = {**ISSUE["articles"][0], **fields}
    return Code(meaning, {**ISSUE, "articles": [whole]}, shown or in_print(fields))


def text(meaning: str, body: str, shown: str = "") -> Code:
    """Return a code that the text of an article causes."""
    return article(meaning, shown, body=body)


def block(meaning: str, shown: str = "", pictures: Pictures = no_pictures, **fields: Any) -> Code:
    """Return a code that a block of a body causes."""
    changed = {**ISSUE, "articles": [{**ISSUE["articles"][0], "body": [fields]}]}
    return Code(meaning, changed, shown or in_print(fields), pictures)


def in_print(value: Any) -> str:
    """Return JSON as code of a page: characters that nobody sees are escapes."""
    written = json.dumps(value, ensure_ascii=False)
    shown = "".join(
        char if char.isprintable() and not combining(char) else json.dumps(char).strip('"')
        for char in written
    )
    return f"`{shown}`"


@cache
def picture(width: int, height: int, kind: str = "PNG", icc_profile: bytes = b"") -> bytes:
    """Return a white picture of this size in pixels; a GIF has a black one behind it."""
    written = io.BytesIO()
    white, black = (Image.new("1", (width, height), level) for level in (1, 0))
    more: dict[str, Any] = {"icc_profile": icc_profile} if icc_profile else {}
    if kind == "GIF":
        more = {"save_all": True, "append_images": [black]}
    white.save(written, kind, **more)
    return written.getvalue()
