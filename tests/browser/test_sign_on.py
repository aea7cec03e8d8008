"""Log-in at an identity provider in a browser, and a session that is taken up again there."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.house import PASSWORD
from tests.support.provider import CLIENT, SECRET, Provider, identity_provider
from tests.support.serving import SERVE
from tests.support.shelf import REAL, Look, Shelf, looking
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow
WHO = "杨春明"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with identity_provider() as running:
        running.who = WHO
        yield running


@pytest.fixture(scope="module")
def shelf(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A service with an issue, an administrator, and the provider."""
    folder = tmp_path_factory.mktemp("sign-on")
    (folder / "secret").write_text(SECRET)
    with warm_serving(
        database=folder / "hongtou.db",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT,
        oidc_client_secret_file=folder / "secret",
    ) as service:
        found = Shelf(service)
        found.issue(found.publication(), REAL)
        found.call("POST", "links", {"token": token(folder), "name": WHO, "password": PASSWORD})
        yield found


def token(folder: Path) -> str:
    """Return the token of a link for the first administrator."""
    told = subprocess.run(
        ["env", f"HONGTOU_DATABASE={folder / 'hongtou.db'}", *SERVE[:-1], "accounts", "link"],
        capture_output=True, check=True, timeout=120,
    ).stdout.decode()  # fmt: skip
    (found,) = re.findall(r"/setup#(\S+)", told)
    return str(found)


@pytest.fixture
def look(chromium: Browser, shelf: Shelf) -> Iterator[Look]:
    with looking(chromium, shelf.address) as window:
        yield window


def test_somebody_gets_to_the_page_they_wanted(look: Look) -> None:
    look.open("/issues/1/history")
    assert look.axe() == []
    look.page.click("text=用统一身份认证登录")
    look.page.wait_for_url("**/issues/1/history")
    assert look.page.inner_text("details.menu summary") == WHO


def test_somebody_without_an_account_is_told_and_may_write_a_password(
    look: Look, provider: Provider
) -> None:
    provider.who = "王龙"
    look.open("/login")
    look.follow("用统一身份认证登录")
    provider.who = WHO
    assert "红头没有名为“王龙”的帐号" in look.words()
    assert look.axe() == []
    look.page.fill("#name", WHO)
    look.page.fill("#password", PASSWORD)
    look.page.keyboard.press("Enter")
    look.page.wait_for_url(re.compile(r":\d+/$"))


def test_a_session_that_ends_while_somebody_types_is_taken_up_again(look: Look) -> None:
    look.open("/login")
    look.page.click("text=用统一身份认证登录")
    look.page.wait_for_url(re.compile(r":\d+/$"))
    desk = look.desk(1)
    look.page.evaluate(
        """async () => {
            const { ask, address } = await import("/static/desk/service.js");
            await ask(address("session?everywhere=true"), { method: "DELETE" });
        }"""
    )
    desk.put_caret("paragraph", 0, 0)
    desk.type("登录过期时写的字，")
    look.page.wait_for_selector("#again[open]")
    assert look.axe() == []
    with look.page.context.expect_page() as opened:
        look.page.click("#again .other a")
    opened.value.wait_for_selector("details.menu summary")
    opened.value.close()
    look.page.evaluate("window.dispatchEvent(new Event('focus'))")
    look.page.wait_for_selector("#again", state="detached")
    look.wait_until_kept()
    assert "登录过期时写的字，" in desk.words("paragraph", 0)
