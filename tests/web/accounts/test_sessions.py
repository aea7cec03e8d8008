"""Sessions: their cookies, and when they end."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import House
from tests.test_accounts import PASSWORD

pytestmark = pytest.mark.slow

OVER_TLS = {"X-Forwarded-Proto": "https"}


class TestSessions:
    def test_its_cookies(self, house: House) -> None:
        answer = house.browser().log_in("editor")
        session, form = answer.headers.getlist("Set-Cookie")
        assert re.fullmatch("hongtou-session=[\\w-]{43}; Path=/; SameSite=Lax; HttpOnly", session)
        assert re.fullmatch("hongtou-form=[0-9a-f]{64}; Path=/; SameSite=Lax", form)
        assert answer.headers["Cache-Control"] == "no-store"

    def test_behind_tls_they_are_of_this_host_alone(self, tmp_path: Path) -> None:
        made = House(tmp_path / "hongtou.db", proxies="127.0.0.1")
        made.people()
        browser = made.browser()
        answer = browser.log_in("editor", headers=OVER_TLS)
        lines = answer.headers.getlist("Set-Cookie")
        assert all(line.startswith("__Host-hongtou-") and "; Secure" in line for line in lines)
        assert browser.send("GET", "/v1/session", headers=OVER_TLS).json["name"] == "editor"
        made.archive.close()

    def test_behind_tls_a_session_that_a_neighbouring_host_has_planted_counts_for_nothing(
        self, tmp_path: Path
    ) -> None:
        made = House(tmp_path / "hongtou.db", proxies="127.0.0.1")
        made.people()
        attacker, victim = made.browser("editor"), made.browser()
        victim.cookies = dict(attacker.cookies)  # the plain names, which a neighbour can set
        assert victim.send("GET", "/v1/session").status_code == 200
        assert victim.send("GET", "/v1/session", headers=OVER_TLS).status_code == 401
        assert victim.send("DELETE", "/v1/session", headers=OVER_TLS).status_code == 401
        made.archive.close()

    def test_a_stranger_cannot_say_that_tls_is_used(self, house: House) -> None:
        answer = house.browser().log_in("editor", headers=OVER_TLS)
        assert "Secure" not in answer.headers["Set-Cookie"]

    def test_a_planted_session_is_not_taken_over(self, house: House) -> None:
        browser = house.browser()
        browser.cookies["hongtou-session"] = planted = "A" * 43
        assert browser.send("GET", "/v1/session").status_code == 401
        browser.log_in("editor")
        assert browser.session != planted
        first = browser.session
        browser.log_in("editor")
        assert browser.session != first

    def test_log_out_ends_it_for_whoever_has_copied_it(self, fresh: House) -> None:
        browser = fresh.browser("editor")
        copied = dict(browser.cookies)
        assert browser.send("DELETE", "/v1/session").status_code == 204
        assert browser.cookies == {}
        browser.cookies = copied
        assert browser.send("GET", "/v1/issues").status_code == 401

    def test_everywhere_and_a_new_password_end_the_others(self, fresh: House) -> None:
        one, other = fresh.browser("editor"), fresh.browser("editor")
        new = "另一个想得起来的密码"
        sent = {"present": PASSWORD, "new": new}
        assert one.send("PUT", "/v1/session/password", json=sent).status_code == 204
        assert one.send("GET", "/v1/session").status_code == 200
        assert other.send("GET", "/v1/session").status_code == 401
        assert other.log_in("editor", new).status_code == 200
        assert one.send("DELETE", "/v1/session?everywhere=true").status_code == 204
        assert other.send("GET", "/v1/session").status_code == 401

    @pytest.mark.parametrize("change", [{"role": "reviewer"}, {"disabled": True}])
    def test_another_role_ends_them_at_once(self, fresh: House, change: dict[str, Any]) -> None:
        browser, boss = fresh.browser("editor"), fresh.browser("administrator")
        path = f"/v1/accounts/{fresh.ids['editor']}"
        assert boss.send("PATCH", path, json=change).status_code == 200
        assert browser.send("GET", "/v1/issues").status_code == 401

    def test_who_it_is_and_what_they_may(self, house: House) -> None:
        said = house.browser("editor").send("GET", "/v1/session").json
        assert said == {
            "name": "editor", "role": "editor", "scopes": ["check", "edit", "read", "render"],
        }  # fmt: skip
