"""The cookies of a session: its secret, which no script can read, and the token of its forms.

While somebody logs in at the identity provider, a third one holds what they have left with. All are
this host's own: under TLS their names begin with ``__Host-``, so that no neighbouring host can set
them.

Source: RFC 6265bis, Cookie Name Prefixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

from hongtou.web.head import Head

SESSION, FORM = "hongtou-session", "hongtou-form"
DEPARTURE = "hongtou-departure"
SECURE = "__Host-"
TOKENS = {
    is_secure: re.compile(rf"(?:^|; ?){SECURE * is_secure}{SESSION}=([A-Za-z0-9_-]{{43}})(?=;|$)")
    for is_secure in (True, False)
}
# A departure: its secret, and the page to which its person wants to get, percent-encoded.
DEPARTURES = {
    is_secure: re.compile(
        rf"(?:^|; ?){SECURE * is_secure}{DEPARTURE}="
        r"([A-Za-z0-9_-]{43})\.([A-Za-z0-9_.~%-]*)(?=;|$)"
    )
    for is_secure in (True, False)
}
MOST_AFTER = 600  # characters of that page's address as it is written; any other is the first page


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie to be set; without a value it is deleted."""

    name: str
    value: str
    is_secure: bool
    is_hidden: bool

    @property
    def header(self) -> str:
        """Return the value of Set-Cookie."""
        parts = [f"{self.name}={self.value}", "Path=/", "SameSite=Lax"]
        parts += ["Max-Age=0"] * (not self.value)
        parts += ["Secure"] * self.is_secure + ["HttpOnly"] * self.is_hidden
        return "; ".join(parts)


def session_token(head: Head, *, is_secure: bool) -> str:
    """Return the secret of a session in the cookies of a request, "" if there is none.

    Under TLS only the name counts that no neighbouring host can set.
    """
    found = TOKENS[is_secure].search(head.fields.get("cookie", ""))
    return found[1] if found else ""


def session_cookies(token: str, form: str, *, is_secure: bool) -> Iterator[Cookie]:
    """Yield the cookies of a new session; they last as long as the browser is open."""
    prefix = SECURE if is_secure else ""
    yield Cookie(prefix + SESSION, token, is_secure, is_hidden=True)
    yield Cookie(prefix + FORM, form, is_secure, is_hidden=False)


def departure_cookie(token: str, after: str, *, is_secure: bool) -> Cookie:
    """Return the cookie of somebody who leaves for the identity provider; none, "", deletes it."""
    written = quote(after, safe="")
    value = f"{token}.{written if len(written) <= MOST_AFTER else ''}" if token else ""
    return Cookie((SECURE if is_secure else "") + DEPARTURE, value, is_secure, is_hidden=True)


def departure_in(head: Head, *, is_secure: bool) -> tuple[str, str]:
    """Return with which secret somebody has left, and where they want to get; "" if nobody has.

    Under TLS only the name counts that no neighbouring host can set.
    """
    found = DEPARTURES[is_secure].search(head.fields.get("cookie", ""))
    return (found[1], unquote(found[2])) if found else ("", "")


def no_cookies() -> Iterator[Cookie]:
    """Yield what deletes the cookies of a session, under whichever name."""
    for is_secure in (True, False):
        yield from session_cookies("", "", is_secure=is_secure)
