"""A day of typing into one issue: how much the database grows."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.kills import PAGE
from benchmarks.service.record import ROOT, machine, mebibytes, write
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk, Stamp
from hongtou.desk.document import write_document
from hongtou.desk.facts import passages_of
from hongtou.desk.publication import PublicationPlan
from hongtou.store import open_archive

EVERY_SECONDS = 2  # the page saves so long after a key at the latest
MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
SHORT = 30  # characters: headlines, items
MOST_BYTES = 20 * 1024 * 1024
SHARED_MEMORY = Path("/dev/shm")


def growth(hours: float) -> None:
    """Type so many hours, and save every two seconds."""
    run_on = machine()
    saves = int(hours * 3600 / EVERY_SECONDS)
    place = SHARED_MEMORY if SHARED_MEMORY.is_dir() else None
    with TemporaryDirectory(dir=place) as folder:
        before, after, revisions = typed(saves, Path(folder) / "hongtou.db")
    grown = after - before
    figures = {
        f"一期打字 {hours:g} 小时，每 {EVERY_SECONDS} 秒存一次": f"存 {saves} 次，留存 {revisions} 个版本，"
        f"数据库大了 {mebibytes(grown)}"
    }
    promises = {"一天的打字不超过 20 MiB": grown <= MOST_BYTES}
    write("durability-growth", run_on, figures, promises, figures, PAGE)


def typed(saves: int, file: Path) -> tuple[int, int, int]:
    """Return the bytes of the database before and after so many saves, and the revisions kept."""
    archive = open_archive(str(file))
    desk = Desk(archive, Limits())
    stamp = Stamp("王龙", MORNING)
    issue = json.loads((ROOT / "examples" / "dongtai.json").read_bytes())
    passages = [one.text for one in passages_of(issue)]
    owner = desk.publications.add(PublicationPlan(nameplate="创建工作动态"), stamp).id
    one = desk.issues.add(owner, write_document(issue), stamp).id
    before = _bytes(file)
    body = issue["articles"][0]["body"] = [text for text in passages if len(text) > SHORT]
    for number in range(saves):
        at = number % len(body)
        body[at] = f"{body[at]}字" if number % 50 else body[at][: len(body[at]) // 2 + 1]
        now = Stamp(stamp.who, MORNING + timedelta(seconds=EVERY_SECONDS * (number + 1)))
        desk.issues.save(one, number + 1, write_document(issue), now)
    revisions = len(desk.history.revisions(one))
    archive.close()
    return before, _bytes(file), revisions


def _bytes(file: Path) -> int:
    """Return the size of the file with its log written into it."""
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file.stat().st_size
