"""Log-in by a provider on loopback: a service that is set to ask it, and a browser that goes there."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from werkzeug.test import TestResponse

from hongtou.accounts.providers import open_provider
from hongtou.config import Config
from tests.support.house import Browser, House
from tests.support.provider import CLIENT, SECRET

CLOSED = "http://127.0.0.1:9/realms/main"  # discard, where nobody listens
OVER_TLS = {"X-Forwarded-Proto": "https", "Host": "bulletin.example"}  # as the proxy sends it


def settings(folder: Path, secret: str = SECRET, **changed: Any) -> dict[str, Any]:
    kept = folder / "secret"
    kept.write_text(f"{secret}\n")
    return {"oidc_client_id": CLIENT, "oidc_client_secret_file": kept, **changed}


def opened(folder: Path, **changed: Any) -> House:
    given = settings(folder, **changed)
    house = House(folder / "hongtou.db", open_provider(Config(**given)), **given)
    house.people()
    return house


def leave(browser: Browser, after: str = "", **given: Any) -> str:
    """Go to the provider and return the address to which it sends the browser back."""
    left = browser.send("GET", f"/login/oidc?after={after}", **given)
    assert left.status_code == 303
    return requests.get(left.headers["Location"], allow_redirects=False, timeout=20).headers[
        "Location"
    ]


def come_back(browser: Browser, address: str, **given: Any) -> TestResponse:
    parts = urlsplit(address)
    return browser.send("GET", f"{parts.path}?{parts.query}", **given)


def log_in(house: House) -> TestResponse:
    browser = house.browser()
    return come_back(browser, leave(browser))
