"""A full disk, a lock that is held, a second service: what editors are told, and what goes on."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.editor import OK, PLAN, SAVED, begin
from benchmarks.durability.kills import PAGE
from benchmarks.service.record import machine, write
from hongtou.store.database_errors import PAUSE_SECONDS
from tests.support.archives import document
from tests.support.machine import with_own_mounts
from tests.support.serving import JSON, SERVE, Answer, Serving, free_port, serving
from tests.support.stand_in import OPENER

AWAY, FULL, CANNOT_START = 503, 507, 4
DISK_MIB = 96  # of the file system that is filled: 64 of them have to be free for /readyz
LONG = "长。" * 200_000
Found = tuple[dict[str, str], dict[str, bool]]


def faults(hold: float) -> None:
    """Try all of them; the lock is held so many seconds."""
    run_on = machine()
    figures: dict[str, str] = {}
    promises: dict[str, bool] = {}
    for part in (held_lock(hold), full_disk(), second_service()):
        figures |= part[0]
        promises |= part[1]
    write("durability-faults", run_on, figures, promises, figures, PAGE)


@contextmanager
def office(file: Path, under: tuple[str, ...] = ()) -> Iterator[Serving]:
    """Run a service with an issue in its database, the first."""
    with serving(OPENER, database=file, under=under) as service:
        service.ask("POST", "/v1/publications", PLAN)
        begin(service, 1)
        yield service


def save(service: Serving, body: str = "一段。") -> Answer:
    """Save the issue over whatever version there is."""
    version = service.ask("GET", "/v1/issues/1/record").json["version"]
    headers = {**JSON, "If-Match": f'"{version}"'}
    return service.ask("PUT", "/v1/issues/1", document(1, body=body), 30, headers)


def held_lock(seconds: float) -> Found:
    """Hold the lock of writers, and go on saving and reading meanwhile."""
    with TemporaryDirectory() as folder, office(Path(folder) / "hongtou.db") as service:
        with closing(sqlite3.connect(Path(folder) / "hongtou.db")) as other:
            other.execute("BEGIN IMMEDIATE")
            end = time.monotonic() + seconds
            saves, reads, ready = [], [], []
            while time.monotonic() < end:
                saves.append(save(service))
                reads.append(service.ask("GET", "/v1/issues"))
                ready.append(service.ask("GET", "/readyz"))
        time.sleep(PAUSE_SECONDS)  # after which the next one asks again
        after = save(service)
    longest = max(one.seconds for one in saves)
    slowest = max(one.seconds for one in ready)
    figures = {
        f"锁被别的程序占住 {seconds:g} 秒": f"存 {len(saves)} 次，每次 503，最久 {longest:.1f} 秒；"
        f"其间读 {len(reads)} 次，最久 {max(one.seconds for one in reads):.2f} 秒；"
        f"`/readyz` 503，最久 {slowest:.1f} 秒；放开后存下"
    }
    promises = {
        "锁被占住时 6 秒内 503，带 Retry-After": longest <= 6
        and all(one.status == AWAY and "Retry-After" in one.headers for one in saves),
        "其间照常读，`/readyz` 5 秒内 503": all(one.status == OK for one in reads)
        and slowest <= 5
        and all(one.status == AWAY for one in ready),
        "放开后照常存": after.status == SAVED,
    }
    return figures, promises


def full_disk() -> Found:
    """Fill the disk of the database, which nobody but the service sees, and make room again."""
    with TemporaryDirectory() as folder:
        under = with_own_mounts(f"mount -t tmpfs -o size={DISK_MIB}m tmpfs {folder}")
        with office(Path(folder) / "hongtou.db", tuple(under)) as service:
            inside = Path(f"/proc/{service.process.pid}/root{folder}")
            ready = service.ask("GET", "/readyz")
            _fill(inside / "filling")
            refused, unready = save(service, LONG), service.ask("GET", "/readyz")
            read, rendered = service.ask("GET", "/v1/issues/1"), service.render(b"{}")
            (inside / "filling").unlink()
            began = time.monotonic()
            while save(service, LONG).status != SAVED and time.monotonic() < began + 30:
                time.sleep(0.2)
            recovered = time.monotonic() - began
            with closing(sqlite3.connect(inside / "hongtou.db")) as database:
                (told,) = database.execute("PRAGMA integrity_check").fetchone()
    figures = {
        f"{DISK_MIB} MiB 的磁盘写满": f"存 {refused.status}，读 {read.status}，排版 {rendered.status}，"
        f"`/readyz` {unready.status}；腾出后 {recovered:.1f} 秒存下，`integrity_check` {told}"
    }
    promises = {
        "磁盘满时存不了的答复 507，不存一半": refused.status == FULL and read.body == document(1),
        "其间照常读、照常排版，`/readyz` 503": (ready.status, unready.status) == (OK, AWAY)
        and (read.status, rendered.status) == (OK, OK),
        "腾出后 10 秒内自行恢复，数据库完好": recovered <= 10 and told == "ok",
    }
    return figures, promises


def second_service() -> Found:
    """Start another service on the same file."""
    with TemporaryDirectory() as folder, office(Path(folder) / "hongtou.db") as service:
        command = ["env", f"HONGTOU_DATABASE={folder}/hongtou.db", *SERVE]
        second = subprocess.run(
            [*command, "--port", str(free_port())],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        saved = save(service)
    figures = {"同一个数据库再开一个服务": f"退出码 {second.returncode}，前一个照常存"}
    promises = {
        "后一个不启动，并说明": second.returncode == CANNOT_START
        and "正由另一个服务使用" in second.stderr,
        "前一个照常": saved.status == SAVED,
    }
    return figures, promises


def _fill(path: Path) -> None:
    """Write until the disk takes no more."""
    with suppress(OSError), path.open("wb", buffering=0) as filling:
        while filling.write(b"\0" * 65536):
            pass
