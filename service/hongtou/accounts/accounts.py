"""All use cases of accounts around one archive."""

from __future__ import annotations

from datetime import datetime

from hongtou.accounts.administration import Administration
from hongtou.accounts.guessing import Guesses
from hongtou.accounts.hashing import Hashing
from hongtou.accounts.records import StaffArchive
from hongtou.accounts.roster import Roster
from hongtou.accounts.sessions import Sessions


class Accounts:
    """Accounts, their sessions, and who is logged in."""

    def __init__(self, archive: StaffArchive, now: datetime) -> None:
        """Read who is logged in.

        Raises:
            NoArchive: the database cannot be used.
        """
        hashing, guesses = Hashing(), Guesses()
        self._hashing, self._guesses = hashing, guesses
        self.roster = Roster(archive, now)
        self.administration = Administration(archive, hashing, self.roster, guesses)
        self.sessions = Sessions(archive, hashing, self.roster, guesses)

    def look(self, now: datetime) -> None:
        """Write which sessions are used, then look who is logged in."""
        self.sessions.write_uses()
        self.roster.look(now)

    def refuse_crowd(self, address: str, now: datetime) -> None:
        """Refuse a log-in by its address alone, where it would be refused with a name as well.

        Raises:
            TooManyAttempts: there were too many from this address.
            Busy: too many log in at the same time.
        """
        self._guesses.refuse_crowd(address, now)
        self._hashing.refuse_crowd()
