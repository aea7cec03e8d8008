"""A service that keeps issues, and a browser window on its pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.support.desk import PATIENCE_MS, WINDOW, DeskPage
from tests.support.serving import JSON, Serving
from tests.support.warm_start import warm_serving

ROOT = Path(__file__).parents[2]
REAL = json.loads((ROOT / "tests" / "issues" / "real-issue.json").read_bytes())
NAMEPLATE = REAL["masthead"]["nameplate"]
PRESENCE = "**/presence"
SCRIPTS = "**/static/**/*.js"
# A form that the browser sends by itself says where to.
IN_USE = """() => [...document.querySelectorAll("button:not(:disabled), select[data-act]:not(:disabled)")]
    .filter((one) => one.offsetWidth && !one.closest("dialog, form[action]")).map((one) => one.outerHTML)"""


@dataclass(frozen=True)
class Shelf:
    """A running service with a database."""

    service: Serving

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.service.port}"

    def call(self, method: str, path: str, body: Any = None, version: int | None = None) -> Any:
        """Return the JSON of an answer of the API that is none of an error."""
        headers = {**JSON, **({} if version is None else {"If-Match": f'"{version}"'})}
        sent = None if body is None else json.dumps(body).encode()
        answer = self.service.ask(method, f"/v1/{path}", sent, headers=headers)
        assert answer.status < 300, answer.body.decode()
        return answer.json if answer.body else None

    def publication(self, nameplate: str = NAMEPLATE, **plan: Any) -> int:
        return int(self.call("POST", "publications", {"nameplate": nameplate, **plan})["id"])

    def issue(self, publication: int, document: Any = None, **masthead: Any) -> int:
        """Keep an issue: the real one, or another, with other values in its masthead."""
        whole = json.loads(json.dumps(REAL if document is None else document))
        whole["masthead"].update(masthead)
        given = {"from": "document", "document": whole}
        return int(self.call("POST", f"publications/{publication}/issues", given)["id"])

    def document(self, issue: int) -> Any:
        return self.call("GET", f"issues/{issue}")

    def asset(self, issue: int, name: str) -> bytes:
        return self.service.ask("GET", f"/v1/issues/{issue}/assets/{name}").body

    def record(self, issue: int) -> Any:
        return self.call("GET", f"issues/{issue}/record")

    def put(self, issue: int, document: Any, version: int) -> int:
        """Return the status with which a document of a version is taken or refused."""
        headers = {**JSON, "If-Match": f'"{version}"'}
        sent = json.dumps(document).encode()
        return self.service.ask("PUT", f"/v1/issues/{issue}", sent, headers=headers).status

    def move(self, issue: int, step: str, **given: Any) -> None:
        version = self.record(issue)["version"]
        self.call("POST", f"issues/{issue}/transitions", {"step": step, **given}, version)


@dataclass
class Look:
    """A browser window; no script may fail and no policy be broken in it."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def click(self, name: str) -> None:
        """Click the button of this name that can be seen."""
        self.page.locator(f"button:visible:text-is('{name}')").first.click()

    def follow(self, name: str) -> None:
        """Click a button or link that leads to another page, and wait for it and its scripts."""
        shown = [f"{kind}:visible:text-is('{name}')" for kind in ("button", "a")]
        self.follow_at(", ".join(shown))

    def follow_at(self, selector: str) -> None:
        """Do the same with what a selector finds first; the page may be the same, shown again."""
        with self.page.expect_navigation(timeout=PATIENCE_MS):
            self.page.locator(selector).first.click()

    def in_use_without_scripts(self, path: str) -> list[str]:
        """Return the buttons of a page that can be pressed before its scripts run, but need them."""
        self.page.route(SCRIPTS, lambda _: None)  # never answered
        self.page.goto(f"{self.address}{path}", wait_until="commit")
        self.page.wait_for_function("() => document.readyState !== 'loading'")
        found = list(self.page.evaluate(IN_USE))
        self.page.unroute(SCRIPTS)
        return found

    def words(self) -> str:
        return self.page.inner_text("main")

    def axe(self) -> list[str]:
        """Return what axe finds, by all its rules."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]

    def desk(self, issue: int) -> DeskPage:
        """Return the desk with a kept issue on it, its pages shown."""
        self.open(f"/issues/{issue}")
        desk = self.desk_here()
        self.page.wait_for_selector("#pages img[src]")
        return desk

    def desk_here(self) -> DeskPage:
        """Return the desk that is open, whether it has pages or not."""
        desk = DeskPage(self.page, self.page.context.new_cdp_session(self.page))
        desk.wait_until_open()
        return desk

    @contextmanager
    def unaware(self) -> Iterator[None]:
        """Hear nothing of others meanwhile: it is told every ten seconds, and may be at any moment."""
        self.page.route(PRESENCE, lambda route: route.abort())
        yield
        self.page.unroute(PRESENCE)

    def wait_until_kept(self, state: str = "saved") -> None:
        self.page.wait_for_function(
            "state => document.body.dataset.kept === state", arg=state, timeout=PATIENCE_MS
        )


@contextmanager
def shelf_in(file: Path) -> Iterator[Shelf]:
    with warm_serving(database=file) as service:
        yield Shelf(service)


def window(context: BrowserContext, address: str) -> Look:
    """Open a window of a browser that has its own memory."""
    look = Look(context.new_page(), address)
    look.page.on("pageerror", lambda fault: look.faults.append(str(fault)))
    look.page.on("console", lambda told: _note(look, told.text))
    return look


def _note(look: Look, words: str) -> None:
    if "Content Security Policy" in words:
        look.faults.append(words)


@contextmanager
def looking(browser: Browser, address: str) -> Iterator[Look]:
    context = browser.new_context(viewport=WINDOW, locale="zh-CN")
    look = window(context, address)
    try:
        yield look
    finally:
        context.close()
    assert look.faults == []
