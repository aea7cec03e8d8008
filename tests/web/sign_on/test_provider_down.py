"""A provider that is down, slow or wrong: it is said, and passwords go on working."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hongtou.accounts import oidc
from tests.support.house import House, warned
from tests.support.provider import Provider
from tests.support.sign_on import CLOSED, come_back, leave, log_in, opened


class TestProviderThatIsDown:
    @pytest.mark.slow
    def test_the_log_in_says_so_and_a_password_opens_the_door(self, tmp_path: Path) -> None:
        house = opened(tmp_path, oidc_issuer=CLOSED)
        browser = house.browser()
        answer = browser.send("GET", "/login/oidc?after=/desk")
        assert answer.status_code == 503
        assert "统一身份认证现在连不上" in warned(answer)
        assert 'data-after="/desk"' in answer.get_data(as_text=True)
        assert browser.log_in("editor").status_code == 200

    @pytest.mark.slow
    def test_one_that_goes_down_meanwhile(
        self, house: House, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        browser = house.browser()
        address = leave(browser)
        provider.document = {}
        monkeypatch.setattr(provider, "exchange", lambda given, is_client: (500, {}))
        answer = come_back(browser, address)
        assert (answer.status_code, "现在连不上" in warned(answer)) == (503, True)

    def test_one_that_hangs_is_not_waited_for(
        self, house: House, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(oidc, "READ_SECONDS", 0.1)
        provider.hangs = threading.Event()
        answer = house.browser().send("GET", "/login/oidc")
        assert (answer.status_code, "现在连不上" in warned(answer)) == (503, True)
        provider.hangs.set()

    def test_one_that_is_slow_holds_few_threads_of_ours(
        self, house: House, provider: Provider, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(oidc, "WAIT_SECONDS", 0.01)
        monkeypatch.setattr(oidc, "READ_SECONDS", 60)
        provider.hangs = threading.Event()
        with ThreadPoolExecutor(oidc.AT_ONCE) as pool:
            waiting = [
                pool.submit(house.browser().send, "GET", "/login/oidc") for _ in range(oidc.AT_ONCE)
            ]
            while len(provider.asked) < oidc.AT_ONCE:
                time.sleep(0.01)
            late = house.browser().send("GET", "/login/oidc")
            provider.hangs.set()
        assert (late.status_code, "同时登录的人过多" in warned(late)) == (429, True)
        assert [one.result().status_code for one in waiting] == [303] * oidc.AT_ONCE

    @pytest.mark.parametrize(
        ("document", "told"),
        [
            ({"issuer": "https://another.example"}, "issuer 不是所设的"),
            ({"token_endpoint": "http://sso.example/token"}, "token_endpoint 应如 https"),
            ({"jwks_uri": None}, "jwks_uri 应如 https"),
        ],
    )
    def test_one_that_publishes_what_cannot_be_right(
        self, house: House, provider: Provider, document: dict[str, Any], told: str
    ) -> None:
        provider.document = document
        answer = house.browser().send("GET", "/login/oidc")
        assert (answer.status_code, told in warned(answer)) == (503, True)

    def test_it_cannot_send_us_elsewhere(self, house: House, provider: Provider) -> None:
        provider.document = {"jwks_uri": f"{provider.issuer}/elsewhere"}
        assert "连不上" in warned(house.browser().send("GET", "/login/oidc"))
        assert provider.asked[-1] == "/elsewhere"

    @pytest.mark.slow
    def test_a_wrong_secret_is_told_the_administrator(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        house = opened(tmp_path, secret="another", oidc_issuer=provider.issuer)
        assert "不认本服务" in warned(log_in(house))
