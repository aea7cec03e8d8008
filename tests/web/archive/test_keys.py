"""What a key may do with what is kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.keys import Scope, key_line
from hongtou.store import SqlArchive
from hongtou.web.app import create_app
from hongtou.web.routes import ROUTES
from tests.support.archives import document
from tests.support.editor import PLAN, kind
from tests.support.fakes import FakeTypesetter

pytestmark = pytest.mark.slow


class TestKeys:
    """Where keys are needed, one without `edit` sees nothing, one without `review` finishes none."""

    @pytest.fixture
    def keyed(self, archive: SqlArchive, tmp_path: Path) -> FlaskClient:
        keys = tmp_path / "keys"
        lines = [
            key_line("hongtou_r", [Scope.RENDER, Scope.CHECK, Scope.READ], "办公系统"),
            key_line("hongtou_e", [Scope.EDIT], "陈炜"),
            key_line("hongtou_v", [Scope.EDIT, Scope.REVIEW], "杨春明"),
        ]
        keys.write_text("\n".join(lines), encoding="utf-8")
        app = create_app(Config(keys=keys), FakeTypesetter(), desk=Desk(archive, Limits()))
        return app.test_client()

    def ask(self, client: FlaskClient, key: str, method: str, path: str, **given: Any) -> Any:
        headers = {"Authorization": f"Bearer hongtou_{key}", **given.pop("headers", {})}
        return client.open(path, method=method, headers=headers, **given)

    def test_who_acts_is_the_name_of_the_key(self, keyed: FlaskClient) -> None:
        assert self.ask(keyed, "r", "GET", "/v1/publications").status_code == 403
        made = self.ask(keyed, "e", "POST", "/v1/publications", json=PLAN)
        assert made.json["changed_by"] == "陈炜"

    def test_only_a_reviewer_finishes(self, keyed: FlaskClient) -> None:
        self.ask(keyed, "e", "POST", "/v1/publications", json=PLAN)
        body = {"from": "document", "document": json.loads(document())}
        self.ask(keyed, "e", "POST", "/v1/publications/1/issues", json=body)

        def step(key: str, name: str, version: int) -> Any:
            given = {"json": {"step": name}, "headers": {"If-Match": f'"{version}"'}}
            return self.ask(keyed, key, "POST", "/v1/issues/1/transitions", **given)

        assert step("e", "submit", 1).status_code == 200
        assert kind(step("e", "finalize", 2)) == "forbidden"
        assert step("v", "finalize", 2).json["changed_by"] == "杨春明"

    def test_only_a_reviewer_sees_what_everybody_did(self, keyed: FlaskClient) -> None:
        self.ask(keyed, "e", "POST", "/v1/publications", json=PLAN)
        assert kind(self.ask(keyed, "e", "GET", "/v1/events")) == "forbidden"
        (told,) = self.ask(keyed, "v", "GET", "/v1/events").json["events"]
        assert (told["who"], told["client"]) == ("陈炜", "127.0.0.1")

    def test_every_route_of_the_archive_asks_for_edit_and_what_is_for_good_for_review(self) -> None:
        for route in ROUTES:
            if route.path.startswith(("/v1/publications", "/v1/issues")):
                is_for_good = route.endpoint in ("api.clear_bin", "api.remove_publication")
                scope = Scope.REVIEW if is_for_good else Scope.EDIT
                assert route.scope is scope, route.endpoint
