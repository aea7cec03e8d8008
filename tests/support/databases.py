"""A PostgreSQL of Debian's for the tests that need one, started in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
ABSENT = "没有安装 PostgreSQL（apt-get install postgresql）"
START_SECONDS = 120  # of a machine that does much else; one second of an idle one
# Of no use to tests, which end with the folder.
SPEED = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def as_other() -> dict[str, Any]:
    """Return how a process is started as another user: PostgreSQL refuses to run as root."""
    if os.getuid():
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


@contextmanager
def postgresql(*, is_durable: bool = False) -> Iterator[str]:
    """Run a server on a socket of its own; yield the address of its database."""
    with server_folder() as folder:
        settings = () if is_durable else SPEED
        with running(folder, new_cluster(folder), settings):
            yield address_in(folder)


@contextmanager
def server_folder() -> Iterator[Path]:
    """Make a folder in which a server may write."""
    folder = Path(tempfile.mkdtemp(prefix="hongtou-pg-"))
    if as_other():
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def new_cluster(folder: Path) -> Path:
    """Make the files of a new server."""
    data = folder / "data"
    setup = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    run(folder, "initdb", "-D", data, "--no-sync", *setup)
    return data


def run(folder: Path, program: str, *arguments: str | Path) -> None:
    """Run a program of PostgreSQL's as its user."""
    command = [BINARIES[-1] / program, *arguments]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, **as_other())


def address_in(folder: Path) -> str:
    """Return the address of the database of a server that runs in a folder."""
    return f"postgresql://postgres@/postgres?host={folder}"


@contextmanager
def running(
    folder: Path, data: Path, settings: Sequence[str] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server on a socket in a folder, until the block ends."""
    given = (f"unix_socket_directories={folder}", "listen_addresses=", *settings)
    options = [part for setting in given for part in ("-c", setting)]
    server = subprocess.Popen(
        [BINARIES[-1] / "postgres", "-D", data, *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_other(),
    )  # fmt: skip
    try:
        _await(BINARIES[-1], folder, server)
        yield server
    finally:
        server.send_signal(2)  # SIGINT: ends open sessions, then stops
        server.wait(START_SECONDS)


def _await(binaries: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    ready = [binaries / "pg_isready", "-q", "-h", folder]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError("PostgreSQL did not start")
        time.sleep(0.05)
