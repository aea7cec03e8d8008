"""What the contract's §4 promises to those who call the service over HTTP."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from werkzeug.test import TestResponse

from hongtou.bulletin import errors
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import Config
from hongtou.intake import issue_schema
from hongtou.outputs import OUTPUTS
from hongtou.outputs.option import Choice, Switch, WholeNumber
from hongtou.outputs.paging import PAGING
from hongtou.rendering import WorkerPool
from hongtou.web.api.answers import content_disposition
from hongtou.web.app import create_app
from hongtou.web.problems import PROBLEMS
from tests.support.fakes import DIGEST, NO_TITLE, FakeTypesetter

ROOT = Path(__file__).parents[1]
CONFIG = Config()
JSON = {"Content-Type": "application/json"}
PNG = b"\x89PNG fake"


@pytest.fixture(autouse=True)
def bounded_boundary(monkeypatch: pytest.MonkeyPatch) -> None:
    """Werkzeug writes boundaries of more than the 70 characters of RFC 2046, now and then."""
    monkeypatch.setattr("werkzeug.test.random", lambda: 0.5)


@pytest.fixture
def typesetter() -> FakeTypesetter:
    return FakeTypesetter()


@pytest.fixture
def client(typesetter: FakeTypesetter) -> FlaskClient:
    return create_app(CONFIG, typesetter).test_client()


@pytest.fixture(scope="module")
def real() -> Iterator[FlaskClient]:
    worker_pool = WorkerPool(CONFIG, lambda *event: None)
    yield create_app(CONFIG, worker_pool).test_client()
    worker_pool.close()


def post(client: FlaskClient, path: str, body: bytes = b"{}", **headers: str) -> TestResponse:
    given_headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(path, data=body, headers={**JSON, **given_headers})


def assert_bytes_are_those_of_the_digest(answer: TestResponse) -> None:
    """Hold a body against its Repr-Digest, as a client of RFC 9530 does."""
    told = re.fullmatch(r"sha-256=:([A-Za-z0-9+/]{43}=):", answer.headers["Repr-Digest"])
    assert told
    assert base64.b64decode(told.group(1)) == hashlib.sha256(answer.data).digest()


def problem(answer: TestResponse, status: int) -> dict[str, Any]:
    """Return a problem document, which every answer outside 2xx must be."""
    assert answer.status == f"{status} {HTTPStatus(status).phrase}"  # as a refusal at the door
    assert answer.content_type == "application/problem+json"
    found = json.loads(answer.data)
    assert set(found) == {"type", "title", "status", "detail", "request_id", "errors"}
    assert found["status"] == status
    assert found["request_id"] == answer.headers["X-Request-Id"]
    assert re.search(r"[\u4e00-\u9fff]", found["title"])
    return found


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


class TestParts:
    def send(self, client: FlaskClient, **parts: Any) -> TestResponse:
        return client.post("/v1/render", data=parts, content_type="multipart/form-data")

    def test_pictures_come_by_the_name_of_their_part(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        issue = (io.BytesIO(b"{}"), "issue.json")
        answer = self.send(client, issue=issue, **{"河道.png": (io.BytesIO(PNG), "x.png")})
        assert answer.status_code == 200
        assert typesetter.asked[0][0] == b"{}"
        assert typesetter.asked[0][2] == {"河道.png": PNG}

    def test_the_issue_may_be_a_plain_field(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        self.send(client, issue="{}")
        assert typesetter.asked[0][0] == b"{}"

    def test_bytes_that_are_not_utf_8_are_not_replaced(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        self.send(client, issue=(io.BytesIO("稿件".encode("gbk")), ""))
        assert typesetter.asked[0][0] == "稿件".encode("gbk")

    def test_400_without_an_issue(self, client: FlaskClient) -> None:
        assert "issue" in problem(self.send(client, picture="x"), 400)["detail"]

    def test_400_for_two_parts_of_one_name(self, client: FlaskClient) -> None:
        twice = [(io.BytesIO(b"{}"), "a"), (io.BytesIO(b"{}"), "b")]
        problem(self.send(client, issue=twice), 400)

    @pytest.mark.parametrize(
        "named",
        [
            b"",
            b'; name=""',
            b'; filename="a.png"',
            b'; name="a\x1db"',
            b'; name="a\\"',
            b'; name="a%22b"',
            b"; name=\"a%0Ab\"; name*=UTF-8''a%0Ab",
        ],
    )
    def test_400_for_a_part_without_a_name(self, client: FlaskClient, named: bytes) -> None:
        issue = b'--x\r\nContent-Disposition: form-data; name="issue"\r\n\r\n{}\r\n'
        other = b"--x\r\nContent-Disposition: form-data" + named + b"\r\n\r\nx\r\n--x--\r\n"
        kind = "multipart/form-data; boundary=x"
        problem(client.post("/v1/render", data=issue + other, content_type=kind), 400)

    @pytest.mark.parametrize(
        "body", [b"", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="issue"\r\n\r\n{']
    )
    def test_400_for_broken_parts(self, client: FlaskClient, body: bytes) -> None:
        kind = "multipart/form-data; boundary=x"
        problem(client.post("/v1/render", data=body, content_type=kind), 400)

    def test_400_without_a_boundary(self, client: FlaskClient) -> None:
        problem(client.post("/v1/render", data=b"", content_type="multipart/form-data"), 400)

    def test_413_for_a_picture_over_the_limit(self, typesetter: FakeTypesetter) -> None:
        client = create_app(replace(CONFIG, image_bytes=1024), typesetter).test_client()
        answer = self.send(client, issue="{}", big=(io.BytesIO(bytes(1025)), "big.png"))
        assert "big" in problem(answer, 413)["detail"]

    def test_413_for_too_many_pictures(self, typesetter: FakeTypesetter) -> None:
        client = create_app(replace(CONFIG, images=1), typesetter).test_client()
        problem(self.send(client, issue="{}", one="1", two="2"), 413)


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


class TestProblems:
    @pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
    def test_every_error_has_its_status(
        self, client: FlaskClient, typesetter: FakeTypesetter, kind: type[errors.ServiceError]
    ) -> None:
        typesetter.error = kind("出了什么事", hint="怎么办")
        found = problem(post(client, "/v1/render"), PROBLEMS[kind].status)
        assert "出了什么事" in found["detail"]
        assert "怎么办" in found["detail"]

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


def test_a_parameter_that_is_given_twice_is_refused(client: FlaskClient) -> None:
    answer = post(client, "/v1/render?output=png&output=screen")
    assert answer.status_code == 400
    assert "output 写了 2 次" in answer.json["detail"]


def test_what_is_chosen_of_an_output_is_ordered(
    client: FlaskClient, typesetter: FakeTypesetter
) -> None:
    assert post(client, "/v1/render?dpi=72&page=2&output=png").status_code == 200
    assert typesetter.asked[-1][1] == Order("png", options=(("dpi", 72), ("page", 2)))


@pytest.mark.parametrize(
    ("query", "told", "hint"),
    [
        ("output=png&pgae=2", "没有名为“pgae”的参数", "是否指 page？可选：output"),
        ("output=png&page=0", "参数 page 不能是“0”", "可为：1–9999 的整数"),
        ("output=png&dpi=high", "参数 dpi 不能是“high”", "可为：36–300 的整数"),
        (
            "page=2",
            "输出 screen 没有参数 page，png 才有",
            "可选：output、purpose、normalize、even_pages",
        ),
        ("output=png&page=1&page=1", "page 写了 2 次", "请只写一次"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/render", "/v1/check"])
def test_what_no_output_offers_is_refused(
    client: FlaskClient, path: str, query: str, told: str, hint: str
) -> None:
    answer = post(client, f"{path}?{query}")
    assert answer.status_code == 400
    assert told in answer.json["detail"]
    assert hint in answer.json["detail"]


def test_a_packed_body_is_refused_by_the_name_of_its_packing(client: FlaskClient) -> None:
    answer = post(client, "/v1/render", b"\x1f\x8b", Content_Encoding="gzip")
    assert answer.status_code == 415
    assert "gzip" in answer.json["detail"]


def test_a_near_name_is_offered(client: FlaskClient) -> None:
    answer = post(client, "/v1/render?outputt=png")
    assert "没有名为“outputt”的参数" in answer.json["detail"]
    assert "是否指 output？可选：output、purpose、normalize" in answer.json["detail"]


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

    def test_a_failed_render_frees_its_place(
        self, client: FlaskClient, typesetter: FakeTypesetter
    ) -> None:
        typesetter.error = RuntimeError("broken")
        for _ in range(CONFIG.workers + CONFIG.queue + 2):
            problem(post(client, "/v1/render"), 500)
        typesetter.error = None
        assert post(client, "/v1/render").status_code == 200


class TestDocuments:
    def test_schema(self, client: FlaskClient) -> None:
        answer = client.get("/v1/schema")
        assert answer.content_type == "application/schema+json"
        assert json.loads(answer.data) == issue_schema()

    def test_outputs(self, client: FlaskClient) -> None:
        names = [output["name"] for output in client.get("/v1/outputs").json["outputs"]]
        assert names == list(OUTPUTS)

    def test_outputs_say_what_may_be_chosen(self, client: FlaskClient) -> None:
        outputs = {one["name"]: one for one in client.get("/v1/outputs").json["outputs"]}
        assert [one["name"] for one in outputs["screen"]["options"]] == [
            *(option.name for option in PAGING),
            "line_numbers",
        ]
        assert outputs["png"]["options"][0] == {
            "name": "page",
            "title": "第几页",
            "type": "integer",
            "minimum": 1,
            "maximum": 9999,
            "default": 1,
        }

    def test_layouts(self, client: FlaskClient, typesetter: FakeTypesetter) -> None:
        found = client.get("/v1/layouts").json["layouts"]
        assert [layout["name"] for layout in found] == list(typesetter.layouts)
        assert all(layout["title"] and layout["summary"] for layout in found)

    def test_health(self, client: FlaskClient) -> None:
        assert client.get("/healthz").json["status"] == "ok"
        assert client.get("/readyz").json == {"status": "ready", "archive": "none"}


class TestHeaders:
    @pytest.mark.parametrize(
        "path", ["/", "/v1/outputs", "/nowhere", "/static/page.css", "/healthz"]
    )
    def test_every_answer_is_guarded(self, client: FlaskClient, path: str) -> None:
        with client.get(path) as answer:
            headers = answer.headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Request-Id"]

    def test_a_harmless_request_id_is_kept(self, client: FlaskClient) -> None:
        answer = client.get("/healthz", headers={"X-Request-Id": "job-7.a_b"})
        assert answer.headers["X-Request-Id"] == "job-7.a_b"

    @pytest.mark.parametrize("wanted", ["a b", "<script>", "编号", "x" * 65, ""])
    def test_another_request_id_is_replaced(self, client: FlaskClient, wanted: str) -> None:
        answer = client.get("/healthz", headers={"X-Request-Id": wanted.encode().decode("latin-1")})
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])

    @given(st.text(min_size=1).filter(lambda name: name.isprintable()))
    def test_any_file_name_makes_one_ascii_header(self, name: str) -> None:
        header = content_disposition(name, "bulletin.pdf")
        assert header.isascii()
        assert not re.search(r"[\r\n]", header)
        assert unquote(header.partition("UTF-8''")[2]) == name


class TestPage:
    def test_holds_no_script_or_style_of_its_own_and_nothing_from_elsewhere(
        self, client: FlaskClient
    ) -> None:
        page = client.get("/advanced").text
        assert "<style" not in page
        assert "style=" not in page
        assert not re.search(r"<script(?![^>]*src=)", page)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page)

    def test_all_that_it_loads_is_there(self, client: FlaskClient) -> None:
        page = client.get("/advanced").text
        named = re.findall(r'(?:src|href|data-example)="(/[^"]*)"', page)
        assert len(named) > 5
        for path in named:
            with client.get(path) as answer:
                assert answer.status_code == 200, path

    def test_every_field_has_a_label(self, client: FlaskClient) -> None:
        page = client.get("/advanced").text
        for name in re.findall(r'<(?:textarea|input|select) id="([^"]+)"', page):
            labelled = f'for="{name}"' in page or re.search(rf'<label[^>]*>[^/]*id="{name}"', page)
            assert labelled, name

    def test_offers_every_output(self, client: FlaskClient) -> None:
        assert re.findall(r'<option value="([^"]+)"', client.get("/advanced").text)[
            : len(OUTPUTS)
        ] == list(OUTPUTS)

    def test_offers_what_may_be_chosen_of_an_output(self, client: FlaskClient) -> None:
        page = " ".join(client.get("/advanced").text.split())
        assert '<fieldset class="bar options" data-output="png" disabled hidden>' in page
        assert '<fieldset class="bar options" data-output="screen" disabled hidden>' in page
        numbers = [one for one in OUTPUTS["png"].options if isinstance(one, WholeNumber)]
        assert numbers
        for option in numbers:
            bounds = f'min="{option.schema["minimum"]}" max="{option.schema["maximum"]}"'
            assert f'name="{option.name}" value="{option.default}" {bounds}' in page
            assert f"<label>{option.title} <input" in page
        for choice in (one for one in OUTPUTS["png"].options if isinstance(one, Choice)):
            assert f'<label>{choice.title} <select name="{choice.name}">' in page
            for value, meaning in choice.values.items():
                assert re.search(rf'<option value="{value}" (?:selected)?>{meaning}<', page)

    def test_offers_each_kind_of_choice(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        inks = Choice(
            name="inks", title="油墨", default="spot", values={"process": "四色", "spot": "专色"}
        )
        marks = Switch(name="marks", title="裁切线", default=True)
        press = replace(OUTPUTS["screen"], name="press", options=(inks, marks))
        monkeypatch.setitem(OUTPUTS, "press", press)
        page = " ".join(client.get("/advanced").text.split())
        assert '<select name="inks"> <option value="process" >四色</option>' in page
        assert '<option value="spot" selected>专色</option>' in page
        assert '<label><input type="checkbox" name="marks" checked>裁切线</label>' in page


class TestRealThing:
    @pytest.mark.parametrize(
        "example", sorted((ROOT / "examples").glob("*.json")), ids=lambda path: path.stem
    )
    def test_an_example_becomes_a_pdf(self, real: FlaskClient, example: Path) -> None:
        answer = post(real, "/v1/render", example.read_bytes())
        assert answer.status_code == 200
        assert answer.data.startswith(b"%PDF-")
        assert_bytes_are_those_of_the_digest(answer)
        again = post(real, "/v1/render", example.read_bytes(), If_None_Match=answer.headers["ETag"])
        assert again.status_code == 304

    def test_a_png_of_the_first_page(self, real: FlaskClient) -> None:
        answer = post(real, "/v1/render?output=png", (ROOT / "examples/jianbao.json").read_bytes())
        assert answer.content_type == "image/png"
        assert_bytes_are_those_of_the_digest(answer)
        assert answer.data.startswith(b"\x89PNG")

    def test_options_change_the_etag_and_defaults_do_not(self, real: FlaskClient) -> None:
        document = (ROOT / "examples/jianbao.json").read_bytes()
        tags = {
            query: post(real, f"/v1/render?output=png{query}", document).headers["ETag"]
            for query in ("", "&page=1", "&dpi=110&page=1", "&page=2", "&dpi=72")
        }
        assert tags[""] == tags["&page=1"] == tags["&dpi=110&page=1"]
        assert len(set(tags.values())) == 3

    def test_a_worker_has_memory_for_the_largest_picture(self, real: FlaskClient) -> None:
        document = (ROOT / "examples/jianbao.json").read_bytes()
        answer = post(real, "/v1/render?output=png&page=2&dpi=300", document)
        assert answer.status_code == 200
        with Image.open(io.BytesIO(answer.data)) as picture:
            assert picture.size == (2481, 3508)

    def test_a_page_beyond_the_last_is_refused(self, real: FlaskClient) -> None:
        document = (ROOT / "examples/jianbao.json").read_bytes()
        answer = post(real, "/v1/render?output=png&page=3", document)
        assert "没有第 3 页，本期排成 2 页" in problem(answer, 400)["detail"]

    def test_faults_are_told_by_pointer(self, real: FlaskClient) -> None:
        issue = json.loads((ROOT / "examples/jianbao.json").read_bytes())
        issue["masthead"]["issue_number"] = 0
        del issue["articles"][0]["headline"]
        found = problem(post(real, "/v1/render", json.dumps(issue).encode()), 422)
        pointers = {fault["pointer"] for fault in found["errors"]}
        assert {"/masthead/issue_number", "/articles/0/headline"} <= pointers

    @pytest.mark.slow
    @settings(
        max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.binary(max_size=200)
        | st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["layout", "masthead", "articles", "body", "closing", "x"]),
                    inner,
                )
            ),
            max_leaves=12,
        ).map(lambda value: json.dumps(value).encode())
    )
    def test_no_body_makes_a_500(self, real: FlaskClient, body: bytes) -> None:
        for path in ("/v1/render", "/v1/check"):
            assert post(real, path, body).status_code in (200, 400, 422)


def _kinds(kind: type[errors.ServiceError]) -> list[type[errors.ServiceError]]:
    return [kind, *(one for below in kind.__subclasses__() for one in _kinds(below))]
