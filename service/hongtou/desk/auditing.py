"""Who did what: the events of all issues and publications, and whether their chain is whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hongtou.desk.event import Chain, Noted, WantedEvents, walk
from hongtou.desk.issue import IssueRecord
from hongtou.desk.records import Archive


@dataclass(frozen=True, slots=True)
class EventPage:
    """Events, newest first; ``issues`` are those of them that are still kept, by their ids.

    ``next`` is where the next page begins, None on the last one.
    """

    noted: Sequence[Noted]
    issues: Mapping[int, IssueRecord]
    next: int | None


class Auditing:
    """The use cases of whoever looks after the desk."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def listed(self, wanted: WantedEvents) -> EventPage:
        """Return a page of events, newest first."""
        with self._archive.reading() as records:
            found = records.noted(replace(wanted, count=wanted.count + 1))
            shown = found[: wanted.count]
            ids = {one.event.issue_id for one in shown if one.event.issue_id is not None}
            issues = {one.id: one for one in records.issue_records(sorted(ids))}
        return EventPage(shown, issues, shown[-1].number if len(found) > len(shown) else None)

    def chain(self) -> Chain:
        """Return what a look at every event finds."""
        with self._archive.reading() as records:
            return walk(records.chain())
