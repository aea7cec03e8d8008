"""What is answered about accounts, and the cookies that go with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response, jsonify, request

from hongtou.accounts import Accounts
from hongtou.accounts.account import Account
from hongtou.accounts.tokens import form_token
from hongtou.bulletin.errors import NoArchive
from hongtou.web.cookies import Cookie, session_cookies
from hongtou.web.head import head_of
from hongtou.web.proxies import uses_tls
from hongtou.web.services import Services


def accounts_of(services: Services) -> Accounts:
    """Return the accounts.

    Raises:
        NoArchive: there is no database.
    """
    if services.accounts is None:
        raise NoArchive("这个服务没有数据库，没有帐号", hint="请管理员设置 HONGTOU_DATABASE")
    return services.accounts


def account_record(account: Account) -> dict[str, Any]:
    """Return an account as JSON."""
    return {
        "id": account.id,
        "name": account.name,
        "role": account.role.value,
        "disabled": account.disabled_at is not None,
        "has_password": account.password_hash != "",
        "changed_at": account.changed_at.isoformat(),
    }


def whoever(account: Account) -> Response:
    """Return who is logged in, and what they may do."""
    answer: Response = jsonify(
        name=account.name, role=account.role.value, scopes=sorted(account.role.scopes)
    )
    return answer


def with_session(services: Services, answer: Response, token: str) -> Response:
    """Return an answer with the cookies of a new session."""
    fields = head_of(request.environ).fields
    is_secure = uses_tls(request.remote_addr or "", fields, services.config)
    return with_cookies(answer, session_cookies(token, form_token(token), is_secure=is_secure))


def with_cookies(answer: Response, cookies: Iterable[Cookie]) -> Response:
    """Return an answer with cookies; nobody on its way may keep it."""
    for cookie in cookies:
        answer.headers.add("Set-Cookie", cookie.header)
    answer.headers["Cache-Control"] = "no-store"
    return answer
