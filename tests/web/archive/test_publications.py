"""Publications over HTTP: made, changed, their lists, the next number."""

from __future__ import annotations

import json

import pytest

from tests.support.editor import PLAN, Editor, kind

pytestmark = pytest.mark.slow


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

    def test_a_nameplate_is_as_long_as_the_database_takes_it(self, editor: Editor) -> None:
        longest = editor.ask("POST", "/v1/publications", {**PLAN, "nameplate": "名" * 200})
        assert longest.json["nameplate"] == "名" * 200
        refused = editor.ask("POST", "/v1/publications", {**PLAN, "nameplate": "名" * 201})
        assert (refused.status_code, "至多 200 字" in refused.json["detail"]) == (400, True)

    @pytest.mark.parametrize(
        "wrong",
        [{"nameplate": " 　"}, {"defaults": {"masthead": "甲"}}, {"defaults": {"closing": [1]}}],
    )
    def test_what_no_issue_could_begin_with_is_refused(
        self, editor: Editor, wrong: dict[str, object]
    ) -> None:
        assert editor.ask("POST", "/v1/publications", {**PLAN, **wrong}).status_code == 400
        assert editor.ask("GET", "/v1/publications").json == {"publications": []}

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "1e400"])
    def test_a_number_that_is_none_is_kept_nowhere(self, editor: Editor, number: str) -> None:
        """No browser could read the list of publications, or the issue, any more."""
        plan = json.dumps({**PLAN, "defaults": {"closing": {"print_run": 1}}}).replace(
            "1}", f"{number}}}"
        )
        refused = editor.ask("POST", "/v1/publications", plan)
        assert (refused.status_code, kind(refused)) == (400, "malformed-document")
        editor.ask("POST", "/v1/publications", PLAN)
        editor.ask("POST", "/v1/publications/1/issues", {})
        refused = editor.ask(
            "PUT", "/v1/issues/1", f'{{"masthead": {{"issue_number": {number}}}}}', 1
        )
        assert (refused.status_code, kind(refused)) == (400, "malformed-document")

    def test_a_number_is_given_as_far_as_the_contract_has_them(self, editor: Editor) -> None:
        editor.ask("POST", "/v1/publications", PLAN)
        refused = editor.ask("POST", "/v1/publications/1/issues", {"number": 10_000})
        assert refused.status_code == 400

    def test_one_without_issues_is_removed(self, editor: Editor) -> None:
        editor.ask("POST", "/v1/publications", PLAN)
        made = editor.ask("POST", "/v1/publications/1/issues", {})
        refused = editor.ask("DELETE", "/v1/publications/1", version=1)
        assert kind(refused) == "wrong-state"
        assert (
            refused.json["detail"]
            == "“创建工作动态”还有 1 期，不能删除。请先删除各期，再清空回收站"
        )
        editor.ask("DELETE", f"/v1/issues/{made.json['id']}", version=1)
        editor.ask("DELETE", "/v1/publications/1/bin")
        assert kind(editor.ask("DELETE", "/v1/publications/1")) == "version-required"
        assert editor.ask("DELETE", "/v1/publications/1", version=1).status_code == 204
        assert editor.ask("GET", "/v1/publications").json == {"publications": []}
        assert editor.ask("POST", "/v1/publications", PLAN).json["id"] == 2

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
        never = editor.ask("GET", "/v1/publications/1/next?date=2017-02-30").json
        assert never["detail"].startswith("日期（date）写的是 2017-02-30，没有这一天")
        body = {"year": 2017, "number": 32, "reason": "停刊"}
        assert editor.ask("POST", "/v1/publications/1/skipped", body).status_code == 204
        assert (
            editor.ask("GET", "/v1/publications/1/skipped").json["skipped"][0]["reason"] == "停刊"
        )
        assert editor.ask("GET", "/v1/publications/1/next?date=2017-12-29").json["gaps"] == []

    @pytest.mark.parametrize(
        ("body", "told"),
        [
            ({}, "简报名称（nameplate）必须填写"),
            ({"nameplate": 7}, "简报名称（nameplate）应为文字"),
            (
                {"nameplate": "报", "numbering": "weekly"},
                "编号方式（numbering）应为 yearly、continuous 之一",
            ),
            ({"nameplate": "报", "first_total": True}, "总期号（first_total）应为整数"),
            ({"nameplate": "报", "first_total": 0}, "总期号（first_total）应为整数，从 1 起"),
            ({"nameplate": "报", "first_total": 2**31}, "总期号（first_total）太大"),
            ({"nameplate": "报", "nmeplate": "报"}, "没有“nmeplate”这一项，是否指 nameplate？"),
            ({"nameplate": "报", "defaults": []}, "这一项（defaults）应为一组字段"),
            ({"nameplate": "报", "defaults": None}, "这一项（defaults）不能是 null"),
        ],
    )
    def test_what_is_wrong_is_named(self, editor: Editor, body: object, told: str) -> None:
        answer = editor.ask("POST", "/v1/publications", body)
        assert (answer.status_code, kind(answer)) == (400, "unknown-option")
        assert answer.json["detail"].startswith(told)
