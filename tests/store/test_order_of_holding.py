"""Who changes an issue and asks for its publication does so in one order: in two, two would wait for one another."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from hongtou.bulletin.issue import Series
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.publication import Numbering, PublicationPlan
from hongtou.store import SqlArchive
from tests.support.archives import CHEN, FRIDAY, WANG, document, kept, publication, version

pytestmark = pytest.mark.slow

REGULAR = Series.REGULAR
HOLDS_ISSUES = {"issue", "drop_binned"}


class Heard:
    """An archive that writes down, for each change, what it held and in which order."""

    def __init__(self, archive: SqlArchive) -> None:
        self._archive = archive
        self.changes: list[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._archive, name)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        self.changes.append([])
        with self._archive.writing() as records:
            yield HeardRecords(records, self.changes[-1])


class HeardRecords:
    """Records that write down what is held; an issue that the change has made, or holds, is nobody else's."""

    def __init__(self, records: Any, held: list[str]) -> None:
        self._records, self._held = records, held
        self._own: set[int] = set()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._records, name)

    def add_issue(self, *given: Any) -> int:
        made = int(self._records.add_issue(*given))
        self._own.add(made)
        return made

    def issue(self, issue_id: int) -> Any:
        if issue_id not in self._own:
            self._held.append("issue")
        self._own.add(issue_id)
        return self._records.issue(issue_id)

    def publication(self, publication_id: int) -> Any:
        self._held.append("publication")
        return self._records.publication(publication_id)

    def drop_binned(self, *given: Any) -> Any:
        self._held.append("drop_binned")
        return self._records.drop_binned(*given)


def test_an_issue_is_held_before_its_publication(archive: SqlArchive) -> None:
    heard = Heard(archive)
    desk = Desk(heard, Limits())
    plan = PublicationPlan(nameplate="要情", numbering=Numbering.CONTINUOUS)
    owner = desk.publications.add(plan, WANG).id
    first = desk.issues.begin(owner, FRIDAY, REGULAR, WANG).record.id
    desk.issues.begin(owner, FRIDAY, REGULAR, WANG, like=first)
    second = desk.issues.add(owner, document(33), WANG).record.id
    desk.issues.save(second, 1, document(34), WANG)
    desk.issues.discard(second, version(desk, second), CHEN)
    desk.issues.take_back(second, WANG)
    desk.issues.discard(second, version(desk, second), CHEN)
    desk.issues.clear_bin(owner, WANG)
    both = [held for held in heard.changes if HOLDS_ISSUES & {*held} and "publication" in held]
    assert len(both) > 2, "nothing was tried"
    late = [held for held in both if HOLDS_ISSUES & {*held[held.index("publication") :]}]
    assert not late


def test_the_next_issue_begins_while_the_last_is_being_saved(
    archive: SqlArchive, place: str
) -> None:
    if not place.startswith("postgresql:"):
        pytest.skip("SQLite lets one write at a time")
    desk = Desk(archive, Limits())
    owner = publication(desk)
    last = kept(desk)
    with archive.writing() as records, ThreadPoolExecutor() as other:
        records.issue(last)
        begun = other.submit(desk.issues.begin, owner, FRIDAY, REGULAR, CHEN)
        assert begun.result().record.facts.number == 34
        records.publication(owner)
