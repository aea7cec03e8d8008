"""waitress in front of the application: it buffers slow clients, and stops without losing work."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from types import FrameType
from typing import Any

import structlog
from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

from service.config import Config
from service.errors import SetupError
from service.web.app import create_app, request_id
from service.web.bench import Bench
from service.web.log import configure_log
from service.web.metrics import Metrics
from service.web.pages import read_examples
from service.web.patience import PatientChannel
from service.web.problems import MEDIA_TYPE, problem_body, problem_of_status
from service.web.security import HEADERS
from service.workers import WORKSHOP, Crew

DRAIN_SECONDS = 30
LOOK_SECONDS = 0.05
SILENT_CLIENT_SECONDS = 30
LOOK_FOR_SILENT_SECONDS = 5
CONNECTIONS = 1000

log = structlog.get_logger("hongtou")


class ProblemTask(ErrorTask):  # type: ignore[misc]
    """Answers what is not even a request, and so never reaches the application."""

    def execute(self) -> None:
        """Write a problem document instead of waitress's plain text."""
        error = self.request.error
        kind, problem = problem_of_status(error.code)
        new_id = request_id("")
        body = problem_body(kind, problem, problem.advice, new_id)
        self.status = f"{error.code} {error.reason}"
        own = {"Content-Type": MEDIA_TYPE, "X-Request-Id": new_id}
        self.response_headers += [*HEADERS.items(), *own.items()]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class ProblemChannel(PatientChannel):
    """A connection whose protocol errors are problem documents too."""

    error_task_class = ProblemTask


@dataclass(slots=True)
class Closing:
    """Ends the server once: first no new work, then the rest, then the process."""

    bench: Bench
    crew: Crew
    channels: Mapping[int, Any]  # waitress's map of everything that it reads and writes

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Begin to stop; the same signal again ends at once."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._end)
        self.bench.stop()
        threading.Thread(target=self._drain, daemon=True).start()

    def _drain(self) -> None:
        deadline = time.monotonic() + DRAIN_SECONDS
        drained = self.bench.drain(DRAIN_SECONDS)
        while (unsent := self._unsent()) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        log.info("stopping", drained=drained, unsent=unsent)
        # To the main thread: one sent to the process may wait for the next turn of its loop.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def _unsent(self) -> int:
        """Return how many connections still wait for their answer, or for the rest of it."""
        channels = [one for one in list(self.channels.values()) if isinstance(one, HTTPChannel)]
        return sum(bool(one.requests or one.total_outbufs_len) for one in channels)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.crew.close()  # what is still at work is answered with 503 at once
        raise SystemExit(0)


def run(config: Config, opener: str = WORKSHOP) -> None:
    """Serve until a signal, with the workshop that ``opener`` opens.

    SetupError if the installation or the port cannot be used.
    """
    configure_log()
    metrics = Metrics()
    crew = _hire(config, metrics, opener)
    try:
        app = create_app(config, crew, metrics)
        channels: dict[int, Any] = {}
        server = _listen(app, config, channels)
        closing = Closing(app.extensions["bench"], crew, channels)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, closing)
        log.info(
            "listening", url=f"http://{config.host}:{config.port}", shields=list(crew.shields)
        )
        server.run()
    finally:
        crew.close()


def _hire(config: Config, metrics: Metrics, opener: str) -> Crew:
    """Open the crew; the examples are set once, so that a broken engine shows at start."""

    def notice(event: str, cause: str) -> None:
        metrics.ended.labels(event, cause).inc()
        log.warning(event, cause=cause)

    return Crew(config, notice, documents=tuple(read_examples().values()), opener=opener)


def _listen(app: Flask, config: Config, channels: dict[int, Any]) -> Any:
    try:
        server = create_server(
            app,
            map=channels,
            host=config.host,
            port=config.port,
            threads=config.threads,
            ident=None,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENT_CLIENT_SECONDS,
            max_request_body_size=config.request_bytes,
            clear_untrusted_proxy_headers=True,
            asyncore_use_poll=True,
            channel_request_lookahead=1,  # go on reading, and so see that a client went away
            cleanup_interval=LOOK_FOR_SILENT_SECONDS,
        )
    except (OSError, ValueError) as cause:
        raise SetupError(
            f"不能监听 {config.host}:{config.port}：{cause}",
            hint="请用 --port 换一个端口，或停止占用该端口的程序",
        ) from cause
    server.channel_class = ProblemChannel
    return server
