"""Accounts over HTTP: who may do what, sessions, other sites, guessing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.accounts import Accounts
from hongtou.accounts.administration import first_link
from hongtou.accounts.guessing import FREE
from hongtou.accounts.role import Role
from hongtou.accounts.sign_on import IdentityProvider
from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk, Stamp
from hongtou.desk.issue import State
from hongtou.desk.states import STEPS
from hongtou.keys import Scope, key_line
from hongtou.store import SqlArchive, open_archive
from hongtou.web.app import Application, create_app
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from tests.support.archives import NOON, document
from tests.support.fakes import FakeTypesetter
from tests.test_accounts import PASSWORD
from tests.test_routes import filled

pytestmark = pytest.mark.slow

SAFE = ("GET", "HEAD", "OPTIONS")
STRANGER = "未登录的人"
BY_ROLE: dict[str, frozenset[Scope]] = {
    STRANGER: frozenset(),
    **{role.value: role.scopes for role in Role},
}
WITH_SCOPE = [route for route in ROUTES if route.scope]
PERSONAL = [route for route in ROUTES if route.is_personal]
PAGES = [route for route in ROUTES if route.page_scope]
CHANGING = [route for route in (*WITH_SCOPE, *PERSONAL) if route.method not in SAFE]
by_route = pytest.mark.parametrize("route", WITH_SCOPE, ids=lambda route: route.endpoint)
by_page = pytest.mark.parametrize("route", PAGES, ids=lambda route: route.endpoint)
by_role = pytest.mark.parametrize("who", BY_ROLE)


class House:
    """A service with accounts, and a browser for each of them."""

    def __init__(self, file: Path, provider: IdentityProvider | None = None, **config: Any) -> None:
        self.archive: SqlArchive = open_archive(str(file))
        self.accounts = Accounts(self.archive, NOON)
        self.desk = Desk(self.archive, Limits())
        self.app: Application = create_app(
            Config(**config),
            FakeTypesetter(),
            desk=self.desk,
            accounts=self.accounts,
            provider=provider,
        )
        self.ids: dict[str, int] = {}

    def people(self) -> None:
        """Make an account of each role, by the name of the role."""
        stamp = Stamp("测试", _now())
        token = first_link(self.archive, stamp)
        run = self.accounts.administration
        self.ids["administrator"] = run.use_link(token, "administrator", PASSWORD, stamp).id
        for role in (Role.EDITOR, Role.REVIEWER):
            added, token = run.add(role.value, role, stamp)
            run.use_link(token, "", PASSWORD, stamp)
            self.ids[role.value] = added.id

    def browser(self, who: str = STRANGER) -> Browser:
        found = Browser(self.app.test_client(use_cookies=False))
        if who != STRANGER:
            assert found.log_in(who).status_code == 200
        return found


class Browser:
    """A client that keeps cookies as a browser does, and sends the token of its forms."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.cookies: dict[str, str] = {}

    def send(self, method: str, path: str, **given: Any) -> TestResponse:
        """Send a request as our pages do; ``headers`` change or, with None, take away some."""
        mine = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        token = next((value for name, value in self.cookies.items() if "form" in name), None)
        wanted = {**mine, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": token}
        wanted |= given.pop("headers", {})
        headers = {name: value for name, value in wanted.items() if value}
        answer = self.client.open(path, method=method, headers=headers, **given)
        for line in answer.headers.getlist("Set-Cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
                if not morsel.value:
                    del self.cookies[name]
        return answer

    def log_in(self, name: str, password: str = PASSWORD, **given: Any) -> TestResponse:
        sent = {"name": name, "password": password}
        return self.send("POST", "/v1/session", json=sent, **given)

    @property
    def session(self) -> str:
        return next((value for name, value in self.cookies.items() if "session" in name), "")


def _now() -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house") / "hongtou.db")
    made.people()
    yield made
    made.archive.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[House]:
    """A house that a test may turn upside down."""
    made = House(tmp_path / "hongtou.db")
    made.people()
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def browsers(house: House) -> dict[str, Browser]:
    return {who: house.browser(who) for who in BY_ROLE}


def told(answer: TestResponse) -> str:
    """Return the kind of problem that is answered."""
    return str(answer.json["type"]).rpartition("/")[2] if answer.json else ""


class TestWhoMayDoWhat:
    """Role × route, generated from the routes: a new one is in it, or has no scope."""

    @by_role
    @by_route
    def test_a_route_takes_whoever_has_its_scope(
        self, browsers: dict[str, Browser], route: Route, who: str
    ) -> None:
        answer = browsers[who].send(route.method, filled(route))
        if route.scope in BY_ROLE[who]:
            assert answer.status_code not in (401, 403), answer.text
        else:
            wanted = (401, "unauthorized") if who == STRANGER else (403, "forbidden")
            assert (answer.status_code, told(answer)) == wanted

    @by_role
    @by_page
    def test_a_page_leads_strangers_to_the_log_in(
        self, browsers: dict[str, Browser], route: Route, who: str
    ) -> None:
        answer = browsers[who].send("GET", filled(route))
        if who == STRANGER:
            assert answer.status_code == 303
            assert answer.headers["Location"].startswith("/login")
        elif route.page_scope in BY_ROLE[who]:
            assert answer.status_code in (200, 404)  # 404: nothing of this number is kept
        else:
            assert answer.status_code == 403

    @pytest.mark.parametrize("route", PERSONAL, ids=lambda route: route.endpoint)
    def test_what_is_about_a_session_needs_one(self, fresh: House, route: Route) -> None:
        assert fresh.browser().send(route.method, filled(route)).status_code == 401
        answer = fresh.browser("editor").send(route.method, filled(route), json={})
        assert answer.status_code in (200, 204, 400)

    def test_every_route_of_the_archive_and_of_accounts_has_a_scope(self) -> None:
        open_to_all = {
            "api.log_in", "api.whose_link", "api.use_link", "pages.log_in", "pages.link", "pages.depart", "pages.arrive", "pages.enter",
            "pages.editor", "pages.guide", "pages.guide_picture", "pages.docs", "pages.example", "pages.problem", "static",
            "operations.healthz", "operations.readyz",
        }  # fmt: skip
        unguarded = {
            route.endpoint
            for route in ROUTES
            if not (route.scope or route.page_scope or route.is_personal)
        }
        assert unguarded == open_to_all

    @pytest.mark.parametrize("state", list(State))
    @pytest.mark.parametrize("role", list(Role))
    def test_steps_by_role_and_state(self, house: House, role: Role, state: State) -> None:
        boss = house.browser("administrator")
        for step in dict.fromkeys(step.name for step in STEPS):
            issue = _issue_in(boss, state)
            offered = next((one for one in STEPS if one.name == step and one.start is state), None)
            answer = _step(house.browser(role.value), issue, step)
            if offered is None:
                assert answer.status_code == 409
            elif offered.by_reviewer and Scope.REVIEW not in role.scopes:
                assert answer.status_code == 403
            else:
                assert answer.status_code == 200, answer.text

    def test_an_editor_is_not_offered_what_only_a_reviewer_may(self, house: House) -> None:
        issue = _issue_in(house.browser("administrator"), State.REVIEW)
        page = house.browser("editor").send("GET", issue.replace("/v1", "")).text
        assert 'data-step="withdraw"' in page
        assert 'data-step="finalize"' not in page
        assert 'data-step="finalize"' in house.browser("reviewer").send(
            "GET", issue.replace("/v1", "")
        ).text  # fmt: skip

    def test_names_stand_in_the_history(self, house: House) -> None:
        issue = _issue_in(house.browser("editor"), State.DRAFT)
        assert house.browser("editor").send("GET", f"{issue}/record").json["changed_by"] == "editor"
        _step(house.browser("reviewer"), issue, "submit")
        events = house.browser("editor").send("GET", f"{issue}/events").json["events"]
        assert [one["who"] for one in events] == ["editor", "reviewer"]


def _issue_in(browser: Browser, state: State) -> str:
    """Return the address of a new issue in a state."""
    made = browser.send("POST", "/v1/publications", json={"nameplate": "动态"})
    place = f"{made.headers['Location']}/issues"
    sent = {"from": "document", "document": _fields()}
    issue = browser.send("POST", place, json=sent).headers["Location"]
    ways = {State.DRAFT: (), State.REVIEW: ("submit",), State.FINAL: ("submit", "finalize")}
    for step in ways.get(state, ("submit", "finalize", "print")):
        assert _step(browser, issue, step).status_code == 200
    return str(issue)


def _fields() -> Any:
    import json

    return json.loads(document())


def _step(browser: Browser, issue: str, step: str) -> TestResponse:
    version = browser.send("GET", f"{issue}/record").json["version"]
    sent = {"step": step, "note": "理由"}
    headers = {"If-Match": f'"{version}"'}
    return browser.send("POST", f"{issue}/transitions", json=sent, headers=headers)


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
        answer = browser.log_in("editor", headers={"X-Forwarded-Proto": "https"})
        lines = answer.headers.getlist("Set-Cookie")
        assert all(line.startswith("__Host-hongtou-") and "; Secure" in line for line in lines)
        assert browser.send("GET", "/v1/session").json["name"] == "editor"
        made.archive.close()

    def test_a_stranger_cannot_say_that_tls_is_used(self, house: House) -> None:
        answer = house.browser().log_in("editor", headers={"X-Forwarded-Proto": "https"})
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
        "name", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]
    )
    def test_a_name_is_only_text_on_every_page(self, fresh: House, name: str) -> None:
        boss = fresh.browser("administrator")
        made = boss.send("POST", "/v1/accounts", json={"name": name, "role": "reviewer"})
        link = {"token": made.json["token"], "password": PASSWORD}
        browser = fresh.browser()
        browser.send("POST", "/v1/links", json=link)
        issue = _issue_in(browser, State.REVIEW).replace("/v1", "")
        for person, path in (
            (boss, "/accounts"), (browser, "/"), (browser, "/password"),
            (browser, issue), (browser, f"{issue}/history"),
        ):  # fmt: skip
            page = person.send("GET", path)
            assert page.status_code == 200
            assert name not in page.text or name == "{{ 7*7 }}"
            assert "49" not in page.text or "{{ 7*7 }}" in page.text

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
        token = first_link(made.archive, Stamp("测试", _now()))
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


def test_no_script_calls_the_service_without_the_token_of_its_session() -> None:
    """A call by `fetch` alone would be refused, and would lose what is written when a session ends."""
    folder = Path(__file__).parents[1] / "service/hongtou/web/pages/static"
    alone = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.js")
        if "vendor" not in path.parts and re.search(r"\bfetch\(", path.read_text(encoding="utf-8"))
    }
    # Those of the log-in itself, and of an example, which is open to all.
    assert alone == {"desk/service.js", "account/again.js", "editor.js"}
