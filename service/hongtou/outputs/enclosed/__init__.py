"""An archived edition → the files that it carries: the issue, its pictures, how it was made.

carried.py    names, sizes and digests of what a file carries
pdf_file.py   the files that a PDF carries     ofd_file.py   those that an OFD file carries
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hongtou.bulletin.enclosed_names import EDITION, ISSUE
from hongtou.bulletin.errors import MalformedDocument
from hongtou.outputs.enclosed.carried import CHANGED, Carried, refuse_changed
from hongtou.outputs.enclosed.ofd_file import carried_by_ofd
from hongtou.outputs.enclosed.pdf_file import carried_by_pdf

ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files of an edition by name, and the record of how it was made."""

    files: Mapping[str, bytes]
    edition: Mapping[str, Any]


def enclosed_in(content: bytes) -> Enclosed:
    """Return what an archived PDF or OFD file carries, if nobody has changed it since.

    Raises:
        MalformedDocument: it is no such file, or its files are not those that its record lists.
        TooLarge: the files are too large.
    """
    files = _carried(content)
    if ISSUE not in files or EDITION not in files:
        raise MalformedDocument(
            "这份文件里没有稿件",
            hint="只有本服务的 OFD 和 PDF/A-3a、PDF/A-4f 归档文件附有稿件；PDF/A-2a 不许带附件",
        )
    edition = _record(files[EDITION])
    refuse_changed(files, edition.get("files"))
    return Enclosed(files, edition)


def _carried(content: bytes) -> dict[str, bytes]:
    carried = Carried()
    read = carried_by_ofd if content.startswith(ZIP) else carried_by_pdf
    read(content, carried)
    return carried.files


def _record(content: bytes) -> Mapping[str, Any]:
    """Return the record of an edition.

    Raises:
        MalformedDocument: it is no JSON object.
    """
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise MalformedDocument(f"附件 {EDITION} 读不懂", hint=CHANGED)
    return record
