"""Publications and issues over HTTP, as the page and programs use them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator

from hongtou.bulletin.limits import Limits
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.keys import OF_KEYS, Scope, key_line
from hongtou.store import SqlArchive, open_archive
from hongtou.web.app import Application, create_app
from hongtou.web.routes import ROUTES
from tests.support.archives import document
from tests.support.fakes import HALF_WIDTH, NO_TITLE, FakeTypesetter

pytestmark = pytest.mark.slow

PICTURE = b"\x89PNG\r\n\x1a\n and more, which only a worker reads"
PLAN = {"nameplate": "创建工作动态", "issuing_body": "毕节市创建办", "first_total": 612}


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    opened = open_archive(str(tmp_path / "hongtou.db"))
    yield opened
    opened.close()


@pytest.fixture
def typesetter() -> FakeTypesetter:
    return FakeTypesetter()


@pytest.fixture
def app(archive: SqlArchive, typesetter: FakeTypesetter) -> Application:
    return create_app(Config(), typesetter, desk=Desk(archive, Limits()))


@pytest.fixture
def client(app: Application) -> FlaskClient:
    return app.test_client()


class Editor:
    """Asks as the page does, and holds every answer against the OpenAPI document."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.described = json.loads(client.get("/v1/openapi.json").data)

    def ask(self, method: str, path: str, body: object = None, version: int | None = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        given: dict[str, Any] = {"data": sent, "content_type": "application/json"}
        answer = self.client.open(
            path, method=method, headers=headers, **(given if body is not None else {})
        )
        self._hold(method, path, answer)
        return answer

    def _hold(self, method: str, path: str, answer: Any) -> None:
        parts = path.partition("?")[0].split("/")
        template = next(
            one for one in self.described["paths"]
            if len(one.split("/")) == len(parts)
            and method.lower() in self.described["paths"][one]
            and all(a == b or a.startswith("{") for a, b in zip(one.split("/"), parts, strict=True))
        )  # fmt: skip
        said = self.described["paths"][template][method.lower()]["responses"]
        assert str(answer.status_code) in said, (template, answer.text)
        content = said[str(answer.status_code)].get("content", {}).get(answer.mimetype)
        if content and answer.mimetype.endswith("json"):
            whole = {**content["schema"], "components": self.described["components"]}
            assert Draft202012Validator(whole).is_valid(answer.json), answer.json

    def publication(self) -> int:
        return int(self.ask("POST", "/v1/publications", PLAN).json["id"])

    def issue(self, number: int = 33, **more: Any) -> int:
        listed = self.ask("GET", "/v1/publications").json["publications"]
        owner = listed[0]["id"] if listed else self.publication()
        body = {"from": "document", "document": json.loads(document(number, **more))}
        return int(self.ask("POST", f"/v1/publications/{owner}/issues", body).json["id"])

    def step(self, issue: int, *steps: str) -> Any:
        answer = None
        for step in steps:
            version = self.ask("GET", f"/v1/issues/{issue}/record").json["version"]
            body = {"step": step, "note": "改期号"}
            answer = self.ask("POST", f"/v1/issues/{issue}/transitions", body, version)
        return answer


@pytest.fixture
def editor(client: FlaskClient) -> Editor:
    return Editor(client)


def kind(answer: Any) -> str:
    assert answer.mimetype == "application/problem+json"
    return str(answer.json["type"]).rpartition("/")[2]


class TestPublications:
    def test_made_read_and_changed(self, editor: Editor) -> None:
        made = editor.ask("POST", "/v1/publications", PLAN)
        assert (made.status_code, made.headers["Location"]) == (201, "/v1/publications/1")
        assert made.json | PLAN == made.json
        assert (made.json["layout"], made.json["numbering"]) == ("dongtai", "yearly")
        changed = editor.ask("PATCH", "/v1/publications/1", {"numbering": "continuous"}, 1)
        assert (changed.json["nameplate"], changed.json["numbering"]) == (
            "创建工作动态",
            "continuous",
        )
        assert changed.headers["ETag"] == '"2"'
        assert kind(editor.ask("PATCH", "/v1/publications/1", {}, 1)) == "stale"
        assert editor.ask("GET", "/v1/publications/1").json == changed.json

    def test_distribution_lists_are_kept_and_replaced(self, editor: Editor) -> None:
        editor.ask("POST", "/v1/publications", PLAN)
        assert editor.ask("GET", "/v1/publications/1").json["lists"] == {}
        lists = {
            "send_to": [{"name": "市直", "text": "市委办，市政府办。"}],
            "issue_to": [
                {"name": "县区", "text": "各县区创建办"},
                {"name": "全部", "text": "各单位"},
            ],
        }
        changed = editor.ask("PATCH", "/v1/publications/1", {"lists": lists}, 1)
        assert changed.json["lists"] == lists
        other = editor.ask("PATCH", "/v1/publications/1", {"issuing_body": "创建办"}, 2)
        assert other.json["lists"] == lists
        none = editor.ask("PATCH", "/v1/publications/1", {"lists": {"send_to": []}}, 3)
        assert none.json["lists"] == {}

    @pytest.mark.parametrize(
        ("lists", "said"),
        [
            ({"approvers": []}, "approvers"), ({"send_to": {}}, "send_to"), ([], "lists"),
            ({"send_to": [{"name": "市直"}]}, "text"), ({"send_to": ["市直"]}, "send_to"),
            ({"send_to": [{"name": "", "text": "甲"}]}, "name"),
            ({"send_to": [{"name": "甲", "text": "乙", "more": 1}]}, "more"),
            ({"send_to": [{"name": "甲", "text": "乙"}] * 21}, "20"),
        ],
    )  # fmt: skip
    def test_what_is_no_distribution_list_is_refused(
        self, editor: Editor, lists: object, said: str
    ) -> None:
        answer = editor.ask("POST", "/v1/publications", {**PLAN, "lists": lists})
        assert (answer.status_code, said in answer.json["detail"]) == (400, True)

    def test_the_next_number_and_one_that_is_skipped(self, editor: Editor) -> None:
        for number in (31, 33):
            editor.issue(number)
        told = editor.ask("GET", "/v1/publications/1/next?date=2017-12-29").json
        assert told == {
            "year": 2017, "number": 34, "total_number": 614, "gaps": [32],
            "warnings": ["本年还缺第32期，请补录，或确认跳号"],
        }  # fmt: skip
        body = {"year": 2017, "number": 32, "reason": "停刊"}
        assert editor.ask("POST", "/v1/publications/1/skipped", body).status_code == 204
        assert (
            editor.ask("GET", "/v1/publications/1/skipped").json["skipped"][0]["reason"] == "停刊"
        )
        assert editor.ask("GET", "/v1/publications/1/next?date=2017-12-29").json["gaps"] == []

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ({}, "nameplate 必须填写"),
            ({"nameplate": 7}, "nameplate 应为文字"),
            ({"nameplate": "报", "numbering": "weekly"}, "numbering 应为 yearly、continuous 之一"),
            ({"nameplate": "报", "first_total": True}, "first_total 应为整数"),
            ({"nameplate": "报", "nmeplate": "报"}, "没有“nmeplate”这一项，是否指 nameplate？"),
            ({"nameplate": "报", "defaults": []}, "defaults 应为一组字段"),
            ({"nameplate": "报", "defaults": None}, "defaults 不能是 null"),
        ],
    )
    def test_what_is_wrong_is_named(self, editor: Editor, body: object, told: str) -> None:
        answer = editor.ask("POST", "/v1/publications", body)
        assert (answer.status_code, kind(answer)) == (400, "unknown-option")
        assert answer.json["detail"].startswith(told)


