"""Guessing passwords is slowed, and keeps nobody out."""

from __future__ import annotations

from pathlib import Path

import pytest

from hongtou.accounts.guessing import FREE
from tests.support.house import House
from tests.test_accounts import PASSWORD
from tests.web.accounts.roles import told

pytestmark = pytest.mark.slow


class TestGuessing:
    def test_a_pause_is_told_in_words_and_seconds(self, fresh: House) -> None:
        browser = fresh.browser()
        for _ in range(FREE):
            refused = browser.log_in("editor", "不对的密码不对的")
            assert (refused.status_code, refused.json["detail"]) == (
                401, "名称或密码不对。请再写一遍；忘了请管理员另发链接",
            )  # fmt: skip
        paused = browser.log_in("editor")
        assert (paused.status_code, told(paused)) == (429, "too-many-attempts")
        assert 1 <= int(paused.headers["Retry-After"]) <= 2
        assert "秒后再试" in paused.json["detail"]

    def test_an_unknown_name_is_told_the_same(self, fresh: House) -> None:
        known = fresh.browser().log_in("editor", "不对的密码不对的").json
        unknown = fresh.browser().log_in("没有这个人", "不对的密码不对的").json
        assert {**known, "request_id": ""} == {**unknown, "request_id": ""}

    def test_a_victim_behind_the_proxy_logs_in_meanwhile(self, tmp_path: Path) -> None:
        made = House(tmp_path / "hongtou.db", proxies="127.0.0.1")
        made.people()
        attacker = {"X-Forwarded-For": "10.0.0.66"}
        for _ in range(FREE):
            made.browser().log_in("editor", "不对的密码不对的", headers=attacker)
        assert made.browser().log_in("editor", headers=attacker).status_code == 429
        victim = {"X-Forwarded-For": "10.0.0.66, 10.0.0.7"}  # the first is what the client wrote
        assert made.browser().log_in("editor", headers=victim).status_code == 200
        made.archive.close()

    def test_the_own_password_cannot_be_guessed_either(self, fresh: House) -> None:
        browser = fresh.browser("editor")
        sent = {"present": "不对的密码不对的", "new": PASSWORD}
        answers = [
            browser.send("PUT", "/v1/session/password", json=sent).status_code
            for _ in range(FREE + 1)
        ]
        assert answers == [403] * FREE + [429]
