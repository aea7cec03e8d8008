"""Whether what editors write can be kept now, asked by whoever looks after the service."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic

import structlog

from hongtou.bulletin.causes import cause_of
from hongtou.bulletin.errors import NoArchive, ServiceError

FRESH_SECONDS = 1.0  # for so long an answer holds, however often it is asked for
PATIENCE_SECONDS = 4.0  # a server that hangs answers nothing at all

log = structlog.get_logger("hongtou")


class ArchiveTrial:
    """Tries the archive out in a thread of its own, of which there is one at a time."""

    def __init__(self, try_out: Callable[[], None]) -> None:
        self._try_out = try_out
        self._lock = threading.Lock()
        self._running: threading.Event | None = None
        self._fault: ServiceError | None = None
        self._ended = float("-inf")

    def fault(self) -> ServiceError | None:
        """Return why nothing can be kept now, None if it can; waits 4 seconds at most."""
        with self._lock:
            if self._running is None and monotonic() - self._ended >= FRESH_SECONDS:
                ended = threading.Event()
                try:
                    self._start(ended)
                except RuntimeError:  # nothing is running then: the next one tries again
                    return NoArchive("不能再启动线程", hint="请放宽 ulimit -u 或 TasksMax=")
                self._running = ended
            running = self._running
        if running is not None and not running.wait(PATIENCE_SECONDS):
            return NoArchive(
                "数据库没有答复", hint="请管理员看数据库与网络；它恢复后，这里自行恢复"
            )
        return self._fault

    def _start(self, ended: threading.Event) -> None:
        threading.Thread(target=self._run, args=(ended,), daemon=True, name="archive-trial").start()

    def _run(self, ended: threading.Event) -> None:
        fault: ServiceError | None = None
        try:
            self._try_out()
        except ServiceError as error:
            fault = error
        except Exception as error:
            log.error("unforeseen", exc_info=error)
            fault = NoArchive(f"数据库用不了：{cause_of(error) or error}", hint="请管理员查看日志")
        with self._lock:
            self._fault, self._ended, self._running = fault, monotonic(), None
        ended.set()
