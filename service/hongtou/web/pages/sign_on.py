"""The views of single sign-on: to the identity provider, and back from it.

What goes wrong is told on the log-in, where a password still opens the door.
"""

from __future__ import annotations

from datetime import UTC, datetime

import structlog
from flask import Response, abort, g, redirect, request, url_for

from hongtou.accounts import Accounts
from hongtou.accounts.sessions import NOBODY, PROXY
from hongtou.accounts.sign_on import Departure, IdentityProvider
from hongtou.accounts.tokens import form_token
from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import Forbidden, ServiceError
from hongtou.desk import Stamp
from hongtou.web.cookies import Cookie, departure_cookie, departure_in, session_cookies
from hongtou.web.head import head_of
from hongtou.web.pages.people import log_in_page, own_page, refuse_without_accounts
from hongtou.web.problems import problem_of
from hongtou.web.proxies import client_address, user_told, uses_tls
from hongtou.web.services import Services

AGAIN = "请再登录一次；浏览器须收 cookie，登录只开一个窗口"
MOST_TOLD = 100  # characters of an error's name, which a stranger may have written

log = structlog.get_logger("hongtou")


def depart(services: Services) -> Response:
    """Lead to the identity provider."""
    provider, _ = _offered(services)
    departure, after = Departure.begin(), request.args.get("after", "")
    try:
        address = provider.address(departure, _return_address(services))
    except ServiceError as fault:
        return _refused(services, fault, after)
    cookie = departure_cookie(departure.token, after, is_secure=_uses_tls(services))
    return _on_the_way(address, cookie)


def arrive(services: Services) -> Response:
    """Log in whoever comes back from the identity provider, and lead to the page they wanted."""
    provider, accounts = _offered(services)
    is_secure = _uses_tls(services)
    token, after = departure_in(head_of(request.environ), is_secure=is_secure)
    try:
        code = _code(Departure(token) if token else None)
        stamp = _stamp(services)
        name = provider.name(Departure(token), code, _return_address(services), stamp.at)
        _, session = accounts.sessions.begin_elsewhere(name, stamp)
    except ServiceError as fault:
        return _refused(services, fault, after)
    cookies = session_cookies(session, form_token(session), is_secure=is_secure)
    gone = departure_cookie("", "", is_secure=is_secure)
    return _on_the_way(own_page(after), gone, *cookies)


def enter(services: Services) -> Response:
    """Log in whom a trusted proxy names, and lead to the page they wanted."""
    refuse_without_accounts(services)
    if not services.config.proxy_user or services.accounts is None:
        abort(404)
    after = request.args.get("after", "")
    try:
        name = _named_by_proxy(services)
        _, session = services.accounts.sessions.begin_elsewhere(name, _stamp(services), by=PROXY)
    except ServiceError as fault:
        return _refused(services, fault, after)
    cookies = session_cookies(session, form_token(session), is_secure=_uses_tls(services))
    return _on_the_way(own_page(after), *cookies)


def _named_by_proxy(services: Services) -> str:
    """Return whom the proxy names.

    Raises:
        Forbidden: it names nobody, or is none that is trusted.
    """
    fields = head_of(request.environ).fields
    name = user_told(request.remote_addr or "", fields, services.config)
    if not name:
        raise Forbidden("登录网关没有说是谁", hint="请从单位的登录网关进来，或以密码登录")
    return name


def _offered(services: Services) -> tuple[IdentityProvider, Accounts]:
    refuse_without_accounts(services)
    if services.provider is None or services.accounts is None:
        abort(404)
    return services.provider, services.accounts


def _code(departure: Departure | None) -> str:
    """Return the code with which a browser comes back that has left from here.

    Raises:
        Forbidden: it has not, or the provider has not let its person in.
    """
    if departure is None or not departure.is_state(request.args.get("state", "")):
        raise Forbidden("这次登录不是从这个浏览器开始的，或已经用过", hint=AGAIN)
    code = request.args.get("code", "")
    if not code:
        told = RuntimeError(request.args.get("error", "no code")[:MOST_TOLD])
        raise Forbidden("在统一身份认证没有登录成", hint="请再登录一次") from told
    return code


def _refused(services: Services, fault: ServiceError, after: str) -> Response:
    """Return the log-in, which tells what went wrong; the departure is over."""
    cause = cause_of(fault) or fault.message
    log.warning("sign-on-failed", cause=cause, request_id=g.request_id)
    answer = log_in_page(after, fault)
    answer.status_code = problem_of(fault).status
    gone = departure_cookie("", "", is_secure=_uses_tls(services))
    answer.headers.add("Set-Cookie", gone.header)
    return answer


def _on_the_way(address: str, *cookies: Cookie) -> Response:
    answer: Response = redirect(address, 303)  # type: ignore[assignment]
    for cookie in cookies:
        answer.headers.add("Set-Cookie", cookie.header)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _return_address(services: Services) -> str:
    """Return where the provider sends browsers back to, as it is registered there.

    The name is one of ours: the door has looked at it.
    """
    scheme = "https" if _uses_tls(services) else "http"
    return url_for("pages.arrive", _external=True, _scheme=scheme)


def _uses_tls(services: Services) -> bool:
    fields = head_of(request.environ).fields
    return uses_tls(request.remote_addr or "", fields, services.config)


def _stamp(services: Services) -> Stamp:
    fields = head_of(request.environ).fields
    client = client_address(request.remote_addr or "", fields, services.config)
    return Stamp(NOBODY, datetime.now(UTC), client, reviews=False)
