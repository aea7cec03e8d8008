"""The order in which threads take requests: tenants take turns, and the database gets some.

waitress takes requests in order of arrival, so that a thousand connections of a single address
would come before all others. And a database that answers late would soon have all threads wait for
it: none would be left for renders, and for whoever asks whether the service is alive. An identity
provider that answers late counts as the database does.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from hongtou.config import SPARE_THREADS
from hongtou.web.watchdog import Ask

ARCHIVE_THREADS = SPARE_THREADS - 2  # which may wait for the database; two wait for nothing
SHARE = 3  # where there are few threads, one in three may wait for the database


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


class SharedQueue:
    """Tasks that wait for a thread; of those that use the archive only so many are given out."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._at_work = 0
        self._free, self._bound = FairQueue(), FairQueue()
        self._is_turn_of_bound = False

    def __len__(self) -> int:
        """Return how many could be taken now."""
        return len(self._free) + min(len(self._bound), self._most - self._at_work)

    def append(self, task: Any) -> None:
        """Put a task behind the others of its tenant and kind."""
        (self._bound if _is_bound(task) else self._free).append(task)

    def popleft(self) -> Any:
        """Return the next task; the kinds take turns."""
        is_bound = bool(self._bound) and self._at_work < self._most
        if is_bound and (self._is_turn_of_bound or not self._free):
            self._is_turn_of_bound = False
            self._at_work += 1
            return self._bound.popleft()
        self._is_turn_of_bound = True
        return self._free.popleft()

    def give_back(self) -> None:
        """Note that a task that uses the archive is done."""
        self._at_work -= 1


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The pool of threads that answer requests."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.queue = SharedQueue(max(1, min(ARCHIVE_THREADS, threads // SHARE)))
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Put a task into the queue."""
        super().add_task(_Counted(task, self._give_back) if _is_bound(task) else task)

    def _give_back(self) -> None:
        with self.lock:
            self.queue.give_back()
            self.queue_cv.notify()  # a thread may sleep though a task is left that may begin now


class _Counted:
    """A task that uses the archive, and tells when it is done."""

    uses_archive = True

    def __init__(self, task: Any, done: Callable[[], None]) -> None:
        self._task, self._done = task, done
        self.tenant = getattr(task, "tenant", "")

    def service(self) -> None:
        """Do it."""
        try:
            self._task.service()
        finally:
            self._done()

    def cancel(self) -> None:
        """Do it no more."""
        self._task.cancel()


def _is_bound(task: Any) -> bool:
    return bool(getattr(task, "uses_archive", False))


class _Ping:
    """A task that only calls a function; waitress sees it as a connection."""

    def __init__(self, done: Callable[[], None]) -> None:
        self.service = done

    def cancel(self) -> None:
        """Do nothing, as the threads are ending."""


def ask_threads(dispatcher: ThreadedTaskDispatcher) -> Ask:
    """Return a function that makes the next free thread call its argument."""
    return lambda done: ThreadedTaskDispatcher.add_task(dispatcher, _Ping(done))
