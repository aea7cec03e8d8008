"""Argon2: hashes of passwords, two at a time at most, in threads that give way to renders."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError, VerifyMismatchError

from hongtou.accounts.passwords import normal_password
from hongtou.bulletin.errors import Busy

# Source: OWASP, Password Storage Cheat Sheet, Argon2id.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
AT_ONCE = 2  # the processor is needed for renders
# Beside renders that take all processors a log-in gets a tenth of one, and takes half a second.
NICENESS = 10
MOST = 8  # at work and waiting; the threads of the service are for others too

Result = TypeVar("Result")


class Hashing:
    """Hashes passwords and compares them."""

    def __init__(self) -> None:
        self._room = threading.BoundedSemaphore(MOST)
        self._threads = ThreadPoolExecutor(AT_ONCE, "hashing", _give_way)
        # Compared where there is no account, so that an unknown name takes as long as a known one.
        self._nobody = HASHER.hash("nobody")

    def hash(self, password: str) -> str:
        """Return the hash of a password.

        Raises:
            Busy: too many wait for theirs.
        """
        return self._in_turn(lambda: HASHER.hash(normal_password(password)))

    def is_right(self, password_hash: str, password: str) -> bool:
        """Tell whether a hash is that of a password; none, "", costs the same time.

        Raises:
            Busy: too many wait for theirs, or it cannot be told now.
        """
        try:
            self._in_turn(
                lambda: HASHER.verify(password_hash or self._nobody, normal_password(password))
            )
        except (VerifyMismatchError, InvalidHashError):
            return False
        except Argon2Error as cause:  # most likely of memory: nobody knows whether it is right
            raise Busy("密码现在核对不了", hint="请稍等几秒再试") from cause
        return password_hash != ""

    def refuse_crowd(self) -> None:
        """Refuse whoever would have to be refused now.

        Raises:
            Busy: too many wait for their hash.
        """
        self._take_room()
        self._room.release()

    def _in_turn(self, work: Callable[[], Result]) -> Result:
        self._take_room()
        try:
            return self._threads.submit(work).result()
        finally:
            self._room.release()

    def _take_room(self) -> None:
        if not self._room.acquire(blocking=False):
            raise Busy("同时登录的人过多", hint="请稍等几秒再试")


def _give_way() -> None:
    """Let this thread, and no other, run after others."""
    with suppress(OSError):  # where that is forbidden, it is as the others
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
