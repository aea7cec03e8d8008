"""Ten thousand events with kills between them: none is missing, and one that was changed shows."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.kills import PAGE
from benchmarks.service.record import ROOT, machine, write
from hongtou.bulletin.errors import NoArchive
from hongtou.desk import Stamp
from hongtou.desk.auditing import Auditing
from hongtou.desk.event import Deed
from hongtou.desk.transaction import note
from hongtou.store import open_archive, read_archive

WRITERS = 3
KILLS, TRIES = 40, 25
TOLD = b"."
SOUND, BROKEN = 0, 4  # what `hongtou events check` ends with
CHANGES = (
    "UPDATE event SET who = who || '甲' WHERE id = ?",
    "UPDATE event SET action = 'issue.add' WHERE id = ?",
    "UPDATE event SET detail = '{}' WHERE id = ?",
    "UPDATE event SET at = '2001-01-01 00:00:00.000000' WHERE id = ?",
    "DELETE FROM event WHERE id = ?",
)


@dataclass
class Tally:
    """``told`` are the events that were acknowledged, ``found`` those in the chain at the end."""

    kills: int = 0
    told: int = 0
    found: int = 0
    missing: int = 0
    broken: int = 0


def chain(events: int) -> None:
    """Note so many events with kills between, then change or take out one, again and again."""
    run_on, began = machine(), time.monotonic()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "hongtou.db"
        tally = filled(file, events, KILLS)
        seconds = time.monotonic() - began
        unseen = [one for one in range(TRIES) if checked(changed(file, one)) != BROKEN]
    figures = {
        f"操作记录 {tally.found} 条，{WRITERS} 个线程不停地写，其间 SIGKILL": f"{tally.kills} 次，{seconds:.0f} 秒",
        "答复过而不见了的、链断了的": f"{tally.missing}，{tally.broken}",
        "任取一条改一项或删去，`hongtou events check`": f"{TRIES} 次，{len(unseen)} 次没有看出来",
    }
    promises = {
        f"{events} 条，一条不少，条条相接": tally.found >= events
        and not (tally.missing or tally.broken),
        "改动、删去的都看得出来": not unseen,
    }
    write("durability-chain", run_on, figures, promises, figures, PAGE)


def filled(file: Path, events: int, kills: int) -> Tally:
    """Return what became of events, acknowledged ones and those that were under way at a kill."""
    chance, tally = random.Random(19), Tally()
    for number in range(kills + 1):
        left = events - tally.told
        is_last = number == kills
        most = left if is_last else chance.randint(1, max(1, 2 * left // (kills + 1 - number)))
        tally.told += _noted_until_killed(file, most)
        tally.kills += 1
        _look(tally, file)
    return tally


def _noted_until_killed(file: Path, most: int) -> int:
    """Return how many events a process told of, which was killed after so many."""
    command = [sys.executable, "-m", __name__, file]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout
        told = len(process.stdout.read(max(1, most)))
        process.kill()
        return told + len(process.stdout.read())


def _look(tally: Tally, file: Path) -> None:
    archive = read_archive(str(file))
    found = Auditing(archive).chain()
    archive.close()
    tally.found = found.count
    tally.missing += max(0, tally.told - found.count)
    tally.broken += bool(found.fault) or found.count > tally.told + WRITERS * tally.kills


def changed(file: Path, number: int) -> Path:
    """Return a copy of which one event, by chance, was changed past the program, or taken out."""
    copy = file.with_name("changed.db")
    copy.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as database:
        source.backup(database)
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        (last,) = database.execute("SELECT max(id) FROM event").fetchone()
        ids = [one for (one,) in database.execute("SELECT id FROM event WHERE id < ?", (last,))]
        one = random.Random(number).choice(ids)  # the end may be cut off, as docs/archive.md says
        database.execute(CHANGES[number % len(CHANGES)], (one,))
        database.commit()
    return copy


def checked(file: Path) -> int:
    """Return what `hongtou events check` ends with."""
    env = {**os.environ, "HONGTOU_DATABASE": str(file)}
    command = [sys.executable, "-m", "hongtou", "events", "check"]
    return subprocess.run(command, env=env, check=False, capture_output=True).returncode


def write_events(file: Path) -> None:
    """Note events without an end, each in a transaction of its own, and tell of each."""
    archive = open_archive(str(file))

    def work(number: int) -> None:
        while True:
            stamp = Stamp("王龙", datetime.now(UTC), "10.0.0.7")
            with suppress(NoArchive):  # another one had the lock for long
                with archive.writing() as records:
                    note(records, stamp, Deed("issue.print", number, detail={"print_run": 100}))
                os.write(1, TOLD)

    for number in range(WRITERS):
        threading.Thread(target=work, args=(number,)).start()


if __name__ == "__main__":
    write_events(Path(sys.argv[1]))
