"""The names of files that go with an edition: the issue, its pictures, how it was made.

One rule for those that enclose files and those that take them out again: a name is that of a file
on any disk, and no two files have one name.
"""

from __future__ import annotations

import re
from typing import Final

ISSUE: Final = "issue.json"
EDITION: Final = "edition.json"
LISTING: Final = "Attachments.xml"  # of an OFD file, in the folder of the files that it lists
TAKEN: Final = frozenset(name.casefold() for name in (ISSUE, EDITION, LISTING))
LONGEST: Final = 255  # bytes of a name on the usual disks of Linux
UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\ud800-\udfff]')
DEVICE: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)  # Windows


def is_file_name(name: str) -> bool:
    """Tell whether a file can have this name on any disk, in whose folder it is seen."""
    return (
        not UNSAFE.search(name)
        and not DEVICE.fullmatch(name)
        and not name.startswith((".", " "))  # hidden, among them what shells run
        and not name.endswith((".", " "))  # which Windows drops
        and 0 < len(name.encode()) <= LONGEST
    )


def is_taken(name: str) -> bool:
    """Tell whether a file of ours has this name, on a disk that tells no capitals apart."""
    return name.casefold() in TAKEN
