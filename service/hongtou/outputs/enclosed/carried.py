"""What a file carries: names of files that are safe on a disk, no more than fits, and unchanged."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

from hongtou.bulletin.enclosed_names import EDITION, is_file_name
from hongtou.bulletin.errors import MalformedDocument, TooLarge
from hongtou.bulletin.finding import printable
from hongtou.bulletin.limits import MIB
from hongtou.bulletin.sizes import shown_size

MOST_BYTES: Final = 256 * MIB  # of all files together, unpacked: more than a request may have
CHANGED: Final = "文件归档以后可能改动过，请找原来的一份"


class Carried:
    """The files that were found so far; a name or a size that none may have is refused.

    ``left`` is how many bytes the files to come may have together.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.left = MOST_BYTES

    def expect(self, name: str) -> None:
        """Check a name before its file is unpacked.

        Raises:
            MalformedDocument: it leads elsewhere, or another file has it.
        """
        if not is_file_name(name):
            raise MalformedDocument(f"附件的名称“{printable(name)}”不是文件名", hint=CHANGED)
        if name in self.files:
            raise MalformedDocument(f"有两个附件名为“{printable(name)}”", hint=CHANGED)

    def add(self, name: str, content: bytes) -> None:
        """Add a file that was unpacked by no more than one byte over what is ``left``.

        Raises:
            TooLarge: it is larger than that.
        """
        if len(content) > self.left:
            raise TooLarge(f"附件展开后超过上限 {shown_size(MOST_BYTES)}", hint=CHANGED)
        self.files[name] = content
        self.left -= len(content)


def unreadable(name: str) -> MalformedDocument:
    """Return the error of a file that cannot be unpacked."""
    return MalformedDocument(f"附件 {printable(name)} 读不出来", hint=CHANGED)


def refuse_changed(files: Mapping[str, bytes], digests: object) -> None:
    """Refuse files that are not those whose SHA-256 the record of their edition lists.

    Raises:
        MalformedDocument: one is another, one is missing or one is too many.
    """
    listed = digests if isinstance(digests, dict) else {}
    held = {
        name: hashlib.sha256(content).hexdigest()
        for name, content in files.items()
        if name != EDITION
    }
    other = sorted(name for name in {*listed, *held} if listed.get(name) != held.get(name))
    if other:
        names = "、".join(printable(name) for name in other)
        raise MalformedDocument(f"附件与 {EDITION} 所记的摘要不同：{names}", hint=CHANGED)
