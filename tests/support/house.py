"""A service with accounts, asked without a socket, and browsers of those who have them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.accounts import Accounts, hashing
from hongtou.accounts.administration import first_link
from hongtou.accounts.role import Role
from hongtou.accounts.sign_on import IdentityProvider
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk, Stamp
from hongtou.desk.event import WantedEvents
from hongtou.desk.issue import State
from hongtou.rendering.renders import Renderer
from hongtou.store import SqlArchive
from hongtou.web.app import Application, create_app
from tests.support.archives import NOON, document, fresh_archive
from tests.support.fakes import FakeTypesetter

STRANGER = "未登录的人"
PASSWORD, OTHER = "砚台 毛边纸 三月雨水", "correct horse battery"


@pytest.fixture(scope="module", autouse=True)
def cheap_hashes() -> Iterator[None]:
    """Let passwords cost little in this process, where a file of tests has this; no service reads them.

    What they cost in a service is held by test_accounts.py and test_many_people.py.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "HASHER", hashing.PasswordHasher(1, 8, 1))
        yield


class House:
    """A service with accounts, and a browser for each of them."""

    def __init__(
        self,
        file: Path | str,
        provider: IdentityProvider | None = None,
        renderer: Renderer | None = None,
        **config: Any,
    ) -> None:
        self.archive: SqlArchive = fresh_archive(str(file))
        self.accounts = Accounts(self.archive, NOON)
        self.desk = Desk(self.archive, Limits())
        self.app: Application = create_app(
            Config(**config),
            renderer or FakeTypesetter(),
            desk=self.desk,
            accounts=self.accounts,
            provider=provider,
        )
        self.ids: dict[str, int] = {}

    def people(self) -> None:
        """Make an account of each role, by the name of the role."""
        stamp = Stamp("测试", now())
        token = first_link(self.archive, stamp)
        run = self.accounts.administration
        self.ids["administrator"] = run.use_link(token, "administrator", PASSWORD, stamp).id
        for role in (Role.EDITOR, Role.REVIEWER):
            added, token = run.add(role.value, role, stamp)
            run.use_link(token, "", PASSWORD, stamp)
            self.ids[role.value] = added.id

    def browser(self, who: str = STRANGER) -> Browser:
        found = Browser(self.app.test_client(use_cookies=False))
        if who != STRANGER:
            assert found.log_in(who).status_code == 200
        return found


class Browser:
    """A client that keeps cookies as a browser does, and sends the token of its forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, **given: Any) -> TestResponse:
        """Send a request as our pages do; ``headers`` change or, with None, take away some."""
        mine = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        token = next((value for name, value in self.cookies.items() if "form" in name), None)
        wanted = {**mine, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": token}
        wanted |= given.pop("headers", {})
        headers = {name: value for name, value in wanted.items() if value}
        answer = self.client.open(path, method=method, headers=headers, **given)
        for line in answer.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]
        return answer

    def log_in(self, name: str, password: str = PASSWORD, **given: Any) -> TestResponse:
        sent = {"name": name, "password": password}
        return self.send("POST", "/v1/session", json=sent, **given)

    @property
    def session(self) -> str:
        return next((value for name, value in self.cookies.items() if "session" in name), "")


def now() -> datetime:
    return datetime.now(UTC)


def warned(answer: TestResponse) -> str:
    """Return what the log-in tells whoever is not in; the password is asked for beside it."""
    page = answer.get_data(as_text=True)
    assert 'id="password"' in page
    assert not any("session" in line for line in answer.headers.getlist("Set-Cookie"))
    (told,) = re.findall(r'id="warned">(.*?)</p>', page)
    return str(told)


def last_event(house: House) -> dict[str, Any]:
    event = house.desk.auditing.listed(WantedEvents()).noted[0].event
    return {"action": event.action, "who": event.who, **event.detail}


def issue_in(browser: Browser, state: State) -> str:
    """Return the address of a new issue in a state."""
    made = browser.send("POST", "/v1/publications", json={"nameplate": "动态"})
    place = f"{made.headers['Location']}/issues"
    sent = {"from": "document", "document": json.loads(document())}
    issue = browser.send("POST", place, json=sent).headers["Location"]
    ways = {State.DRAFT: (), State.REVIEW: ("submit",), State.FINAL: ("submit", "finalize")}
    for step in ways.get(state, ("submit", "finalize", "print")):
        assert take_step(browser, issue, step).status_code == 200
    return str(issue)


def take_step(browser: Browser, issue: str, step: str) -> TestResponse:
    """Take an issue a step on, from the version it has."""
    version = browser.send("GET", f"{issue}/record").json["version"]
    sent = {"step": step, "note": "理由"}
    headers = {"If-Match": f'"{version}"'}
    return browser.send("POST", f"{issue}/transitions", json=sent, headers=headers)
