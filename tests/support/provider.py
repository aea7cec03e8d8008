"""A small identity provider on loopback: discovery, keys, a log-in without questions, signed tokens.

It is strict where the standards are: codes are good once, for one client, one return address and
one verifier. What it signs is what a test has put into it.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "hongtou", "s3cret-of-the-tests"
LIFE_SECONDS = 300


@cache
def signing_key(kid: str, owner: str = "of the provider") -> RSAKey:
    """Return the key of this name; it is made once, which takes longer than all else here."""
    return RSAKey.generate_key(2048, {"kid": kid})


@dataclass
class Provider:
    """What the provider does; a test changes it to do wrong."""

    port: int
    scheme: str = "http"
    who: str = "editor"
    claims: dict[str, Any] = field(default_factory=dict)  # in the place of the right ones
    left_out: tuple[str, ...] = ()
    userinfo: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    refusal: str = ""  # instead of a code
    key: RSAKey = field(default_factory=lambda: signing_key("first"))
    signs_with: RSAKey | None = None
    algorithm: str = "RS256"
    hangs: threading.Event | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/realms/main"

    def published(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/auth",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.document,
        }

    def authorize(self, wanted: dict[str, str]) -> str:
        """Return where the browser goes; the person is logged in already."""
        assert wanted["response_type"] == "code"
        assert wanted["client_id"] == CLIENT
        assert "openid" in wanted["scope"].split()
        assert wanted["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(12)
        self.codes[code] = wanted
        answer = {"error": self.refusal} if self.refusal else {"code": code}
        return f"{wanted['redirect_uri']}?{urlencode({**answer, 'state': wanted['state']})}"

    def exchange(self, given: dict[str, str], is_client: bool) -> tuple[int, dict[str, Any]]:
        """Return what is given for a code."""
        if not is_client:
            return 401, {"error": "invalid_client"}
        wanted = self.codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            wanted is None
            or wanted["code_challenge"] != challenge
            or wanted["redirect_uri"] != given.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "access",
            "token_type": "Bearer",
            "expires_in": LIFE_SECONDS,
            "id_token": self.token(wanted["nonce"], wanted["scope"].split()),
        }

    def token(self, nonce: str, scope: Sequence[str]) -> str:
        """Return who it is; the address of mail only to whom asks for it."""
        now = int(time.time())
        right = {
            "iss": self.issuer,
            "sub": f"id-of-{self.who}",
            "aud": CLIENT,
            "iat": now,
            "exp": now + LIFE_SECONDS,
            "nonce": nonce,
            "preferred_username": self.who,
        }
        unasked = () if "email" in scope else ("email", "email_verified")
        left_out = {*self.left_out, *unasked}
        claims = {k: v for k, v in {**right, **self.claims}.items() if k not in left_out}
        key = self.signs_with or self.key
        header = {"alg": self.algorithm, "kid": key.kid}
        if self.algorithm == "none":
            return f"{_part(header)}.{_part(claims)}."
        return str(jwt.encode(header, claims, key))


def _part(of_token: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(of_token).encode()).rstrip(b"=").decode()


class Desk(BaseHTTPRequestHandler):
    """Where the provider is asked."""

    provider: Provider

    def do_GET(self) -> None:
        place = self._place()
        if place == "/.well-known/openid-configuration":
            self._answer(200, self.provider.published())
        elif place == "/keys":
            self._answer(200, {"keys": [self.provider.key.as_dict(private=False, use="sig")]})
        elif place == "/auth":
            self.send_response(303)
            wanted = {k: v for k, (v,) in parse_qs(urlsplit(self.path).query).items()}
            self.send_header("Location", self.provider.authorize(wanted))
            self.end_headers()
        elif place == "/elsewhere":
            self.send_response(302)
            self.send_header("Location", f"{self.provider.issuer}/keys")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif place == "/userinfo" and self.headers["Authorization"] == "Bearer access":
            self._answer(200, self.provider.userinfo)
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        self._place()
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        given = {name: value for name, (value,) in sent.items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        by_post = (given.get("client_id"), given.get("client_secret")) == (CLIENT, SECRET)
        is_client = self.headers["Authorization"] == f"Basic {basic}" or by_post
        self._answer(*self.provider.exchange(given, is_client))

    def _place(self) -> str:
        place = urlsplit(self.path).path.removeprefix("/realms/main")
        self.provider.asked.append(place)
        if self.provider.hangs is not None:
            self.provider.hangs.wait()
        return place

    def _answer(self, status: int, document: dict[str, Any]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Hall(ThreadingHTTPServer):
    """Takes in whoever comes, and does not mind who goes away before they are answered."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def certify(path: Path) -> None:
    """Write a certificate that no CA has signed but itself, and its key."""
    command = ["openssl", "req", "-x509", "-nodes", "-days", "2", "-newkey", "ec"]
    command += ["-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", "/CN=sso"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "-", "-out", "-"]
    path.write_bytes(subprocess.run(command, check=True, capture_output=True).stdout)


@contextmanager
def identity_provider(certificate: Path | None = None) -> Iterator[Provider]:
    """Run a provider until the block ends; ``certificate`` is a PEM with its key, for TLS."""
    desk = type("OwnDesk", (Desk,), {})
    server = Hall(("127.0.0.1", 0), desk)
    desk.provider = provider = Provider(server.server_port)  # type: ignore[attr-defined]
    if certificate is not None:
        provider.scheme = "https"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        if provider.hangs is not None:
            provider.hangs.set()
        server.shutdown()
        server.server_close()
        thread.join()
