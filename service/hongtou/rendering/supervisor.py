"""The thread that restores a worker pool after its processes die."""

from __future__ import annotations

import threading
import time

from hongtou.bulletin.errors import ServiceError
from hongtou.rendering.health import RenderHealth
from hongtou.rendering.process import WorkerDied
from hongtou.rendering.workforce import Workforce

ROUND_SECONDS = 0.5
AFTER_FAILURE_SECONDS = 5.0


class Supervisor:
    """Replaces a dead or hanging fork server, drops dead workers and keeps a spare one ready."""

    def __init__(self, workforce: Workforce, health: RenderHealth) -> None:
        self._workforce = workforce
        self._health = health
        self._not_before = 0.0  # when to try again after a fault of the installation

    def start(self) -> None:
        """Start the thread.

        Raises:
            RuntimeError: the system allows no more threads.
        """
        threading.Thread(target=self._run, name="supervisor", daemon=True).start()

    def _run(self) -> None:
        """Make rounds until the pool closes; an error must not end the only supervisor."""
        while not self._workforce.closed.is_set():
            try:
                self._round()
            except Exception as cause:
                self._workforce.tell(
                    "supervisor-stumbled", f"{type(cause).__name__}: {cause}"[:200]
                )
            self._health.beat()
            self._workforce.wanted.wait(ROUND_SECONDS)

    def _round(self) -> None:
        fork_server = self._workforce.fork_server
        if fork_server is None or not fork_server.is_alive():
            self._replace()
            return
        self._workforce.wanted.clear()
        self._workforce.drop_dead()
        self._health.set_shortage("" if self._workforce.add_spare() else "不能再有新的排版进程")

    def _replace(self) -> None:
        if time.monotonic() < self._not_before:
            return
        try:
            self._workforce.replace(self._workforce.fork_server)
        except WorkerDied:
            return
        except ServiceError as cause:  # the installation has changed; a retry may take a while
            self._workforce.tell("fork-server-missing", str(cause))
            self._not_before = time.monotonic() + AFTER_FAILURE_SECONDS
