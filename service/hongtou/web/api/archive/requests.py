"""What every request to the archive has: its desk, who sends it, of which version it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from flask import g, request
from werkzeug.exceptions import RequestEntityTooLarge

from hongtou.bulletin.errors import NoArchive, UnsupportedType, VersionRequired
from hongtou.config import Config
from hongtou.desk import Desk, Stamp
from hongtou.desk.document import read_document
from hongtou.keys import Scope
from hongtou.web.api.archive.given import Given
from hongtou.web.api.submission import SHOWN_CHARS, media_type, refuse_compressed
from hongtou.web.bodies import too_large
from hongtou.web.head import Head, head_of
from hongtou.web.proxies import client_address
from hongtou.web.schemas import JSON
from hongtou.web.services import Services

VERSION = re.compile(r'"([0-9]{1,9})"')
LOCAL = "本机"  # who acts where neither a key nor an account is needed
DOCUMENTS = 3  # of a request that holds an issue, the one it began from, and a little more


def desk_of(services: Services) -> Desk:
    """Return the desk.

    Raises:
        NoArchive: there is no database.
    """
    if services.desk is None:
        raise NoArchive(
            "这个服务没有数据库，存不了稿件",
            hint="请管理员查看日志里的 no-archive，设置 HONGTOU_DATABASE",
        )
    return services.desk


def stamp_of(services: Services) -> Stamp:
    """Return who acts, and when."""
    return Stamp(
        who=g.client or LOCAL,
        at=datetime.now(UTC),
        client=address_of(services),
        reviews=Scope.REVIEW in g.caller.scopes,
    )


def address_of(services: Services) -> str:
    """Return the address that a request comes from."""
    fields = head_of(request.environ).fields
    return client_address(request.remote_addr or "", fields, services.config)


def version_of_request() -> int:
    """Return the version in the header If-Match.

    Raises:
        VersionRequired: there is none.
    """
    found = VERSION.fullmatch(request.headers.get("If-Match", "").strip())
    if found is None:
        raise VersionRequired(
            '须在请求头 If-Match 里写明所改的版本，如 "61"', hint="版本就是取得时的 ETag"
        )
    return int(found[1])


def body_of_json(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a JSON body.

    Raises:
        UnsupportedType: it is of another type, or compressed.
    """
    _refuse_other_type(head.fields)
    return config.limits.body_bytes


def body_of_documents(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a JSON body that holds issues.

    Raises:
        UnsupportedType: it is of another type, or compressed.
    """
    _refuse_other_type(head.fields)
    return DOCUMENTS * config.limits.body_bytes


def body_of_picture(head: Head, config: Config) -> int:
    """Return the maximum size, in bytes, of a picture."""
    return config.image_bytes


def content(limit: int) -> bytes:
    """Return the body of an admitted request.

    Raises:
        TooLarge: it is larger than ``limit`` bytes.
    """
    request.max_content_length = limit
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as cause:
        raise too_large(limit) from cause


def given_in_body(config: Config) -> Given:
    """Return the fields of a JSON body, in which issues may stand.

    Raises:
        TooLarge: it is over a limit.
        MalformedDocument: it is not a JSON object.
    """
    limits = config.limits
    wider = replace(
        limits,
        body_bytes=DOCUMENTS * limits.body_bytes,
        values=DOCUMENTS * limits.values,
        depth=limits.depth + 1,
    )
    return Given(read_document(content(wider.body_bytes), wider))


def _refuse_other_type(fields: Mapping[str, str]) -> None:
    refuse_compressed(fields)
    kind = media_type(fields.get("content-type", ""))
    if kind != JSON:
        raise UnsupportedType(
            f"内容类型应为 {JSON}，收到的是“{kind[:SHOWN_CHARS]}”",
            hint=f"请设置请求头 Content-Type: {JSON}",
        )
