"""Once a night: a copy of the database, and what is due to be deleted for good.

Once an hour: a copy of the database as it stands. Twice a second: who is logged in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import structlog

from hongtou.accounts import Accounts
from hongtou.bulletin.causes import account_of
from hongtou.desk import Desk, Stamp
from hongtou.store.backup import hourly, nightly
from hongtou.store.patience import patience

LOOK_SECONDS = 600  # between looks at the date
PATIENCE_SECONDS = 600  # with a walk over all events, which nobody waits for
FIRST_LOOK_SECONDS = 60  # after the start, which has other work
ROSTER_SECONDS = 0.5  # so that what others have changed counts here within a second
BACKUPS = "backups"
ITSELF = "hongtou"

log = structlog.get_logger("hongtou")


@dataclass(frozen=True, slots=True)
class Duty:
    """What is done once a day, and the event that tells of its failure."""

    failure: str
    do: Callable[[datetime], None]


class Upkeep:
    """Keeps an archive in order; ``path`` is the file of SQLite, None for a server."""

    def __init__(self, desk: Desk, path: Path | None) -> None:
        self._desk = desk
        self._path = path
        self._day: date | None = None
        self._due: list[Duty] = []  # what of that day is not done yet
        self._deleted: dict[str, int] = {}
        self._copied: datetime | None = None  # the hour

    def start(self) -> None:
        """Look at the date every ten minutes, in a thread of its own."""
        threading.Thread(target=self._run, daemon=True, name="upkeep").start()

    def copy(self, now: datetime) -> None:
        """Copy the database, once an hour; what fails is tried again at the next look."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        if self._path is None or self._copied == hour:
            return
        try:
            hourly(self._path, self._path.parent / BACKUPS, hour.hour)
        except Exception as error:
            log.error("backup-failed", cause=account_of(error))
            return
        self._copied = hour

    def look(self, now: datetime) -> None:
        """Do what is due, once a day, each duty whatever became of the others.

        What fails is logged and tried again at the next look.
        """
        if self._day != now.astimezone().date():
            self._day, self._due = now.astimezone().date(), self._duties()
        if not self._due:
            return
        self._due = [duty for duty in self._due if not _is_done(duty, now)]
        if not self._due:
            log.info("upkeep", **self._deleted)

    def _duties(self) -> list[Duty]:
        deleting = [
            Duty("upkeep-failed", partial(self._delete, what)) for what in self._desk.tidying
        ]
        return [
            Duty("nightly-backup-failed", self._back_up),
            *deleting,
            Duty("events-unchecked", self._check_events),
        ]

    def _back_up(self, now: datetime) -> None:
        if self._path is not None:
            nightly(self._path, self._path.parent / BACKUPS, now.astimezone().date())

    def _delete(self, what: str, now: datetime) -> None:
        self._deleted[what] = self._desk.tidying[what](Stamp(ITSELF, now))

    def _check_events(self, now: datetime) -> None:
        if fault := self._desk.auditing.chain().fault:
            log.error("events-broken", cause=fault)

    def _run(self) -> None:
        pause = threading.Event()
        seconds = FIRST_LOOK_SECONDS
        while not pause.wait(seconds):
            self.look(datetime.now(UTC))
            self.copy(datetime.now(UTC))
            seconds = LOOK_SECONDS


def _is_done(duty: Duty, now: datetime) -> bool:
    try:
        with patience(PATIENCE_SECONDS):
            duty.do(now)
    except Exception as error:
        log.error(duty.failure, cause=account_of(error))
        return False
    return True


def watch_roster(accounts: Accounts) -> None:
    """Look twice a second at who is logged in, in a thread of its own."""
    threading.Thread(target=_watch, args=(accounts,), daemon=True, name="roster").start()


def _watch(accounts: Accounts) -> None:
    pause = threading.Event()
    while not pause.wait(ROSTER_SECONDS):
        accounts.look(datetime.now(UTC))
