"""waitress in front of the application: it buffers slow clients, and stops without losing work."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

import structlog
from flask import Flask
from waitress import create_server
from waitress.server import BaseWSGIServer

from hongtou import __version__
from hongtou.bulletin.errors import SetupError
from hongtou.config import Config
from hongtou.rendering import TYPESETTER, Cancelled, WorkerPool, guard_memory
from hongtou.rendering.queue import RenderQueue
from hongtou.web.app import create_app
from hongtou.web.log import configure_log, take_all_in
from hongtou.web.metrics import Metrics
from hongtou.web.pages.views import read_examples
from hongtou.web.readiness import ROOM_BYTES
from hongtou.web.renders import Renders
from hongtou.web.server.budget import Budget
from hongtou.web.server.channel import Connection
from hongtou.web.server.descriptors import connections, occupy_standard_streams
from hongtou.web.server.dispatching import Dispatcher
from hongtou.web.server.event_loop import Loop
from hongtou.web.server.handover import Handover
from hongtou.web.server.sockets import READY, STOPPING, Supervision, take_over
from hongtou.web.server.waitress_fixes import replace_parts
from hongtou.web.server.watchdog import Pulse, Watchdog, ask_threads
from hongtou.web.shared import Shared

DRAIN_SECONDS = 30
LOOK_SECONDS = 0.05
SILENT_CLIENT_SECONDS = 30
LOOK_FOR_SILENT_SECONDS = 1
MIB = 1024 * 1024
UPLOAD_BYTES = 128 * MIB  # of large bodies that are held at once: two of the largest
ANSWER_BYTES = 128 * MIB  # that clients have not taken yet: two of the largest files
BACKLOG = 4096  # connections that wait to be taken; the kernel drops others, which costs them 1 s
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

log = structlog.get_logger("hongtou")


@dataclass(slots=True)
class Shutdown:
    """Ends the server once: first no new work, then the rest, then the process."""

    queue: RenderQueue
    worker_pool: WorkerPool
    channels: Mapping[int, Any]  # waitress's map of everything that it reads and writes
    supervision: Supervision
    wanted: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Take the signals that end a service.

        A thread waits for them from the start: where there may be no more processes, there may be
        no more threads. A terminal that is closed may send SIGHUP twice; under nohup it is ignored.
        """
        threading.Thread(target=self._drain, daemon=True).start()
        for number in SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self._begin)

    def _begin(self, number: int, frame: FrameType | None) -> None:
        """Begin to stop; SIGTERM or SIGINT once more ends at once."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self._end)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        if self.supervision.sockets:
            Handover(self.channels).begin()
        else:
            self.queue.stop()
        self.supervision.tell(STOPPING)
        self.wanted.set()

    def _drain(self) -> None:
        self.wanted.wait()
        log.info("stopping")
        if self.supervision.sockets:
            unsent = Handover(self.channels).finish(DRAIN_SECONDS)
            drained = not unsent
        else:
            drained, unsent = self._finish()
        log.info("stopped", drained=drained, unsent=unsent)
        # To the main thread: one sent to the process may wait for the next turn of its loop.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

    def _finish(self) -> tuple[bool, int]:
        """Do what was taken on and send it; return whether it was done, and how much is unsent."""
        deadline = time.monotonic() + DRAIN_SECONDS
        drained = self.queue.drain(DRAIN_SECONDS)
        while (unsent := self._unsent()) and time.monotonic() < deadline:
            time.sleep(LOOK_SECONDS)
        return drained, unsent

    def _unsent(self) -> int:
        """Return how many connections still wait for their answer, or for the rest of it."""
        channels = [one for one in list(self.channels.values()) if isinstance(one, Connection)]
        return sum(bool(one.requests or one.total_outbufs_len) for one in channels)

    def _end(self, number: int, frame: FrameType | None) -> None:
        self.worker_pool.close()  # what is still at work is answered with 503 at once
        raise SystemExit(0)


def run(config: Config, opener: str = TYPESETTER) -> None:
    """Serve until a signal, with the typesetter that ``opener`` opens.

    SetupError if the installation or the port cannot be used.
    """
    occupy_standard_streams()
    configure_log()
    guard_memory()
    take_all_in()
    _end_early()
    log.info("starting", version=__version__, pid=os.getpid())
    supervision = take_over()
    config = supervision.listens(config)
    most = connections(config)
    metrics = Metrics()
    worker_pool: WorkerPool | None = None
    try:
        worker_pool = _hire(config, metrics, opener)
        app = create_app(config, worker_pool, metrics, log_notice)
        channels: dict[int, Any] = {}
        server = _listen(app, config, channels, most, supervision)
        _watch(app, server, channels, supervision)
        Shutdown(app.extensions["renders"].queue, worker_pool, channels, supervision).watch()
        supervision.tell(READY)
        log.info("listening", url=config.url, protections=list(worker_pool.protections))
        server.run()
    finally:
        if worker_pool is not None:
            worker_pool.close()


def _end_early() -> None:
    """Let a signal that comes before there is any work end the process, in good order.

    Whoever started it may have blocked signals; nobody could then end it but by SIGKILL.
    """
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    for number in SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGTERM:
            signal.signal(number, _leave)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def log_notice(event: str, cause: str) -> None:
    """Write a line about something that somebody should look at."""
    log.warning(event, cause=cause)


def _watch(app: Flask, server: Any, channels: Mapping[int, Any], supervision: Supervision) -> None:
    """Ask the loop and the threads from now on whether they still turn, and show how soon."""
    watchdog: Watchdog = app.extensions["watchdog"]
    watchdog.keep_alive = supervision.keep_alive
    listening = next(one for one in channels.values() if isinstance(one, BaseWSGIServer))
    watchdog.pulses = {
        "loop": Pulse(listening.trigger.pull_trigger),
        "pool": Pulse(ask_threads(server.task_dispatcher)),
    }
    metrics: Metrics = app.extensions["renders"].metrics
    for name, pulse in watchdog.pulses.items():
        metrics.watch(f"{name}_lag_seconds", "Longest delay of the last 15 s", pulse.lag)
    metrics.watch("connections", "Open connections", lambda: len(listening.active_channels))
    watchdog.start()


def _hire(config: Config, metrics: Metrics, opener: str) -> WorkerPool:
    """Open the pool; the examples are set once, so that a broken engine shows at start."""

    def notice(event: str, cause: str, request_id: str) -> None:
        if cause == Cancelled.__name__:  # the client's doing, and nobody's fault
            log.info(event, cause=cause, request_id=request_id)
            return
        metrics.process_ended(event, cause)
        log.warning(event, cause=cause, request_id=request_id)

    worker_pool = WorkerPool(
        config, notice, documents=tuple(read_examples().values()), opener=opener
    )
    metrics.watch(
        "supervisor_beat_age_seconds", "Since the supervisor's last round", worker_pool.beat_age
    )
    metrics.watch("last_render_age_seconds", "Since a render was last done", worker_pool.proof_age)
    metrics.watch(
        "workers",
        "Render workers, waiting for work and at work",
        idle=lambda: worker_pool.counts().idle,
        busy=lambda: worker_pool.counts().busy,
    )
    return worker_pool


def _listen(
    app: Flask, config: Config, channels: dict[int, Any], most: int, supervision: Supervision
) -> Any:
    where: dict[str, Any] = {"host": config.host, "port": config.port}
    if supervision.sockets:
        where = {"sockets": list(supervision.sockets)}
    replace_parts()
    try:
        server = create_server(
            app,
            map=channels,
            _dispatcher=Dispatcher(config.threads),
            **where,
            url_prefix=config.prefix,
            ident=None,
            backlog=BACKLOG,
            channel_timeout=SILENT_CLIENT_SECONDS,
            max_request_body_size=config.request_bytes,
            clear_untrusted_proxy_headers=True,
            asyncore_use_poll=True,
            cleanup_interval=LOOK_FOR_SILENT_SECONDS,
        )
    except (OSError, ValueError) as cause:
        raise SetupError(
            f"不能监听 {config.url}：{cause}",
            hint="请用 --port 换一个端口，或停止占用该端口的程序",
        ) from cause
    except RuntimeError as cause:
        raise SetupError(
            f"不能启动 {config.threads} 个线程",
            hint="请放宽地址空间（ulimit -v、LimitAS=）或进程数（ulimit -u、TasksMax=）",
        ) from cause
    renders: Renders = app.extensions["renders"]
    server.asyncore = Loop(renders.queue.is_full)
    shared = Shared(app.extensions["door"], renders, _uploads(config), Budget(ANSWER_BYTES))
    for listening in channels.values():  # a name may stand for several addresses
        if isinstance(listening, BaseWSGIServer):
            listening.shared, listening.most = shared, most
    ring = app.extensions["gate"].ring
    renders.metrics.watch(
        "keys_faults", "Bad lines and files of keys", lambda: ring.faults if ring else 0
    )
    renders.metrics.watch("upload_bytes", "Large bodies that are held", lambda: shared.uploads.held)
    renders.metrics.watch("unsent_bytes", "Answers not taken yet", lambda: shared.answers.held)
    return server


def _uploads(config: Config) -> Budget:
    """Return the room for large bodies: what the temporary folder has, beside what is asked of it.

    One of the largest is let in whatever there is: it may be smaller than it says.
    """
    room = shutil.disk_usage(tempfile.gettempdir()).free - ROOM_BYTES
    return Budget(max(config.request_bytes, min(UPLOAD_BYTES, room)))
