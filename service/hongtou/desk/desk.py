"""The desk: all use cases of the workplace around one archive."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.limits import Limits
from hongtou.desk.auditing import Auditing
from hongtou.desk.finishing import Finishing
from hongtou.desk.history import History
from hongtou.desk.holding import Holding
from hongtou.desk.issues import Issues
from hongtou.desk.publications import Publications
from hongtou.desk.quota import Quota
from hongtou.desk.records import Archive
from hongtou.desk.stamp import Stamp


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many issues, revisions and blobs were deleted for good."""

    issues: int
    revisions: int
    blobs: int


class Desk:
    """Publications, issues, their history, their way to print, and what belongs to them."""

    def __init__(self, archive: Archive, limits: Limits, quota: Quota | None = None) -> None:
        self.quota = quota or Quota()
        self.try_out = archive.try_out
        self.publications = Publications(archive)
        self.issues = Issues(archive, limits, self.quota)
        self.history = History(archive, limits, self.quota)
        self.finishing = Finishing(archive, self.quota)
        self.holding = Holding(archive, self.quota)
        self.auditing = Auditing(archive)

    def tidy(self, stamp: Stamp) -> Tidied:
        """Delete for good what is due: once a night."""
        return Tidied(
            self.issues.empty_bin(stamp), self.history.thin(stamp), self.holding.sweep(stamp)
        )
