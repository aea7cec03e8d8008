"""Argon2: hashes of passwords, two at a time at most."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from hongtou.accounts.passwords import normal_password
from hongtou.bulletin.errors import Busy

# Source: OWASP, Password Storage Cheat Sheet, Argon2id.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = 2  # the processor is needed for renders
MOST = 8  # at work and waiting; the threads of the service are for others too


class Hashing:
    """Hashes passwords and compares them."""

    def __init__(self) -> None:
        self._room = threading.BoundedSemaphore(MOST)
        self._turn = threading.BoundedSemaphore(AT_ONCE)
        # Compared where there is no account, so that an unknown name takes as long as a known one.
        self._nobody = HASHER.hash("nobody")

    def hash(self, password: str) -> str:
        """Return the hash of a password.

        Raises:
            Busy: too many wait for theirs.
        """
        with self._taking_turns():
            return HASHER.hash(normal_password(password))

    def is_right(self, password_hash: str, password: str) -> bool:
        """Tell whether a hash is that of a password; none, "", costs the same time.

        Raises:
            Busy: too many wait for theirs.
        """
        with self._taking_turns():
            try:
                HASHER.verify(password_hash or self._nobody, normal_password(password))
            except (Argon2Error, InvalidHashError):
                return False
        return password_hash != ""

    @contextmanager
    def _taking_turns(self) -> Iterator[None]:
        if not self._room.acquire(blocking=False):
            raise Busy("同时登录的人过多", hint="请稍等几秒再试")
        try:
            with self._turn:
                yield
        finally:
            self._room.release()
