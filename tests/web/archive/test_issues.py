"""Issues over HTTP: begun, saved by their version, listed, taken through their states."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.limits import Limits
from tests.support.archives import document
from tests.support.editor import Editor, kind
from tests.support.fakes import HALF_WIDTH, NO_TITLE, FakeTypesetter

pytestmark = pytest.mark.slow


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


def test_who_else_is_here(editor: Editor) -> None:
    path = f"/v1/issues/{editor.issue()}/presence"
    assert editor.ask("POST", path, {"tab": "a", "place": "/articles/0"}).json["others"] == []
    met = editor.ask("POST", path, {"tab": "b"}).json
    assert (met["version"], met["state"]) == (1, "draft")
    assert [(one["tab"], one["who"], one["place"]) for one in met["others"]] == [
        ("a", "本机", "/articles/0")
    ]


def test_who_has_left_is_here_no_longer(editor: Editor) -> None:
    path = f"/v1/issues/{editor.issue()}/presence"
    for tab in ("a", "b"):
        editor.ask("POST", path, {"tab": tab})
    for _ in range(2):
        assert editor.ask("DELETE", f"{path}/a").status_code == 204
    assert [one["tab"] for one in editor.ask("POST", path, {"tab": "c"}).json["others"]] == ["b"]


@pytest.mark.parametrize("number", ["0", "99999999999", "-1", "x"])
def test_an_address_that_none_can_have(editor: Editor, number: str) -> None:
    assert editor.client.get(f"/v1/issues/{number}").status_code == 404
