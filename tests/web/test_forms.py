"""An issue and its pictures as the parts of a form."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from hongtou.web.app import create_app
from tests.support.answers import CONFIG, problem
from tests.support.fakes import FakeTypesetter

PNG = b"\x89PNG fake"


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

    @pytest.mark.slow
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
