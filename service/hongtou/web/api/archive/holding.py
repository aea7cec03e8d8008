"""``/v1/issues/{id}/assets`` and ``presence``: pictures, and who has an issue open."""

from __future__ import annotations

import re

from flask import Response, jsonify

from hongtou.bulletin import errors
from hongtou.desk.holdings import Asset, blob_of
from hongtou.keys import Scope
from hongtou.web.api.answers import content_disposition
from hongtou.web.api.archive.answers import nothing
from hongtou.web.api.archive.given import required
from hongtou.web.api.archive.issues import PLACE
from hongtou.web.api.archive.kinds import ONE, PRESSED, SEND
from hongtou.web.api.archive.press import RenderPress
from hongtou.web.api.archive.records import asset_record, presence_record
from hongtou.web.api.archive.requests import (
    body_of_json,
    body_of_picture,
    content,
    desk_of,
    given_in_body,
    stamp_of,
)
from hongtou.web.api.archive.schemas import PING, many
from hongtou.web.api.forms import MAX_NAME_CHARS, PART_NAME
from hongtou.web.route import Route
from hongtou.web.schemas import BINARY, JSON, record, ref
from hongtou.web.services import Services

BYTES = "application/octet-stream"
# The first bytes of each format that is printed.
SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"RIFF", "image/webp"),
)


def assets(services: Services, issue: int) -> Response:
    """Answer with the pictures of an issue."""
    found = desk_of(services).holding.assets(issue)
    return jsonify(assets=[asset_record(one) for one in found])


def asset(services: Services, issue: int, name: str) -> Response:
    """Answer with a picture."""
    blob = desk_of(services).holding.picture(issue, name)
    answer = Response(blob.content, content_type=blob.media_type)
    answer.headers["Content-Disposition"] = content_disposition(name, "picture")
    return answer


def put_asset(services: Services, issue: int, name: str) -> Response:
    """Keep a picture that can be printed."""
    desk = desk_of(services)
    desk.issues.one(issue)
    _refuse_name(name)
    sent = content(services.config.image_bytes)
    RenderPress(services).refuse_picture(name, sent)
    blob = blob_of(sent, _media_type(sent))
    kept = Asset(name=name, sha256=blob.sha256, media_type=blob.media_type, size=len(sent))
    desk.holding.put(issue, kept, blob, stamp_of(services))
    return nothing()


def drop_asset(services: Services, issue: int, name: str) -> Response:
    """Remove a picture."""
    desk_of(services).holding.drop(issue, name, stamp_of(services))
    return nothing()


def presence(services: Services, issue: int) -> Response:
    """Answer with who else has an issue open."""
    given = given_in_body(services.config)
    tab = required("tab", given.text("tab", 100) or None)
    place = given.text("place") or ""
    given.refuse_rest()
    met = desk_of(services).holding.meet(issue, tab, place, stamp_of(services))
    return jsonify(
        version=met.record.version,
        state=met.record.state.value,
        by=met.record.changed_by,
        at=met.record.changed_at.isoformat(timespec="milliseconds"),
        others=[presence_record(one) for one in met.others],
    )


def leave(services: Services, issue: int, tab: str) -> Response:
    """Forget a window that was closed, as others would be told of it for half a minute."""
    _refuse_name(tab, "窗口的名称")
    desk_of(services).holding.leave(issue, tab)
    return nothing()


def _refuse_name(name: str, what: str = "图片名") -> None:
    if len(name) > MAX_NAME_CHARS or not re.fullmatch(PART_NAME, name):
        raise errors.UnknownOption(
            f"{what}超过 {MAX_NAME_CHARS} 个字符，或有控制字符、引号、反斜线", hint="请改名后重试"
        )


def _media_type(content: bytes) -> str:
    return next((kind for start, kind in SIGNATURES if content.startswith(start)), BYTES)


ASSET = f"{PLACE}/assets/<name>"
ROUTES = (
    Route(
        endpoint="api.assets",
        method="GET",
        path=f"{PLACE}/assets",
        view=assets,
        scope=Scope.EDIT,
        title="一期的图片",
        content={JSON: record({"assets": many(ref("Asset"))})},
        kinds=ONE,
    ),
    Route(
        endpoint="api.asset",
        method="GET",
        path=ASSET,
        view=asset,
        scope=Scope.EDIT,
        title="一张图片",
        content={"image/*": BINARY},
        headers={"Content-Disposition": "图片名（RFC 6266）"},
        kinds=ONE,
    ),
    Route(
        endpoint="api.put_asset",
        method="PUT",
        path=ASSET,
        view=put_asset,
        scope=Scope.EDIT,
        body_rule=body_of_picture,
        title="存入图片，名称就是稿件里的图片名",
        body={BYTES: BINARY},
        status=204,
        kinds=(*SEND, *PRESSED, errors.Locked),
    ),
    Route(
        endpoint="api.drop_asset",
        method="DELETE",
        path=ASSET,
        view=drop_asset,
        scope=Scope.EDIT,
        title="删去图片",
        status=204,
        kinds=(*ONE, errors.Locked, errors.Forbidden, errors.StorageFull),
    ),
    Route(
        endpoint="api.presence",
        method="POST",
        path=f"{PLACE}/presence",
        view=presence,
        scope=Scope.EDIT,
        body_rule=body_of_json,
        title="报到，并看还有谁开着这一期；每 10 秒一次",
        body={JSON: PING},
        content={JSON: ref("Company")},
        kinds=SEND,
    ),
    Route(
        endpoint="api.leave",
        method="DELETE",
        path=f"{PLACE}/presence/<tab>",
        view=leave,
        scope=Scope.EDIT,
        title="关上了一个窗口；不报也行，30 秒后不再算在",
        status=204,
        kinds=(*ONE, errors.Forbidden, errors.UnknownOption),
    ),
)
