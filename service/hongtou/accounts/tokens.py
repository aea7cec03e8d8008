"""Secrets of sessions and links: 256 random bits, kept only as digests."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in base64url
FORM_PURPOSE = b"hongtou form"


def new_token() -> str:
    """Return a new secret."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_digest(token: str) -> str:
    """Return the digest by which a secret is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(token: str) -> str:
    """Return what the pages of a session send with every change, and no other site can know.

    It follows from the secret of the session, which it does not tell.
    """
    return hmac.new(token.encode(), FORM_PURPOSE, hashlib.sha256).hexdigest()


def is_form_token(given: str, token: str) -> bool:
    """Tell whether this is what the pages of a session send."""
    return hmac.compare_digest(given.encode(), form_token(token).encode())
