"""The same with real workers: examples become files, and no body makes a 500."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hongtou.rendering import WorkerPool
from hongtou.web.app import create_app
from tests.support.answers import CONFIG, assert_bytes_are_those_of_the_digest, post, problem

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def real() -> Iterator[FlaskClient]:
    worker_pool = WorkerPool(CONFIG, lambda *event: None)
    yield create_app(CONFIG, worker_pool).test_client()
    worker_pool.close()


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
