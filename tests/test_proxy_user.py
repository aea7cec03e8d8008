"""A gateway in front says who is logged in; whoever else says so is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from hongtou.addresses import USER_HEADERS
from hongtou.bulletin.errors import SetupError
from hongtou.config import Config, read_config
from hongtou.web.proxies import user_told
from tests.support.house import House, last_event, warned
from tests.support.proxy import SHIPPED

pytestmark = pytest.mark.slow

GATEWAY, STRANGER = "127.0.0.2", "127.0.0.3"
NAMED = {"X-Forwarded-User": "editor"}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    file = tmp_path_factory.mktemp("gateway") / "hongtou.db"
    made = House(file, proxies=GATEWAY, proxy_user="X-Forwarded-User")
    made.people()
    yield made
    made.archive.close()


def enter(house: House, peer: str, headers: dict[str, str], after: str = "") -> TestResponse:
    return come(house.browser(), peer, headers, after)


def come(browser: Any, peer: str, headers: dict[str, str], after: str = "") -> TestResponse:
    answer: TestResponse = browser.send(
        "GET", f"/login/proxy?after={after}", headers=headers,
        environ_overrides={"REMOTE_ADDR": peer},
    )  # fmt: skip
    return answer


def test_whom_the_gateway_names_is_in_with_the_role_of_the_account(house: House) -> None:
    browser = house.browser()
    answer = come(browser, GATEWAY, NAMED, "/help")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/help")
    assert browser.send("GET", "/v1/session").get_json()["role"] == "editor"
    told = last_event(house)
    assert (told["action"], told["who"], told["by"]) == ("session.begin", "editor", "proxy")


def test_a_stranger_who_names_somebody_is_not_in(house: House) -> None:
    answer = enter(house, STRANGER, NAMED)
    assert answer.status_code == 403
    assert "登录网关没有说是谁" in warned(answer)


def test_behind_the_gateway_only_its_own_address_counts(house: House) -> None:
    told = {**NAMED, "X-Forwarded-For": GATEWAY}
    assert enter(house, STRANGER, told).status_code == 403


@pytest.mark.parametrize("name", ["", "nobody", "Editor", "editor ​", "editor,reviewer"])
def test_another_name_is_nobody(house: House, name: str) -> None:
    headers = {"X-Forwarded-User": name.encode().decode("latin-1")}
    assert enter(house, GATEWAY, headers).status_code == 403


def test_another_header_than_the_one_that_is_set_is_not_read(house: House) -> None:
    assert enter(house, GATEWAY, {"X-Remote-User": "editor"}).status_code == 403


def test_a_header_alone_opens_nothing_but_the_log_in(house: House) -> None:
    asked = house.browser().send(
        "GET", "/v1/issues", headers=NAMED, environ_overrides={"REMOTE_ADDR": GATEWAY}
    )
    assert asked.status_code == 401


def test_a_disabled_account_is_not_in(house: House) -> None:
    chief = house.browser("administrator")
    path = f"/v1/accounts/{house.ids['reviewer']}"
    assert chief.send("PATCH", path, json={"disabled": True}).status_code == 200
    answer = enter(house, GATEWAY, {"X-Forwarded-User": "reviewer"})
    assert answer.status_code == 403
    assert "停用" in warned(answer)


def test_the_log_in_leads_there(house: House) -> None:
    page = house.browser().send("GET", "/login?after=/help").text
    assert 'href="/login/proxy?after=/help"' in page


def test_it_leads_to_no_other_site(house: House) -> None:
    answer = enter(house, GATEWAY, NAMED, "//evil.example")
    assert answer.headers["Location"] == "/"


def test_where_it_is_not_set_there_is_no_such_page(tmp_path: Path) -> None:
    house = House(tmp_path / "hongtou.db", proxies=GATEWAY)
    house.people()
    assert enter(house, GATEWAY, NAMED).status_code == 404
    house.archive.close()


def test_a_chinese_name_is_read_as_utf8() -> None:
    config = Config(proxies=GATEWAY, proxy_user="Remote-User")
    fields = {"remote-user": "王龙".encode().decode("latin-1")}
    assert user_told(GATEWAY, fields, config) == "王龙"
    assert user_told(STRANGER, fields, config) == ""


def test_it_needs_a_proxy_that_is_trusted() -> None:
    with pytest.raises(SetupError, match="HONGTOU_PROXIES"):
        read_config({"HONGTOU_PROXY_USER": "X-Forwarded-User"})
    with pytest.raises(SetupError, match="X-Remote-User"):
        read_config({"HONGTOU_PROXY_USER": "X-User", "HONGTOU_PROXIES": "127.0.0.1"})


@pytest.mark.parametrize("header", USER_HEADERS.values())
def test_the_proxy_that_is_shipped_hands_none_of_them_on(header: str) -> None:
    rules = (SHIPPED / "hongtou-proxy.conf").read_text(encoding="utf-8")
    assert f'proxy_set_header {header} "";' in rules
