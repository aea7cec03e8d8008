"""The order in which threads take requests: tenants take turns.

waitress takes requests in order of arrival, so that a thousand connections of a single address
would come before all others.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from hongtou.web.watchdog import Ask


class FairQueue:
    """Tasks that wait for a thread, by tenant; replaces a deque of waitress."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Any]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, task: Any) -> None:
        """Put a task behind the others of its tenant."""
        self._waiting.setdefault(getattr(task, "tenant", ""), deque()).append(task)
        self._count += 1

    def popleft(self) -> Any:
        """Return the first task of the next tenant, whose turn is then last."""
        tenant, tasks = self._waiting.popitem(last=False)
        task = tasks.popleft()
        if tasks:
            self._waiting[tenant] = tasks
        self._count -= 1
        return task


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The pool of threads that answer requests."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.queue = FairQueue()
        self.set_thread_count(threads)


class _Ping:
    """A task that only calls a function; waitress sees it as a connection."""

    def __init__(self, done: Callable[[], None]) -> None:
        self.service = done

    def cancel(self) -> None:
        """Do nothing, as the threads are ending."""


def ask_threads(dispatcher: ThreadedTaskDispatcher) -> Ask:
    """Return a function that makes the next free thread call its argument."""
    return lambda done: ThreadedTaskDispatcher.add_task(dispatcher, _Ping(done))
