"""Events: who did what and when, each bound to the one before it.

The digest of an event covers the digest of its predecessor. So one that is changed, taken out or
put in between shows at the next look, unless all that follow are made anew as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from hongtou.desk.document import canonical
from hongtou.desk.stamp import Stamp

START = "0" * 64  # stands for the predecessor of the first event


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What was done to which issue or publication; ``detail`` holds no text of the issue."""

    at: datetime
    who: str
    client: str
    action: str
    issue_id: int | None
    publication_id: int | None
    detail: Mapping[str, Any]
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Noted:
    """An event with the number under which it is kept.

    Numbers rise, and may leave one out: that of a transaction that came to nothing.
    """

    number: int
    event: Event


@dataclass(frozen=True, slots=True)
class Chain:
    """How many events are whole, the digest of the last of them, and what is wrong behind it.

    Events that were cut off at the end leave no trace: whoever has written down a digest can see
    whether it is still there.
    """

    count: int
    digest: str
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEvents:
    """Which events are listed, newest first: all that are older than the number ``before``.

    ``since`` and ``until`` are moments, of which the second is not included.
    """

    issue_id: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
    count: int = 50


@dataclass(frozen=True, slots=True)
class Deed:
    """What is to be noted as an event."""

    action: str
    issue_id: int | None = None
    publication_id: int | None = None
    detail: Mapping[str, Any] | None = None


def event_of(deed: Deed, stamp: Stamp, previous: str) -> Event:
    """Return the event of a deed, bound to the digest of the one before it."""
    unbound = Event(
        at=stamp.at,
        who=stamp.who,
        client=stamp.client,
        action=deed.action,
        issue_id=deed.issue_id,
        publication_id=deed.publication_id,
        detail=deed.detail or {},
        previous=previous,
        digest="",
    )
    return Event(**{**_fields(unbound), "digest": digest_of(unbound)})


def digest_of(event: Event) -> str:
    """Return the SHA-256 of all that an event says, its predecessor's digest included."""
    said = {**_fields(event), "at": event.at.isoformat(timespec="microseconds")}
    del said["digest"]
    return hashlib.sha256(canonical(said).encode("utf-8", "surrogatepass")).hexdigest()


def span_of(day: date | None) -> tuple[datetime | None, datetime | None]:
    """Return when a day begins and ends where the service runs; of no day neither."""
    if day is None:
        return None, None
    begin = datetime.combine(day, time.min)
    return begin.astimezone(), (begin + timedelta(days=1)).astimezone()


def walk(noted: Iterable[Noted]) -> Chain:
    """Look at events one after the other, as far as the first that does not fit."""
    count, previous = 0, START
    for one in noted:
        if one.event.previous != previous:
            fault = f"第 {one.number} 号操作记录与前一条不相接：有记录被删去、插入或改动"
            return Chain(count, previous, fault)
        if one.event.digest != digest_of(one.event):
            return Chain(count, previous, f"第 {one.number} 号操作记录被改动过")
        count, previous = count + 1, one.event.digest
    return Chain(count, previous)


def _fields(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in Event.__slots__}
