"""A clerk who saves an issue at a running service, and knows what was acknowledged."""

from __future__ import annotations

import json

from tests.support.archives import document
from tests.support.serving import JSON, Answer, Serving


class Clerk:
    """Saves at a service over and over, and knows what was acknowledged."""

    def __init__(self, service: Serving, nameplate: str = "创建工作动态") -> None:
        self.service = service
        owner = self._sent("POST", "/v1/publications", {"nameplate": nameplate}).json["id"]
        given = {"from": "document", "document": json.loads(document())}
        made = self._sent("POST", f"/v1/publications/{owner}/issues", given)
        self.path = f"/v1/issues/{made.json['id']}"
        self.version, self.acknowledged = 1, document()

    def save(self, body: str) -> Answer:
        sent = document(body=body)
        headers = {**JSON, "If-Match": f'"{self.version}"'}
        answer = self.service.ask("PUT", self.path, sent, headers=headers)
        if answer.status == 204:
            self.version, self.acknowledged = self.version + 1, sent
        return answer

    def kept(self) -> bytes:
        return self.service.ask("GET", self.path).body

    def _sent(self, method: str, path: str, body: object) -> Answer:
        return self.service.ask(method, path, json.dumps(body).encode())
