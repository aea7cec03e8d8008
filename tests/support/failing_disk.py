"""A save while each of its writes fails in turn; run as a program with the shim of failing_disk.c.

``python -m tests.support.failing_disk FOLDER`` writes one line of JSON for each try.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.limits import Limits
from hongtou.desk import Desk
from hongtou.desk.issue import Wanted
from hongtou.store import open_archive
from tests.support.archives import WANG, document, kept

# A disk that takes one write not, and one that takes no more: full, or read-only as Linux makes it.
FAULTS = (("EIO", False), ("EIO", True), ("ENOSPC", True), ("EROFS", True))
OLD, NEW = "旧的一段。", "新的一段，长一些。" * 40


@contextmanager
def failing(folder: Path, call: int, fault: str, *, goes_on: bool) -> Iterator[ctypes.c_int]:
    """Let a call in a folder fail, and those after it where the fault goes on; yield the count."""
    count = ctypes.c_int.in_dll(ctypes.CDLL(None), "calls_seen")
    count.value = 0
    os.environ |= {"FAIL_FOLDER": str(folder), "FAIL_AT": str(call)}
    os.environ |= {"FAIL_ERRNO": str(getattr(errno, fault))}
    if goes_on:
        os.environ["FAIL_ON"] = "1"
    try:
        yield count
    finally:
        for name in ("FAIL_FOLDER", "FAIL_AT", "FAIL_ERRNO", "FAIL_ON"):
            os.environ.pop(name, None)


class Try:
    """A database in which one issue is saved over and over."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "hongtou.db"
        self.archive = open_archive(str(self.file))
        with self.archive.engine.connect() as connection:  # the one that all of this uses
            connection.exec_driver_sql("PRAGMA wal_autocheckpoint=1")
        self.desk = Desk(self.archive, Limits())
        self.issue = kept(self.desk, body=OLD)

    def version(self) -> int:
        return self.desk.issues.one(self.issue).record.version

    def save(self, body: str) -> None:
        self.desk.issues.save(self.issue, self.version(), document(body=body), WANG)

    def calls(self) -> int:
        """Return how many calls of a save can fail, with the log written back into the file."""
        self.save(OLD)
        with failing(self.folder, -1, "EIO", goes_on=False) as count:
            self.save(NEW)
            return count.value

    def once(self, call: int, fault: str, *, goes_on: bool) -> dict[str, object]:
        """Save while a call fails; return what was told, and what was there then and afterwards."""
        self.save(OLD)
        with failing(self.folder, call, fault, goes_on=goes_on):
            told = self._told()
            read = self._body()
        self.save(NEW + "再。")
        with closing(sqlite3.connect(self.file)) as database:
            (check,) = database.execute("PRAGMA integrity_check").fetchone()
        found = self.desk.issues.listed(Wanted(text="再。")).found
        return {
            "call": call, "fault": fault, "goes_on": goes_on, "told": told, "read": read,
            "after": self._body() == NEW + "再。" and len(found) == 1, "check": check,
            "chain": self.desk.auditing.chain().fault,
        }  # fmt: skip

    def _told(self) -> str:
        try:
            self.save(NEW)
        except ServiceError as error:
            return type(error).__name__
        except Exception as error:
            return f"unforeseen: {error!r}"
        return "saved"

    def _body(self) -> str:
        return str(json.loads(self.desk.issues.one(self.issue).document)["articles"][0]["body"][0])


def main() -> None:
    tried = Try(Path(sys.argv[1]))
    for call in range(1, tried.calls() + 1):
        for fault, goes_on in FAULTS:
            sys.stdout.write(json.dumps(tried.once(call, fault, goes_on=goes_on)) + "\n")


if __name__ == "__main__":
    main()
