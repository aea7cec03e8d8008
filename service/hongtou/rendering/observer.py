"""What is told of renders, to whoever counts them."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

Task = Literal["produce", "check"]  # what a worker does for a caller

DONE, UNCHANGED = "done", "unchanged"


@dataclass(slots=True)
class Ending:
    """How a task ends that raises nothing: ``outcome`` is DONE or UNCHANGED."""

    outcome: str = DONE


class RenderObserver(Protocol):
    """Counts tasks; called by many threads at once."""

    def entering(self, task: Task) -> AbstractContextManager[None]:
        """Watch a task look for a place; Busy or Stopping is raised where there is none."""

    def running(self, task: Task) -> AbstractContextManager[Ending]:
        """Watch a task that has a place, from its wait to its end, which may be an error."""

    def waited(self, seconds: float) -> None:
        """Take note of the time between a task's place and its turn."""

    def pages_set(self, count: int) -> None:
        """Take note of an edition that was made."""

    def found_in_cache(self, task: Task) -> None:
        """Take note of a task whose product was kept."""

    def missed_in_cache(self) -> None:
        """Take note of a task whose product was not kept."""