class TestIssues:
    def test_a_week_of_work(self, editor: Editor, typesetter: FakeTypesetter) -> None:
        editor.issue(33)
        begun = editor.ask(
            "POST", "/v1/publications/1/issues", {"from": "previous", "date": "2017-12-29"}
        )
        assert (begun.status_code, begun.headers["Location"], begun.headers["ETag"]) == (
            201, "/v1/issues/2", '"1"',
        )  # fmt: skip
        assert (begun.json["number"], begun.json["total_number"]) == (34, 614)
        written = document(34, day="2017-12-29")
        saved = editor.ask("PUT", "/v1/issues/2", written, 1)
        assert (saved.status_code, saved.headers["ETag"], saved.data) == (204, '"2"', b"")
        assert editor.ask("GET", "/v1/issues/2").data == written
        final = editor.step(2, "submit", "finalize")
        assert final.json["state"] == "final"
        assert typesetter.asked[-1][0] == written
        assert typesetter.asked[-1][1].purpose == "press"
        (edition,) = editor.ask("GET", "/v1/issues/2/editions").json["editions"]
        file = editor.ask("GET", f"/v1/issues/2/editions/{edition['sha256']}")
        assert file.data == b"%PDF-1.7 fake"
        assert "filename*=UTF-8''" in file.headers["Content-Disposition"]
        assert kind(editor.ask("PUT", "/v1/issues/2", written + b" ", 4)) == "locked"
        printed = editor.ask(
            "POST", "/v1/issues/2/transitions",
            {"step": "print", "print_run": 120, "date": "2017-12-29"}, 4,
        )  # fmt: skip
        assert printed.json["state"] == "printed"
        *_, last = editor.ask("GET", "/v1/issues/2/events").json["events"]
        assert (last["action"], last["who"], last["detail"]["print_run"]) == (
            "issue.print",
            "本机",
            120,
        )

    def test_a_version_has_to_be_named_and_be_the_present_one(self, editor: Editor) -> None:
        issue = editor.issue()
        path = f"/v1/issues/{issue}"
        assert kind(editor.ask("PUT", path, document())) == "version-required"
        assert kind(editor.ask("DELETE", path)) == "version-required"
        editor.ask("PUT", path, document(body="二。"), 1)
        stale = editor.ask("PUT", path, document(body="三。"), 1)
        assert (stale.status_code, kind(stale)) == (412, "stale")
        assert stale.json["details"] | {"version": 2, "by": "本机"} == stale.json["details"]

    @pytest.mark.parametrize("match", ["*", "61", 'W/"1"', '"x"', '"1", "2"'])
    def test_other_forms_of_a_version_are_refused(
        self, client: FlaskClient, editor: Editor, match: str
    ) -> None:
        editor.issue()
        answer = client.put(
            "/v1/issues/1",
            data=document(),
            content_type="application/json",
            headers={"If-Match": match},
        )
        assert answer.status_code == 428

    def test_a_client_that_has_the_version_gets_nothing_anew(
        self, client: FlaskClient, editor: Editor
    ) -> None:
        editor.issue()
        assert client.get("/v1/issues/1", headers={"If-None-Match": '"1"'}).status_code == 304

    def test_a_taken_number_is_told_with_a_free_one(self, editor: Editor) -> None:
        editor.issue()
        body = {"from": "document", "document": json.loads(document())}
        answer = editor.ask("POST", "/v1/publications/1/issues", body)
        assert (answer.status_code, kind(answer)) == (409, "number-taken")
        assert answer.json["details"] == {"free": 34, "issue": 1}

    def test_the_list_and_the_search(self, editor: Editor) -> None:
        editor.issue(32, body="农村环境卫生。", day="2017-12-15")
        editor.issue(33)
        listed = editor.ask("GET", "/v1/issues?publication=1&year=2017&state=draft").json
        assert [one["number"] for one in listed["issues"]] == [33, 32]
        assert listed["next"] is None
        (found,) = editor.ask("GET", "/v1/issues?q=%E7%8E%AF%E5%A2%83").json["issues"]
        assert (found["number"], found["pointer"], found["snippet"]) == (
            32, "/articles/0/body/0", "农村环境卫生。",
        )  # fmt: skip
        for wrong in ("state=gone", "year=1", "after=-1", "q=a&q=b", "page=2"):
            assert kind(editor.ask("GET", f"/v1/issues?{wrong}")) == "unknown-option"

    def test_the_bin(self, editor: Editor) -> None:
        issue = editor.issue()
        assert editor.ask("DELETE", f"/v1/issues/{issue}", version=1).status_code == 204
        gone = editor.ask("GET", f"/v1/issues/{issue}")
        assert (gone.status_code, kind(gone)) == (404, "not-kept")
        (binned,) = editor.ask("GET", "/v1/issues?bin=true").json["issues"]
        assert binned["deleted_at"] is not None
        back = editor.ask("POST", f"/v1/issues/{issue}/take-back")
        assert (back.json["deleted_at"], back.headers["ETag"]) == (None, '"3"')

    def test_two_editors_are_joined(self, editor: Editor) -> None:
        issue = editor.issue()
        editor.ask("PUT", f"/v1/issues/{issue}", document(body="一段，添了。"), 1)
        mine = json.loads(document())
        mine["closing"]["print_run"] = 120
        merged = editor.ask(
            "POST", f"/v1/issues/{issue}/merge", {"version": 1, "document": mine}
        ).json
        assert (merged["version"], merged["clashes"]) == (2, [])
        assert merged["document"]["articles"][0]["body"] == ["一段，添了。"]
        assert merged["document"]["closing"]["print_run"] == 120
        mine["articles"][0]["body"] = ["一段，改了。"]
        clashing = {"version": 1, "document": mine, "base": json.loads(document())}
        (clash,) = editor.ask("POST", f"/v1/issues/{issue}/merge", clashing).json["clashes"]
        assert clash == {
            "pointer": "/articles/0/body/0", "other": "/articles/0/body/1",
            "base": ["一段。"], "mine": ["一段，改了。"], "theirs": ["一段，添了。"],
        }  # fmt: skip

    def test_errors_keep_it_from_being_sent_in(
        self, editor: Editor, typesetter: FakeTypesetter
    ) -> None:
        issue = editor.issue()
        typesetter.findings = (NO_TITLE, HALF_WIDTH)
        answer = editor.step(issue, "submit")
        assert (answer.status_code, kind(answer)) == (422, "review-failed")
        assert [one["code"] for one in answer.json["errors"]] == ["document/missing-field"]

    def test_a_step_that_cannot_be_taken(self, editor: Editor) -> None:
        answer = editor.step(editor.issue(), "print")
        assert (answer.status_code, kind(answer)) == (409, "wrong-state")

    @pytest.mark.parametrize("body", [b"[]", b"{", b"\xff", b'{"a": 1, "a": 2}'])
    def test_what_is_no_document_is_refused(self, editor: Editor, body: bytes) -> None:
        issue = editor.issue()
        assert kind(editor.ask("PUT", f"/v1/issues/{issue}", body, 1)) == "malformed-document"

    def test_too_large_a_document_is_refused(self, editor: Editor) -> None:
        issue = editor.issue()
        large = b'{"a": "' + b"a" * Limits().body_bytes + b'"}'
        assert kind(editor.ask("PUT", f"/v1/issues/{issue}", large, 1)) == "too-large"


