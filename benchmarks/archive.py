"""List and search of 2,000 issues, on SQLite and on PostgreSQL: ``python -m benchmarks.archive``.

Issues are made of the clauses of our examples in another order, with every fifth character replaced
by another that stands in them: no two are alike, and words are as frequent as in real ones.
Writes what it measured into `docs/archive.md`; fails where a promise is broken.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.service.record import ROOT, machine, percentile, write
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk, Stamp
from hongtou.desk.document import write_document
from hongtou.desk.facts import passages_of
from hongtou.desk.issue import Wanted
from hongtou.desk.publication import PublicationPlan
from hongtou.store import SqlArchive, open_archive
from hongtou.store.patience import patience
from hongtou.store.schema import issue_part
from tests.support.databases import BINARIES, postgresql

ISSUES, TURNS, HOUR = 2000, 31, 3600
LIST_SECONDS, SEARCH_SECONDS = 0.020, 0.050
WORDS = ("的", "工作", "环境", "环境卫生", "整治", "查无此词", "2026")
WRITER = Stamp("王龙", datetime(2026, 1, 1, tzinfo=UTC))
PAGE = ROOT / "docs" / "archive.md"


class Texts:
    """Texts like those of the examples, without an end."""

    def __init__(self) -> None:
        self._random = random.Random(20171222)
        every = [
            passage.text
            for path in sorted((ROOT / "examples").glob("*.json"))
            for passage in passages_of(json.loads(path.read_bytes()))
        ]
        self._clauses = [one for one in re.split(r"(?<=[，。；])", "".join(every)) if one]
        self._han = [char for char in "".join(every) if "一" <= char <= "鿿"]

    def of(self, chars: int) -> str:
        text = ""
        while len(text) < chars:
            text += self._random.choice(self._clauses)
        return "".join(
            self._random.choice(self._han) if self._random.random() < 0.2 else char
            for char in text[:chars]
        )

    def issue(self, number: int, day: date) -> bytes:
        articles = [
            {"headline": self.of(18), "body": [self.of(220) for _ in range(6)]} for _ in range(3)
        ]
        return write_document(
            {
                "masthead": {
                    "nameplate": "创建工作动态",
                    "issue_number": number,
                    "issuing_body": "市创建办",
                    "issue_date": day.isoformat(),
                },
                "articles": articles,
                "briefs": {"items": [self.of(70) for _ in range(11)]},
                "closing": {"report_to": "省文明办"},
            }
        )


def fill(desk: Desk) -> int:
    """Keep 2,000 issues, one a week; return the publication."""
    owner = desk.publications.add(PublicationPlan(nameplate="创建工作动态"), WRITER).id
    texts = Texts()
    for number in range(ISSUES):
        day = date(1987, 1, 2) + timedelta(days=7 * number)
        desk.issues.add(owner, texts.issue(day.timetuple().tm_yday, day), WRITER)
    return owner


def timed(action: Callable[[], object]) -> float:
    """Return the median time of an action, in seconds."""
    spans = []
    for _ in range(TURNS):
        began = time.perf_counter()
        action()
        spans.append(time.perf_counter() - began)
    return percentile(spans, 0.5)


@contextmanager
def indexed_at_end(archive: SqlArchive) -> Iterator[None]:
    """Fill PostgreSQL's index of words at once, which takes a tenth of the time."""
    if archive.path is not None:
        yield
        return
    index = next(one for one in issue_part.indexes if one.name == "ix_issue_part_grams")
    index.drop(archive.engine)
    yield
    with patience(HOUR), archive.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.exec_driver_sql("SET statement_timeout = 0")
        index.create(connection)
        connection.exec_driver_sql("VACUUM ANALYZE")  # as its own upkeep does in time


def measure(archive: SqlArchive) -> dict[str, float]:
    """Return the median times of a filled archive, in seconds."""
    desk = Desk(archive, Limits())
    with indexed_at_end(archive):
        owner = fill(desk)
    found = {"列表": timed(lambda: desk.issues.listed(Wanted(publication_id=owner)))}
    for word in WORDS:
        found[f"检索“{word}”"] = timed(lambda word=word: desk.issues.listed(Wanted(text=word)))
    found["下一期的期号"] = timed(
        lambda: desk.publications.next(owner, date(2026, 1, 2), Series.REGULAR)
    )
    kept = desk.issues.one(1)
    versions = iter(range(kept.record.version, 10_000))

    def save() -> None:
        at = next(versions)
        fields = json.loads(kept.document)
        fields["articles"][0]["body"][0] += f"改{at}"
        desk.issues.save(1, at, write_document(fields), WRITER)

    found["保存"] = timed(save)
    return found


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        places = {"SQLite": str(Path(folder) / "hongtou.db")}
        if not BINARIES:
            print("没有安装 PostgreSQL，只量 SQLite", file=sys.stderr)
            yield places
            return
        with postgresql(is_durable=True) as url:
            yield {**places, "PostgreSQL": url}


def main() -> None:
    run_on = machine()
    figures: dict[str, dict[str, float]] = {}
    with databases() as places:
        for name, place in places.items():
            archive = open_archive(place)
            figures[name] = measure(archive)
            archive.close()
    shown = {
        title: "，".join(f"{name} {one[title] * 1000:.1f} 毫秒" for name, one in figures.items())
        for title in next(iter(figures.values()))
    }
    every = [pair for one in figures.values() for pair in one.items()]
    promises = {
        "列表不超过 20 毫秒": all(span <= LIST_SECONDS for title, span in every if title == "列表"),
        "检索不超过 50 毫秒": all(
            span <= SEARCH_SECONDS for title, span in every if title.startswith("检索")
        ),
    }
    write("archive", run_on, shown, promises, figures, PAGE)


if __name__ == "__main__":
    main()
