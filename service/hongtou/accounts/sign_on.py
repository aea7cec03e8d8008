"""Single sign-on: what a log-in at an identity provider begins with, and what a provider offers.

The provider says who somebody is; what they may do stays with their account here.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from hongtou.accounts.tokens import new_token


@dataclass(frozen=True, slots=True)
class Departure:
    """A log-in that has begun; its secret stays in the browser, and all else follows from it.

    So the service remembers nothing of those who go and never come back, and whichever of several
    services somebody comes back to knows as much as the one they left from.
    """

    token: str

    @classmethod
    def begin(cls) -> Departure:
        """Return a new one."""
        return cls(new_token())

    @property
    def state(self) -> str:
        """Return what comes back with the browser that left (RFC 6749 §10.12)."""
        return self._derived(b"state")

    @property
    def nonce(self) -> str:
        """Return what stands in the ID token of this log-in (OpenID Connect Core §3.1.2.1)."""
        return self._derived(b"nonce")

    @property
    def verifier(self) -> str:
        """Return what only this service can show for the code (RFC 7636 §4.1)."""
        return self._derived(b"code verifier")

    def is_state(self, given: str) -> bool:
        """Tell whether this came back with the browser that left."""
        return hmac.compare_digest(given.encode(), self.state.encode())

    def _derived(self, purpose: bytes) -> str:
        return hmac.new(self.token.encode(), b"hongtou " + purpose, hashlib.sha256).hexdigest()


class IdentityProvider(Protocol):
    """Whoever knows the people of an organisation."""

    def address(self, departure: Departure, return_address: str) -> str:
        """Return where a browser logs in.

        Raises:
            Busy: too many log in at the same time.
            NoProvider: the provider cannot be asked.
        """

    def name(self, departure: Departure, code: str, return_address: str, now: datetime) -> str:
        """Return the name of whoever has come back with a code.

        Raises:
            Busy: too many log in at the same time.
            NoProvider: the provider cannot be asked.
            Forbidden: the code or what is given for it does not hold.
        """

    def look(self) -> None:
        """Ask what the provider publishes of itself.

        Raises:
            NoProvider: it cannot be asked.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How this service is registered with a provider; ``claim`` holds the names of our accounts."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    ca_file: Path | None
