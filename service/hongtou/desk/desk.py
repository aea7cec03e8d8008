"""The desk: all use cases of the workplace around one archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

    @property
    def tidying(self) -> Mapping[str, Callable[[Stamp], int]]:
        """What deletes for good what is due, by what it deletes; it returns how many those were.

        Blobs come last: those of an issue that has just been deleted go in the same night.
        """
        return {
            "issues": self.issues.empty_bin,
            "revisions": self.history.thin,
            "blobs": self.holding.sweep,
        }
