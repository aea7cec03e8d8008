"""An editor whose page saves: what it was told is kept, and what it had sent when nobody answered."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import Any

from tests.support.archives import document
from tests.support.serving import JSON, Answer, Serving

PLAN = json.dumps({"nameplate": "创建工作动态"}).encode()
OK, CREATED, SAVED = 200, 201, 204


def begin(service: Serving, number: int) -> int:
    """Return a new issue."""
    sent = {"from": "document", "document": json.loads(document(number))}
    made = service.ask("POST", "/v1/publications/1/issues", json.dumps(sent).encode())
    assert made.status == CREATED, made.body
    return int(made.json["id"])


class Editor:
    """Saves an issue again and again, each time with the next number in its text."""

    def __init__(self, issue: int, number: int) -> None:
        self.issue = issue
        self.number = number  # of the issue in its year
        self.sent = 0
        self.acknowledged = 0
        self.saves = self.notes = self.notes_sent = 0

    def work(self, service: Serving) -> None:
        """Save until nobody answers any more."""
        try:
            version = int(self.ask(service, "GET", "/record").json["version"])
            while True:
                version = self._save(service, version)
                if self.sent % 7 == 0:
                    self._note(service, version)
                self.do_besides(service)
        except (OSError, HTTPException):
            return

    def do_besides(self, service: Serving) -> None:
        """Do nothing else."""

    def _save(self, service: Serving, version: int) -> int:
        self.sent += 1
        text = document(self.number, body=f"写到 {self.sent}。" + "字" * (self.sent % 500))
        answer = self.ask(service, "PUT", "", text, version)
        if answer.status == SAVED:
            self.acknowledged = self.sent
            self.saves += 1
            return version + 1
        return int(self.ask(service, "GET", "/record").json["version"])

    def _note(self, service: Serving, version: int) -> None:
        """Name a version, which is noted as an event."""
        self.notes_sent += 1
        body = json.dumps({"label": f"第 {self.sent} 次"}).encode()
        if self.ask(service, "POST", "/revisions", body, version).status == CREATED:
            self.notes += 1

    def found(self, document: bytes) -> int:
        """Return the number in a document, -1 if it is none of those that were sent."""
        text: Any = json.loads(document)["articles"][0]["body"]
        words = text if isinstance(text, str) else text[0]
        if not words.startswith("写到 "):
            return 0
        number = int(words.removeprefix("写到 ").partition("。")[0])
        return number if words == f"写到 {number}。" + "字" * (number % 500) else -1

    def ask(
        self, service: Serving, method: str, path: str, body: bytes | None = None, version: int = 0
    ) -> Answer:
        """Ask about the issue."""
        headers = {**JSON, "If-Match": f'"{version}"'}
        return service.ask(method, f"/v1/issues/{self.issue}{path}", body, 10, headers)
