"""A workshop for worker processes that misbehaves as its document says.

Opened by import path, so that the service itself holds no way to make it fail.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from service.config import Config
from service.errors import EngineFault, ReviewFailed
from service.finding import Finding, Severity
from service.order import Edition, Order
from service.pipeline import Inspection

OPENER = "tests.support.stand_in:StandIn"
FAULT = Finding(
    code="x/y", severity=Severity.ERROR, pointer="/a", message="有错", hint="请改"
)


class StandIn:
    """Does what ``{"do": name, "with": argument}`` asks for; anything else gives an edition."""

    def __init__(self, config: Config) -> None:
        self.done = 0

    def produce(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> Edition:
        self.done += 1
        asked = json.loads(document)
        said = getattr(self, f"_{asked.get('do', 'tell')}")(asked.get("with"))
        return Edition(
            content=json.dumps(said).encode(), media_type="application/pdf", file_name="a.pdf",
            ascii_name="a.pdf", page_count=1, plan_digest="ab", findings=(FAULT,),
        )

    def check(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> Inspection:
        return Inspection((), 1)

    def digest(self, document: bytes, order: Order, images: Mapping[str, bytes]) -> str:
        return "ab"

    def _tell(self, _: object) -> object:
        return {
            "process": os.getpid(), "foreman": os.getppid(), "done": self.done, "clock": time.time(),
        }

    def _sleep(self, seconds: float) -> object:
        time.sleep(seconds)
        return self._tell(None)

    def _large(self, size: int) -> object:
        time.sleep(0.4)
        return "x" * size

    def _spin(self, _: object) -> object:
        while True:
            pass

    def _hang(self, _: object) -> object:
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        while True:
            time.sleep(60)

    def _bomb(self, _: object) -> object:
        hoard = []
        while True:
            hoard.append(bytes(16 * 1024 * 1024))

    def _hoard(self, _: object) -> object:
        """Write to all memory it takes: the kernel counts no page before that."""
        hoard = []
        while True:
            hoard.append(b"x" * (16 * 1024 * 1024))

    def _bomb_inside(self, _: object) -> object:
        try:
            return self._bomb(None)
        except MemoryError as cause:
            raise EngineFault("engine") from cause

    def _crash(self, number: int) -> object:
        os.kill(os.getpid(), number)
        time.sleep(60)
        return None

    def _crash_once(self, mark: str) -> object:
        if not Path(mark).exists():
            Path(mark).touch()
            os.kill(os.getpid(), signal.SIGSEGV)
            time.sleep(60)
        return self._tell(None)

    def _refuse(self, _: object) -> object:
        raise ReviewFailed("有错误", hint="请改", findings=[FAULT])

    def _fault(self, _: object) -> object:
        raise EngineFault("引擎") from ValueError("the cause")

    def _fatal(self, _: object) -> object:
        raise KeyboardInterrupt

    def _environment(self, _: object) -> object:
        return sorted(os.environ)

    def _connect(self, port: int) -> object:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=2).close()
        except OSError as refusal:
            return type(refusal).__name__
        return "connected"

    def _execute(self, _: object) -> object:
        try:
            subprocess.run(["/bin/true"], check=True)
        except OSError as refusal:
            return type(refusal).__name__
        return "executed"

    def _write(self, path: str) -> object:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            with Path(path).open("wb") as large:
                for _ in range(65):
                    large.write(bytes(1024 * 1024))
        except OSError as refusal:
            return refusal.errno
        return 0

    def _descriptors(self, _: object) -> object:
        return sorted(int(entry.name) for entry in Path("/proc/self/fd").iterdir())
