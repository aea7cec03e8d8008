"""What all connections of a service have in common."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.web.metrics import Metrics
from hongtou.web.renders import Renders
from hongtou.web.server.budget import Budget
from hongtou.web.server.door import Door


@dataclass(frozen=True, slots=True)
class Shared:
    """The rules, the places and the room that connections share.

    ``uploads`` counts the large bodies that are held, ``answers`` what clients have not taken.
    """

    door: Door
    renders: Renders
    uploads: Budget
    answers: Budget

    @property
    def metrics(self) -> Metrics:
        """Return what counts."""
        return self.renders.metrics
