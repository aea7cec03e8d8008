"""Every role at every address: what it may do, and nothing else."""

from __future__ import annotations

import pytest

from hongtou.accounts.role import Role
from hongtou.desk.issue import State
from hongtou.desk.states import STEPS
from hongtou.keys import Scope
from hongtou.web.route import Route
from hongtou.web.routes import ROUTES
from tests.support.house import STRANGER, Browser, House, issue_in, take_step
from tests.test_routes import filled
from tests.web.accounts.roles import BY_ROLE, PERSONAL, by_page, by_role, by_route, told

pytestmark = pytest.mark.slow


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

    @pytest.mark.parametrize("role", list(Role))
    def test_who_may_delete_a_publication_has_a_button_for_it(
        self, house: House, role: Role
    ) -> None:
        made = house.browser("administrator").send(
            "POST", "/v1/publications", json={"nameplate": "甲"}
        )
        shown = house.browser(role.value).send("GET", f"/publications/{made.json['id']}")
        assert ('id="remove"' in shown.text) is (Scope.REVIEW in role.scopes)

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
            issue = issue_in(boss, state)
            offered = next((one for one in STEPS if one.name == step and one.start is state), None)
            answer = take_step(house.browser(role.value), issue, step)
            if offered is None:
                assert answer.status_code == 409
            elif offered.by_reviewer and Scope.REVIEW not in role.scopes:
                assert answer.status_code == 403
            else:
                assert answer.status_code == 200, answer.text

    def test_an_editor_is_not_offered_what_only_a_reviewer_may(self, house: House) -> None:
        issue = issue_in(house.browser("administrator"), State.REVIEW)
        page = house.browser("editor").send("GET", issue.replace("/v1", "")).text
        assert 'data-step="withdraw"' in page
        assert 'data-step="finalize"' not in page
        assert 'data-step="finalize"' in house.browser("reviewer").send(
            "GET", issue.replace("/v1", "")
        ).text  # fmt: skip

    def test_names_stand_in_the_history(self, house: House) -> None:
        issue = issue_in(house.browser("editor"), State.DRAFT)
        assert house.browser("editor").send("GET", f"{issue}/record").json["changed_by"] == "editor"
        take_step(house.browser("reviewer"), issue, "submit")
        events = house.browser("editor").send("GET", f"{issue}/events").json["events"]
        assert [one["who"] for one in events] == ["editor", "reviewer"]
