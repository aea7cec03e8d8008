"""hongtou over HTTP: a new issue each time, one already rendered, a preview, and many at once."""

from __future__ import annotations

import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from benchmarks.speed.issues import varied_issue
from tests.support.serving import JSON, Serving, serving

WARM = 6


class OverHttp:
    """A running service that is asked like any client asks."""

    def __init__(self, service: Serving) -> None:
        self._service = service
        self._seeds = itertools.count(700_000)
        for _ in range(WARM):
            self.render(next(self._seeds))

    def render(self, seed: int, times: int = 1, query: str = "") -> tuple[float, int]:
        """Return the wall seconds of one issue, and the bytes of its file."""
        return self._post(_document(seed, times), query)

    def preview(self, seed: int) -> float:
        """Return the seconds to the first page as PNG after an edit."""
        return self.render(seed, query="?output=png")[0]

    def repeat(self, rounds: int) -> dict[str, float]:
        """Return the median seconds of an issue asked for again, whole and with its ETag."""
        document = _document(next(self._seeds), 1)
        etag = self._service.ask("POST", "/v1/render", document).headers["Etag"]  # as waitress writes it
        known = {**JSON, "If-None-Match": etag}
        again = [self._post(document)[0] for _ in range(rounds)]
        unchanged = []
        for _ in range(rounds):
            answer = self._service.ask("POST", "/v1/render", document, headers=known)
            assert answer.status == 304, answer.status
            unchanged.append(answer.seconds)
        return {"again": median(again), "unchanged": median(unchanged)}

    def rate(self, seconds: float, clients: int) -> float:
        """Return the issues a second that so many clients get done."""
        deadline = time.monotonic() + seconds
        began = time.monotonic()

        def client(number: int) -> int:
            count = 0
            while time.monotonic() < deadline:
                self.render(1_000_000 * (number + 1) + count)
                count += 1
            return count

        with ThreadPoolExecutor(clients) as pool:
            done = sum(pool.map(client, range(clients)))
        return done / (time.monotonic() - began)

    def _post(self, document: bytes, query: str = "") -> tuple[float, int]:
        answer = self._service.ask("POST", f"/v1/render{query}", document)
        assert answer.status == 200, answer.body[:500]
        return answer.seconds, len(answer.body)


def throughput(workers: int, seconds: float) -> float:
    """Return the issues a second of a service with so many workers."""
    with serving(workers=workers) as service:
        return OverHttp(service).rate(seconds, clients=workers)


def _document(seed: int, times: int) -> bytes:
    return json.dumps(varied_issue(seed, times), ensure_ascii=False).encode()
