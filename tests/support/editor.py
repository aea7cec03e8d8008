"""An editor who asks an application as its pages do."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient
from jsonschema_rs import Draft202012Validator

from tests.support.archives import document

PLAN = {"nameplate": "创建工作动态", "issuing_body": "毕节市创建办", "first_total": 612}


class Editor:
    """Asks as the page does, and holds every answer against the OpenAPI document."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.described = json.loads(client.get("/v1/openapi.json").data)

    def ask(self, method: str, path: str, body: object = None, version: int | None = None) -> Any:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        given: dict[str, Any] = {"data": sent, "content_type": "application/json"}
        answer = self.client.open(
            path, method=method, headers=headers, **(given if body is not None else {})
        )
        self._hold(method, path, answer)
        return answer

    def _hold(self, method: str, path: str, answer: Any) -> None:
        parts = path.partition("?")[0].split("/")
        template = next(
            one for one in self.described["paths"]
            if len(one.split("/")) == len(parts)
            and method.lower() in self.described["paths"][one]
            and all(a == b or a.startswith("{") for a, b in zip(one.split("/"), parts, strict=True))
        )  # fmt: skip
        said = self.described["paths"][template][method.lower()]["responses"]
        assert str(answer.status_code) in said, (template, answer.text)
        content = said[str(answer.status_code)].get("content", {}).get(answer.mimetype)
        if content and answer.mimetype.endswith("json"):
            whole = {**content["schema"], "components": self.described["components"]}
            assert Draft202012Validator(whole).is_valid(answer.json), answer.json

    def publication(self) -> int:
        return int(self.ask("POST", "/v1/publications", PLAN).json["id"])

    def issue(self, number: int = 33, **more: Any) -> int:
        listed = self.ask("GET", "/v1/publications").json["publications"]
        owner = listed[0]["id"] if listed else self.publication()
        body = {"from": "document", "document": json.loads(document(number, **more))}
        return int(self.ask("POST", f"/v1/publications/{owner}/issues", body).json["id"])

    def step(self, issue: int, *steps: str) -> Any:
        answer = None
        for step in steps:
            version = self.ask("GET", f"/v1/issues/{issue}/record").json["version"]
            body = {"step": step, "note": "改期号"}
            answer = self.ask("POST", f"/v1/issues/{issue}/transitions", body, version)
        return answer


def kind(answer: Any) -> str:
    """Return the kind of a problem, e.g. stale."""
    assert answer.mimetype == "application/problem+json"
    return str(answer.json["type"]).rpartition("/")[2]
