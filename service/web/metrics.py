"""``/metrics``: what the service has done and is doing, in the form that Prometheus reads.

Names and units follow Prometheus's conventions; no label holds anything of an issue.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from service.errors import Busy, ServiceError, Stopping
from service.report import error_kind
from service.workers import Abandoned

SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20, 30)
DONE = "done"
ABANDONED = "abandoned"
FAULT = "fault"
KEPT = "kept"
REFUSALS = (Busy, Stopping)


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.renders = Counter(
            "hongtou_renders", "Tasks, by how they ended", ["task", "outcome"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "hongtou_render_seconds", "Time of finished tasks, waiting included", ["task"],
            buckets=SECONDS, registry=self.registry,
        )
        self.pages = Counter("hongtou_pages", "Pages that were set", registry=self.registry)
        self.refusals = Counter(
            "hongtou_refusals", "Tasks that were not begun", ["reason"], registry=self.registry
        )
        self.ended = Counter(
            "hongtou_processes_ended", "Render processes that were lost or had to be ended",
            ["event", "cause"], registry=self.registry,
        )
        self.places = Gauge(
            "hongtou_requests", "Requests at work and in the queue", ["state"],
            registry=self.registry,
        )

    @contextmanager
    def task(self, name: str) -> Iterator[None]:
        """Count and time one task, whatever comes of it."""
        began = monotonic()
        outcome = FAULT
        try:
            yield
            outcome = DONE
        except Abandoned:
            outcome = ABANDONED
            raise
        except ServiceError as error:
            outcome = error_kind(error)
            if isinstance(error, REFUSALS):
                self.refusals.labels(outcome).inc()
            raise
        finally:
            self.renders.labels(name, outcome).inc()
            if outcome == DONE:
                self.seconds.labels(name).observe(monotonic() - began)

    def kept(self, name: str) -> None:
        """Count a task whose product was on the shelf."""
        self.renders.labels(name, KEPT).inc()

    def refused(self, name: str, error: ServiceError) -> None:
        """Count a task that was turned away at the door."""
        self.refusals.labels(error_kind(error)).inc()
        self.renders.labels(name, error_kind(error)).inc()

    def page(self, running: int, waiting: int) -> bytes:
        """Return everything as text."""
        self.places.labels("running").set(running)
        self.places.labels("waiting").set(waiting)
        return generate_latest(self.registry)
