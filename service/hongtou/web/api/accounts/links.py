"""``/v1/links``: one-time links, by which the first account is made and passwords are set."""

from __future__ import annotations

from flask import Response, jsonify

from hongtou.accounts.passwords import MAX_CHARS
from hongtou.bulletin import errors
from hongtou.web.api.accounts.answers import accounts_of, whoever, with_session
from hongtou.web.api.accounts.schemas import NAME, PASSWORD, SENT, TOKEN
from hongtou.web.api.archive.given import required
from hongtou.web.api.archive.requests import body_of_json, given_in_body, stamp_of
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, record, ref
from hongtou.web.services import Services


def whose_link(services: Services) -> Response:
    """Answer with the name of the account that a link is for; it stays good."""
    given = given_in_body(services.config)
    token = required("token", given.text("token"))
    given.refuse_rest()
    owner = accounts_of(services).administration.whose_link(token, stamp_of(services))
    return jsonify(name=owner.name if owner else None)


def use_link(services: Services) -> Response:
    """Answer with who has set a password, and is logged in now."""
    given = given_in_body(services.config)
    token = required("token", given.text("token"))
    name = given.text("name") or ""
    password = required("password", given.text("password", MAX_CHARS))
    given.refuse_rest()
    accounts, stamp = accounts_of(services), stamp_of(services)
    account = accounts.administration.use_link(token, name, password, stamp)
    return with_session(services, whoever(account), accounts.sessions.open(account, stamp))


ROUTES = (
    Route(
        endpoint="api.whose_link",
        method="POST",
        path="/v1/links/look",
        view=whose_link,
        scope=None,
        body_rule=body_of_json,
        title="一次性链接是给谁的；null 是设定第一个管理员",
        body={JSON: record({"token": TOKEN})},
        content={JSON: record({"name": {"type": ["string", "null"]}})},
        kinds=(*SENT, errors.NotKept),
    ),
    Route(
        endpoint="api.use_link",
        method="POST",
        path="/v1/links",
        view=use_link,
        scope=None,
        body_rule=body_of_json,
        title="以一次性链接设定密码并登录",
        description="name 只在设定第一个管理员时要写。",
        body={JSON: record({"token": TOKEN, "password": PASSWORD}, name=NAME)},
        content={JSON: ref("Whoever")},
        headers={"Set-Cookie": "新的登录"},
        kinds=(*SENT, errors.NotKept, errors.Busy),
    ),
)
