"""Whom the provider names is in, with the role of the account, and lands on a page of ours."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from hongtou.accounts.sign_on import Departure
from hongtou.web.cookies import MOST_AFTER
from tests.support.house import House, last_event, warned
from tests.support.provider import Provider, signing_key
from tests.support.sign_on import OVER_TLS, come_back, leave, log_in, opened


class TestLogIn:
    @pytest.mark.slow
    def test_whoever_is_known_there_and_here_is_in(self, house: House) -> None:
        browser = house.browser()
        answer = come_back(browser, leave(browser, "/help?a=1%262"))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/help?a=1&2")
        assert answer.headers["Cache-Control"] == "no-store"
        assert browser.send("GET", "/v1/session").get_json()["name"] == "editor"
        assert set(browser.cookies) == {"hongtou-session", "hongtou-form"}

    def test_the_role_is_that_of_the_account_here(self, house: House, provider: Provider) -> None:
        provider.claims = {"role": "administrator", "groups": ["admin"]}
        browser = house.browser()
        come_back(browser, leave(browser))
        assert browser.send("GET", "/v1/session").get_json()["role"] == "editor"
        assert browser.send("GET", "/v1/accounts").status_code == 403

    @pytest.mark.slow
    def test_it_stands_in_the_chain_of_events(self, house: House) -> None:
        log_in(house)
        assert last_event(house) == {
            "action": "session.begin",
            "who": "editor",
            "account": house.ids["editor"],
            "by": "oidc",
        }
        assert house.desk.auditing.chain().fault == ""
        reviewer = house.browser("reviewer")
        assert "统一身份认证" in reviewer.send("GET", "/events").get_data(as_text=True)

    def test_an_account_needs_no_password_of_its_own(
        self, house: House, provider: Provider
    ) -> None:
        administrator = house.browser("administrator")
        sent = {"name": "王龙（二科）", "role": "editor"}
        assert administrator.send("POST", "/v1/accounts", json=sent).status_code == 201
        provider.who = "王龙（二科）"
        assert log_in(house).status_code == 303

    def test_what_is_asked_of_the_provider(self, house: House) -> None:
        browser = house.browser()
        left = browser.send("GET", "/login/oidc")
        asked = parse_qs(urlsplit(left.headers["Location"]).query)
        (cookie,) = left.headers.getlist("Set-Cookie")
        departure = Departure(browser.cookies["hongtou-departure"].partition(".")[0])
        assert asked["redirect_uri"] == ["http://localhost/login/oidc/return"]
        assert (asked["state"], asked["nonce"]) == ([departure.state], [departure.nonce])
        assert len({departure.state, departure.nonce, departure.verifier, departure.token}) == 4
        assert departure.verifier not in left.headers["Location"]
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie

    @pytest.mark.slow
    def test_a_new_key_of_the_provider_is_read(self, house: House, provider: Provider) -> None:
        browser = house.browser()
        address = leave(browser)
        provider.key = signing_key("second")
        assert come_back(browser, address).status_code == 303

    def test_a_secret_may_be_wanted_in_the_body(self, house: House, provider: Provider) -> None:
        provider.document = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        assert log_in(house).status_code == 303

    def test_the_name_may_be_told_beside_the_token(self, house: House, provider: Provider) -> None:
        provider.left_out = ("preferred_username",)
        provider.document = {"userinfo_endpoint": f"{provider.issuer}/userinfo"}
        provider.userinfo = {"sub": "id-of-editor", "preferred_username": "editor"}
        assert log_in(house).status_code == 303
        provider.userinfo["sub"] = "id-of-administrator"
        assert "核对不上" in warned(log_in(house))


class TestBehindAProxy:
    @pytest.mark.slow
    def test_browsers_come_back_to_the_name_they_know(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        config = {"hosts": "bulletin.example", "proxies": "127.0.0.1"}
        house = opened(tmp_path, oidc_issuer=provider.issuer, **config)
        browser = house.browser()
        address = leave(browser, headers=OVER_TLS)
        assert address.startswith("https://bulletin.example/login/oidc/return?")
        assert list(browser.cookies) == ["__Host-hongtou-departure"]
        assert come_back(browser, address, headers=OVER_TLS).status_code == 303
        assert sorted(browser.cookies) == ["__Host-hongtou-form", "__Host-hongtou-session"]

    @pytest.mark.slow
    def test_a_departure_that_a_neighbouring_host_has_planted_counts_for_nothing(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        config = {"hosts": "bulletin.example", "proxies": "127.0.0.1"}
        house = opened(tmp_path, oidc_issuer=provider.issuer, **config)
        attacker, victim = house.browser(), house.browser()
        address = leave(attacker, headers=OVER_TLS)
        (departure,) = attacker.cookies.values()
        victim.cookies["hongtou-departure"] = departure
        assert come_back(victim, address, headers=OVER_TLS).status_code == 403

    def test_a_name_that_is_not_ours_is_no_return_address(self, house: House) -> None:
        answer = house.browser().send("GET", "/login/oidc", headers={"Host": "evil.example"})
        assert answer.status_code == 400

    def test_a_path_prefix_belongs_to_the_return_address(self, house: House) -> None:
        browser = house.browser()
        below = {"environ_overrides": {"SCRIPT_NAME": "/hongtou"}}
        address = leave(browser, "/desk", **below)
        assert urlsplit(address).path == "/hongtou/login/oidc/return"
        back = browser.send("GET", f"/login/oidc/return?{urlsplit(address).query}", **below)
        assert back.headers["Location"] == "/hongtou/desk"


class TestOpenRedirects:
    @pytest.mark.parametrize(
        "after", ["//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0ax", "x" * 9]
    )
    def test_a_page_of_ours_is_the_only_place_to_go(self, house: House, after: str) -> None:
        browser = house.browser()
        assert come_back(browser, leave(browser, after)).headers["Location"] == "/"

    def test_a_cookie_that_was_altered_leads_nowhere_else(self, house: House) -> None:
        browser = house.browser()
        address = leave(browser)
        browser.cookies["hongtou-departure"] += "%2F%2Fevil.example"
        assert come_back(browser, address).headers["Location"] == "/"

    def test_a_long_address_is_forgotten(self, house: House) -> None:
        browser = house.browser()
        address = leave(browser, "/" + "a" * MOST_AFTER)
        assert come_back(browser, address).headers["Location"] == "/"
