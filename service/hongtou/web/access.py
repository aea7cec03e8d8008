"""Access control by the Host header, the origin of a request, and API keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from hongtou.bulletin.errors import Forbidden, SetupError, Unauthorized, WrongHost
from hongtou.config import Config
from hongtou.keys import KeyRing, OnKeyEvent, Scope, ignore_event
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


class AccessControl:
    """The checks that every request must pass."""

    def __init__(self, config: Config, on_key_event: OnKeyEvent = ignore_event) -> None:
        """Read the keys; ``on_key_event`` is called with their later changes and faults.

        Raises:
            SetupError: other machines could connect without a key, or the keys cannot be read.
        """
        if config.keys is None and not is_loopback(config.host):
            raise SetupError(
                f"监听 {config.host} 时须有密钥：本机以外的人也能访问",
                hint="请用 hongtou keys new 生成密钥，并以 HONGTOU_KEYS 指明密钥文件；"
                "或只监听 127.0.0.1",
            )
        self.ring = KeyRing(config.keys, on_key_event) if config.keys else None
        self._hosts = LOOPBACK | {name.lower() for name in (config.host, *config.host_names)}

    @property
    def needs_key(self) -> bool:
        """Tell whether callers need a key."""
        return self.ring is not None

    def admit(self, head: Head, scope: Scope | None) -> str:
        """Return the name of a request's key, "" if it needs none.

        Raises:
            WrongHost: Host is not a name of this service.
            Forbidden: another site sends the request, or the key has not this scope.
            Unauthorized: the key is missing or unknown.
        """
        self._refuse_other_names(head.fields.get("host", ""))
        if head.method not in SAFE_METHODS:
            refuse_other_sites(head.fields)
        if self.ring is None or scope is None:
            return ""
        return _holder(self.ring, scope, head.fields.get("authorization", ""))

    def _refuse_other_names(self, host: str) -> None:
        """Refuse foreign names for our address, which guards against DNS rebinding."""
        name = plain_host(host)
        if not name or name not in self._hosts or name in ANY_ADDRESS:
            raise WrongHost("请求头 Host 不是本服务的名称", hint="请管理员把它加入 HONGTOU_HOSTS")


def _holder(ring: KeyRing, scope: Scope, authorization: str) -> str:
    """Return the name of the key in a request."""
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthorized("需要密钥", hint="请设置请求头 Authorization: Bearer 密钥")
    key = ring.key_of(secret.strip())
    if key is None:
        raise Unauthorized("密钥无效", hint="请核对密钥，或请管理员另发一把")
    if scope not in key.scopes:
        raise Forbidden(f"这把密钥不含 {scope} 范围", hint="请管理员另发一把")
    return key.name


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
