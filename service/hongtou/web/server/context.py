"""What all connections of a server work with."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.rendering.renders import Renders
from hongtou.web.door import Door
from hongtou.web.metrics import Metrics
from hongtou.web.server.budget import Budget


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The rules, the places and the room that connections share.

    ``uploads`` counts the large bodies that are held, ``answers`` what clients have not taken.
    """

    door: Door
    renders: Renders
    metrics: Metrics
    uploads: Budget
    answers: Budget
