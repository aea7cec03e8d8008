"""No other site acts in the name of whoever is logged in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hongtou.web.route import Route
from tests.support.house import Browser, House
from tests.test_routes import filled
from tests.web.accounts.roles import CHANGING, told

pytestmark = pytest.mark.slow


class TestOtherSites:
    """Every route that changes something, generated from the routes."""

    @pytest.mark.parametrize(
        "headers",
        [
            {"X-CSRF-Token": None},
            {"X-CSRF-Token": "0" * 64},
            {"X-CSRF-Token": "别人的"},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": None, "Origin": "null"},
            {"Sec-Fetch-Site": None, "Origin": "http://evil.example"},
            {"Sec-Fetch-Site": None, "X-CSRF-Token": None},  # an old browser
        ],
        ids=lambda headers: "、".join(f"{name}={value}" for name, value in headers.items()),
    )
    @pytest.mark.parametrize("route", CHANGING, ids=lambda route: route.endpoint)
    def test_a_change_is_refused(
        self, house: House, browsers: dict[str, Browser], route: Route, headers: dict[str, Any]
    ) -> None:
        sent = dict(headers)
        if sent.get("X-CSRF-Token") == "别人的":
            cookies = browsers["editor"].cookies
            sent["X-CSRF-Token"] = next(cookies[name] for name in cookies if "form" in name)
        answer = browsers["administrator"].send(route.method, filled(route), headers=sent)
        assert (answer.status_code, told(answer)) == (403, "forbidden")

    def test_an_old_browser_on_our_page_is_served(self, browsers: dict[str, Browser]) -> None:
        answer = browsers["editor"].send(
            "POST", "/v1/publications", json={"nameplate": "动态"}, headers={"Sec-Fetch-Site": None}
        )
        assert answer.status_code == 201

    def test_a_page_of_ours_is_the_only_place_to_go_after_the_log_in(self, house: House) -> None:
        def after(path: str) -> str:
            page = house.browser().send("GET", "/login", query_string={"after": path}).text
            return re.findall('data-after="(.*?)"', page)[0]

        assert after("/issues/7?x=1") == "/issues/7?x=1"
        for other in (
            "//evil.example",
            "/\\evil.example",
            "http://evil.example",
            "javascript:1",
            "",
        ):
            assert after(other) == "/"


def test_no_script_calls_the_service_without_the_token_of_its_session() -> None:
    """A call by `fetch` alone would be refused, and would lose what is written when a session ends."""
    folder = Path(__file__).parents[3] / "service/hongtou/web/pages/static"
    alone = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.js")
        if "vendor" not in path.parts and re.search(r"\bfetch\(", path.read_text(encoding="utf-8"))
    }
    # Those of the log-in itself, and of an example, which is open to all.
    assert alone == {"desk/service.js", "account/again.js", "editor.js"}
