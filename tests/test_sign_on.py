"""Single sign-on by OpenID Connect, against a provider on loopback that a test lets do wrong."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import OctKey
from werkzeug.test import TestResponse

from hongtou.accounts import oidc
from hongtou.accounts.sign_on import Departure, open_provider
from hongtou.bulletin.errors import NoProvider, SetupError
from hongtou.config import Config, read_config
from hongtou.web.cookies import MOST_AFTER
from tests.support.house import Browser, House, last_event, now, warned
from tests.support.provider import CLIENT, SECRET, Provider, certify, identity_provider, signing_key

CLOSED = "http://127.0.0.1:9/realms/main"  # discard, where nobody listens
OVER_TLS = {"X-Forwarded-Proto": "https", "Host": "bulletin.example"}  # as the proxy sends it


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with identity_provider() as found:
        yield found


@pytest.fixture
def provider(running: Provider) -> Provider:
    """The provider, which does right again."""
    vars(running).update(vars(Provider(running.port)))
    return running


@pytest.fixture(scope="module")
def house(running: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = opened(tmp_path_factory.mktemp("house"), oidc_issuer=running.issuer)
    yield made
    made.archive.close()


@pytest.fixture(autouse=True)
def _does_right_again(provider: Provider) -> None:
    """Whoever has only a house has a provider that does right, too."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("tls") / "sso.pem"
    certify(file)
    return file


def settings(folder: Path, secret: str = SECRET, **changed: Any) -> dict[str, Any]:
    kept = folder / "secret"
    kept.write_text(f"{secret}\n")
    return {"oidc_client_id": CLIENT, "oidc_client_secret_file": kept, **changed}


def opened(folder: Path, **changed: Any) -> House:
    given = settings(folder, **changed)
    house = House(folder / "hongtou.db", open_provider(Config(**given)), **given)
    house.people()
    return house


def leave(browser: Browser, after: str = "", **given: Any) -> str:
    """Go to the provider and return the address to which it sends the browser back."""
    left = browser.send("GET", f"/login/oidc?after={after}", **given)
    assert left.status_code == 303
    return requests.get(left.headers["Location"], allow_redirects=False, timeout=20).headers[
        "Location"
    ]


def come_back(browser: Browser, address: str, **given: Any) -> TestResponse:
    parts = urlsplit(address)
    return browser.send("GET", f"{parts.path}?{parts.query}", **given)


def log_in(house: House) -> TestResponse:
    browser = house.browser()
    return come_back(browser, leave(browser))


