"""A worker whose code is somebody else's reaches nothing, and nothing that it sends does harm."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from service.keys import Scope, key_line, new_key
from tests.support.serving import JSON, ROOT, Answer, Serving, serving
from tests.support.taken import FILES, OPENER, REPLIES
from tests.support.users import NOBODY, as_other_user

MIB = 1024 * 1024
NO_ADDRESS = 0x10000
PEAK_BYTES = 100 * MIB  # above what the web process holds when it is idle

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


@dataclass(frozen=True)
class Beset:
    """A service whose workers are somebody else's, with the keys of two tenants."""

    service: Serving
    keys: Path
    port: int
    tenants: tuple[str, str]
    idle_bytes: int

    def ask(self, path: str, document: dict[str, Any], tenant: int = 0) -> Answer:
        headers = {**JSON, "Authorization": f"Bearer {self.tenants[tenant]}"}
        return self.service.ask("POST", path, json.dumps(document).encode(), headers=headers)

    def told(self, document: dict[str, Any], tenant: int = 0) -> Any:
        """Return what a worker says of itself."""
        (finding,) = self.ask("/v1/check", document, tenant).json["findings"]
        return json.loads(finding["message"])

    def aims(self, sibling: int) -> dict[str, Any]:
        web = self.service.process.pid
        return {"keys": str(self.keys), "port": self.port, "web": web, "sibling": sibling,
                "address": writable_address(web)}


def writable_address(process: int) -> int:
    """Return an address in a process's memory that can be written; any where we may not look."""
    with suppress(OSError):
        maps = Path(f"/proc/{process}/maps").read_text()
        found = re.search(r"^([0-9a-f]+)-\S+ rw-p .*\[heap\]", maps, re.M)
        if found:
            return int(found[1], 16)
    return NO_ADDRESS


def peak_bytes(process: int) -> int:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) * 1024


@pytest.fixture(scope="module", params=["as it is", "as nobody", "as nobody without namespaces"])
def beset(request: pytest.FixtureRequest) -> Iterator[Beset]:
    command = as_other_user(request.param)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as canary:
        tenants = new_key(), new_key()
        scopes = (Scope.RENDER, Scope.CHECK, Scope.READ)
        keys = Path(folder) / "keys"
        keys.write_text("".join(f"{key_line(one, scopes, f't{n}')}\n" for n, one in enumerate(tenants)))
        Path(folder).chmod(0o755)
        if "nobody" in request.param:
            os.chown(keys, NOBODY, NOBODY)
        keys.chmod(0o600)
        with serving(OPENER, under=command, keys=keys, render_seconds=2) as service:
            web = service.process.pid
            yield Beset(service, keys, canary.getsockname()[1], tenants, peak_bytes(web))
        canary.settimeout(0.1)
        with pytest.raises(TimeoutError):  # nobody came in all this time
            canary.accept()


as_it_is = pytest.mark.parametrize("beset", ["as it is"], indirect=True)  # no shield matters here


def test_every_attempt_is_refused(beset: Beset) -> None:
    sibling = beset.told({"seen": "x"}, tenant=1)["process"]
    tried = beset.told({"aims": beset.aims(sibling)})["tried"]
    assert len(tried) > 100
    assert [name for name, outcome in tried.items() if outcome] == []


def test_the_attempts_are_done_where_nothing_shields(tmp_path: Path) -> None:
    """The proof above can fail: the same attempts, on a process and a file of our own."""
    (tmp_path / "keys").touch()
    with socket.create_server(("127.0.0.1", 0)) as canary, subprocess.Popen(["sleep", "60"]) as target:
        try:
            while writable_address(target.pid) == NO_ADDRESS:  # it is being started
                time.sleep(0.01)
            aims = {"keys": str(tmp_path / "keys"), "port": canary.getsockname()[1],
                    "address": writable_address(target.pid),
                    **dict.fromkeys(("web", "foreman", "sibling"), target.pid)}
            found = subprocess.run(
                [sys.executable, "-c", RUN_ATTEMPTS, json.dumps(aims), json.dumps(DONE_WITHOUT_SHIELDS)],
                cwd=ROOT, capture_output=True, text=True, check=True,
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
    assert_unharmed(beset)


@as_it_is
@pytest.mark.parametrize("output", ["screen", "png"])
@pytest.mark.parametrize("file", FILES)
def test_what_is_not_as_it_should_be_does_not_leave(beset: Beset, file: str, output: str) -> None:
    answer = beset.ask(f"/v1/render?output={output}", {"file": file})
    assert answer.status in (500, 503)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert_unharmed(beset)


@as_it_is
def test_a_file_leaves_as_what_was_ordered(beset: Beset) -> None:
    """The worker says text/html: nobody asked it."""
    answer = beset.ask("/v1/render", {"file": "a blank page"})
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/pdf"


def assert_unharmed(beset: Beset) -> None:
    """See that the web process answers, keeps its state and has not taken much memory."""
    assert beset.service.ask("GET", "/healthz").status == 200
    assert beset.service.ask("GET", "/static/page.css").status == 200
    assert peak_bytes(beset.service.process.pid) < beset.idle_bytes + PEAK_BYTES
