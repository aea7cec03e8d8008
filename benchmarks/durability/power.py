"""Power cuts: what is on the disk is what was made to last, and of the rest whichever sectors got there.

A program saves; each write into its folder is noted, each fsync, and each save that was told as done.
A cut is any moment among the notes. The files are made as a disk may have them then: all that stands
before the last fsync of a file, and behind that each sector of 512 bytes by chance. SQLite opens them.
What dm-log-writes does with blocks is done with files here: names of files are never lost.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.kills import PAGE
from benchmarks.service.record import ROOT, machine, write
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.auditing import Auditing
from hongtou.store import open_archive, read_archive
from tests.support.archives import WANG, document, kept

SHIM = ROOT / "tests" / "support" / "power_cut.c"
SECTOR = 512
SAVES = 400  # so many that the log is written back into the file several times
NAME, TOLD = "hongtou.db", "told"


@dataclass
class File:
    """What of a file lasts, and what was written since."""

    lasting: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for place, bytes_ in self.since:
            _put(self.lasting, place, bytes_)
        self.since = []

    def cut(self, chance: random.Random) -> bytes:
        """Return what a disk may have of it when the power goes."""
        found = bytearray(self.lasting)
        for place, bytes_ in self.since:
            if bytes_ is None:
                if chance.random() < 0.5:
                    _put(found, place, None)
                continue
            for start in range(0, len(bytes_), SECTOR):
                if chance.random() < 0.5:
                    _put(found, place + start, bytes_[start : start + SECTOR])
        return bytes(found)


@dataclass
class Tally:
    """What was found after all cuts."""

    cuts: int = 0
    told: int = 0
    lost: int = 0
    damaged: int = 0
    broken: int = 0


def power(cuts: int) -> None:
    """Cut the power so many times."""
    run_on = machine()
    tally = cut_power(cuts)
    figures = {
        "断电": f"{tally.cuts} 次，在 {SAVES} 次保存之间和之中的任意一刻，没有同步的扇区各有一半写成",
        "断电前答复过“已保存”、之后不见了的": f"{tally.lost}（最后一次断电前答复过 {tally.told} 次）",
        "`integrity_check` 不是 ok 的、操作记录断了的": f"{tally.damaged}，{tally.broken}",
    }
    promises = {"断电也一次不少，数据库完好": not (tally.lost or tally.damaged or tally.broken)}
    write("durability-power", run_on, figures, promises, figures, PAGE)


def cut_power(cuts: int, saves: int = SAVES, *, lies: bool = False) -> Tally:
    """Return what is left after so many cuts; of a disk that ``lies`` nothing is made to last."""
    chance, tally = random.Random(6), Tally()
    with TemporaryDirectory() as folder:
        data, notes = Path(folder) / "data", Path(folder) / "notes"
        data.mkdir()
        before = _saved(data, notes, saves)
        steps = list(_steps(notes.read_bytes()))
        moments = set(chance.sample(range(len(steps)), cuts))
        files = {name: File(bytearray(content)) for name, content in before.items()}
        told = 0
        for number, (kind, name, place, bytes_) in enumerate(steps):
            if name == TOLD:
                told += 1
            elif kind != "s" and not name.endswith("-shm"):  # which is made anew from the log
                files.setdefault(name, File()).since.append((place, bytes_))
            elif name in files and not lies:
                files[name].sync()
            if number in moments:
                _look(tally, files, told, chance)
    return tally


def _look(tally: Tally, files: Mapping[str, File], told: int, chance: random.Random) -> None:
    """Look at the files as the next service will find them."""
    tally.cuts, tally.told = tally.cuts + 1, told
    with TemporaryDirectory() as folder:
        for name, one in files.items():
            (Path(folder) / name).write_bytes(one.cut(chance))
        place = Path(folder) / NAME
        try:
            with closing(sqlite3.connect(place)) as database:
                (check,) = database.execute("PRAGMA integrity_check").fetchone()
                (text,) = database.execute("SELECT document FROM issue").fetchone()
            archive = read_archive(str(place))
            tally.broken += bool(Auditing(archive).chain().fault)
            archive.close()
        except (sqlite3.DatabaseError, TypeError):
            tally.damaged += 1
            return
    tally.damaged += check != "ok"
    body = json.loads(text)["articles"][0]["body"][0]
    tally.lost += int(body.removeprefix("写到 ").partition("。")[0]) < told


def _saved(data: Path, notes: Path, saves: int) -> dict[str, bytes]:
    """Let a program save into a folder; return its files as they were before that."""
    before = data.with_name("before")
    shim = data.with_name("power_cut.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl"], check=True)
    subprocess.run(
        [sys.executable, "-m", __name__, data, before, str(saves)],
        env={**os.environ, "LD_PRELOAD": str(shim), "NOTED_IN": str(notes)},
        cwd=ROOT, check=True,
    )  # fmt: skip
    return {one.name: one.read_bytes() for one in before.iterdir() if one.suffix != ".lock"}


def _steps(notes: bytes) -> Iterator[tuple[str, str, int, bytes | None]]:
    """Yield what was noted: the kind, the file, the place, the bytes of a write."""
    at = 0
    while at < len(notes):
        end = notes.index(b"\n", at)
        kind, path, place, length = notes[at:end].decode().split(" ")
        at = end + 1 + int(length)
        yield kind, Path(path).name, int(place), notes[end + 1 : at] if kind == "w" else None


def _put(content: bytearray, place: int, bytes_: bytes | None) -> None:
    """Write bytes into a file, or cut it there."""
    if bytes_ is None:
        del content[place:]
    content.extend(b"\0" * (place - len(content)))
    if bytes_ is not None:
        content[place : place + len(bytes_)] = bytes_


def save(data: Path, before: Path, saves: int) -> None:
    """Save so many times, the shim noting it; leave as a process does that is gone."""
    archive = open_archive(str(data / NAME))
    desk = Desk(archive, Limits())
    issue = kept(desk, body="写到 0。")
    shutil.copytree(data, before, ignore=shutil.ignore_patterns("*-shm"))
    os.environ["NOTED_FOLDER"] = str(data)
    with (data / TOLD).open("wb", buffering=0) as told:
        for number in range(1, saves + 1):
            text = f"写到 {number}。" + "字" * (number * 37 % 3000)
            desk.issues.save(issue, number, document(body=text), WANG)
            told.write(b".")
    os._exit(0)


if __name__ == "__main__":
    save(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
