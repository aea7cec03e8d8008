"""How long a transaction waits for a server, which may be slow, or silent without end.

The limits of PostgreSQL itself (statement_timeout, lock_timeout) end what takes long over there. A
server that has lost its network answers nothing at all, and each of twenty answers may be slow.
So the waiting of a transaction is added up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

WAIT_SECONDS = 5  # for a lock, for a connection, for all answers of a transaction


class Patience(threading.local):
    """The waiting of a thread's transaction: how long it may be, and what is left, in seconds."""

    whole: float = WAIT_SECONDS
    left: float = WAIT_SECONDS

    def begin(self) -> None:
        """Begin a transaction, which has waited for nothing yet."""
        self.left = self.whole

    @contextmanager
    def spent(self) -> Iterator[float]:
        """Take off what a block waits; yield what was left before it."""
        began = monotonic()
        try:
            yield self.left
        finally:
            self.left -= monotonic() - began


PATIENCE = Patience()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Let each transaction of this thread wait so long: migrations, walks over whole tables."""
    before, PATIENCE.whole = PATIENCE.whole, seconds
    PATIENCE.begin()
    try:
        yield
    finally:
        PATIENCE.whole = before
        PATIENCE.begin()
