"""An archive of many gigabytes: how long it takes to copy, and until a service works on the copy."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.durability.kills import PAGE
from benchmarks.service.record import machine, write
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import FinishedFile
from hongtou.desk import Desk
from hongtou.desk.holdings import Asset, blob_of
from hongtou.store import open_archive
from tests.support.archives import WANG, Press, kept, move, version
from tests.support.serving import Serving, serving
from tests.support.stand_in import OPENER

GB = 1_000_000_000
PICTURE_BYTES, PDF_BYTES = 4_000_000, 1_000_000  # of an issue
MOST_SECONDS = 15 * 60
SINGLE_ISSUES = date(1990, 1, 1)


@dataclass
class Tally:
    """What was done, and the seconds that each step took, of a clock and of the processor."""

    size: int = 0
    blobs: int = 0
    clock: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    differing: int = 0

    @property
    def until_ready(self) -> float:
        """Return the seconds from the loss of the disk until editors are served."""
        return self.clock["恢复"] + self.clock["启动"]


class ThickPress(Press):
    """Prints files as large as real ones are."""

    def print(self, document: bytes, images: Any) -> FinishedFile:
        made = super().print(document, images)
        filling = random.Random(document).randbytes(PDF_BYTES)
        return FinishedFile(**{name: getattr(made, name) for name in _FIELDS}, content=filling)


_FIELDS = [name for name in FinishedFile.__slots__ if name != "content"]


def size(gigabytes: float) -> None:
    """Back up and restore an archive of so many gigabytes."""
    run_on = machine()
    with TemporaryDirectory() as folder:
        tally = lost_and_restored(Path(folder) / "hongtou.db", int(gigabytes * GB))
    figures = {
        f"{tally.size / GB:.1f} GB 的数据库（图片与定稿的 PDF {tally.blobs} 件）": "；".join(
            f"{step} {seconds:.0f} 秒（处理器 {tally.processor[step]:.0f} 秒）"
            for step, seconds in tally.clock.items()
        ),
        "恢复以后与原来不同的图片、PDF": str(tally.differing),
    }
    promises = {
        "恢复、启动，到能用不超过 15 分钟": tally.until_ready <= MOST_SECONDS,
        "逐字节相同": not tally.differing,
    }
    write("durability-size", run_on, figures, promises, figures, PAGE)


def lost_and_restored(file: Path, total: int) -> Tally:
    """Fill a database, copy it, lose it, and put the copy in its place."""
    tally, copy = Tally(), file.with_name("copy.db")
    before = filled(file, total)
    tally.size, tally.blobs = file.stat().st_size, len(before)
    _timed(tally, "备份", file, "backup", copy)
    for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        path.unlink(missing_ok=True)
    _timed(tally, "恢复", file, "restore", copy)
    began = time.monotonic()
    with serving(OPENER, database=file) as service:
        tally.clock["启动"] = time.monotonic() - began
        tally.processor["启动"] = service.processor_seconds()
        assert _serves(service)
    tally.differing = len(before ^ digests(file))
    return tally


def filled(file: Path, total: int) -> set[str]:
    """Keep issues with a picture and a finished file each; return the digests of these."""
    archive = open_archive(str(file))
    desk, chance = Desk(archive, Limits()), random.Random(10)
    for number in range(max(1, total // (PICTURE_BYTES + PDF_BYTES))):
        day = SINGLE_ISSUES + timedelta(days=number)
        issue = kept(desk, day.timetuple().tm_yday, day=day.isoformat())
        blob = blob_of(b"\x89PNG" + chance.randbytes(PICTURE_BYTES), "image/png")
        asset = Asset(
            name="a.png", sha256=blob.sha256, media_type="image/png", size=len(blob.content)
        )
        desk.holding.put(issue, asset, blob, WANG)
        move(desk, issue, "submit", "finalize", press=ThickPress())
    assert version(desk, issue) > 1
    archive.close()
    return digests(file)


def digests(file: Path) -> set[str]:
    """Return the digests of all that is kept as bytes, computed anew."""
    with closing(sqlite3.connect(file)) as database:
        return {
            hashlib.sha256(content).hexdigest()
            for (content,) in database.execute("SELECT content FROM blob")
        }


def _timed(tally: Tally, step: str, file: Path, command: str, copy: Path) -> None:
    """Run a command of ours on a database."""
    began, spent = time.monotonic(), _spent()
    subprocess.run(
        [sys.executable, "-m", "hongtou", command, copy],
        env={**os.environ, "HONGTOU_DATABASE": str(file)}, check=True,
    )  # fmt: skip
    tally.clock[step], tally.processor[step] = time.monotonic() - began, _spent() - spent


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _serves(service: Serving) -> bool:
    answer = service.ask("GET", "/v1/issues")
    return answer.status == 200 and bool(answer.json["issues"])
