"""A connection to PostgreSQL that waits no longer than its transaction may. Needs psycopg."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from math import ceil
from time import monotonic
from typing import Any

import psycopg

from hongtou.store.patience import PATIENCE, WAIT_SECONDS

LEAST_SECONDS = 2  # of a connection. Source: PostgreSQL documentation, connect_timeout
NO_ANSWER = "no answer in time"


class NoAnswer(Exception):
    """The server has not answered in time."""


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed where the server takes too long to answer."""

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        """Return what steps of psycopg's come to.

        Raises:
            psycopg.OperationalError: the server does not answer in time.
        """
        with PATIENCE.spent() as left:
            try:
                return super().wait(_in_time(gen, monotonic() + left), *args, **kwargs)
            except NoAnswer as cause:
                self.pgconn.finish()
                raise psycopg.OperationalError(NO_ANSWER) from cause


def connect(_: object, __: object, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """Return a new connection; the transaction waits no longer for it than it still may.

    Raises:
        psycopg.OperationalError: the server does not answer in time.
    """
    with PATIENCE.spent() as left:
        if left <= 0:
            raise psycopg.OperationalError(NO_ANSWER)
        seconds = max(LEAST_SECONDS, ceil(min(left, WAIT_SECONDS)))
        return PatientConnection.connect(*given, **{**named, "connect_timeout": seconds})


def _in_time(steps: Generator[Any, Any, Any], end: float) -> Generator[Any, Any, Any]:
    """Take psycopg's steps until a moment; while nothing comes it asks several times a second."""
    try:
        wanted = next(steps)
        while True:
            ready = yield wanted
            if not ready and monotonic() > end:
                raise NoAnswer
            wanted = steps.send(ready)
    except StopIteration as ended:
        return ended.value
