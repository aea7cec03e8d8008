"""Starts waitress for an application: its sockets, its threads and its memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from waitress import create_server
from waitress.server import BaseWSGIServer

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import UNKNOWN_HOST, listening_remedy, reason_of
from hongtou.config import Config
from hongtou.rendering.renders import Renders
from hongtou.web.door import Door
from hongtou.web.metrics import Metrics
from hongtou.web.readiness import FREE_BYTES
from hongtou.web.server.budget import Budget
from hongtou.web.server.context import ServerContext
from hongtou.web.server.dispatching import Dispatcher, ask_threads
from hongtou.web.server.event_loop import Loop
from hongtou.web.server.sockets import Supervision
from hongtou.web.server.waitress_fixes import replace_parts
from hongtou.web.watchdog import Pulse

SILENT_CLIENT_SECONDS = 30
LOOK_FOR_SILENT_SECONDS = 1
MIB = 1024 * 1024
UPLOAD_BYTES = 128 * MIB  # of large bodies at once: two of the maximum size
ANSWER_BYTES = 128 * MIB  # of unsent responses: two files of the maximum size
BACKLOG = 4096  # connections that wait to be accepted; the kernel delays others by 1 s

Application = Callable[..., Any]  # a WSGI application


@dataclass(frozen=True, slots=True)
class Server:
    """A server whose sockets listen; ``channels`` are all sockets that it reads and writes."""

    waitress: Any
    channels: dict[int, Any]

    def run(self) -> None:
        """Serve until a signal."""
        self.waitress.run()

    @property
    def pulses(self) -> dict[str, Pulse]:
        """Return the pulses of the event loop and of the threads."""
        return {
            "loop": Pulse(self._listening[0].trigger.pull_trigger),
            "pool": Pulse(ask_threads(self.waitress.task_dispatcher)),
        }

    def connections(self) -> int:
        """Return the number of open connections, of all listening sockets."""
        return sum(len(listening.active_channels) for listening in self._listening)

    def share(self, context: ServerContext, max_connections: int) -> None:
        """Give the context and the limit of connections to all listening sockets."""
        for listening in self._listening:
            listening.context, listening.max_connections = context, max_connections

    @property
    def _listening(self) -> list[Any]:
        """Return the listening sockets; a host name may have several addresses."""
        return [peer for peer in self.channels.values() if isinstance(peer, BaseWSGIServer)]


def start(
    application: Application,
    config: Config,
    context: ServerContext,
    supervision: Supervision,
    max_connections: int,
) -> Server:
    """Listen for an application, on inherited sockets if there are any.

    Raises:
        SetupError: the address cannot be used, or the system allows no more threads.
    """
    server = _listen(application, config, supervision)
    server.waitress.asyncore = Loop(context.renders.queue.is_full)
    server.share(context, max_connections)
    return server


def open_context(door: Door, renders: Renders, metrics: Metrics, config: Config) -> ServerContext:
    """Return the context of connections, with its budgets, which the metrics show."""
    context = ServerContext(door, renders, metrics, _uploads(config), Budget(ANSWER_BYTES))
    metrics.watch("upload_bytes", "Large bodies that are held", lambda: context.uploads.held)
    metrics.watch("unsent_bytes", "Answers not taken yet", lambda: context.answers.held)
    return context


def _listen(application: Application, config: Config, supervision: Supervision) -> Server:
    where: dict[str, Any] = {"host": config.host, "port": config.port}
    if supervision.sockets:
        where = {"sockets": list(supervision.sockets)}
    channels: dict[int, Any] = {}
    replace_parts()
    try:
        server = create_server(
            application,
            map=channels,
            _dispatcher=Dispatcher(config.threads),
            **where,
            url_prefix=config.prefix,
            ident=None,
            backlog=BACKLOG,
            channel_timeout=SILENT_CLIENT_SECONDS,
            max_request_body_size=config.request_bytes,
            clear_untrusted_proxy_headers=False,  # the application looks who has written them
            asyncore_use_poll=True,
            cleanup_interval=LOOK_FOR_SILENT_SECONDS,
        )
    except OSError as cause:
        told = f"不能监听 {config.url}：{reason_of(cause)}"
        raise SetupError(told, hint=listening_remedy(cause)) from cause
    except ValueError as cause:  # waitress's own, for a name that it cannot look up
        told = f"不能监听 {config.url}：{UNKNOWN_HOST}"
        raise SetupError(told, hint="请把 HONGTOU_HOST 改为本机的地址，如 127.0.0.1") from cause
    except RuntimeError as cause:
        raise SetupError(
            f"不能启动 {config.threads} 个线程",
            hint="请放宽地址空间（ulimit -v、LimitAS=）或进程数（ulimit -u、TasksMax=）",
        ) from cause
    return Server(server, channels)


def _uploads(config: Config) -> Budget:
    """Return the budget for large bodies: the free space of the temporary folder less FREE_BYTES.

    It is never below the maximum size of a request, as bodies may be smaller than announced.
    """
    free = shutil.disk_usage(tempfile.gettempdir()).free - FREE_BYTES
    return Budget(max(config.request_bytes, min(UPLOAD_BYTES, free)))
