"""What an error came of, in one line for who keeps the service: never for a sender."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

CAUSE_CHARS = 300
MOST_LINKS = 4  # of a chain; the last ones hardly ever say more


class RemoteCause(Exception):
    """What an error of another process came of, as that process told it."""


def cause_of(error: BaseException) -> str:
    """Return what an error came of, the nearest cause first; "" where it came of nothing else.

    The line is printable and at most `CAUSE_CHARS` long. It may quote the text that was set.
    """
    line = " ← ".join(_told(cause) for cause in islice(_causes(error), MOST_LINKS))
    shown = "".join(char if char.isprintable() else "�" for char in " ".join(line.split()))
    return shown if len(shown) <= CAUSE_CHARS else f"{shown[: CAUSE_CHARS - 1]}…"


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield cause
        yield from _causes(cause)


def _told(cause: BaseException) -> str:
    if isinstance(cause, RemoteCause):
        return str(cause)
    return f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
