"""`POST /v1/render` and `/v1/check`: the file, and what is told of it."""

from __future__ import annotations

import json
from dataclasses import replace
from threading import Thread
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order, Purpose
from hongtou.web.app import create_app
from tests.support.answers import CONFIG, assert_bytes_are_those_of_the_digest, post, problem
from tests.support.fakes import DIGEST, FakeTypesetter


class TestRender:
    def test_answers_with_the_file_and_what_is_known_of_it(self, client: FlaskClient) -> None:
        answer = post(client, "/v1/render")
        assert answer.status_code == 200
        assert answer.content_type == "application/pdf"
        assert answer.data == b"%PDF-1.7 fake"
        assert answer.headers["ETag"] == f'"{DIGEST}"'
        assert_bytes_are_those_of_the_digest(answer)
        assert answer.headers["X-Page-Count"] == "4"
        assert answer.headers["X-Findings"] == "1"

    def test_names_the_file_in_chinese_and_in_ascii(self, client: FlaskClient) -> None:
        header = post(client, "/v1/render").headers["Content-Disposition"]
        assert header.startswith("attachment; filename=\"bulletin-2017-33.pdf\"; filename*=UTF-8''")
        assert unquote(header.partition("UTF-8''")[2]) == "创建工作动态第33期（2017年）.pdf"

    def test_hands_on_bytes_and_order_as_they_came(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        body = "\ufeff{ 原样 }".encode()
        post(client, "/v1/render?output=png&purpose=proof&normalize=true", body)
        assert typesetter.asked == [(body, Order("png", Purpose.PROOF, normalize=True), {})]

    @pytest.mark.slow
    def test_304_where_the_client_has_the_file(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        answer = post(client, "/v1/render", If_None_Match=f'"{DIGEST}"')
        assert answer.status_code == 304
        assert answer.data == b""
        assert answer.headers["ETag"] == f'"{DIGEST}"'
        assert "Repr-Digest" not in answer.headers
        assert len(typesetter.asked) == 1

    def test_head_is_no_way_to_render(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        answer = client.head("/v1/render")
        assert (answer.status_code, answer.data) == (405, b"")
        assert "Repr-Digest" not in answer.headers
        assert typesetter.asked == []

    @pytest.mark.parametrize("stale", ['"other"', f'"{"0a" * 32}"', "*"])
    def test_renders_where_the_client_has_another_file(
        self, client: FlaskClient, typesetter: FakeTypesetter, stale: str
    ) -> None:
        assert post(client, "/v1/render", If_None_Match=stale).status_code == 200
        assert len(typesetter.asked) == 1

    @pytest.mark.parametrize(
        "known", [f'W/"{DIGEST}"', f'"other", "{DIGEST}"', f'"{"0a" * 32}", W/"{DIGEST}"']
    )
    def test_304_for_any_of_the_files_that_the_client_has(
        self, client: FlaskClient, known: str
    ) -> None:
        assert post(client, "/v1/render", If_None_Match=known).status_code == 304

    @pytest.mark.parametrize("accept", ["*/*", "application/*", "text/html, application/pdf;q=0.1"])
    def test_takes_what_covers_the_output(self, client: FlaskClient, accept: str) -> None:
        assert post(client, "/v1/render", Accept=accept).status_code == 200

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("to", "kind", "other"),
        [
            ("one", "application/pdf", "application/zip"),
            ("zip", "application/zip", "application/pdf"),
        ],
    )
    def test_the_kind_of_file_is_that_which_an_option_chose(
        self, client: FlaskClient, to: str, kind: str, other: str
    ) -> None:
        address = f"/v1/render?output=copies&to={to}"
        answer = post(client, address, Accept=kind)
        assert (answer.status_code, answer.content_type) == (200, kind)
        problem(post(client, address, Accept=other), 406)


class TestCheck:
    def test_answers_with_findings_and_pages(self, client: FlaskClient) -> None:
        answer = post(client, "/v1/check")
        assert answer.status_code == 200
        assert answer.json == {
            "findings": [
                {
                    "code": "punctuation/half-width",
                    "severity": "warning",
                    "pointer": "/articles/0/headline",
                    "message": "第1篇标题有半角冒号",
                    "hint": "请改为全角",
                    "strength": "实务",
                    "source": "house style",
                }
            ],
            "pages": 4,
            "layout": [],
        }

    @pytest.mark.slow
    def test_a_file_that_is_at_fault_is_logged_as_ours(
        self, client: FlaskClient, typesetter: FakeTypesetter, capfd: pytest.CaptureFixture[str]
    ) -> None:
        fault = Finding(code="preflight/fonts", severity=Severity.ERROR, message="没有字体")
        typesetter.faults = (fault, fault)
        answer = post(client, "/v1/check?output=screen")
        assert answer.status_code == 200
        logged, request = map(json.loads, capfd.readouterr().err.splitlines())
        assert (logged["event"], logged["level"]) == ("fault", "error")
        assert logged["cause"] == "成品未通过出厂检查：preflight/fonts"
        assert logged["request_id"] == request["request_id"]


class TestQueue:
    def test_429_where_too_many_wait(self, typesetter: FakeTypesetter) -> None:
        app = create_app(replace(CONFIG, workers=1, queue=0), typesetter)
        typesetter.go_on.clear()
        first: list[TestResponse] = []
        thread = Thread(target=lambda: first.append(post(app.test_client(), "/v1/render")))
        thread.start()
        assert typesetter.started.wait(10)
        problem(post(app.test_client(), "/v1/render"), 429)
        assert app.test_client().get("/healthz").status_code == 200
        typesetter.go_on.set()
        thread.join()
        assert first[0].status_code == 200
        assert post(app.test_client(), "/v1/render").status_code == 200

    def test_503_while_stopping_and_accepted_work_is_finished(
        self, typesetter: FakeTypesetter
    ) -> None:
        app = create_app(CONFIG, typesetter)
        typesetter.go_on.clear()
        first: list[TestResponse] = []
        thread = Thread(target=lambda: first.append(post(app.test_client(), "/v1/render")))
        thread.start()
        assert typesetter.started.wait(10)
        queue = app.services.renders.queue
        queue.stop()
        problem(post(app.test_client(), "/v1/render"), 503)
        problem(app.test_client().get("/readyz"), 503)
        assert not queue.drain(0.01)
        typesetter.go_on.set()
        assert queue.drain(10)
        thread.join()
        assert first[0].status_code == 200

    @pytest.mark.slow
    def test_a_failed_render_frees_its_place(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        typesetter.error = RuntimeError("broken")
        for _ in range(CONFIG.workers + CONFIG.queue + 2):
            problem(post(client, "/v1/render"), 500)
        typesetter.error = None
        assert post(client, "/v1/render").status_code == 200
