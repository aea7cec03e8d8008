"""What those who keep the service running can see of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hongtou.bulletin.errors import RenderLimit
from hongtou.config import Config
from hongtou.faces import read_manifest
from hongtou.web import readiness
from hongtou.web.app import create_app
from hongtou.web.problems import HTTP_PROBLEMS, PROBLEMS
from tests.support.fakes import FakeTypesetter

ROOT = Path(__file__).parents[1]
CONFIG = Config()
JSON = {"Content-Type": "application/json"}


def client_of(typesetter: FakeTypesetter, config: Config = CONFIG) -> FlaskClient:
    return create_app(config, typesetter).test_client()


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A fonts folder whose files can be altered one by one."""
    for source in (ROOT / "fonts").rglob("*"):
        if source.is_file():
            target = tmp_path / source.relative_to(ROOT / "fonts")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
    return tmp_path


class TestReadiness:
    @pytest.mark.slow
    def test_200_where_all_is_well(self, fonts: Path) -> None:
        client = client_of(FakeTypesetter(), replace(CONFIG, fonts_dir=fonts))
        assert client.get("/readyz").status_code == 200

    def test_503_without_a_worker(self) -> None:
        class NobodyThere(FakeTypesetter):
            def fault(self) -> str:
                return "排版进程未就绪"

        answer = client_of(NobodyThere()).get("/readyz")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0

    @pytest.mark.slow
    @pytest.mark.parametrize("damage", ["altered", "missing"])
    def test_503_names_the_font_and_what_it_should_be(self, fonts: Path, damage: str) -> None:
        client = client_of(FakeTypesetter(), replace(CONFIG, fonts_dir=fonts))
        assert client.get("/readyz").status_code == 200
        entry = next(iter(read_manifest(fonts).faces.values()))
        content = (fonts / entry.file).read_bytes()
        (fonts / entry.file).unlink()
        if damage == "altered":
            (fonts / entry.file).write_bytes(content[:-1] + b"\0\0")
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert Path(entry.file).name in answer.text
        assert damage == "missing" or entry.sha256 in answer.text

    @pytest.mark.slow
    def test_503_where_the_disk_is_almost_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(readiness, "FREE_BYTES", 2**62)
        assert client_of(FakeTypesetter()).get("/readyz").status_code == 503


class TestMetrics:
    def metrics(self, client: FlaskClient) -> dict[str, float]:
        page = client.get("/metrics")
        assert page.content_type.startswith("text/plain")
        lines = [line for line in page.text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}

    def test_counts_renders_pages_and_seconds(self) -> None:
        client = client_of(FakeTypesetter())
        for number in (1, 2, 3, 3):
            client.post("/v1/render", data=b"%d" % number, headers=JSON)
        found = self.metrics(client)
        assert found['hongtou_renders_total{outcome="done",task="produce"}'] == 3
        assert found['hongtou_renders_total{outcome="kept",task="produce"}'] == 1
        assert found["hongtou_pages_total"] == 12
        assert found['hongtou_render_seconds_count{task="produce"}'] == 3
        assert found['hongtou_requests{state="running"}'] == 0

    def test_times_are_told_by_bounds_that_rise_by_no_more_than_two_and_a_half(self) -> None:
        found = self.metrics(client_of(FakeTypesetter()))
        start = 'hongtou_render_seconds_bucket{le="'
        bounds = [
            float(name.removeprefix(start).partition('"')[0]) for name in found if start in name
        ]
        bounds = [bound for bound in sorted({*bounds}) if bound < float("inf")]
        assert (bounds[0], bounds[-1]) == (0.005, 60)
        assert {0.02, 0.03, 0.05, 5, 30} <= {*bounds}  # of most renders, and of the alerts
        assert all(second / first <= 2.5 for first, second in pairwise(bounds))

    def test_an_answer_without_a_route_may_have_every_status_but_those_of_a_task(self) -> None:
        found = self.metrics(client_of(FakeTypesetter()))
        start = 'hongtou_http_answers_total{route="none",status="'
        begun = {name.removeprefix(start)[:-2] for name in found if name.startswith(start)}
        told = {str(problem.status) for problem in (*PROBLEMS.values(), *HTTP_PROBLEMS.values())}
        of_the_archive = {"409", "412", "423", "428", "507"}
        assert begun == told - {"406", "422", "504"} - of_the_archive

    def test_counts_failures_by_kind_and_refusals_by_reason(self) -> None:
        client = client_of(FakeTypesetter(error=RenderLimit("太久")))
        client.post("/v1/check", data=b"{}", headers=JSON)
        client.application.services.renders.queue.stop()
        client.post("/v1/check", data=b"{}", headers=JSON)
        found = self.metrics(client)
        assert found['hongtou_renders_total{outcome="render-limit",task="check"}'] == 1
        assert found['hongtou_refusals_total{reason="stopping"}'] == 1
        assert found['hongtou_render_seconds_count{task="check"}'] == 0
