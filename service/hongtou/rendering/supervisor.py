"""The thread that keeps a crew able to work, whatever happens to its processes."""

from __future__ import annotations

import threading
import time

from hongtou.bulletin.errors import ServiceError
from hongtou.rendering.process import Lost
from hongtou.rendering.vitals import Vitals
from hongtou.rendering.workforce import Staff

ROUND_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 5.0


class Supervisor:
    """Replaces a foreman that is dead or hangs, drops dead workers, keeps a spare one ready."""

    def __init__(self, staff: Staff, vitals: Vitals) -> None:
        self._staff = staff
        self._vitals = vitals
        self._not_before = 0.0  # for a foreman whose installation is at fault

    def start(self) -> None:
        """Begin; RuntimeError where there may be no more threads."""
        threading.Thread(target=self._run, name="supervisor", daemon=True).start()

    def _run(self) -> None:
        """Make rounds; whatever one of them stumbles over, nobody else would make the next."""
        while not self._staff.closed.is_set():
            try:
                self._round()
            except Exception as cause:
                self._staff.tell("supervisor-stumbled", f"{type(cause).__name__}: {cause}"[:200])
            self._vitals.beat()
            self._staff.wanted.wait(ROUND_SECONDS)

    def _round(self) -> None:
        foreman = self._staff.foreman
        if foreman is None or not foreman.is_alive():
            self._replace()
            return
        self._staff.wanted.clear()
        self._staff.drop_dead()
        self._vitals.hired("" if self._staff.add_spare() else "不能再有新的排版进程")

    def _replace(self) -> None:
        if time.monotonic() < self._not_before:
            return
        try:
            self._staff.replace(self._staff.foreman)
        except Lost:
            return
        except ServiceError as cause:  # the installation has changed: it may take a while
            self._staff.tell("foreman-missing", str(cause))
            self._not_before = time.monotonic() + AFTER_FAILURE_SECONDS
