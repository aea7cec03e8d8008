"""nginx in front, as it is shipped: what goes through it, and that both count the same requests."""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.proxy import Proxy, Received, answer, check, exchange, prepare, proxied
from tests.support.serving import JSON, ROOT, Serving
from tests.support.warm_start import warm_serving
from tests.support.wire import ALIVE, cases

pytestmark = pytest.mark.slow

EXAMPLE = (ROOT / "examples" / "jianbao.json").read_bytes()
WIRE = cases(EXAMPLE)
ADDRESSES = {
    name: f"127.0.1.{number}" for number, name in enumerate(WIRE, 1)
}  # by which nginx's log is told apart


@dataclass(frozen=True, slots=True)
class Setting:
    """A service with nginx in front."""

    service: Serving
    proxy: Proxy
    written: Path

    def seen(self) -> list[dict[str, Any]]:
        """Return what the service has written of each request."""
        lines = (json.loads(line) for line in self.written.read_text(encoding="utf-8").splitlines())
        return [line for line in lines if line["event"] == "request"]


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    folder = tmp_path_factory.mktemp("proxy")
    with (
        warm_serving(log=folder / "service.log") as service,
        proxied(folder, service.port) as proxy,
    ):
        yield Setting(service, proxy, folder / "service.log")


def test_the_configuration_is_one(tmp_path: Path) -> None:
    for prefix in (False, True):
        told = check(prepare(tmp_path, 1, prefix=prefix, generous=False))
        assert "test is successful" in told
        assert "[warn]" not in told


@dataclass(frozen=True, slots=True)
class Exchanged:
    """All cases sent once, and what nginx and the service have written of them."""

    received: dict[str, Received]
    log: list[dict[str, Any]]
    seen: list[dict[str, Any]]

    @property
    def sent_on(self) -> list[str]:
        return [line["request_id"] for line in self.log if line["upstream_status"]]

    def asked(self, name: str) -> list[dict[str, Any]]:
        """Return what nginx took for the requests of a case, in their order."""
        return [line for line in self.log if line["client"] == ADDRESSES[name]]


@pytest.fixture(scope="module")
def exchanged(setting: Setting) -> Exchanged:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(
            lambda name: exchange(setting.proxy, WIRE[name], ADDRESSES[name]), WIRE
        )
        received = dict(zip(WIRE, answers, strict=True))
    time.sleep(1)  # what ended with its connection is written last
    seen = [line for line in setting.seen() if line["path"] != "/readyz"]  # asked for by `serving`
    return Exchanged(received, setting.proxy.log(), seen)


class TestFraming:
    """What nginx takes for a request is one to the service, and every answer is its request's own."""

    def test_the_service_sees_what_nginx_sent_on_and_nothing_else(
        self, exchanged: Exchanged
    ) -> None:
        assert len(exchanged.sent_on) > len(WIRE) / 3  # or next to nothing was tried
        read = Counter(line["request_id"] for line in exchanged.seen if not is_unread(line))
        assert read <= Counter(exchanged.sent_on)
        assert len(exchanged.seen) == len(exchanged.sent_on)

    @pytest.mark.parametrize("name", WIRE)
    def test_each_answer_belongs_to_its_request(self, exchanged: Exchanged, name: str) -> None:
        one, asked = exchanged.received[name], exchanged.asked(name)
        if name != "no version":  # HTTP/0.9 knows no heads
            assert one.rest == b""
            assert [answer[0] for answer in one.answers] == [line["status"] for line in asked]
        seen = {line["request_id"]: line for line in exchanged.seen}
        for (status, headers, body), line in zip(one.answers, asked, strict=False):
            called = line["request_id"]
            if line["upstream_status"]:
                own = seen[headers["X-Request-Id"]]
                assert own["status"] == status
                called = own["request_id"] if is_unread(own) else called
                assert headers["X-Request-Id"] == called
            if headers["Content-Type"] == "application/problem+json" and body:
                assert json.loads(body)["request_id"] == called


def is_unread(line: dict[str, Any]) -> bool:
    """Tell whether the service refused a head unread, and so does not know what nginx called the request."""
    return line["path"] == ""


class TestBehindIt:
    def test_a_render_is_the_same_as_without(self, setting: Setting) -> None:
        status, headers, content = answer(setting.proxy, "POST", "/v1/render", EXAMPLE, JSON)
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        assert content == setting.service.render(EXAMPLE).body

    def test_too_much_is_refused_by_nginx_in_the_same_words(self, setting: Setting) -> None:
        head = "POST /v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Length: 67108865\r\n\r\n"
        ((status, headers, body),) = exchange(setting.proxy, head.encode()).answers
        assert (status, headers["Content-Type"], json.loads(body)["type"]) == (
            413,
            "application/problem+json",
            "/problems/too-large",
        )

    def test_what_nginx_lets_through_is_within_what_the_service_takes(
        self, setting: Setting
    ) -> None:
        fields = {f"X-{number}": "y" * 5000 for number in range(2)}
        assert answer(setting.proxy, "GET", "/healthz", fields=fields)[0] == 200

    def test_metrics_are_not_for_outside(self, setting: Setting) -> None:
        assert answer(setting.proxy, "GET", "/metrics")[0] == 404

    def test_http_leads_to_https(self, setting: Setting) -> None:
        with socket.create_connection(("127.0.0.1", setting.proxy.plain_port)) as client:
            client.sendall(
                b"GET /docs?a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            received = b"".join(iter(lambda: client.recv(65536), b""))
        assert received.startswith(b"HTTP/1.1 308 ")
        assert b"Location: https://localhost/docs?a=b\r\n" in received

    def test_another_name_gets_no_certificate(self, setting: Setting) -> None:
        with (
            socket.create_connection(("127.0.0.1", setting.proxy.port)) as plain,
            pytest.raises(ssl.SSLError),
        ):
            setting.proxy.trust().wrap_socket(plain, server_hostname="evil.example")

    def test_a_page_of_another_site_is_refused_through_it_too(self, setting: Setting) -> None:
        fields = {**JSON, "Origin": "https://evil.example"}
        assert answer(setting.proxy, "POST", "/v1/check", EXAMPLE, fields)[0] == 403


def test_one_address_cannot_ask_for_ever(setting: Setting, tmp_path: Path) -> None:
    with proxied(tmp_path, setting.service.port, generous=False) as proxy:
        answers = exchange(proxy, ALIVE * 200).answers
    refused = [headers for status, headers, _ in answers if status == 429]
    assert len(answers) - len(refused) >= 40  # the burst
    assert refused[0]["Retry-After"] == "2"


def test_a_service_that_is_away_is_told_of_in_the_same_words(tmp_path: Path) -> None:
    with proxied(tmp_path, 1) as proxy:
        status, headers, body = answer(proxy, "GET", "/healthz")
    assert (status, headers["Content-Type"], headers["Retry-After"]) == (
        503,
        "application/problem+json",
        "5",
    )
    assert json.loads(body)["status"] == 503
