"""A disk that fails at any write of a save: whoever saves is told, and nothing half is kept."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.support import failing_disk
from tests.support.clerk import Clerk
from tests.support.failing_disk import NEW, OLD
from tests.support.serving import ROOT, serving, within
from tests.support.stand_in import OPENER

pytestmark = pytest.mark.long

SHARED_MEMORY = Path("/dev/shm")  # where two hundred saves wait for no disk
SHIM = Path(failing_disk.__file__).with_suffix(".c")
TOLD = {"EIO": {"NoArchive"}, "EROFS": {"NoArchive"}, "ENOSPC": {"StorageFull", "NoArchive"}}


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shim, compiled."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("没有 C 编译器（apt-get install gcc），不能让磁盘出错")
    made = tmp_path_factory.mktemp("disk") / "failing_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, SHIM, "-ldl"], check=True)
    return made


@pytest.fixture(scope="module")
def tries(shim: Path) -> list[dict[str, Any]]:
    """What came of a save in which each call failed once, and from there on, with each fault."""
    with TemporaryDirectory(dir=SHARED_MEMORY if SHARED_MEMORY.is_dir() else None) as data:
        run = subprocess.run(
            [sys.executable, "-m", failing_disk.__name__, data],
            env={**os.environ, "LD_PRELOAD": str(shim)},
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_every_write_of_a_save_has_failed(tries: list[dict[str, Any]]) -> None:
    calls = {one["call"] for one in tries}
    assert calls == set(range(1, len(calls) + 1))
    assert len(calls) >= 3  # pages of the log, and what makes them last
    # Of the log, where the save is refused, and of the file afterwards, where it is kept already.
    assert {one["told"] for one in tries if one["fault"] == "EIO"} == {"saved", "NoArchive"}


def test_nobody_is_told_it_is_saved_where_it_is_not(tries: list[dict[str, Any]]) -> None:
    for one in tries:
        assert one["told"] in {"saved", *TOLD[one["fault"]]}, one
        assert one["read"] == (NEW if one["told"] == "saved" else OLD), one


def test_a_full_disk_is_told_as_such(tries: list[dict[str, Any]]) -> None:
    full = [one["told"] for one in tries if one["fault"] == "ENOSPC" and one["goes_on"]]
    assert "StorageFull" in full


def test_it_recovers_by_itself_and_the_database_is_whole(tries: list[dict[str, Any]]) -> None:
    for one in tries:
        assert (one["after"], one["check"], one["chain"]) == (True, "ok", ""), one


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [("EIO", {503}, "磁盘"), ("ENOSPC", {503, 507}, "磁盘"), ("EROFS", {503}, "数据库|磁盘")],
)
def test_a_service_whose_disk_fails_says_so_loses_nothing_and_goes_on_when_it_works_again(
    shim: Path, tmp_path: Path, fault: str, status: set[int], told: str
) -> None:
    data, switch = tmp_path / "data", tmp_path / "fault"
    data.mkdir()
    file = data / "hongtou.db"
    under = ("env", f"LD_PRELOAD={shim}", f"FAIL_FOLDER={data}", f"FAIL_WHEN={switch}")
    with serving(OPENER, under=under, database=file) as service:
        clerk = Clerk(service)
        assert clerk.save("磁盘好的时候。").status == 204
        for turn in range(3):
            switch.write_text(str(getattr(errno, fault)))
            for attempt in range(4):
                answer = clerk.save(f"第{turn}回坏的时候，第{attempt}次。")
                assert answer.status in status, answer.body.decode()
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert re.search(told, answer.json["detail"])
                assert "管理员" in answer.json["detail"]
                assert clerk.kept() == clerk.acknowledged, "what is read is what was acknowledged"
            assert service.ask("GET", "/healthz").status == 200
            assert within(10, lambda: service.ask("GET", "/readyz").status == 503)
            switch.unlink()
            assert within(10, lambda turn=turn: clerk.save(f"第{turn}回好了。").status == 204)
            assert clerk.kept() == clerk.acknowledged
        service.process.kill()
        service.process.wait()
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (kept,) = database.execute("SELECT document FROM issue").fetchone()
    assert kept.encode() == clerk.acknowledged
