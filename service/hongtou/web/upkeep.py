"""Once a night: a copy of the database, and what is due to be deleted for good.

Once an hour: a copy of the database as it stands. Twice a second: who is logged in.
"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import structlog

from hongtou.accounts.roster import Roster
from hongtou.bulletin.causes import cause_of
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


class Upkeep:
    """Keeps an archive in order; ``path`` is the file of SQLite, None for a server."""

    def __init__(self, desk: Desk, path: Path | None) -> None:
        self._desk = desk
        self._path = path
        self._done: date | None = None
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
            log.error("backup-failed", cause=cause_of(error))
            return
        self._copied = hour

    def look(self, now: datetime) -> None:
        """Do what is due, once a day; what fails is logged and tried again at the next look."""
        today = now.astimezone().date()
        if self._done == today:
            return
        try:
            if self._path is not None:
                nightly(self._path, self._path.parent / BACKUPS, today)
            with patience(PATIENCE_SECONDS):
                tidied = self._desk.tidy(Stamp(ITSELF, now))
                fault = self._desk.auditing.chain().fault
        except Exception as error:
            log.error("upkeep-failed", cause=cause_of(error))
            return
        if fault:
            log.error("events-broken", cause=fault)
        log.info("upkeep", issues=tidied.issues, revisions=tidied.revisions, blobs=tidied.blobs)
        self._done = today

    def _run(self) -> None:
        pause = threading.Event()
        seconds = FIRST_LOOK_SECONDS
        while not pause.wait(seconds):
            self.look(datetime.now(UTC))
            self.copy(datetime.now(UTC))
            seconds = LOOK_SECONDS


def watch_roster(roster: Roster) -> None:
    """Look twice a second at who is logged in, in a thread of its own."""
    threading.Thread(target=_watch, args=(roster,), daemon=True, name="roster").start()


def _watch(roster: Roster) -> None:
    pause = threading.Event()
    while not pause.wait(ROSTER_SECONDS):
        roster.look(datetime.now(UTC))
