"""Lists and searches of 100,000 issues: ``python -m benchmarks.many_issues [--issues N]``.

A century of twenty bulletins a week. Issues are short, so that they are made within minutes: what
a list and a search read is rows and indexes, not documents.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date, timedelta

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
    }
    listed = {name: lambda one=one: desk.issues.listed(one) for name, one in wanted.items()}
    return {
        **listed,
        "一期": lambda: desk.issues.one(count // 2),
        "下一期的期号": lambda: desk.publications.next(7, date(2026, 1, 2), Series.REGULAR),
    }


def p99(action: Callable[[], object]) -> float:
    """Return the 99th percentile of an action's times, in seconds."""
    action()
    spans = []
    for _ in range(TURNS):
        began = time.perf_counter()
        action()
        spans.append(time.perf_counter() - began)
    return percentile(spans, 0.99)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=100_000)
    count: int = parser.parse_args().issues
    run_on = machine()
    found: dict[str, dict[str, float]] = {}
    with databases() as places:
        for name, place in places.items():
            archive = open_archive(place)
            with patience(HOUR), indexed_at_end(archive):
                fill(archive, count)
            actions = asked(Desk(archive, Limits()), count)
            found[name] = {title: p99(action) for title, action in actions.items()}
            archive.close()
    shown = {
        title: "，".join(f"{name} {one[title] * 1000:.1f} 毫秒" for name, one in found.items())
        for title in next(iter(found.values()))
    }
    promises = {
        f"{title}：p99 不超过 50 毫秒": all(
            one[title] <= PROMISED_SECONDS for one in found.values()
        )
        for title in shown
    }
    figures = {f"{count} 期，{PUBLICATIONS} 种，各问 {TURNS} 次的 p99": "", **shown}
    write("archive-many", run_on, figures, promises, found, PAGE)


if __name__ == "__main__":
    main()
