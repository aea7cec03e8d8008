"""SIGKILL of the service while editors save: whatever was acknowledged is there afterwards."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.durability.editor import CREATED, PLAN, Editor, begin
from benchmarks.service.record import ROOT, machine, write
from hongtou.desk.auditing import Auditing
from hongtou.store import read_archive
from tests.support.serving import Serving, serving
from tests.support.stand_in import OPENER

Start = Callable[..., AbstractContextManager[Serving]]
EDITORS = 4
AT_WORK_SECONDS = (0.05, 1.0)
PAGE = ROOT / "docs" / "archive.md"


@dataclass
class Tally:
    """What was found after all kills."""

    kills: int = 0
    lost: int = 0
    strange: int = 0
    damaged: int = 0
    broken: int = 0
    editors: list[Editor] = field(default_factory=list)


def kills(count: int) -> None:
    """Kill the service so many times."""
    run_on, began = machine(), time.monotonic()
    random.seed(6)
    with TemporaryDirectory() as folder:
        *_, tally = kill(count, Path(folder) / "hongtou.db")
    saves, notes = (sum(getattr(one, name) for one in tally.editors) for name in ("saves", "notes"))
    figures = {
        f"SIGKILL 整个服务，{EDITORS} 人不停地存": f"{tally.kills} 次，{time.monotonic() - began:.0f} 秒",
        "答复过“已保存”的": f"{saves} 次，连同 {notes} 条操作记录",
        "之后不见了的，或不是任何人送过的": f"{tally.lost}，{tally.strange}",
        "`integrity_check` 不是 ok 的、操作记录断了或少了的": f"{tally.damaged}，{tally.broken}",
    }
    promises = {
        "答复过的一次不少": tally.lost == tally.strange == 0,
        "数据库完好，操作记录相接": tally.damaged == tally.broken == 0,
    }
    write("durability-kills", run_on, figures, promises, figures, PAGE)


def kill(
    count: int, file: Path, start: Start = serving, editor: type[Editor] = Editor
) -> Iterator[Tally]:
    """Yield what is left of what editors had saved, after each of so many kills."""
    tally = Tally()
    for _ in range(count):
        _one(tally, file, start, editor)
        _look(tally, file)
        yield tally


def _one(tally: Tally, file: Path, start: Start, editor: type[Editor]) -> None:
    """Start the service, let editors save, and kill it at a moment of its own."""
    with start(OPENER, database=file) as service:
        if not tally.editors:
            assert service.ask("POST", "/v1/publications", PLAN).status == CREATED
            numbers = range(1, EDITORS + 1)
            tally.editors = [editor(begin(service, number), number) for number in numbers]
        threads = [threading.Thread(target=one.work, args=(service,)) for one in tally.editors]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(*AT_WORK_SECONDS))
        service.process.kill()
        for thread in threads:
            thread.join()
    tally.kills += 1


def _look(tally: Tally, file: Path) -> None:
    """Look at the file as the next service will find it."""
    with closing(sqlite3.connect(file)) as database:
        (told,) = database.execute("PRAGMA integrity_check").fetchone()
        rows = dict(database.execute("SELECT id, document FROM issue"))
    tally.damaged += told != "ok"
    for one in tally.editors:
        found = one.found(rows[one.issue].encode())
        tally.lost += found < one.acknowledged
        tally.strange += found > one.sent or found < 0
    archive = read_archive(str(file))
    chain = Auditing(archive).chain()
    archive.close()
    least = 1 + EDITORS + sum(one.notes for one in tally.editors)
    most = 1 + EDITORS + sum(one.notes_sent for one in tally.editors)
    tally.broken += bool(chain.fault) or not least <= chain.count <= most
