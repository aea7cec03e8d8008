"""The headers of every answer."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from hongtou.web.api.answers import content_disposition


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

    @pytest.mark.slow
    @pytest.mark.parametrize("wanted", ["a b", "<script>", "编号", "x" * 65, ""])
    def test_another_request_id_is_replaced(self, client: FlaskClient, wanted: str) -> None:
        answer = client.get("/healthz", headers={"X-Request-Id": wanted.encode().decode("latin-1")})
        assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-Id"])

    @pytest.mark.slow
    @given(st.text(min_size=1).filter(lambda name: name.isprintable()))
    def test_any_file_name_makes_one_ascii_header(self, name: str) -> None:
        header = content_disposition(name, "bulletin.pdf")
        assert header.isascii()
        assert not re.search(r"[\r\n]", header)
        assert unquote(header.partition("UTF-8''")[2]) == name
