"""Every error as a problem document (RFC 9457), with the status of the contract."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin import errors
from hongtou.bulletin.limits import Limits
from hongtou.rendering import Cancelled
from hongtou.web.app import create_app
from hongtou.web.problems import HTTP_PROBLEMS, NOT_IMPLEMENTED, PROBLEMS
from hongtou.web.routes import ROUTES
from tests.support.answers import CONFIG, post, problem
from tests.support.fakes import NO_TITLE, FakeTypesetter


class TestProblems:
    @pytest.mark.slow
    @pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
    def test_every_error_has_its_status(
        self, client: FlaskClient, typesetter: FakeTypesetter, kind: type[errors.ServiceError]
    ) -> None:
        typesetter.error = kind("出了什么事", hint="怎么办")
        found = problem(post(client, "/v1/render"), PROBLEMS[kind].status)
        assert "出了什么事" in found["detail"]
        assert "怎么办" in found["detail"]

    def test_a_client_that_left_is_logged_as_nginx_does(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        typesetter.error = Cancelled()
        assert post(client, "/v1/render").status_code == 499

    def test_no_kind_of_error_is_forgotten(self) -> None:
        leaves = [kind for kind in _kinds(errors.ServiceError) if not kind.__subclasses__()]
        assert set(PROBLEMS) == set(leaves)

    def test_the_statuses_are_those_of_the_contract(self) -> None:
        assert {kind.__name__: one.status for kind, one in PROBLEMS.items()} == {
            "MalformedDocument": 400,
            "UnknownOption": 400,
            "TooLarge": 413,
            "UnsupportedType": 415,
            "NotAcceptable": 406,
            "WrongHost": 400,
            "TooManyAttempts": 429,
            "Unauthorized": 401,
            "Forbidden": 403,
            "NotKept": 404,
            "NumberTaken": 409,
            "WrongState": 409,
            "Stale": 412,
            "VersionRequired": 428,
            "Locked": 423,
            "NoArchive": 503,
            "NoProvider": 503,
            "StorageFull": 507,
            "OverQuota": 507,
            "ReviewFailed": 422,
            "ImportRefused": 422,
            "Busy": 429,
            "Stopping": 503,
            "Unavailable": 503,
            "RenderLimit": 504,
            "SetupError": 500,
            "EngineFault": 500,
        }

    def test_a_type_is_an_address_that_explains_it(self, client: FlaskClient) -> None:
        for path in ("/nowhere", "/v1/render?output=fax"):
            found = json.loads(post(client, path).data)
            page = client.get(found["type"])
            assert page.status_code == 200
            assert found["title"] in page.text

    def test_422_lists_all_errors_and_no_warnings(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        typesetter.error = errors.ReviewFailed("有错误", findings=[NO_TITLE, *typesetter.findings])
        assert problem(post(client, "/v1/render"), 422)["errors"] == [
            {
                "pointer": "/articles/0/headline",
                "code": "document/missing-field",
                "message": "第1篇没有标题",
                "hint": "请补上 headline",
            }
        ]

    def test_at_most_100_errors(self, client: FlaskClient, typesetter: FakeTypesetter) -> None:
        typesetter.error = errors.ReviewFailed("有错误", findings=[NO_TITLE] * 101)
        assert len(problem(post(client, "/v1/render"), 422)["errors"]) == 100

    @pytest.mark.parametrize(
        "kind", [errors.Busy, errors.Stopping, errors.Unavailable, errors.RenderLimit]
    )
    def test_says_when_to_try_again(
        self, client: FlaskClient, typesetter: FakeTypesetter, kind: type[errors.ServiceError]
    ) -> None:
        typesetter.error = kind("稍后")
        assert int(post(client, "/v1/render").headers["Retry-After"]) > 0

    def test_an_unforeseen_error_tells_nothing(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        typesetter.error = RuntimeError("/root/secret 机密内容")
        answer = post(client, "/v1/render")
        problem(answer, 500)
        assert "secret" not in answer.text
        assert "机密" not in answer.text
        assert "Traceback" not in answer.text

    @pytest.mark.slow
    def test_the_log_is_one_line_of_json_for_each_event_and_holds_no_text(
        self, client: FlaskClient, typesetter: FakeTypesetter, capfd: pytest.CaptureFixture[str]
    ) -> None:
        typesetter.error = RuntimeError("broken")
        post(client, "/v1/render?output=screen", "机密内容".encode())
        lines = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
        assert [line["event"] for line in lines] == ["unforeseen", "request"]
        assert lines[0]["request_id"] == lines[1]["request_id"]
        assert "RuntimeError: broken" in lines[0]["exception"]
        assert "机密" not in json.dumps(lines, ensure_ascii=False)

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/v2/render", 404),
            ("GET", "/examples/nothing.json", 404),
            ("GET", "/static/../config.py", 404),
            ("GET", "/problems/nothing", 404),
            ("GET", "/v1/render", 405),
            ("DELETE", "/v1/check", 405),
            ("POST", "/healthz", 405),
        ],
    )
    def test_wrong_addresses_and_methods(
        self, client: FlaskClient, method: str, path: str, status: int
    ) -> None:
        answer = client.open(path, method=method)
        problem(answer, status)
        assert (status == 405) == ("Allow" in answer.headers)

    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("path", "is_page"),
        [("/nowhere", True), ("/problems/nothing", True), ("/v1/publications/1", False)],
    )
    def test_who_opens_a_page_is_told_on_a_page(
        self, client: FlaskClient, path: str, is_page: bool
    ) -> None:
        accept = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
        answer = client.get(path, headers=accept)
        assert answer.status_code >= 400
        assert answer.content_type.startswith("text/html") is is_page
        if is_page:
            assert "回到各期" in answer.text
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert client.get(path).content_type == "application/problem+json"

    @pytest.mark.parametrize(
        "kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""]
    )
    def test_415_for_what_is_neither_json_nor_parts(self, client: FlaskClient, kind: str) -> None:
        problem(client.post("/v1/render", data=b"{}", content_type=kind), 415)

    @pytest.mark.parametrize(
        ("path", "accept"),
        [
            ("/v1/render", "image/png"),
            ("/v1/render?output=png", "application/pdf"),
            ("/v1/check", "text/html"),
        ],
    )
    def test_406_for_what_is_not_on_offer(
        self, client: FlaskClient, typesetter: FakeTypesetter, path: str, accept: str
    ) -> None:
        problem(post(client, path, Accept=accept), 406)
        assert typesetter.asked == []

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "query", ["output=pdfx", "purpose=print", "normalize=maybe", "outptu=png"]
    )
    def test_400_for_an_order_that_is_not_on_offer(self, client: FlaskClient, query: str) -> None:
        problem(post(client, f"/v1/render?{query}"), 400)

    def test_413_before_the_body_is_read(self, typesetter: FakeTypesetter) -> None:
        small = replace(CONFIG, limits=Limits(body_bytes=100))
        client = create_app(small, typesetter).test_client()
        assert "100" in problem(post(client, "/v1/render", b" " * 101), 413)["detail"]
        assert post(client, "/v1/render", b" " * 100).status_code == 200


@pytest.mark.slow
def test_a_packed_body_is_refused_by_the_name_of_its_packing(client: FlaskClient) -> None:
    answer = post(client, "/v1/render", b"\x1f\x8b", Content_Encoding="gzip")
    assert answer.status_code == 415
    assert "gzip" in answer.json["detail"]


def _kinds(kind: type[errors.ServiceError]) -> list[type[errors.ServiceError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in _kinds(below))]


def test_who_asks_in_a_way_that_there_is_not_is_told_of_all_that_there_are() -> None:
    advice = HTTP_PROBLEMS[NOT_IMPLEMENTED].advice
    assert all(method in advice for method in {"HEAD", *(route.method for route in ROUTES)})
