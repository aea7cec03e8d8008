"""``/v1/session``: log-in, log-out, who it is, and the own password."""

from __future__ import annotations

from flask import Response, g, request

from hongtou.accounts.passwords import MAX_CHARS
from hongtou.accounts.roster import Person
from hongtou.web.api.accounts.answers import accounts_of, whoever, with_cookies, with_session
from hongtou.web.api.accounts.schemas import GUESSED, NAME, PASSWORD, PERSONAL, SENT
from hongtou.web.api.archive.answers import nothing
from hongtou.web.api.archive.given import given_in_query, required
from hongtou.web.api.archive.issues import Bin as YesOrNo
from hongtou.web.api.archive.requests import body_of_json, given_in_body, stamp_of
from hongtou.web.cookies import no_cookies
from hongtou.web.route import Route
from hongtou.web.schemas import JSON, record, ref
from hongtou.web.services import Services


def log_in(services: Services) -> Response:
    """Answer with who has logged in, in a session that is new."""
    given = given_in_body(services.config)
    name = required("name", given.text("name"))
    password = required("password", given.text("password", MAX_CHARS))
    given.refuse_rest()
    account, token = accounts_of(services).sessions.begin(name, password, stamp_of(services))
    return with_session(services, whoever(account), token)


def who(services: Services) -> Response:
    """Answer with who is logged in."""
    return whoever(_person().account)


def log_out(services: Services) -> Response:
    """Answer that a session has ended, or all of its account."""
    given = given_in_query(request.query_string.decode("latin-1"))
    everywhere = given.choice("everywhere", YesOrNo) is YesOrNo.YES
    given.refuse_rest()
    accounts_of(services).sessions.end(_person(), stamp_of(services), everywhere=everywhere)
    return with_cookies(nothing(), no_cookies())


def change_password(services: Services) -> Response:
    """Answer that the own password is changed; all sessions end, and this browser has a new one."""
    given = given_in_body(services.config)
    present = required("present", given.text("present", MAX_CHARS))
    new = required("new", given.text("new", MAX_CHARS))
    given.refuse_rest()
    accounts, account = accounts_of(services), _person().account
    stamp = stamp_of(services)
    changed = accounts.administration.change_password(account, present, new, stamp)
    return with_session(services, nothing(), accounts.sessions.open(changed, stamp))


def _person() -> Person:
    """Return who has the session of a request whose route is personal."""
    person: Person = g.caller.person
    return person


PLACE = "/v1/session"
COOKIES = {"Set-Cookie": "新的登录"}
ROUTES = (
    Route(
        endpoint="api.log_in",
        method="POST",
        path=PLACE,
        view=log_in,
        scope=None,
        tries_password=True,
        body_rule=body_of_json,
        title="登录",
        description="改动须带请求头 X-CSRF-Token，值是 cookie hongtou-form 的内容。",
        body={JSON: record({"name": NAME, "password": PASSWORD})},
        content={JSON: ref("Whoever")},
        headers=COOKIES,
        kinds=(*SENT, *GUESSED),
    ),
    Route(
        endpoint="api.who",
        method="GET",
        path=PLACE,
        view=who,
        scope=None,
        is_personal=True,
        title="谁登录着",
        content={JSON: ref("Whoever")},
        kinds=PERSONAL,
    ),
    Route(
        endpoint="api.log_out",
        method="DELETE",
        path=PLACE,
        view=log_out,
        scope=None,
        is_personal=True,
        title="退出",
        parameters=(("everywhere", "true：各处的登录一并结束", {"enum": ["true", "false"]}),),
        status=204,
        kinds=(*SENT, *PERSONAL),
    ),
    Route(
        endpoint="api.change_password",
        method="PUT",
        path=f"{PLACE}/password",
        view=change_password,
        scope=None,
        is_personal=True,
        body_rule=body_of_json,
        title="修改自己的密码，各处的登录一并结束",
        body={JSON: record({"present": PASSWORD, "new": PASSWORD})},
        status=204,
        kinds=(*SENT, *PERSONAL, *GUESSED),
    ),
)