class TestLogIn:
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

    @pytest.mark.parametrize("is_verified", [True, False, "true", None])
    def test_an_address_of_mail_counts_only_if_it_is_verified(
        self, provider: Provider, tmp_path: Path, is_verified: object
    ) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer, oidc_claim="email")
        provider.claims = {"email": "editor", "email_verified": is_verified}
        assert (log_in(house).status_code == 303) is (is_verified is True)

    def test_a_claim_that_the_provider_does_not_give(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        house = opened(tmp_path, oidc_issuer=provider.issuer, oidc_claim="employee_number")
        assert "没有给出 employee_number" in warned(log_in(house))


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


class TestProviderThatIsDown:
    def test_the_log_in_says_so_and_a_password_opens_the_door(self, tmp_path: Path) -> None:
        house = opened(tmp_path, oidc_issuer=CLOSED)
        browser = house.browser()
        answer = browser.send("GET", "/login/oidc?after=/desk")
        assert answer.status_code == 503
        assert "统一身份认证现在连不上" in warned(answer)
        assert 'data-after="/desk"' in answer.get_data(as_text=True)
        assert browser.log_in("editor").status_code == 200

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

    def test_a_wrong_secret_is_told_the_administrator(
        self, provider: Provider, tmp_path: Path
    ) -> None:
        house = opened(tmp_path, secret="another", oidc_issuer=provider.issuer)
        assert "不认本服务" in warned(log_in(house))


class TestSettings:
    def test_nothing_is_offered_that_is_not_set(self, tmp_path: Path) -> None:
        assert open_provider(Config()) is None
        house = House(tmp_path / "hongtou.db")
        house.people()
        browser = house.browser()
        assert "统一身份认证" not in browser.send("GET", "/login").get_data(as_text=True)
        assert browser.send("GET", "/login/oidc").status_code == 404
        assert browser.send("GET", "/login/oidc/return").status_code == 404

    def test_it_is_offered_beside_the_password(self, house: House) -> None:
        page = house.browser().send("GET", "/login?after=/desk").get_data(as_text=True)
        assert 'href="/login/oidc?after=/desk"' in page
        assert 'id="password"' in page

    @pytest.mark.parametrize(
        ("left_out", "told"),
        [
            ("oidc_issuer", "没有设 HONGTOU_OIDC_ISSUER"),
            ("oidc_client_id", "没有设 HONGTOU_OIDC_CLIENT_ID"),
            ("oidc_client_secret_file", "没有设 HONGTOU_OIDC_CLIENT_SECRET_FILE"),
        ],
    )
    def test_half_of_it_is_refused(self, tmp_path: Path, left_out: str, told: str) -> None:
        given = settings(tmp_path, oidc_issuer=CLOSED)
        del given[left_out]
        with pytest.raises(SetupError, match=told):
            open_provider(Config(**given))

    def test_without_a_database_there_are_no_accounts(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="没有数据库就没有帐号"):
            open_provider(Config(**settings(tmp_path, oidc_issuer=CLOSED, database="none")))

    @pytest.mark.parametrize("written", ["", "two words", "密文"])
    def test_the_file_holds_a_line(self, tmp_path: Path, written: str) -> None:
        given = settings(tmp_path, oidc_issuer=CLOSED)
        (tmp_path / "secret").write_text(written)
        with pytest.raises(SetupError, match="只有一行口令") as refusal:
            open_provider(Config(**given))
        assert not written or written not in refusal.value.message

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SetupError, match="读不了"):
            open_provider(
                Config(**settings(tmp_path, oidc_issuer=CLOSED, oidc_client_secret_file=tmp_path))
            )

    @pytest.mark.parametrize(
        "issuer",
        [
            "http://sso.example.gov.cn",
            "sso.example.gov.cn",
            "https://",
            "https://sso.example/?a=1",
            "https://somebody@sso.example/",
            "https://[::1/",
            "ftp://127.0.0.1/",
        ],
    )
    def test_an_issuer_is_asked_over_tls(self, issuer: str) -> None:
        with pytest.raises(SetupError, match="HONGTOU_OIDC_ISSUER"):
            read_config({"HONGTOU_OIDC_ISSUER": issuer})

    @pytest.mark.parametrize("issuer", ["https://sso.example.gov.cn/realms/main", CLOSED])
    def test_an_issuer_on_this_machine_need_not(self, issuer: str) -> None:
        assert read_config({"HONGTOU_OIDC_ISSUER": issuer}).oidc_issuer == issuer


class TestTls:
    """Who speaks for the provider: whoever has a certificate of a CA that is trusted."""

    def ask(self, folder: Path, issuer: str, **more: Any) -> None:
        found = open_provider(Config(**settings(folder, oidc_issuer=issuer, **more)))
        assert found is not None
        found.look()

    def test_the_own_ca_of_an_organisation_is_trusted_where_it_is_named(
        self, certificate: Path, tmp_path: Path
    ) -> None:
        with identity_provider(certificate) as provider:
            self.ask(tmp_path, provider.issuer, oidc_ca_file=certificate)
            with pytest.raises(NoProvider, match="连不上"):
                self.ask(tmp_path, provider.issuer)

    def test_another_host_than_the_certificate_is_for_is_refused(
        self, certificate: Path, tmp_path: Path
    ) -> None:
        with identity_provider(certificate) as provider:
            issuer = provider.issuer.replace("127.0.0.1", "localhost")
            with pytest.raises(NoProvider, match="连不上"):
                self.ask(tmp_path, issuer, oidc_ca_file=certificate)

    def test_a_file_that_is_gone_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(NoProvider, match="连不上"):
            self.ask(tmp_path, "https://127.0.0.1:9", oidc_ca_file=tmp_path / "gone.pem")


WITHOUT = """
import sys
for name in ("authlib", "joserfc", "requests"):
    sys.modules[name] = None
import hongtou.web.serve
from hongtou.accounts.sign_on import open_provider
from hongtou.config import read_config
open_provider(read_config({}))
print("without")
open_provider(read_config())
"""


def test_the_service_runs_without_the_extra_and_says_how_to_install_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    ended = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env={
            "HONGTOU_OIDC_ISSUER": CLOSED,
            "HONGTOU_OIDC_CLIENT_ID": CLIENT,
            "HONGTOU_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout == "without\n"
    assert "SetupError: 设了 HONGTOU_OIDC_ISSUER，没有装统一身份认证用的软件包" in ended.stderr
