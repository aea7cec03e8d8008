"""A disk that fails at any write of a save: whoever saves is told, and nothing half is kept."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.support import failing_disk
from tests.support.failing_disk import NEW, OLD
from tests.support.serving import ROOT

SHARED_MEMORY = Path("/dev/shm")  # where two hundred saves wait for no disk
SHIM = Path(failing_disk.__file__).with_suffix(".c")
TOLD = {"EIO": {"NoArchive"}, "EROFS": {"NoArchive"}, "ENOSPC": {"StorageFull", "NoArchive"}}


@pytest.fixture(scope="module")
def tries(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What came of a save in which each call failed once, and from there on, with each fault."""
    compiler = shutil.which("cc")
    if not compiler:
        pytest.skip("没有 C 编译器（apt-get install gcc），不能让磁盘出错")
    folder = tmp_path_factory.mktemp("disk")
    shim = folder / "failing_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl"], check=True)
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