class TestHistory:
    def test_revisions_compared_and_restored(self, editor: Editor) -> None:
        issue = editor.issue()
        path = f"/v1/issues/{issue}"
        named = editor.ask("POST", f"{path}/revisions", {"label": "送主任看的"}, 1)
        assert (named.status_code, named.headers["Location"]) == (201, f"{path}/revisions/1")
        editor.ask("PUT", path, document(body="一段，改了。"), 1)
        (listed,) = editor.ask("GET", f"{path}/revisions").json["revisions"]
        assert (listed["number"], listed["kind"], listed["label"]) == (1, "named", "送主任看的")
        differences = editor.ask("GET", f"{path}/compare?from=1&to=head").json["differences"]
        assert [one["kind"] for one in differences] == ["same", "changed"]
        assert differences[1]["pieces"] == [["same", "一段"], ["new", "，改了"], ["same", "。"]]
        back = editor.ask("POST", f"{path}/revisions/1/restore", version=2)
        assert back.headers["ETag"] == '"3"'
        assert editor.ask("GET", path).data == editor.ask("GET", f"{path}/revisions/1").data


class TestPictures:
    def test_one_is_put_read_and_removed(self, editor: Editor, typesetter: FakeTypesetter) -> None:
        issue = editor.issue()
        path = f"/v1/issues/{issue}/assets"
        assert editor.ask("PUT", f"{path}/照片.png", PICTURE).status_code == 204
        (kept,) = editor.ask("GET", path).json["assets"]
        assert (kept["name"], kept["media_type"], kept["size"]) == (
            "照片.png",
            "image/png",
            len(PICTURE),
        )
        got = editor.client.get(f"{path}/照片.png")
        assert (got.data, got.mimetype) == (PICTURE, "image/png")
        assert got.headers["Content-Disposition"].startswith("attachment")
        editor.step(issue, "submit")
        assert typesetter.asked[-1][2] == {"照片.png": PICTURE}
        assert editor.ask("DELETE", f"{path}/照片.png").status_code == 204
        assert editor.ask("GET", path).json == {"assets": []}

    def test_a_worker_reads_it_and_tells_of_its_faults(
        self, editor: Editor, typesetter: FakeTypesetter
    ) -> None:
        from dataclasses import replace

        issue = editor.issue()
        typesetter.findings = (replace(NO_TITLE, code="picture/unreadable"),)
        answer = editor.ask("PUT", f"/v1/issues/{issue}/assets/a.png", b"no picture")
        assert (answer.status_code, kind(answer)) == (422, "review-failed")
        assert typesetter.asked[-1][2] == {"a.png": b"no picture"}
        assert editor.ask("GET", f"/v1/issues/{issue}/assets").json == {"assets": []}


