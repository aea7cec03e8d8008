"""A service that is watched: the memory of its web process, and how long its loop stands still."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryDirectory

import pytest

from benchmarks.service.processes import resident_bytes
from tests.support.machine import control_group
from tests.support.serving import JSON, RUN, TYPESETTER, Serving, serving

MIB = 1024 * 1024
GROUP_BYTES = 512 * MIB
MAX_GROWTH = 100 * MIB
MAX_STALL_SECONDS = 0.1
MAX_ANSWER_BYTES = 2 * MIB
LOOK_SECONDS = 0.005
ASK_SECONDS = 0.5
WINDOW_SECONDS = 1.0

# The watchdog asks the loop each 10 ms instead of each second, and shows the worst of one second.
PROGRAM = f"""
from hongtou.web import watchdog
watchdog.LOOK_SECONDS, watchdog.WINDOW_SECONDS = 0.01, {WINDOW_SECONDS}
{RUN}"""


@dataclass
class Watched:
    """A running service; ``keys`` are the secrets that let in, by name, none where none is asked."""

    service: Serving
    bound: str
    keys: dict[str, str] = field(default_factory=dict)
    before: int = 0
    peak: int = 0
    stall: float = 0.0

    @property
    def growth(self) -> int:
        """Return by how many bytes the web process grew at most."""
        return max(0, self.peak - self.before)

    def headers(self, name: str = "own") -> dict[str, str]:
        """Return the headers of a request by the holder of a key."""
        key = {"Authorization": f"Bearer {self.keys[name]}"} if self.keys else {}
        return {**JSON, **key}

    def figures(self) -> str:
        return f"网络服务内存 +{self.growth / MIB:.0f} MiB，循环停顿至多 {self.stall * 1000:.0f} ms"

    def temporary_bytes(self) -> int:
        """Return how much lies in temporary files of the web process, named or not."""
        files = {}
        for entry in Path(f"/proc/{self.service.process.pid}/fd").iterdir():
            with suppress(OSError):
                status = entry.stat()
                if S_ISREG(status.st_mode) and "deleted" in str(entry.readlink()):
                    files[status.st_ino] = status.st_size
        return sum(files.values())

    def holds(self) -> bool:
        """Tell whether the process lives and kept its bounds of memory and time."""
        alive = self.service.process.poll() is None
        return alive and self.growth <= MAX_GROWTH and self.stall <= MAX_STALL_SECONDS

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch while the block runs; forget what was before it."""
        time.sleep(WINDOW_SECONDS + 0.1)
        self.before = self.peak = resident_bytes(self.service.process.pid)
        self.stall = 0.0
        over = threading.Event()
        threads = [
            threading.Thread(target=self._until, args=(over, seconds, look))
            for seconds, look in ((LOOK_SECONDS, self._memory), (ASK_SECONDS, self._lag))
        ]
        for thread in threads:
            thread.start()
        try:
            yield
            time.sleep(0.1)  # what stood still until now is noted when it goes on
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _until(self, over: threading.Event, seconds: float, look: object) -> None:
        assert callable(look)
        while not over.wait(seconds):
            look()
        look()

    def _memory(self) -> None:
        self.peak = max(self.peak, resident_bytes(self.service.process.pid))

    def _lag(self) -> None:
        with suppress(OSError):
            page = self.service.ask("GET", "/metrics", headers=self.headers()).body.decode()
            found = [line for line in page.splitlines() if line.startswith("hongtou_loop_lag")]
            self.stall = max(self.stall, float(found[0].split()[-1]))


@contextmanager
def bounded(
    opener: str = TYPESETTER,
    *,
    keys: tuple[str, ...] = (),
    more_under: Sequence[str] = (),
    **settings: object,
) -> Iterator[Watched]:
    """Run the service in a group of 512 MiB, with a key for each name; ``more_under`` as `serving`."""
    with ExitStack() as stack:
        under, bound = [], "没有 cgroup 可用，内存不设限"
        with suppress(pytest.skip.Exception):
            group = stack.enter_context(control_group("memory"))
            group.set(str(GROUP_BYTES), "memory.limit_in_bytes", "memory.max")
            group.set("0", "memory.swappiness", "memory.swap.max")
            under = ["sh", "-c", f'echo $$ > {group.path}/cgroup.procs; exec "$@"', "sh"]
            bound = "512 MiB 的 cgroup"
        secrets = {name: f"hongtou_{sha256(name.encode()).hexdigest()}" for name in keys}
        if secrets:
            folder = stack.enter_context(TemporaryDirectory())
            settings["keys"] = _key_file(Path(folder), secrets)
        service = stack.enter_context(
            serving(opener, under=[*under, *more_under], program=PROGRAM, **settings)
        )
        stack.callback(_end, service)
        yield Watched(service, bound, secrets)


def _key_file(folder: Path, secrets: dict[str, str]) -> Path:
    lines = (
        f"{sha256(secret.encode()).hexdigest()} render,check,read {name}\n"
        for name, secret in secrets.items()
    )
    path = folder / "keys"
    path.write_text("".join(lines))
    return path


def _end(service: Serving) -> None:
    """End a service and its processes, so that its group is empty."""
    service.process.terminate()
    with suppress(Exception):
        service.process.wait(40)
    service.process.kill()
    service.process.wait()
    time.sleep(0.3)
