"""The pages for people, where something is kept and where nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.keys import OF_KEYS, key_line
from hongtou.store import SqlArchive
from hongtou.web.app import create_app
from tests.support.editor import PLAN, Editor, kind
from tests.support.fakes import FakeTypesetter

pytestmark = pytest.mark.slow


class TestPages:
    """The pages for people, where something is kept and where nothing may be shown."""

    PATHS = ("/issues/1", "/issues/1/history", "/publications/1", "/publications/new", "/events")

    def test_the_first_page_lists_issues_where_they_are_kept(self, client: FlaskClient) -> None:
        Editor(client).ask("POST", "/v1/publications", PLAN)
        assert PLAN["nameplate"] in client.get("/").text

    def test_without_a_database_the_first_page_takes_json(self) -> None:
        client = create_app(Config(), FakeTypesetter()).test_client()
        assert client.get("/").text == client.get("/advanced").text
        assert [client.get(path).status_code for path in self.PATHS] == [404] * len(self.PATHS)

    def test_where_a_key_is_needed_nothing_that_is_kept_is_shown(
        self, archive: SqlArchive, tmp_path: Path, client: FlaskClient
    ) -> None:
        editor = Editor(client)
        editor.ask("POST", "/v1/publications", PLAN)
        editor.ask("POST", "/v1/publications/1/issues", {"from": "blank"})
        assert {client.get(path).status_code for path in self.PATHS} == {200}
        keys = tmp_path / "keys"
        keys.write_text(f"{key_line('hongtou_' + 'a' * 43, OF_KEYS, '甲')}\n", encoding="utf-8")
        locked = create_app(Config(keys=keys), FakeTypesetter(), desk=Desk(archive, Limits()))
        asked = locked.test_client()
        assert 'id="key"' in asked.get("/").text
        assert [asked.get(path).status_code for path in self.PATHS] == [404] * len(self.PATHS)

    def test_every_page_names_its_icon(self, client: FlaskClient) -> None:
        editor = Editor(client)
        editor.ask("POST", "/v1/publications", PLAN)
        editor.issue()
        for path in ("/", "/advanced", "/help", "/docs", "/publications/1/import", *self.PATHS):
            assert 'rel="icon"' in client.get(path).text, path

    def test_the_desk_offers_the_lists_of_its_publication(self, client: FlaskClient) -> None:
        editor = Editor(client)
        lists = {"send_to": [{"name": "市直", "text": "市委办<b>，市政府办。"}]}
        editor.ask("POST", "/v1/publications", {**PLAN, "lists": lists})
        one = editor.issue()
        shown = client.get(f"/issues/{one}").text
        assert 'data-list="/closing/send_to" data-text="市委办&lt;b&gt;，市政府办。"' in shown
        editor.step(one, "submit", "finalize")
        assert "data-list=" not in client.get(f"/issues/{one}").text

    def test_a_missing_number_is_begun_without_a_total(self, client: FlaskClient) -> None:
        editor = Editor(client)
        editor.ask("POST", "/v1/publications", PLAN)
        place = "/v1/publications/1/issues"
        first = editor.ask("POST", place, {"date": "2017-12-22", "number": 33}).json
        assert (first["number"], first["total_number"]) == (33, 612)
        missing = editor.ask("POST", place, {"date": "2017-12-15", "number": 31}).json
        assert (missing["number"], missing["total_number"]) == (31, None)
        taken = editor.ask("POST", place, {"date": "2017-12-15", "number": 33})
        assert taken.status_code == 409


def test_without_a_database_issues_are_set_all_the_same() -> None:
    client = create_app(Config(), FakeTypesetter()).test_client()
    answer = client.get("/v1/issues")
    assert (answer.status_code, kind(answer)) == (503, "no-archive")
    assert answer.headers["Retry-After"]
    assert client.post("/v1/render", data=b"{}", content_type="application/json").status_code == 200
