"""Lists and searches of 100,000 issues: ``python -m benchmarks.many_issues [--issues N]``.

A century of twenty bulletins a week. Issues are short, so that they are made within minutes: what
a list and a search read is rows and indexes, not documents. Beside the time that passed stands the
processor time, that of PostgreSQL's process included: what a search costs where other work goes on.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from benchmarks.archive import PAGE, WRITER, Texts, databases, indexed_at_end
from benchmarks.service.record import machine, percentile, write
from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.document import write_document
from hongtou.desk.facts import facts_of, passages_of
from hongtou.desk.issue import State, Wanted
from hongtou.desk.publication import PublicationPlan
from hongtou.store import SqlArchive, open_archive
from hongtou.store.patience import patience
from tests.support.serving import processor_seconds

PUBLICATIONS = 20
AT_ONCE = 500  # issues in a transaction
TURNS = 200
HOUR = 3600
PROMISED_SECONDS = 0.050
FIRST = date(1926, 1, 1)


def fill(archive: SqlArchive, count: int) -> None:
    """Keep so many issues, in turn of one bulletin and another, one a week of each."""
    desk, texts = Desk(archive, Limits()), Texts()
    owners = [
        desk.publications.add(PublicationPlan(nameplate=f"简报{number}"), WRITER).id
        for number in range(PUBLICATIONS)
    ]
    for start in range(0, count, AT_ONCE):
        with archive.writing() as records:
            for number in range(start, min(start + AT_ONCE, count)):
                day = FIRST + timedelta(days=7 * (number // PUBLICATIONS))
                document = _document(texts, day.timetuple().tm_yday, day)
                fields = json.loads(document)
                records.add_issue(
                    owners[number % PUBLICATIONS],
                    document, facts_of(fields), passages_of(fields), WRITER,
                )  # fmt: skip


def _document(texts: Texts, number: int, day: date) -> bytes:
    masthead = {"nameplate": "简报", "issue_number": number, "issue_date": day.isoformat()}
    articles = [{"headline": texts.of(18), "body": [texts.of(60)]}]
    return write_document({"masthead": masthead, "articles": articles})


def asked(desk: Desk, count: int) -> dict[str, Callable[[], object]]:
    """Return what is asked, by its name."""
    wanted = {
        "列表第一页": Wanted(),
        "一种简报的列表": Wanted(publication_id=7),
        "一年的草稿": Wanted(year=1950, state=State.DRAFT),
        "第 100 页": Wanted(publication_id=7, after=5000),
        "检索“查无此词”": Wanted(text="查无此词"),
        "检索“环境卫生”": Wanted(text="环境卫生"),
        "检索“的”": Wanted(text="的"),
        "检索“的”，第 11 页": Wanted(text="的", after=500),
        "检索“环境”": Wanted(text="环境"),
    }
    listed = {name: lambda one=one: desk.issues.listed(one) for name, one in wanted.items()}
    return {
        **listed,
        "一期": lambda: desk.issues.one(count // 2),
        "下一期的期号": lambda: desk.publications.next(7, date(2026, 1, 2), Series.REGULAR),
    }


class Spans(NamedTuple):
    """Seconds of an action at the 99th percentile."""

    passed: float
    processor: float

    def __str__(self) -> str:
        return f"{self.passed * 1000:.1f} 毫秒（处理器 {self.processor * 1000:.1f}）"


def server_process(archive: SqlArchive) -> int | None:
    """Return the process that answers us, None where there is no server."""
    if archive.path is not None:
        return None
    with archive.engine.connect() as connection:  # the one that all of this uses
        return int(connection.execute(select(func.pg_backend_pid())).scalar_one())


def p99(action: Callable[[], object], server: int | None) -> Spans:
    """Return the 99th percentile of an action's times."""

    def used() -> float:
        return time.thread_time() + (processor_seconds(server) if server else 0)

    action()
    passed, processor = [], []
    for _ in range(TURNS):
        began, had = time.perf_counter(), used()
        action()
        processor.append(used() - had)
        passed.append(time.perf_counter() - began)
    return Spans(percentile(passed, 0.99), percentile(processor, 0.99))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=100_000)
    count: int = parser.parse_args().issues
    run_on = machine()
    found: dict[str, dict[str, Spans]] = {}
    with databases() as places:
        for name, place in places.items():
            archive = open_archive(place)
            with patience(HOUR), indexed_at_end(archive):
                fill(archive, count)
            actions = asked(Desk(archive, Limits()), count)
            server = server_process(archive)
            found[name] = {title: p99(action, server) for title, action in actions.items()}
            archive.close()
    shown = {
        title: "，".join(f"{name} {one[title]}" for name, one in found.items())
        for title in next(iter(found.values()))
    }
    promises = {
        f"{title}：p99 不超过 50 毫秒": all(
            one[title].passed <= PROMISED_SECONDS for one in found.values()
        )
        for title in shown
    }
    figures = {f"{count} 期，{PUBLICATIONS} 种，各问 {TURNS} 次的 p99": "", **shown}
    write("archive-many", run_on, figures, promises, found, PAGE)


if __name__ == "__main__":
    main()
