"""What a client knows already is not made again; what it knows wrongly costs it nothing more."""

from __future__ import annotations

import json

import pytest

from hongtou import pipeline
from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pipeline import Typesetter
from hongtou.web.app import create_app
from tests.support import shop
from tests.support.documents import document, encoded
from tests.support.fakes import DIGEST, FakeTypesetter
from tests.support.serving import JSON, metric
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

STALE = "0a" * 32
ISSUE = encoded(document())


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return shop.typesetter()


class TestPipeline:
    def test_what_is_known_is_not_planned(
        self, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        digest = typesetter.digest(ISSUE, Order())
        monkeypatch.delattr(pipeline, "make_plan")
        assert typesetter.make(ISSUE, Order(), known=[STALE, digest]) == Unchanged(digest)

    def test_what_is_not_known_is_read_once_and_made(
        self, typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        read = []
        accept = pipeline.accept
        monkeypatch.setattr(pipeline, "accept", lambda *given: read.append(1) or accept(*given))
        made = typesetter.make(ISSUE, Order(), known=[STALE])
        assert isinstance(made, Edition)
        assert len(read) == 1
        assert made.plan_digest == typesetter.digest(ISSUE, Order())


class TestTurns:
    @pytest.mark.slow
    @pytest.mark.parametrize(
        ("known", "status", "outcome"),
        [(STALE, 200, "done"), (DIGEST, 304, "unchanged")],
    )
    def test_one_call_and_one_turn(self, known: str, status: int, outcome: str) -> None:
        renderer = FakeTypesetter()
        app = create_app(Config(), renderer)
        headers = {**JSON, "If-None-Match": f'"{known}"'}
        answer = app.test_client().post("/v1/render", data=b"{}", headers=headers)
        assert (answer.status_code, len(renderer.asked)) == (status, 1)
        page = app.test_client().get("/metrics").text
        assert "hongtou_queue_wait_seconds_count 1.0" in page
        assert f'hongtou_renders_total{{outcome="{outcome}",task="produce"}} 1.0' in page

    @pytest.mark.parametrize(("known", "status"), [(STALE, 200), (DIGEST, 304)])
    def test_no_call_where_the_edition_is_kept(self, known: str, status: int) -> None:
        renderer = FakeTypesetter()
        client = create_app(Config(), renderer).test_client()
        client.post("/v1/render", data=b"{}", headers=JSON)
        headers = {**JSON, "If-None-Match": f'"{known}"'}
        answer = client.post("/v1/render", data=b"{}", headers=headers)
        assert (answer.status_code, len(renderer.asked)) == (status, 1)

    def test_what_was_not_made_is_not_kept(self) -> None:
        renderer = FakeTypesetter()
        client = create_app(Config(), renderer).test_client()
        known = {**JSON, "If-None-Match": f'"{DIGEST}"'}
        assert client.post("/v1/render", data=b"{}", headers=known).status_code == 304
        assert client.post("/v1/render", data=b"{}", headers=JSON).status_code == 200
        assert len(renderer.asked) == 2


@pytest.mark.slow
def test_over_http_a_stale_etag_is_one_call_to_a_worker() -> None:
    with warm_serving(OPENER, workers=1, queue=1, threads=4) as service:
        done = service.do("tell").json["done"]  # by a worker that the probe may have used before
        before = metric(service, "hongtou_queue_wait_seconds_count")
        stale = service.ask(
            "POST", "/v1/render", b'{"do": "tell"}', headers={**JSON, "If-None-Match": f'"{STALE}"'}
        )
        assert stale.status == 200
        assert json.loads(stale.body)["done"] == done + 1
        assert metric(service, "hongtou_queue_wait_seconds_count") == before + 1
        known = service.ask(
            "POST",
            "/v1/render",
            b'{"do": "tell"}',
            headers={**JSON, "If-None-Match": f'"{DIGEST}"'},
        )
        assert (known.status, known.body) == (304, b"")
        assert json.loads(service.ask("POST", "/v1/render", b"{}").body)["done"] == done + 3
