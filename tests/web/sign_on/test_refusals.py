"""What the provider says is taken only where every part of it is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey

from hongtou.accounts import oidc
from tests.support.house import House, last_event, now, warned
from tests.support.provider import CLIENT, SECRET, Provider, signing_key
from tests.support.sign_on import come_back, leave, log_in, opened


class TestRefusals:
    """Nobody gets in, the log-in tells why, and a password still opens the door."""

    @pytest.mark.parametrize(
        "claims",
        [
            {"nonce": "another"},
            {"aud": "another-service"},
            {"aud": "another-service", "azp": CLIENT},
            {"aud": ["another-service", "a-third"], "azp": CLIENT},
            {"aud": [CLIENT, "another-service"], "azp": "another-service"},
            {"iss": "https://another.example"},
            {"exp": 1_700_000_000},
            {"iat": 9_999_999_999},
        ],
        ids=lambda claims: "+".join(claims),
    )
    def test_a_token_that_is_not_for_this_log_in(
        self, house: House, provider: Provider, claims: dict[str, Any]
    ) -> None:
        provider.claims = claims
        answer = log_in(house)
        assert answer.status_code == 403
        assert "统一身份认证的答复核对不上" in warned(answer)

    @pytest.mark.parametrize("claim", ["nonce", "aud", "iss", "exp", "sub"])
    def test_a_token_that_does_not_say_what_it_must(
        self, house: House, provider: Provider, claim: str
    ) -> None:
        provider.left_out = (claim,)
        assert "核对不上" in warned(log_in(house))

    def test_a_token_that_somebody_else_has_signed(self, house: House, provider: Provider) -> None:
        provider.signs_with = signing_key("first", "of somebody else")
        assert "核对不上" in warned(log_in(house))

    def test_a_token_that_nobody_has_signed(self, house: House, provider: Provider) -> None:
        provider.algorithm = "none"
        assert "核对不上" in warned(log_in(house))

    def test_a_token_that_is_signed_with_what_both_know(
        self, house: House, provider: Provider
    ) -> None:
        provider.signs_with = OctKey.import_key(SECRET * 2, {"kid": "first"})  # type: ignore[assignment]
        provider.algorithm = "HS256"
        assert "核对不上" in warned(log_in(house))

    def test_a_clock_that_is_a_little_off_is_borne(self, house: House, provider: Provider) -> None:
        at = int(now().timestamp())
        provider.claims = {"exp": at - oidc.SKEW_SECONDS // 2, "iat": at + oidc.SKEW_SECONDS // 2}
        assert log_in(house).status_code == 303

    def test_another_state_than_the_browser_left_with(self, house: House) -> None:
        browser = house.browser()
        address = leave(browser).replace("state=", "state=0")
        assert "不是从这个浏览器开始的" in warned(come_back(browser, address))

    def test_a_browser_that_has_not_left_from_here(self, house: House) -> None:
        address = leave(house.browser())
        assert "不是从这个浏览器开始的" in warned(come_back(house.browser(), address))

    def test_a_code_is_good_once(self, house: House) -> None:
        browser = house.browser()
        address = leave(browser)
        departure = dict(browser.cookies)
        assert come_back(browser, address).status_code == 303
        assert "不是从这个浏览器开始的" in warned(come_back(browser, address))
        again = house.browser()
        again.cookies = departure  # as somebody who has copied all that the browser had
        assert "用过了" in warned(come_back(again, address))

    def test_a_code_of_another_log_in_does_not_hold(self, house: House) -> None:
        """PKCE: a code that was caught on its way is of no use to another browser."""
        victim, thief = house.browser(), house.browser()
        (code,) = parse_qs(urlsplit(leave(victim)).query)["code"]
        (state,) = parse_qs(urlsplit(leave(thief)).query)["state"]
        answer = thief.send("GET", f"/login/oidc/return?code={code}&state={state}")
        assert "用过了" in warned(answer)

    def test_somebody_who_has_no_account_here(self, house: House, provider: Provider) -> None:
        provider.who = "王龙<b>"
        answer = log_in(house)
        assert answer.status_code == 403
        assert "红头没有名为“王龙&lt;b&gt;”的帐号" in warned(answer)
        assert last_event(house) == {"action": "session.refuse", "who": "未登录", "by": "oidc"}

    @pytest.mark.parametrize("name", ["Editor", "ｅditor", "edi tor", " editor"])
    def test_a_name_that_only_looks_like_that_of_an_account(
        self, house: House, provider: Provider, name: str
    ) -> None:
        """Who may choose their name at the provider must not become somebody else here."""
        provider.who = name
        assert "红头没有名为" in warned(log_in(house))

    @pytest.mark.slow
    def test_somebody_whose_account_is_disabled(self, provider: Provider, tmp_path: Path) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer)
        administrator, editor = house.browser("administrator"), house.ids["editor"]
        administrator.send("PATCH", f"/v1/accounts/{editor}", json={"disabled": True})
        answer = log_in(house)
        assert "已停用" in warned(answer)
        assert last_event(house)["action"] == "session.refuse"
        assert last_event(house)["account"] == editor

    def test_somebody_whom_the_provider_does_not_let_in(
        self, house: House, provider: Provider
    ) -> None:
        provider.refusal = "access_denied"
        assert "在统一身份认证没有登录成" in warned(log_in(house))
        browser = house.browser()
        without_code = leave(browser).replace("error=access_denied&", "")
        assert "在统一身份认证没有登录成" in warned(come_back(browser, without_code))

    @pytest.mark.slow
    @pytest.mark.parametrize("is_verified", [True, False, "true", None])
    def test_an_address_of_mail_counts_only_if_it_is_verified(
        self, provider: Provider, tmp_path: Path, is_verified: object
    ) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer, oidc_claim="email")
        provider.claims = {"email": "editor", "email_verified": is_verified}
        assert (log_in(house).status_code == 303) is (is_verified is True)

    @pytest.mark.slow
    def test_a_claim_that_the_provider_does_not_give(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer, oidc_claim="employee_number")
        assert "没有给出 employee_number" in warned(log_in(house))

    @pytest.mark.slow
    def test_an_address_of_mail_is_asked_for_only_where_it_names_people(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer, oidc_claim="preferred_username")
        leave(house.browser())
        assert [*provider.codes.values()][-1]["scope"] == "openid profile"
