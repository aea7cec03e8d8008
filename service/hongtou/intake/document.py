"""Bytes → JSON value: one document that can be read, or MalformedDocument.

The value that is checked here is the one that is validated afterwards: a second parser over
the same bytes might read another document (duplicate keys, say) than the one looked at.
"""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections import Counter
from typing import TypeAlias

from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.bulletin.finding import printable
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.sizes import shown_size

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

MAX_DIGITS = 18  # a larger whole number fits no field, and reading it costs more than it is worth
# The longest name of the contract has 17. A pointer holds one at each level, and stands in every
# finding about what lies there.
MAX_KEY_CHARS = 60
STRING_OR_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)

# How files begin that are sent in place of an issue: Word of today and of before, PDF.
FINISHED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-")
JSON_FAULTS = {
    # What the parser says → what the editor can do. Keys are beginnings of its messages.
    "Expecting property name": "键名须用英文双引号括起，最后一项之后不加逗号",
    "Illegal trailing comma": "最后一项之后不加逗号",
    "Expecting ':'": "键名之后缺少英文冒号",
    "Expecting ','": '两项之间缺少英文逗号，或文字里的英文双引号未写成 \\"',
    "Expecting value": "此处缺少一个值，或多了一个逗号",
    "Unterminated string": "从这里开始的文字缺少右边的英文双引号",
    "Invalid control character": "文字里的换行请写成 \\n，制表符写成 \\t",
    "Invalid \\": "反斜杠须写成两个 \\\\",
    "Extra data": "文件在此之前已经结束，请删去多余的内容",
}


def parse_document(document: bytes, limits: Limits) -> JsonValue:
    """Return the JSON value of a document.

    NaN and Infinity are let through: no field takes them, so that they become findings with
    their place.

    Raises:
        MalformedDocument: it is not JSON.
        TooLarge: it is over a limit.
    """
    if len(document) > limits.body_bytes:
        raise TooLarge(
            f"稿件超过上限 {shown_size(limits.body_bytes)}",
            hint="请拆成几期，图片请作为附件上传",
        )
    text = _decoded(document)
    if not text.strip():
        raise MalformedDocument("稿件是空的", hint="请发送一期简报的 JSON")
    _check_extent(text, limits)
    try:
        value: JsonValue = json.loads(text, object_pairs_hook=_object, parse_int=_whole_number)
    except json.JSONDecodeError as fault:
        raise MalformedDocument(
            f"第 {fault.lineno} 行第 {fault.colno} 列不合 JSON 的写法", hint=_remedy(fault.msg)
        ) from None
    return value


def _decoded(document: bytes) -> str:
    if document.startswith(FINISHED):
        raise MalformedDocument(
            "这是 Word 或 PDF 文件，不是稿件的 JSON",
            hint="请先导入：在“各期”点“导入 Word 或旧稿”，或运行 hongtou import",
        )
    try:
        text = document.removeprefix(BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as fault:
        raise MalformedDocument(
            f"稿件不是 UTF-8 编码（第 {fault.start + 1} 字节起）",
            hint="请使用 UTF-8：在编辑器中“另存为”时选择编码 UTF-8",
        ) from None
    if "\0" in text:
        raise MalformedDocument("稿件不是 UTF-8 编码（含空字节）", hint="请使用 UTF-8")
    return text


def _check_extent(text: str, limits: Limits) -> None:
    """Refuse deep nesting before the parser recurses into it, and values before it makes them.

    A list of a million zeros is 2 MiB of text and sixty of memory.
    """
    depth, values = 0, 1
    for found in STRING_OR_MARK.finditer(text):
        mark = found[0]
        if mark in "[{":
            depth += 1
            if depth > limits.depth:
                raise MalformedDocument(
                    f"稿件的括号嵌套超过 {limits.depth} 层", hint="请对照样例检查方括号和花括号"
                )
        elif mark in "]}":
            depth -= 1
        if mark in "[{,":
            values += 1
            if values > limits.values:
                raise TooLarge(
                    f"稿件里的值（文字、数字、列表等）超过上限 {limits.values} 个",
                    hint="请拆成几期",
                )


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    longest = max((len(key) for key, _ in pairs), default=0)
    if longest > MAX_KEY_CHARS:
        raise MalformedDocument(
            f"有一个字段名长 {longest} 字，超过上限 {MAX_KEY_CHARS} 字",
            hint="请对照样例检查字段名和英文双引号",
        )
    members = dict(pairs)
    if len(members) < len(pairs):
        counts = Counter(key for key, _ in pairs)
        twice = [key for key, count in counts.items() if count > 1]
        names = "、".join(f"“{printable(key)}”" for key in twice[:5])
        raise MalformedDocument(f"同一处重复出现字段{names}", hint="每个字段只留一个")
    return members


def _whole_number(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise MalformedDocument(
            f"数字“{digits[:8]}…”有 {len(digits)} 位，太长", hint="请核对这个数字"
        )
    return int(digits)


def _remedy(message: str) -> str:
    return next(
        (remedy for start, remedy in JSON_FAULTS.items() if message.startswith(start)),
        "请对照样例检查此处的标点和括号",
    )
