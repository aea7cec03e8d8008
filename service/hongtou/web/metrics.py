"""``/metrics``: the counters of the service, for Prometheus.

Names and units follow Prometheus's conventions; no label holds content of an issue. All foreseeable
series exist from the start, as a rate needs a value before the first event.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import monotonic

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from hongtou import __version__
from hongtou.bulletin.errors import Busy, ServiceError, Stopping
from hongtou.records import error_kind
from hongtou.rendering import Cancelled
from hongtou.rendering.observer import DONE, UNCHANGED, Ending, Task
from hongtou.web.problems import PROBLEMS
from hongtou.web.route import Route

# From the time of a cached edition to the longest time of a render and its wait: half of all
# renders take 15 to 35 ms; the limit is 30 s.
SECONDS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
TASKS: tuple[Task, ...] = ("produce", "check", "preview", "import")
ABANDONED, FAULT, CACHED = "abandoned", "fault", "kept"
REFUSALS = (Busy, Stopping)
STATUSES = ("200", "500", "503")
RENDER_STATUSES = (*STATUSES, "401", "422", "429", "504")
ENDED = ("worker-ended", "fork-server-ended")
NO_ROUTE = "none"  # of requests that did not reach the application
WIRE_STATUSES = (
    "400",
    "401",
    "403",
    "404",
    "405",
    "413",
    "414",
    "415",
    "429",
    "431",
    "500",
    "501",
    "503",
)
ENDINGS = (
    ("worker-ended", "RenderLimit"),
    ("worker-ended", "SIGKILL"),
    ("worker-ended", "SIGSEGV"),
    ("worker-ended", "idle"),
    ("fork-server-ended", "lost"),
)
# Reasons to close a connection: too slow or silent, too many connections, too much unread data.
CLOSED = SLOW, CROWDED, UNREAD = "slow", "crowded", "unread"

# Otherwise every counter has a second series with the start of this process.
disable_created_metrics()  # type: ignore[no-untyped-call]

Number = Callable[[], float]


class Metrics:
    """The counters of an application with these routes."""

    def __init__(self, routes: Sequence[Route]) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        build = self._gauge("build_info", "The version that runs; always 1", "version")
        build.labels(__version__).set(1)
        self.renders = self._counter("renders", "Tasks, by how they ended", "task", "outcome")
        self.seconds = self._histogram("render_seconds", "Time of finished tasks, with their wait")
        self.queue_wait = Histogram(
            "hongtou_queue_wait_seconds",
            "Time from a request's door to its turn",
            buckets=SECONDS,
            registry=self.registry,
        )
        self.pages = self._counter("pages", "Pages that were set")
        self.refusals = self._counter("refusals", "Tasks that were not begun", "reason")
        self.ended = self._counter(
            "processes_ended",
            "Render processes that were lost or had to be ended",
            "event",
            "cause",
        )
        self.answers = self._counter("http_answers", "Answers to requests", "route", "status")
        self.closed = self._counter("connections_closed", "Connections that we ended", "reason")
        self.hits = self._counter("cache_hits", "Tasks whose product was kept")
        self.misses = self._counter("cache_misses", "Tasks whose product was not kept")
        self._begin(routes)

    def watch(self, name: str, title: str, *numbers: Number, **by_state: Number) -> None:
        """Show a number, or a number per state, with its current value."""
        gauge = self._gauge(name, title, *(("state",) if by_state else ()))
        for number in numbers:
            gauge.set_function(number)
        for state, number in by_state.items():
            gauge.labels(state).set_function(number)

    @contextmanager
    def running(self, task: Task) -> Iterator[Ending]:
        """Count and time a task, whether it succeeds or fails."""
        began = monotonic()
        ending, outcome = Ending(), FAULT
        try:
            yield ending
            outcome = ending.outcome
        except Cancelled:
            outcome = ABANDONED
            raise
        except ServiceError as error:
            outcome = error_kind(error)
            if isinstance(error, REFUSALS):
                self.refusals.labels(outcome).inc()
            raise
        finally:
            self.renders.labels(task, outcome).inc()
            if outcome == DONE:
                self.seconds.labels(task).observe(monotonic() - began)

    @contextmanager
    def entering(self, task: Task) -> Iterator[None]:
        """Count a task that is refused a place."""
        try:
            yield
        except REFUSALS as error:
            self.refusals.labels(error_kind(error)).inc()
            self.renders.labels(task, error_kind(error)).inc()
            raise

    def waited(self, seconds: float) -> None:
        """Record the time that a task waited for its turn."""
        self.queue_wait.observe(seconds)

    def pages_set(self, count: int) -> None:
        """Count the pages of an edition."""
        self.pages.inc(count)

    def found_in_cache(self, task: Task) -> None:
        """Count a task whose edition was in the cache."""
        self.hits.inc()
        self.renders.labels(task, CACHED).inc()

    def missed_in_cache(self) -> None:
        """Count a task whose edition was not in the cache."""
        self.misses.inc()

    def answered(self, route: str, status: int) -> None:
        """Count a response; ``route`` is the endpoint, NO_ROUTE if there is none."""
        self.answers.labels(route, str(status)).inc()

    def process_ended(self, event: str, cause: str) -> None:
        """Count a process that ended; other events of processes are not counted."""
        if event in ENDED:
            self.ended.labels(event, cause).inc()

    def page(self) -> bytes:
        """Return all metrics in Prometheus's text format."""
        return generate_latest(self.registry)

    def _begin(self, routes: Sequence[Route]) -> None:
        """Create all foreseeable series with a count of zero."""
        outcomes = (DONE, ABANDONED, FAULT, *map(error_kind, PROBLEMS))
        for task in TASKS:
            self.seconds.labels(task)
            for outcome in (*outcomes, CACHED, UNCHANGED) if task == "produce" else outcomes:
                self.renders.labels(task, outcome)
        for reason in CLOSED:
            self.closed.labels(reason)
        for refusal in REFUSALS:
            self.refusals.labels(error_kind(refusal))
        for event, cause in ENDINGS:
            self.ended.labels(event, cause)
        for route in routes:
            for status in RENDER_STATUSES if route.task else STATUSES:
                self.answers.labels(route.endpoint, status)
        for status in WIRE_STATUSES:
            self.answers.labels(NO_ROUTE, status)

    def _counter(self, name: str, title: str, *labels: str) -> Counter:
        return Counter(f"hongtou_{name}", title, labels, registry=self.registry)

    def _gauge(self, name: str, title: str, *labels: str) -> Gauge:
        return Gauge(f"hongtou_{name}", title, labels, registry=self.registry)

    def _histogram(self, name: str, title: str) -> Histogram:
        return Histogram(
            f"hongtou_{name}", title, ["task"], buckets=SECONDS, registry=self.registry
        )
