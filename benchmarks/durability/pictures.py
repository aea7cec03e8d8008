"""SIGKILL between a picture and its row: both are there afterwards, or neither."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.editor import SAVED, Editor
from benchmarks.durability.kills import EDITORS, PAGE, Start, kill
from benchmarks.service.record import machine, write
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk, Stamp
from hongtou.store import open_archive
from tests.support.serving import Serving
from tests.support.warm_start import warm_serving

NAMES = 7  # of pictures of an issue
NONE = ""  # the digest of a picture that is not there


class PictureEditor(Editor):
    """Keeps a picture after each save, in place of another or under a name of its own."""

    def __init__(self, issue: int, number: int) -> None:
        super().__init__(issue, number)
        self.pictures = 0  # that were told as kept
        self.kept: dict[str, set[str]] = {}  # digests that a picture of this name may have

    def do_besides(self, service: Serving) -> None:
        """Keep it; until it is told as kept, it may be there or not."""
        self.notes_sent += 1
        name = f"{self.sent % NAMES}.png"
        picture = b"\x89PNG %d %d " % (self.issue, self.sent) + b"." * (self.sent * 977 % 200_000)
        digest = sha256(picture).hexdigest()
        self.kept.setdefault(name, {NONE}).add(digest)
        if self.ask(service, "PUT", f"/assets/{name}", picture).status == SAVED:
            self.kept[name] = {digest}
            self.pictures += 1
            self.notes += 1

    def lost(self, found: Mapping[str, str]) -> int:
        """Return how many, by digest, are neither what was told as kept nor what was sent since."""
        return sum(found.get(name, NONE) not in may for name, may in self.kept.items())


@dataclass
class Look:
    """What was found after all kills."""

    kills: int = 0
    pictures: int = 0
    lost: int = 0
    torn: int = 0
    broken: int = 0
    orphans: int = 0


def pictures(count: int) -> None:
    """Kill the service so many times while pictures are uploaded."""
    run_on, began = machine(), time.monotonic()
    with TemporaryDirectory() as folder:
        look = uploaded(count, Path(folder) / "hongtou.db")
    figures = {
        f"SIGKILL 整个服务，{EDITORS} 人不停地存稿、上传图片": f"{look.kills} 次，{time.monotonic() - began:.0f} 秒",
        "答复过已存的图片": f"{look.pictures} 张，换掉的也算",
        "之后不见了的、与登记的摘要不符或没有内容的": f"{look.lost}，{look.torn}",
        "操作记录、稿件不对的，夜里清理以后没有主的": f"{look.broken}，{look.orphans}",
    }
    promises = {
        "图片与登记一同在，或一同不在": look.lost == look.torn == look.broken == 0,
        "没有主的清走": look.orphans == 0,
    }
    write("durability-pictures", run_on, figures, promises, figures, PAGE)


def uploaded(count: int, file: Path, start: Start = warm_serving) -> Look:
    """Return what is left of pictures after so many kills."""
    look = Look()
    for tally in kill(count, file, start, PictureEditor):
        editors = [one for one in tally.editors if isinstance(one, PictureEditor)]
        look.kills = tally.kills
        look.pictures = sum(one.pictures for one in editors)
        look.broken = tally.lost + tally.strange + tally.damaged + tally.broken
        with closing(sqlite3.connect(file)) as database:
            look.lost += sum(one.lost(_named(database, one.issue)) for one in editors)
            look.torn += _torn(database)
    look.orphans = orphans(file)
    return look


def _named(database: sqlite3.Connection, issue: int) -> dict[str, str]:
    rows = database.execute("SELECT name, sha256 FROM asset WHERE issue_id = ?", (issue,))
    return dict(rows.fetchall())


def _torn(database: sqlite3.Connection) -> int:
    """Return how many pictures have no bytes, or others than their digest says."""
    joined = "SELECT a.sha256, b.content FROM asset a LEFT JOIN blob b ON a.sha256 = b.sha256"
    return sum(
        content is None or sha256(content).hexdigest() != digest
        for digest, content in database.execute(joined)
    )


def orphans(file: Path) -> int:
    """Tidy as every night, and return how many pictures are kept that nothing refers to."""
    archive = open_archive(str(file))
    for delete in Desk(archive, Limits()).tidying.values():
        delete(Stamp("hongtou", datetime.now(UTC)))
    archive.close()
    unused = "SELECT count(*) FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM asset)"
    with closing(sqlite3.connect(file)) as database:
        (count,) = database.execute(unused).fetchone()
    return int(count)
