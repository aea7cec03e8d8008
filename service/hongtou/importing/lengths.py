"""What of an imported issue is longer than the contract allows: it is taken whole, and told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from hongtou.bulletin.errors import TooLarge
from hongtou.importing.imported import Doubt, Imported, Line
from hongtou.intake import read_issue

TOO_LONG = ("document/too-long", "nameplate/too-long")


def with_lengths(imported: Imported) -> Imported:
    """Return an import with a doubt for every text and list over a limit, and how long it is."""
    doubts = sorted((*imported.doubts, *_too_long(imported)), key=lambda doubt: doubt.line)
    return replace(imported, doubts=tuple(doubts))


def _too_long(imported: Imported) -> Iterator[Doubt]:
    document = json.dumps(imported.issue, ensure_ascii=False).encode()
    with suppress(TooLarge):  # nothing is set of it anyway, and the desk says why
        for one in read_issue(document, images=imported.pictures).findings:
            if one.code in TOO_LONG and one.pointer:
                message = f"{one.message}；照样取了，{one.hint or '请精简'}"
                yield Doubt(message, _line_at(one.pointer, imported.lines), one.pointer)


def _line_at(pointer: str, lines: Sequence[Line]) -> int:
    """Return the longest of the lines that became part of a place, 0 if there is none."""
    found = [one for one in lines if f"{one.pointer}/".startswith(f"{pointer}/")]
    return max(found, key=lambda one: len(one.text)).number if found else 0
