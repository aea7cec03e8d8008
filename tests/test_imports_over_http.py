"""``POST /v1/imports``: a file in, an issue with all its lines and doubts out; nothing is kept."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator
from werkzeug.test import TestResponse

from benchmarks.importing.rounds import docx_of
from hongtou.config import Config
from hongtou.web.app import create_app
from tests.support.fakes import FakeTypesetter
from tests.support.serving import Serving, serving
from tests.support.shop import ROOT
from tests.support.word import zipped
from tests.test_import_pictures import PICTURES, picture, word

RAW = (ROOT / "tests" / "issues" / "real-issue.txt").read_bytes()
SAMPLE = json.loads((ROOT / "tests" / "issues" / "real-issue.json").read_text(encoding="utf-8"))
BOUNDARY, MIB = "part", 1024 * 1024
FORM = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Config(), FakeTypesetter()).test_client()


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    with serving() as running:
        yield running


def sent(client: FlaskClient, **parts: bytes) -> TestResponse:
    named: dict[str, Any] = {name: (io.BytesIO(body), "a.txt") for name, body in parts.items()}
    return client.post("/v1/imports", data=named)


def form(content: bytes) -> bytes:
    head = 'Content-Disposition: form-data; name="file"; filename="../第33期.docx"'
    return f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


class TestRequests:
    def test_the_answer_is_as_described(self, client: FlaskClient) -> None:
        document = client.get("/v1/openapi.json").json
        assert document
        schema = {
            "$ref": "#/components/schemas/Imported",
            "components": document["components"],
        }
        told = sent(client, file=RAW).json
        assert told["lines"][0]["kind"] == "nameplate"
        assert Draft202012Validator(schema).is_valid(told)
        del told["lines"][0]["why"]
        assert not Draft202012Validator(schema).is_valid(told)

    def test_a_form_holds_one_file_and_nothing_else(self, client: FlaskClient) -> None:
        for parts in ({"issue": RAW}, {"file": RAW, "more": RAW}):
            answer = sent(client, **parts)
            assert (answer.status_code, answer.json["type"]) == (
                400,
                "/problems/malformed-document",
            )

    def test_json_is_no_file(self, client: FlaskClient) -> None:
        answer = client.post("/v1/imports", data=b"{}", content_type="application/json")
        assert answer.status_code == 415


def with_kinds(content: bytes, kinds: bytes) -> bytes:
    head = b'--part\r\nContent-Disposition: form-data; name="kinds"\r\n\r\n'
    return head + kinds + b"\r\n" + form(content)


@pytest.mark.slow
class TestInTheWorker:
    """The reading runs in a sandboxed worker."""

    @pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
    def test_the_sample_comes_back(self, service: Serving, encoding: str) -> None:
        answer = service.ask(
            "POST", "/v1/imports", form(RAW.decode().encode(encoding)), headers=FORM
        )
        assert (answer.status, answer.json["issue"]) == (200, SAMPLE)

    def test_the_pdf_of_the_sample_comes_back(self, service: Serving) -> None:
        pdf = service.render(json.dumps(SAMPLE).encode()).body
        answer = service.ask("POST", "/v1/imports", form(pdf), headers=FORM)
        assert (answer.status, answer.json["issue"]) == (200, SAMPLE)

    def test_a_word_file_of_the_sample_comes_back(self, service: Serving) -> None:
        answer = service.ask("POST", "/v1/imports", form(docx_of(SAMPLE)), headers=FORM)
        assert (answer.status, answer.json["issue"]) == (200, SAMPLE)

    def test_what_a_person_says_of_a_line_goes_before_the_rules(self, service: Serving) -> None:
        number = RAW.decode().splitlines().index("工 作 简 讯") + 1
        kinds = json.dumps({number: "section"}).encode()
        answer = service.ask("POST", "/v1/imports", with_kinds(RAW, kinds), headers=FORM)
        assert answer.json["issue"]["articles"][-1]["section"] == "工 作 简 讯"
        refused = service.ask("POST", "/v1/imports", with_kinds(RAW, b"[1]"), headers=FORM)
        assert (refused.status, refused.json["type"]) == (400, "/problems/malformed-document")

    @pytest.mark.parametrize("wanted", [True, False])
    def test_pictures_come_when_they_are_wanted(self, service: Serving, wanted: bool) -> None:
        content = word(picture("a.png", "b.png"), picture("c.png"))
        head = b'--part\r\nContent-Disposition: form-data; name="pictures"\r\n\r\n'
        asked = head + (b"true" if wanted else b"false") + b"\r\n" + form(content)
        answer = service.ask("POST", "/v1/imports", asked, headers=FORM).json
        found = {name: b64decode(one) for name, one in answer.get("pictures", {}).items()}
        assert found == (PICTURES if wanted else {})
        assert "a.png" in str(answer["issue"])

    def test_a_bomb_is_refused_and_the_service_goes_on(self, service: Serving) -> None:
        for _ in range(2):
            bomb = zipped({"[Content_Types].xml": b"", "word/document.xml": b"\0" * 40 * MIB})
            answer = service.ask("POST", "/v1/imports", form(bomb), headers=FORM)
            assert (answer.status, answer.json["type"]) == (422, "/problems/import-refused")
        assert service.is_ready()

    def test_what_cannot_be_imported_is_422_with_a_remedy(self, service: Serving) -> None:
        answer = service.ask("POST", "/v1/imports", form(b"\0\1"), headers=FORM)
        assert (answer.status, answer.json["type"]) == (422, "/problems/import-refused")
        assert "另存为 .docx" in answer.json["detail"]

    def test_a_file_over_the_limit_is_refused(self, service: Serving) -> None:
        answer = service.ask("POST", "/v1/imports", form(b"a" * (20 * MIB + 1)), headers=FORM)
        assert (answer.status, answer.json["type"]) == (413, "/problems/too-large")
