"""A worker whose code is somebody else's reaches nothing, and nothing that it sends does harm."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.beset import NO_ADDRESS, WAYS, Beset, beset_service, writable_address
from tests.support.serving import ROOT
from tests.support.taken import FILES, HARMLESS, REPLIES

pytestmark = pytest.mark.long

RUN_ATTEMPTS = """
import json, sys
from tests.support.taken import tried
print(json.dumps(tried(json.loads(sys.argv[1]), lambda name: name in json.loads(sys.argv[2]))))
"""
DONE_WITHOUT_SHIELDS = (
    "open /etc/passwd", "openat /etc/passwd", "openat2 /etc/passwd", "stat /etc/passwd",
    "path of /etc/passwd", "list /etc/passwd", "truncate the keys", "open the keys to all",
    "link the keys", "symlink the keys", "rename the keys", "signal web", "tgkill web",
    "queue a signal for web", "pidfd of web", "memory file of web", "environment of web",
    "descriptors of web", "read memory of web", "write memory of web", "limits of web",
    "priority of web", "processors of web", "connect by TCP", "listen", "Unix socket",
    "socket pair", "fork", "posix_spawn", "clone3", "memfd", "pipe", "be dumped", "share memory",
)  # fmt: skip


@pytest.fixture(scope="module", params=WAYS)
def beset(request: pytest.FixtureRequest) -> Iterator[Beset]:
    with beset_service(request.param) as made:
        yield made


as_it_is = pytest.mark.parametrize(
    "beset", ["as it is"], indirect=True
)  # no protection matters here


def test_every_attempt_is_refused(beset: Beset) -> None:
    sibling = beset.told({"seen": "x"}, tenant=1)["process"]
    tried = beset.told({"aims": beset.aims(sibling)})["tried"]
    assert len(tried) > 100
    assert [name for name, outcome in tried.items() if outcome] == []


def test_the_attempts_are_done_where_nothing_shields(tmp_path: Path) -> None:
    """The proof above can fail: the same attempts, on a process and a file of our own."""
    (tmp_path / "keys").touch()
    with (
        socket.create_server(("127.0.0.1", 0)) as canary,
        subprocess.Popen(["sleep", "60"]) as target,
    ):
        try:
            while writable_address(target.pid) == NO_ADDRESS:  # it is being started
                time.sleep(0.01)
            aims = {
                "keys": str(tmp_path / "keys"),
                "port": canary.getsockname()[1],
                "address": writable_address(target.pid),
                **dict.fromkeys(("web", "fork_server", "sibling"), target.pid),
            }
            found = subprocess.run(
                [
                    sys.executable,
                    "-c",
                    RUN_ATTEMPTS,
                    json.dumps(aims),
                    json.dumps(DONE_WITHOUT_SHIELDS),
                ],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            target.kill()
    tried = json.loads(found.stdout.splitlines()[-1])
    assert [name for name in DONE_WITHOUT_SHIELDS if tried[name] != "done"] == []


def test_a_worker_has_seen_nobody_elses_documents(beset: Beset) -> None:
    first = beset.told({"seen": "of the first"}, tenant=0)
    second = beset.told({"seen": "of the second"}, tenant=1)
    assert "of the first" in first["seen"]
    assert "of the first" not in second["seen"]
    assert first["process"] != second["process"]
    assert beset.told({"seen": "again"}, tenant=0)["process"] == first["process"]


@as_it_is
@pytest.mark.parametrize("reply", [*REPLIES, "drop by drop", "without end"])
def test_what_is_no_reply_is_none(beset: Beset, reply: str) -> None:
    answer = beset.ask("/v1/render", {"reply": reply})
    assert answer.status in (500, 503, 504)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "X-Evil" not in answer.headers
    assert len(answer.body) < 2000
    assert beset.is_unharmed()


@as_it_is
@pytest.mark.parametrize("output", ["screen", "png"])
@pytest.mark.parametrize("file", FILES)
def test_what_is_not_as_it_should_be_does_not_leave(beset: Beset, file: str, output: str) -> None:
    answer = beset.ask(f"/v1/render?output={output}", {"file": file})
    assert answer.status in (500, 503)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert beset.is_unharmed()


@as_it_is
def test_a_file_leaves_as_what_was_ordered(beset: Beset) -> None:
    """The worker says text/html: nobody asked it."""
    answer = beset.ask("/v1/render", {"file": HARMLESS})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"
