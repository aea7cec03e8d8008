"""What the service says of itself: schema, outputs, layouts, health."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient

from hongtou.intake import issue_schema
from hongtou.outputs import OUTPUTS
from hongtou.outputs.paging import PAGING
from tests.support.fakes import FakeTypesetter


class TestDocuments:
    @pytest.mark.slow
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
        assert outputs["screen"]["options"][-1]["needs"] == {"name": "purpose", "value": "proof"}
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

    @pytest.mark.slow
    def test_health(self, client: FlaskClient) -> None:
        assert client.get("/healthz").json["status"] == "ok"
        assert client.get("/readyz").json == {"status": "ready", "archive": "none"}
