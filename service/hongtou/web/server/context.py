"""The objects that all connections of a server share."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.rendering.renders import Renders
from hongtou.web.door import Door
from hongtou.web.metrics import Metrics
from hongtou.web.server.budget import Budget


@dataclass(frozen=True, slots=True)
class ServerContext:
    """Shared by connections: the door, the renders, the metrics, and budgets of memory.

    ``uploads`` is for large bodies that are received, ``answers`` for responses not yet sent.
    """

    door: Door
    renders: Renders
    metrics: Metrics
    uploads: Budget
    answers: Budget
