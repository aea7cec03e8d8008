"""A PostgreSQL of Debian's for the tests that need one, started in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ABSENT = "没有安装 PostgreSQL（apt-get install postgresql）"
START_SECONDS = 120  # of a machine that does much else; one second of an idle one
# Of no use to tests, which end with the folder.
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def _as_other() -> dict[str, Any]:
    """Return how a process is started as another user: PostgreSQL refuses to run as root."""
    if os.getuid():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def postgresql(*, is_durable: bool = False) -> Iterator[str]:
    """Run a server on a socket of its own; yield the address of its database."""
    binaries = BINARIES[-1]
    folder = Path(tempfile.mkdtemp(prefix="hongtou-pg-"))
    other = _as_other()
    if other:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    setup = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(
        [binaries / "initdb", "-D", data, "--no-sync", *setup],
        check=True, capture_output=True, cwd=folder, **other,
    )  # fmt: skip
    settings = [f"unix_socket_directories={folder}", "listen_addresses="]
    settings += () if is_durable else SPEED
    options = [part for setting in settings for part in ("-c", setting)]
    server = subprocess.Popen(
        [binaries / "postgres", "-D", data, *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **other,
    )  # fmt: skip
    try:
        _await(binaries, folder, server)
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        server.send_signal(2)  # SIGINT: ends open sessions, then stops
        server.wait(START_SECONDS)
        shutil.rmtree(folder)


def _await(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    ready = [binaries / "pg_isready", "-q", "-h", folder]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError("PostgreSQL did not start")
        time.sleep(0.05)
