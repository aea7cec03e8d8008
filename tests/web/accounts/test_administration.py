"""Accounts and one-time links over HTTP, and the service before there is an account."""

from __future__ import annotations

from pathlib import Path

import pytest

from hongtou.accounts.administration import first_link
from hongtou.bulletin.errors import SetupError
from hongtou.config import Config
from hongtou.desk import Stamp
from hongtou.desk.issue import State
from hongtou.keys import Scope, key_line
from hongtou.web.app import create_app
from tests.support.fakes import FakeTypesetter
from tests.support.house import House, issue_in, now
from tests.test_accounts import PASSWORD

pytestmark = pytest.mark.slow


class TestAccounts:
    def test_a_new_colleague_sets_a_password_by_the_link(self, fresh: House) -> None:
        boss, new = fresh.browser("administrator"), fresh.browser()
        made = boss.send("POST", "/v1/accounts", json={"name": "王龙", "role": "editor"})
        assert (made.status_code, made.json["account"]["has_password"]) == (201, False)
        link = {"token": made.json["token"]}
        assert new.send("POST", "/v1/links/look", json=link).json == {"name": "王龙"}
        used = new.send("POST", "/v1/links", json={**link, "password": PASSWORD})
        assert used.json["name"] == "王龙"
        assert new.send("GET", "/v1/issues").status_code == 200
        assert new.send("POST", "/v1/links/look", json=link).status_code == 404

    @pytest.mark.parametrize(
        "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7919*7919 }}"]
    )
    def test_a_name_is_only_text_on_every_page(self, fresh: House, name: str) -> None:
        boss = fresh.browser("administrator")
        made = boss.send("POST", "/v1/accounts", json={"name": name, "role": "reviewer"})
        link = {"token": made.json["token"], "password": PASSWORD}
        browser = fresh.browser()
        browser.send("POST", "/v1/links", json=link)
        issue = issue_in(browser, State.REVIEW).replace("/v1", "")
        for person, path in (
            (boss, "/accounts"), (browser, "/"), (browser, "/password"),
            (browser, issue), (browser, f"{issue}/history"),
        ):  # fmt: skip
            page = person.send("GET", path)
            assert page.status_code == 200
            assert name not in page.text or name.startswith("{{")
            assert str(7919 * 7919) not in page.text  # what a template would have made of it

    def test_no_name_that_cannot_be_seen(self, fresh: House) -> None:
        boss = fresh.browser("administrator")
        refused = boss.send("POST", "/v1/accounts", json={"name": "王\u202e龙", "role": "editor"})
        assert refused.status_code == 400

    def test_the_last_administrator(self, fresh: House) -> None:
        boss = fresh.browser("administrator")
        path = f"/v1/accounts/{fresh.ids['administrator']}"
        assert boss.send("PATCH", path, json={"disabled": True}).status_code == 409
        assert boss.send("GET", "/v1/session").status_code == 200


class TestBeforeTheFirstAccount:
    """On loopback nothing changes; elsewhere whoever has the link begins."""

    def test_on_loopback_whoever_is_there_edits(self, tmp_path: Path) -> None:
        made = House(tmp_path / "hongtou.db")
        client = made.app.test_client()
        assert client.post("/v1/publications", json={"nameplate": "动态"}).status_code == 201
        assert client.get("/").status_code == 200
        assert client.get("/login").status_code == 404
        assert client.get("/v1/accounts").status_code == 403
        made.archive.close()

    def test_elsewhere_nobody_does_until_the_first_has_been_set_up(self, tmp_path: Path) -> None:
        made = House(tmp_path / "hongtou.db", host="10.1.2.3", hosts="localhost")
        browser = made.browser()
        assert browser.send("GET", "/v1/issues").status_code == 401
        assert browser.send("GET", "/").headers["Location"] == "/login"
        token = first_link(made.archive, Stamp("测试", now()))
        used = {"token": token, "name": "杨春明", "password": PASSWORD}
        assert browser.send("POST", "/v1/links", json=used).json["role"] == "administrator"
        assert browser.send("GET", "/accounts").status_code == 200
        made.archive.close()

    def test_elsewhere_without_keys_and_without_a_database_it_does_not_start(self) -> None:
        with pytest.raises(SetupError, match="须有密钥或帐号"):
            create_app(Config(host="10.1.2.3"), FakeTypesetter())

    def test_keys_work_beside_accounts(self, tmp_path: Path) -> None:
        keys = tmp_path / "keys"
        keys.write_text(key_line("hongtou_e", [Scope.EDIT], "办公系统"), encoding="utf-8")
        made = House(tmp_path / "hongtou.db", keys=keys)
        client = made.app.test_client()
        bearer = {"Authorization": "Bearer hongtou_e"}
        assert client.get("/v1/issues", headers=bearer).status_code == 200
        assert client.get("/issues/1").status_code == 404  # without accounts as before
        made.people()
        assert client.get("/v1/issues", headers=bearer).status_code == 200
        assert client.get("/v1/accounts", headers=bearer).status_code == 403
        assert client.get("/v1/session", headers=bearer).status_code == 401
        assert client.get("/issues/1").status_code == 303
        assert client.get("/v1/issues").status_code == 401
        made.archive.close()
