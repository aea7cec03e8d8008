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
        self.roster = Roster(archive, now)
        self.administration = Administration(archive, hashing, self.roster, guesses)
        self.sessions = Sessions(archive, hashing, self.roster, guesses)
