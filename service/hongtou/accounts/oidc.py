"""OpenID Connect: the authorization code flow with PKCE, by Authlib. Only here is it known.

Sources: OpenID Connect Core 1.0 §3.1; Discovery 1.0 §4; RFC 7636; RFC 9700 (best practice).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests import Response

from hongtou.accounts.sign_on import Departure, Registration
from hongtou.addresses import secure_address_fault
from hongtou.bulletin.errors import Busy, Forbidden, NoProvider

CONNECT_SECONDS, READ_SECONDS = 3.0, 5.0
AT_ONCE = 2  # who talk with the provider; the threads of the service are for others too
WAIT_SECONDS = 2.0  # for one's turn
KEPT_SECONDS = 600.0  # what the provider publishes of itself
SKEW_SECONDS = 60  # between its clock and ours
# Signed with a private key: never "none", nor what whoever knows our secret could sign.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MORE_ENDPOINTS = ("userinfo_endpoint",)  # which not every provider has
USED_UP = "invalid_grant"  # the code was used before or is too old (RFC 6749 §5.2)
PATIENCE = "请稍后再试，或以密码登录；总是这样，请管理员运行 hongtou doctor"
AGAIN = "请再登录一次"
BY_POST, BY_HEADER = "client_secret_post", "client_secret_basic"


@dataclass(frozen=True, slots=True)
class Published:
    """What a provider publishes of itself: its addresses and its keys, and until when they hold."""

    document: Mapping[str, Any]
    keys: KeySet
    until: float

    @property
    def way(self) -> str:
        """Return how the client shows its secret (Discovery §3: by header unless it is told)."""
        offered = self.document.get("token_endpoint_auth_methods_supported") or [BY_HEADER]
        return BY_POST if BY_HEADER not in offered and BY_POST in offered else BY_HEADER


class OpenIdProvider:
    """An identity provider that is asked by OpenID Connect; for all threads."""

    def __init__(self, registration: Registration) -> None:
        self._registration = registration
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        self._published: Published | None = None

    def look(self) -> None:
        """Ask what the provider publishes of itself.

        Raises:
            NoProvider: it cannot be asked.
        """
        with self._talking() as session:
            self._read(session)

    def address(self, departure: Departure, return_address: str) -> str:
        """Return where a browser logs in.

        Raises:
            Busy: too many log in at the same time.
            NoProvider: the provider cannot be asked.
        """
        with self._talking() as session:
            published = self._read(session)  # so nobody is led to a provider that is down
            address, _ = session.create_authorization_url(
                published.document["authorization_endpoint"],
                state=departure.state,
                nonce=departure.nonce,
                code_verifier=departure.verifier,
                redirect_uri=return_address,
            )
            return str(address)

    def name(self, departure: Departure, code: str, return_address: str, now: datetime) -> str:
        """Return the name of whoever has come back with a code.

        Raises:
            Busy: too many log in at the same time.
            NoProvider: the provider cannot be asked.
            Forbidden: the code or what is given for it does not hold.
        """
        with self._talking() as session:
            published = self._kept(session)
            session.token_endpoint_auth_method = published.way
            given = session.fetch_token(
                published.document["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=departure.verifier,
                redirect_uri=return_address,
            )
            claims = self._claims(session, given, departure.nonce, now)
            return self._named({**self._more(session, claims), **claims})

    def _claims(
        self, session: OAuth2Session, given: Mapping[str, Any], nonce: str, now: datetime
    ) -> CodeIDToken:
        """Return the claims of an ID token whose signature and purpose are right."""
        if not isinstance(given.get("id_token"), str):
            raise JoseError("no id_token")
        token = self._decoded(session, given["id_token"])
        own = self._registration
        claims = CodeIDToken(
            token.claims,
            token.header,
            {"iss": {"value": own.issuer}, "aud": {"value": own.client_id}},
            {
                "nonce": nonce,
                "client_id": own.client_id,
                "access_token": given.get("access_token"),
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=SKEW_SECONDS)
        return claims

    def _decoded(self, session: OAuth2Session, id_token: str) -> jwt.Token:
        """Return a signed token; keys that the provider has changed are read anew."""
        registry = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
        try:
            return jwt.decode(id_token, self._kept(session).keys, registry=registry)
        except InvalidKeyIdError:
            return jwt.decode(id_token, self._read(session).keys, registry=registry)

    def _more(self, session: OAuth2Session, claims: CodeIDToken) -> Mapping[str, Any]:
        """Return what the provider tells besides the ID token, where the name is not in that."""
        endpoint = self._kept(session).document.get("userinfo_endpoint")
        if self._registration.claim in claims or not endpoint:
            return {}
        told = _object(session.get(endpoint))
        if told.get("sub") != claims["sub"]:  # Core §5.3.2
            raise JoseError("userinfo is about somebody else")
        return told

    def _named(self, claims: Mapping[str, Any]) -> str:
        """Return the name in the claims."""
        claim = self._registration.claim
        name = claims.get(claim)
        if not isinstance(name, str) or not name:
            raise NoProvider(
                f"统一身份认证没有给出 {claim}", hint="请管理员核对 HONGTOU_OIDC_CLAIM"
            )
        if claim == "email" and claims.get("email_verified") is not True:
            raise Forbidden("这个邮箱没有经统一身份认证核实", hint="请先在那里核实邮箱")
        return name

    def _kept(self, session: OAuth2Session) -> Published:
        found = self._published
        if found is None or time.monotonic() > found.until:
            return self._read(session)
        return found

    def _read(self, session: OAuth2Session) -> Published:
        """Return what the provider publishes of itself, and keep it."""
        issuer = self._registration.issuer
        address = get_well_known_url(issuer, external=True)
        document = _object(session.get(address, withhold_token=True))
        if document.get("issuer") != issuer:
            raise NoProvider(
                "统一身份认证自称的 issuer 不是所设的",
                hint=f"请管理员把 HONGTOU_OIDC_ISSUER 改成 {document.get('issuer')}",
            )
        _refuse_addresses(document)
        keys: Any = _object(session.get(document["jwks_uri"], withhold_token=True))
        key_set = KeySet.import_key_set(keys)
        self._published = Published(document, key_set, time.monotonic() + KEPT_SECONDS)
        return self._published

    @contextmanager
    def _talking(self) -> Iterator[OAuth2Session]:
        """Lend a session for one conversation; what goes wrong in it is told in our words."""
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise Busy("同时登录的人过多", hint="请稍等几秒再试，或以密码登录")
        try:
            with self._session() as session:
                yield session
        except OSError as cause:  # all errors of requests are, and a file of a CA that is missing
            raise NoProvider("统一身份认证现在连不上", hint=PATIENCE) from cause
        except OAuthError as cause:
            if cause.error == USED_UP:
                raise Forbidden("这次登录用过了，或已过期", hint=AGAIN) from cause
            raise NoProvider("统一身份认证不认本服务", hint=PATIENCE) from cause
        except JoseError as cause:
            raise _wrong() from cause
        except (KeyError, TypeError, ValueError) as cause:
            raise NoProvider("统一身份认证的答复看不懂", hint=PATIENCE) from cause
        finally:
            self._turn.release()

    def _session(self) -> OAuth2Session:
        own = self._registration
        return OAuth2Session(
            own.client_id,
            own.client_secret,
            scope="openid profile email" if own.claim == "email" else "openid profile",
            code_challenge_method="S256",
            default_timeout=(CONNECT_SECONDS, READ_SECONDS),
            verify=str(own.ca_file) if own.ca_file else True,
            max_redirects=0,  # the addresses are those that were published, and no others
            trust_env=False,  # no proxy and no password that somebody left in the environment
        )


def _object(response: Response) -> Mapping[str, Any]:
    """Return the JSON object that is answered."""
    response.raise_for_status()
    found = response.json()
    if not isinstance(found, dict):
        raise TypeError(f"no JSON object from {response.url}")
    return found


def _refuse_addresses(document: Mapping[str, Any]) -> None:
    """Refuse addresses at which somebody on the way could read codes or change keys.

    Raises:
        NoProvider: one is missing, or of no TLS.
    """
    given = [name for name in MORE_ENDPOINTS if name in document]
    for name in (*ENDPOINTS, *given):
        if fault := secure_address_fault(str(document.get(name, ""))):
            raise NoProvider(f"统一身份认证公布的 {name} {fault}", hint="请管理员告诉它的管理员")


def _wrong() -> Forbidden:
    """Return the error for an answer that is forged, too old, or meant for somebody else."""
    return Forbidden("统一身份认证的答复核对不上", hint=f"{AGAIN}；总是这样，请管理员看日志")
