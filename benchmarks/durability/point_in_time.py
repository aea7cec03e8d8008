"""The recipe of `docs/archive.md` for PostgreSQL, tried: a base, its log, and a moment to go back to.

The disk of the server is lost while somebody saves. What was acknowledged before the moment is
there, nothing of what came later; and without a moment all is there that was in the log by then.
"""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from benchmarks.durability.kills import PAGE
from benchmarks.service.record import machine, write
from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk, Stamp
from hongtou.desk.auditing import Auditing
from hongtou.store import open_archive
from tests.support.archives import document, kept
from tests.support.databases import address_in, new_cluster, run, running, server_folder

TIMEOUT_SECONDS = 3  # archive_timeout: 300 in the recipe
SLACK_SECONDS = 5  # for a file of the log to be copied
PAUSE_SECONDS = 0.05  # of whoever saves
RECOVERY_SECONDS = 300


@dataclass
class Saved:
    """When each save began and was acknowledged, by its number, from 1."""

    begun: list[datetime] = field(default_factory=list)
    at: list[datetime] = field(default_factory=list)

    def acknowledged_by(self, moment: datetime) -> int:
        return sum(one <= moment for one in self.at)

    def begun_by(self, moment: datetime) -> int:
        return sum(one <= moment for one in self.begun)


@dataclass(frozen=True)
class Found:
    """What a recovered server holds."""

    number: int
    is_whole: bool
    seconds: float


@dataclass(frozen=True)
class Trial:
    """What was saved, and what two recoveries found."""

    saved: Saved
    moment: datetime
    lost_at: datetime
    at_moment: Found
    at_end: Found

    @property
    def lost_seconds(self) -> float:
        """Return for how long before the loss saves are gone."""
        missing = self.saved.at[self.at_end.number :]
        return max(0.0, (self.lost_at - missing[0]).total_seconds()) if missing else 0.0


def point_in_time(seconds: float) -> None:
    """Save for so long, and lose the disk."""
    run_on = machine()
    trial = lost(seconds)
    least, most = (
        each(trial.moment) for each in (trial.saved.acknowledged_by, trial.saved.begun_by)
    )
    figures = {
        "不停地存，其间做一份基础备份，然后硬盘没有了": f"答复过 {len(trial.saved.at)} 次，{seconds:g} 秒",
        "恢复到其中一刻": f"那一刻之前答复过 {least} 次，恢复出第 {trial.at_moment.number} 次，{trial.at_moment.seconds:.0f} 秒",
        f"恢复到最后，`archive_timeout` {TIMEOUT_SECONDS} 秒": f"第 {trial.at_end.number} 次，丢了最后 {trial.lost_seconds:.1f} 秒里存的",
    }
    promises = {
        "那一刻之前答复过的都在，之后的都不在": least <= trial.at_moment.number <= most,
        "丢的不超过 `archive_timeout`": trial.lost_seconds <= TIMEOUT_SECONDS + SLACK_SECONDS,
        "操作记录相接": trial.at_moment.is_whole and trial.at_end.is_whole,
    }
    write("durability-point-in-time", run_on, figures, promises, figures, PAGE)


def lost(seconds: float) -> Trial:
    """Save, take the moment in the middle, lose the disk, and recover twice."""
    with server_folder() as folder:
        log, base, data = folder / "log", folder / "base", new_cluster(folder)
        run(folder, "/bin/mkdir", log)
        settings = (
            "wal_level=replica",
            "archive_mode=on",
            f"archive_command=test ! -f {log}/%f && cp %p {log}/.new && mv {log}/.new {log}/%f",
            f"archive_timeout={TIMEOUT_SECONDS}",
        )
        with running(folder, data, settings) as server:
            saved, saver = _saving(address_in(folder))
            run(folder, "pg_basebackup", "-h", folder, "-U", "postgres", "-D", base, "-c", "fast")
            time.sleep(seconds / 2)
            moment = datetime.now(UTC)
            time.sleep(seconds / 2)
            lost_at = datetime.now(UTC)
            server.kill()
            saver.join()
        return Trial(
            saved, moment, lost_at,
            _recovered(folder, base, log, moment), _recovered(folder, base, log, None),
        )  # fmt: skip


def _saving(url: str) -> tuple[Saved, threading.Thread]:
    """Let somebody save again and again until the server has gone."""
    saved = Saved()
    archive = open_archive(url)
    desk = Desk(archive, Limits())
    issue = kept(desk)

    def work() -> None:
        number = 0
        with suppress(ServiceError):
            while True:
                number += 1
                text = document(body=f"写到 {number}。")
                saved.begun.append(datetime.now(UTC))
                desk.issues.save(issue, number, text, Stamp("王龙", datetime.now(UTC)))
                saved.at.append(datetime.now(UTC))
                time.sleep(PAUSE_SECONDS)
        archive.close()

    thread = threading.Thread(target=work)
    thread.start()
    return saved, thread


def _recovered(folder: Path, base: Path, log: Path, moment: datetime | None) -> Found:
    """Start a server from the base, and let it read the log up to a moment."""
    data = folder / "recovered"
    run(folder, "/bin/cp", "-a", base, data)
    run(folder, "/usr/bin/touch", data / "recovery.signal")
    settings = [f"restore_command=cp {log}/%f %p", "recovery_target_action=promote"]
    if moment:
        settings.append(f"recovery_target_time={moment.isoformat()}")
    began = time.monotonic()
    try:
        with running(folder, data, settings):
            _await_promotion(address_in(folder))
            seconds = time.monotonic() - began
            return _look(address_in(folder), seconds)
    finally:
        run(folder, "/bin/rm", "-r", data)


def _await_promotion(url: str) -> None:
    """Wait until a server has read what it shall, and takes writes."""
    end = time.monotonic() + RECOVERY_SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT pg_is_in_recovery()").fetchone() != (False,):
            assert time.monotonic() < end, "the server goes on recovering"
            time.sleep(0.1)


def _look(url: str, seconds: float) -> Found:
    archive = open_archive(url)
    text = json.loads(Desk(archive, Limits()).issues.one(1).document)["articles"][0]["body"][0]
    number = int(text.removeprefix("写到 ").removesuffix("。")) if text.startswith("写") else 0
    is_whole = not Auditing(archive).chain().fault
    archive.close()
    return Found(number, is_whole, seconds)
