"""The observer of renders, which the metrics implement."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

Task = Literal["produce", "check", "preview", "import"]  # what a caller asks for
PREVIEW: Task = "preview"

DONE, UNCHANGED = "done", "unchanged"


@dataclass(slots=True)
class Ending:
    """The ending of a task that raised nothing: ``outcome`` is DONE or UNCHANGED."""

    outcome: str = DONE


class RenderObserver(Protocol):
    """Counts tasks; called by many threads at once."""

    def entering(self, task: Task) -> AbstractContextManager[None]:
        """Watch a task enter the queue; Busy or Stopping passes through if it cannot."""

    def running(self, task: Task) -> AbstractContextManager[Ending]:
        """Watch a task with a place from its wait to its end, which may be an error."""

    def waited(self, seconds: float) -> None:
        """Note the time that a task waited for its turn."""

    def pages_set(self, count: int) -> None:
        """Note the pages of an edition that was made."""

    def found_in_cache(self, task: Task) -> None:
        """Note a task whose edition was in the cache."""

    def missed_in_cache(self) -> None:
        """Note a task whose edition was not in the cache."""
