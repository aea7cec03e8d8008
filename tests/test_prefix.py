"""The service under a path of another site, whether the proxy keeps the path's prefix or strips it."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hongtou.bulletin.errors import SetupError
from hongtou.config import read_config
from tests.support.proxy import answer, proxied
from tests.support.serving import Answer, Serving
from tests.support.stand_in import OPENER
from tests.support.warm_start import warm_serving

pytestmark = pytest.mark.slow

PREFIX = "/hongtou"
ways = pytest.mark.parametrize("asked_under", [PREFIX, ""], ids=["kept", "stripped"])


@pytest.fixture(scope="module")
def service() -> Iterator[Serving]:
    with warm_serving(OPENER, prefix=PREFIX, workers=1, queue=0, threads=8) as running:
        yield running


def links(page: Answer) -> set[str]:
    """Return every address that a page leads to, loads or sends to."""
    found = re.findall(
        r'(?:href|src|data-example|data-render|data-check)="([^"#]+)"', page.body.decode()
    )
    assert found
    return set(found)


@ways
@pytest.mark.parametrize("path", ["/", "/advanced", "/docs", "/problems/busy"])
def test_every_address_of_a_page_leads_back_through_the_proxy(
    service: Serving, asked_under: str, path: str
) -> None:
    page = service.ask("GET", asked_under + path)
    assert page.status == 200
    for link in links(page):
        assert link.startswith(f"{PREFIX}/"), link
        asked = asked_under + link.removeprefix(PREFIX)
        assert service.ask("GET", asked).status == (
            405 if link.endswith(("/render", "/check")) else 200
        ), link


@ways
def test_the_documentation_shows_addresses_that_work(service: Serving, asked_under: str) -> None:
    shown = service.ask("GET", f"{asked_under}/docs").body.decode()
    assert f":{service.port}{PREFIX}/v1/render" in shown
    document = service.ask("GET", f"{asked_under}/v1/openapi.json").json
    assert document["servers"] == [{"url": PREFIX}]


@ways
@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_problem_names_a_page_that_is_there(
    service: Serving, asked_under: str, method: str
) -> None:
    kind = service.ask(
        method, f"{asked_under}/v1/schema" if method == "DELETE" else f"{asked_under}/nope"
    ).json["type"]
    assert kind.startswith(f"{PREFIX}/problems/")
    assert service.ask("GET", kind).status == 200


@ways
def test_a_request_that_never_reaches_the_application_gets_the_same_address(
    service: Serving, asked_under: str
) -> None:
    with socket.create_connection(("127.0.0.1", service.port), timeout=10) as client:
        client.sendall(
            f"POST {asked_under}/v1/render HTTP/1.1\r\nHost: localhost\r\nContent-Length: ten\r\n\r\n".encode()
        )
        received = b"".join(iter(lambda: client.recv(65536), b""))
    assert json.loads(received.partition(b"\r\n\r\n")[2])["type"].startswith(f"{PREFIX}/problems/")


@ways
def test_the_door_knows_the_route_under_its_prefix(service: Serving, asked_under: str) -> None:
    body = json.dumps({"do": "sleep", "with": 1}).encode()
    with ThreadPoolExecutor(2) as threads:
        both = threads.map(
            lambda _: service.ask("POST", f"{asked_under}/v1/render", body), range(2)
        )
        statuses = {one.status: one for one in both}
    assert set(statuses) == {200, 429}
    assert statuses[429].json["type"] == f"{PREFIX}/problems/busy"


def test_what_only_begins_like_it_is_another_path(service: Serving) -> None:
    assert service.ask("GET", f"{PREFIX}x/healthz").status == 404


def test_the_prefix_alone_is_the_page(service: Serving) -> None:
    assert service.ask("GET", PREFIX).status == 200


@pytest.mark.parametrize("prefix", ["hongtou", "/hongtou/", "/", "/a//b", "/红头", "/a?b", "/a\nb"])
def test_a_prefix_that_is_none_is_refused_at_start(prefix: str) -> None:
    with pytest.raises(SetupError, match="HONGTOU_PREFIX"):
        read_config({"HONGTOU_PREFIX": prefix})


def test_nginx_as_shipped_puts_it_there(service: Serving, tmp_path: Path) -> None:
    with proxied(tmp_path, service.port, prefix=True) as proxy:
        assert answer(proxy, "GET", PREFIX)[0] == 308
        status, headers, _ = answer(
            proxy, "POST", f"{PREFIX}/v1/render", b"{}", {"Content-Type": "application/json"}
        )
        assert (status, headers["Content-Type"]) == (200, "application/pdf")
        assert answer(proxy, "GET", f"{PREFIX}/metrics")[0] == 404
        assert answer(proxy, "GET", "/healthz")[0] == 404
