"""hongtou over HTTP: one already rendered, a preview after an edit, and many at once."""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

from benchmarks.speed.issues import document_of, edited_issue, varied_issue
from hongtou.config import Config
from tests.support.serving import JSON, Answer, Serving, serving

CLIENTS = 2
WARM = 6
# Finished editions are kept as the service keeps them by itself: the tests' services keep none.
CACHED = {entry.name: entry.default for entry in fields(Config) if entry.name == "cache_bytes"}


def repeats(rounds: int) -> dict[str, list[float]]:
    """Return the seconds of an issue asked for again, whole and by one who has it; of previews."""
    found: dict[str, list[float]] = {"again": [], "unchanged": [], "preview": []}
    edited = varied_issue(850_000)
    with serving(**CACHED) as service:
        _warm_up(service)
        for number in range(rounds):
            document = document_of(varied_issue(800_000 + number))
            etag = _ask(service, document).headers["Etag"]  # as waitress writes it
            known = {**JSON, "If-None-Match": etag}
            found["again"].append(_ask(service, document).seconds)
            found["unchanged"].append(_ask(service, document, headers=known, status=304).seconds)
            edit = document_of(edited_issue(edited, number))
            found["preview"].append(_ask(service, edit, "?output=png").seconds)
    return found


def rate(workers: int, renders: int) -> float:
    """Return the issues a second that two clients get from a service with so many workers."""
    documents = [document_of(varied_issue(1_000_000 + number)) for number in range(renders)]
    with serving(workers=workers) as service, ThreadPoolExecutor(CLIENTS) as clients:
        _warm_up(service)
        began = time.monotonic()
        list(clients.map(lambda document: _ask(service, document), documents))
        return renders / (time.monotonic() - began)


def _warm_up(service: Serving) -> None:
    """Render some at the same time, so that every worker has."""
    documents = [document_of(varied_issue(700_000 + number)) for number in range(WARM)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda document: _ask(service, document), documents))


def _ask(
    service: Serving,
    document: bytes,
    query: str = "",
    *,
    headers: Mapping[str, str] = JSON,
    status: int = 200,
) -> Answer:
    answer = service.ask("POST", f"/v1/render{query}", document, headers=headers)
    assert answer.status == status, (answer.status, answer.body[:500])
    return answer
