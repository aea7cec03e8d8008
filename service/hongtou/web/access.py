"""Access control by the Host header, the origin of a request, sessions and API keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

from hongtou.accounts.roster import Person, Roster
from hongtou.accounts.tokens import is_form_token
from hongtou.bulletin.errors import Forbidden, SetupError, Unauthorized, WrongHost
from hongtou.config import Config
from hongtou.keys import OF_KEYS, KeyRing, OnKeyEvent, Scope, ignore_event
from hongtou.web.head import Head

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"([a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])\.?(?::[0-9]{1,5})?")
ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # to listen on all addresses; not a name for clients
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_FETCHES = frozenset({"same-origin", "none"})

# Headers of every response, those that waitress makes included.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "private, no-cache",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request: a key by its name, a person with a session, or somebody unknown."""

    name: str = ""
    scopes: frozenset[Scope] = frozenset()
    person: Person | None = None


UNKNOWN = Caller()
LOCAL = Caller(scopes=frozenset(OF_KEYS))  # where neither keys nor accounts are needed


class AccessControl:
    """The checks that every request must pass."""

    def __init__(
        self, config: Config, on_key_event: OnKeyEvent = ignore_event, roster: Roster | None = None
    ) -> None:
        """Read the keys; ``on_key_event`` is called with their later changes and faults.

        ``roster`` tells who is logged in, None where there can be no accounts.

        Raises:
            SetupError: other machines could connect without a key or an account, or the keys
                cannot be read.
        """
        require_log_in(config, keeps_accounts=roster is not None)
        self.ring = KeyRing(config.keys, on_key_event) if config.keys else None
        self._roster = roster
        self._is_local = is_loopback(config.host)
        self._hosts = LOOPBACK | {name.lower() for name in (config.host, *config.host_names)}

    @property
    def has_accounts(self) -> bool:
        """Tell whether people log in here."""
        if self._roster is None:
            return False
        return self._roster.has_accounts or (self.ring is None and not self._is_local)

    @property
    def is_open(self) -> bool:
        """Tell whether whoever reaches this service may use it."""
        return self.ring is None and not self.has_accounts

    def admit(
        self, head: Head, token: str, scope: Scope | None, *, is_personal: bool = False
    ) -> Caller:
        """Return who sends a request.

        ``token`` is the secret of its session, "" if it has none; ``is_personal`` tells that the
        request is about the session itself.

        Raises:
            WrongHost: Host is not a name of this service.
            Forbidden: another site sends the request, or its sender has not this scope.
            Unauthorized: key and session are missing or unknown.
        """
        self._refuse_other_names(head.fields.get("host", ""))
        if head.method not in SAFE_METHODS:
            refuse_other_sites(head.fields)
        if scope is None and not is_personal:
            return self._known(token)
        return self._required(head, token, scope)

    def _known(self, token: str) -> Caller:
        """Return whoever has a session, where none is needed."""
        return LOCAL if self.is_open else self._with_session(token) or UNKNOWN

    def _required(self, head: Head, token: str, scope: Scope | None) -> Caller:
        authorization = head.fields.get("authorization", "")
        if self.is_open:
            caller = LOCAL
        elif authorization or not self.has_accounts:
            caller = _holder(self.ring, authorization)
        else:
            caller = self._logged_in(head, token)
        if scope is None and caller.person is None:
            raise Unauthorized("没有登录", hint="请先以帐号登录")
        if scope is not None and scope not in caller.scopes:
            raise _without(scope, caller)
        return caller

    def _logged_in(self, head: Head, token: str) -> Caller:
        caller = self._with_session(token)
        if caller is None:
            raise Unauthorized(
                "请先登录", hint="登录过的，是过期了；程序请设置请求头 Authorization: Bearer 密钥"
            )
        if head.method not in SAFE_METHODS:
            refuse_without_form_token(head, token)
        return caller

    def _with_session(self, token: str) -> Caller | None:
        if not token or self._roster is None:
            return None
        person = self._roster.person(token, datetime.now(UTC))
        if person is None:
            return None
        return Caller(person.account.name, person.account.role.scopes, person)

    def _refuse_other_names(self, host: str) -> None:
        """Refuse foreign names for our address, which guards against DNS rebinding."""
        name = plain_host(host)
        if not name or name not in self._hosts or name in ANY_ADDRESS:
            raise WrongHost("请求头 Host 不是本服务的名称", hint="请管理员把它加入 HONGTOU_HOSTS")


def require_log_in(config: Config, *, keeps_accounts: bool) -> None:
    """Check that nobody on another machine can come in without a key or an account.

    Raises:
        SetupError: they could.
    """
    if config.keys is None and not keeps_accounts and not is_loopback(config.host):
        raise SetupError(
            f"监听 {config.host} 时须有密钥或帐号：本机以外的人也能访问",
            hint="请用 hongtou keys new 生成密钥，并以 HONGTOU_KEYS 指明密钥文件；"
            "或用数据库（HONGTOU_DATABASE）；或只监听 127.0.0.1",
        )


def _holder(ring: KeyRing | None, authorization: str) -> Caller:
    """Return the holder of the key in a request."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthorized("需要密钥", hint="请设置请求头 Authorization: Bearer 密钥")
    key = ring.key_of(secret.strip()) if ring else None
    if key is None:
        raise Unauthorized("密钥无效", hint="请核对密钥，或请管理员另发一把")
    return Caller(key.name, key.scopes)


def _without(scope: Scope, caller: Caller) -> Forbidden:
    """Return the error for a caller who may not do this."""
    if caller.person:
        role = caller.person.account.role.shown
        return Forbidden(f"{role}不能这样做", hint=f"须有 {scope} 权限，请管理员来做或改角色")
    if caller is LOCAL:
        return Forbidden("还没有帐号", hint="请先用 hongtou accounts link 的链接设定管理员")
    return Forbidden(f"这把密钥不含 {scope} 范围", hint="请管理员另发一把")


def refuse_without_form_token(head: Head, token: str) -> None:
    """Refuse a change by a session whose pages did not send it.

    Raises:
        Forbidden: the token is missing, or of another session.

    Source: OWASP, Cross-Site Request Forgery Prevention (HMAC-based token).
    """
    if not is_form_token(head.fields.get("x-csrf-token", ""), token):
        raise Forbidden("不是从本服务的页面发来的", hint="请刷新页面后再试，写的内容留在本机")


def is_loopback(host: str) -> bool:
    """Tell whether an address is reachable from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def plain_host(host: str) -> str:
    """Return the name in a Host header without port and brackets, "" if it is malformed."""
    found = HOST.fullmatch(host.lower())
    return found[1].strip("[]") if found else ""


def refuse_other_sites(fields: Mapping[str, str]) -> None:
    """Refuse a request that a page of another site makes a browser send.

    Raises:
        Forbidden: the headers name another site.

    Source: OWASP, Cross-Site Request Forgery Prevention (Fetch Metadata, Origin as fallback).
    """
    site, origin = fields.get("sec-fetch-site"), fields.get("origin")
    if site is not None:
        foreign = site not in OWN_FETCHES
    else:
        host = fields.get("host", "").lower()
        foreign = origin is not None and origin_host(origin) != host
    if foreign:
        raise Forbidden("不接受别的网站发来的请求", hint="请在本服务的页面上操作，或由程序直接调用")


def origin_host(origin: str) -> str:
    """Return the host and port in an Origin header, "" if it is malformed."""
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
