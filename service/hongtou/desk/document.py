"""The bytes of an issue ↔ its JSON.

What is kept may be an issue that cannot be set yet. It only has to be a JSON object that can be
read: what is wrong with it is told by a check.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hongtou.bulletin.errors import MalformedDocument
from hongtou.bulletin.limits import Limits
from hongtou.intake.document import parse_document

Fields = dict[str, Any]


def read_document(document: bytes, limits: Limits) -> Fields:
    """Return the fields of a document.

    Raises:
        MalformedDocument: it is not a JSON object.
        TooLarge: it is over a limit.
    """
    value = parse_document(document, limits)
    if not isinstance(value, dict):
        raise MalformedDocument("稿件应是一组字段", hint="请以 { 开头，对照样例")
    try:
        json.dumps(value, allow_nan=False)  # what is kept is read by browsers and databases
    except ValueError:
        raise MalformedDocument(
            "有一个数不是数（NaN、Infinity，或大得写不出来）", hint="请改正这个数，或删去这一项"
        ) from None
    return value


def write_document(fields: Mapping[str, Any]) -> bytes:
    """Return fields as a document; half a surrogate pair stays escaped, as UTF-8 has none."""
    try:
        return json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(fields).encode()


def canonical(value: object) -> str:
    """Return a value as JSON that is the same for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pointer_to(pointer: str, name: str) -> str:
    """Return the JSON Pointer of a member of the object at ``pointer`` (RFC 6901 §3)."""
    return f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
