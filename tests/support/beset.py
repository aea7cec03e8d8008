"""A service whose workers are somebody else's: see `tests/support/taken.py`."""

from __future__ import annotations

import json
import os
import re
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hongtou.keys import Scope, key_line, new_key
from tests.support.serving import JSON, Answer, Serving, serving
from tests.support.taken import OPENER
from tests.support.users import NOBODY, as_other_user

WAYS = ("as it is", "as nobody", "as nobody without namespaces")
NO_ADDRESS = 0x10000
PEAK_BYTES = 100 * 1024 * 1024  # above what the web process holds when it is idle


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

    def is_unharmed(self) -> bool:
        """Tell whether the web process answers, keeps its state and has not taken much memory."""
        paths = ("/healthz", "/static/page.css")
        answers = all(self.service.ask("GET", path).status == 200 for path in paths)
        return answers and peak_bytes(self.service.process.pid) < self.idle_bytes + PEAK_BYTES

    def aims(self, sibling: int) -> dict[str, Any]:
        web = self.service.process.pid
        return {
            "keys": str(self.keys),
            "port": self.port,
            "web": web,
            "sibling": sibling,
            "address": writable_address(web),
        }


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


@contextmanager
def beset_service(way: str) -> Iterator[Beset]:
    """Run one, as whom it is said; skips where that cannot be. Nobody may come to its port."""
    command = as_other_user(way)
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as canary:
        tenants = new_key(), new_key()
        scopes = (Scope.RENDER, Scope.CHECK, Scope.READ)
        keys = Path(folder) / "keys"
        keys.write_text(
            "".join(f"{key_line(one, scopes, f't{n}')}\n" for n, one in enumerate(tenants))
        )
        Path(folder).chmod(0o755)
        if "nobody" in way:
            os.chown(keys, NOBODY, NOBODY)
        keys.chmod(0o600)
        with serving(OPENER, under=command, keys=keys, render_seconds=2) as service:
            web = service.process.pid
            yield Beset(service, keys, canary.getsockname()[1], tenants, peak_bytes(web))
        canary.settimeout(0.1)
        with suppress(TimeoutError):
            canary.accept()
            raise AssertionError("a worker came to the canary")
