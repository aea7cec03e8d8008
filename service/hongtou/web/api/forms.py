"""Multipart forms → their parts by name.

Werkzeug parses them. But it accepts heads of parts, preambles and epilogues of any length, and
searches them again with every piece that comes. So their length is checked before it parses them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import IO

from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import (
    BLANK_LINE_RE,
    Data,
    Epilogue,
    Field,
    File,
    MultipartDecoder,
    NeedData,
    State,
)

from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.bulletin.sizes import shown_size
from hongtou.config import Config

ISSUE_PART = "issue"
FILE_PART, KINDS_PART, PICTURES_PART = "file", "kinds", "pictures"  # of an import
WISH_PART = "wish"  # of a preview
MAX_WISH_BYTES = 16 * 1024
# Names that fit into a header line and mean the same whether or not a parser unescapes \ and ".
PART_NAME = r'^[^\x00-\x1f"\\\x7f-\x9f\u2028\u2029]+$'
MAX_NAME_CHARS = 200
MAX_HEAD_BYTES = 4 * 1024  # of a part's head with its file name, of the preamble, of the epilogue
MAX_BOUNDARY_CHARS = 70  # RFC 2046 §5.1.1
CHUNK_BYTES = 64 * 1024


def read_parts(
    stream: IO[bytes], content_type: str, config: Config, own: Mapping[str, int]
) -> dict[str, bytes]:
    """Return the parts of a form as bytes; Flask would silently replace what is not UTF-8.

    ``own`` are the parts that are no pictures, with the largest size of each in bytes.

    Raises:
        TooLarge: there are too many parts, or a part is too large.
        MalformedDocument: the form is malformed.
    """
    parts: dict[str, bytes] = {}
    pieces: list[bytes] = []
    name, room = "", 0
    decoder = MultipartDecoder(_boundary(content_type))
    try:
        for event in _events(decoder, stream):
            if isinstance(event, Field | File):
                _refuse_name(event.name, parts)
                name, pieces = event.name, []
                _refuse_number({*parts, name} - own.keys(), config)
                room = own.get(name, config.image_bytes)
            elif isinstance(event, Data):
                pieces.append(event.data)
                room -= len(event.data)
                if room < 0:
                    raise _too_large(name, own, config)
                if not event.more_data:
                    parts[name] = b"".join(pieces)
                    pieces = []
    except ValueError as cause:
        raise MalformedDocument(
            "multipart/form-data 的内容不完整", hint="请检查各部分与 boundary"
        ) from cause
    return parts


def _events(decoder: MultipartDecoder, stream: IO[bytes]) -> Iterator[Field | File | Data]:
    """Yield the events of the decoder, which is fed from the stream."""
    while True:
        _refuse_long_head(decoder)
        match decoder.next_event():
            case Field() | File() | Data() as event:
                yield event
            case NeedData():
                decoder.receive_data(stream.read(CHUNK_BYTES) or None)
            case Epilogue():
                return


def _refuse_long_head(decoder: MultipartDecoder) -> None:
    """Check the length of a head, the preamble or the epilogue before it is parsed.

    Raises:
        MalformedDocument: it is longer than MAX_HEAD_BYTES.
    """
    unread = decoder.buffer
    if len(unread) <= MAX_HEAD_BYTES:
        return
    match decoder.state:
        case State.PREAMBLE:
            ends = decoder.preamble_re.search(unread, 0, MAX_HEAD_BYTES) is not None
        case State.PART:
            ends = BLANK_LINE_RE.search(unread, 0, MAX_HEAD_BYTES) is not None
        case State.EPILOGUE:
            ends = False
        case _:
            return
    if not ends:
        raise MalformedDocument(
            f"表单里有一个部分的头部，或各部分之外的内容，超过 {shown_size(MAX_HEAD_BYTES)}",
            hint="请检查各部分的 name、filename 与 boundary",
        )


def _boundary(content_type: str) -> bytes:
    boundary = parse_options_header(content_type)[1].get("boundary", "")
    if not boundary or len(boundary) > MAX_BOUNDARY_CHARS:
        raise MalformedDocument(
            f"multipart/form-data 没有 boundary，或超过 {MAX_BOUNDARY_CHARS} 个字符",
            hint="请检查 Content-Type",
        )
    return boundary.encode("latin-1", "replace")


def _refuse_name(name: str | None, taken: Collection[str]) -> None:
    """Check the name of a part, which the decoder may give as None.

    Raises:
        MalformedDocument: it is missing, too long, malformed or taken.
    """
    if not name or len(name) > MAX_NAME_CHARS or not re.fullmatch(PART_NAME, name):
        raise MalformedDocument(
            f"有一个部分没有名称，或超过 {MAX_NAME_CHARS} 个字符，或有控制字符、引号、反斜线",
            hint="请给每个部分写上 name，图片用文件名即可",
        )
    if name in taken:
        raise MalformedDocument(f"有两个名为“{name}”的部分", hint="请改名后重试")


def _refuse_number(pictures: Collection[str], config: Config) -> None:
    if len(pictures) > config.images:
        raise TooLarge(
            f"图片超过 {config.images} 张，这是每期的上限", hint="请减少图片，或拆成几期"
        )


def _too_large(name: str, own: Mapping[str, int], config: Config) -> TooLarge:
    if name == ISSUE_PART:
        return TooLarge(f"稿件超过上限 {shown_size(own[name])}", hint="请拆成几期")
    if name in own:
        return TooLarge(f"{name} 部分超过上限 {shown_size(own[name])}", hint="请检查请求")
    return TooLarge(f"图片“{name}”超过上限 {shown_size(config.image_bytes)}", hint="请缩小后重试")
