"""Which request a thread takes next: one of each client's in turn, not all of one's first.

waitress takes them as they came. A thousand connections of one address that each ask for a page
would then stand before everybody else.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Any

from waitress.task import ThreadedTaskDispatcher

from hongtou.web.watchdog import Ask


class FairQueue:
    """What waits for a thread, by whom it is counted for; stands for a deque in waitress."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, deque[Any]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, task: Any) -> None:
        """Put a task behind those of its tenant."""
        self._waiting.setdefault(getattr(task, "tenant", ""), deque()).append(task)
        self._count += 1

    def popleft(self) -> Any:
        """Return the first task of whoever is next, who is then last."""
        tenant, tasks = self._waiting.popitem(last=False)
        task = tasks.popleft()
        if tasks:
            self._waiting[tenant] = tasks
        self._count -= 1
        return task


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """The threads that answer."""

    def __init__(self, threads: int) -> None:
        super().__init__()
        self.queue = FairQueue()
        self.set_thread_count(threads)


class _Errand:
    """What a thread of waitress is given instead of a connection."""

    def __init__(self, done: Callable[[], None]) -> None:
        self.service = done

    def cancel(self) -> None:
        """Do nothing: the threads are ended."""


def ask_threads(dispatcher: ThreadedTaskDispatcher) -> Ask:
    """Return how to ask the threads of a dispatcher: whichever is free answers."""
    return lambda done: ThreadedTaskDispatcher.add_task(dispatcher, _Errand(done))