def test_who_else_is_here(editor: Editor) -> None:
    path = f"/v1/issues/{editor.issue()}/presence"
    assert editor.ask("POST", path, {"tab": "a", "place": "/articles/0"}).json["others"] == []
    met = editor.ask("POST", path, {"tab": "b"}).json
    assert (met["version"], met["state"]) == (1, "draft")
    assert [(one["tab"], one["who"], one["place"]) for one in met["others"]] == [
        ("a", "本机", "/articles/0")
    ]


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
                is_for_good = route.endpoint == "api.clear_bin"
                scope = Scope.REVIEW if is_for_good else Scope.EDIT
                assert route.scope is scope, route.endpoint


def test_without_a_database_issues_are_set_all_the_same() -> None:
    client = create_app(Config(), FakeTypesetter()).test_client()
    answer = client.get("/v1/issues")
    assert (answer.status_code, kind(answer)) == (503, "no-archive")
    assert answer.headers["Retry-After"]
    assert client.post("/v1/render", data=b"{}", content_type="application/json").status_code == 200


@pytest.mark.parametrize("number", ["0", "99999999999", "-1", "x"])
def test_an_address_that_none_can_have(editor: Editor, number: str) -> None:
    assert editor.client.get(f"/v1/issues/{number}").status_code == 404


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
