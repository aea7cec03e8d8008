"""The causes of an error as a line of text, for operators and never for senders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from hongtou.bulletin.errors import ServiceError

CAUSE_CHARS = 300
MAX_LINKS = 4  # causes in a chain; further causes rarely help


class RemoteCause(Exception):
    """The causes of an error in another process, as that process described them."""


def cause_of(error: BaseException) -> str:
    """Return the causes of an error, the nearest first, "" if it has none.

    The line is printable, has at most `CAUSE_CHARS`, and may quote text of the issue.
    """
    return _line(_told(cause) for cause in islice(_causes(error), MAX_LINKS))


def account_of(error: BaseException) -> str:
    """Return an error and its causes as such a line, where nothing else tells of the error."""
    return _line(_told(cause) for cause in chain([error], islice(_causes(error), MAX_LINKS)))


def _line(told: Iterable[str]) -> str:
    line = " ← ".join(told)
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
    if isinstance(cause, ServiceError) and cause.hint:
        return f"{type(cause).__name__}: {cause}（{cause.hint}）"
    return f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
