"""Runs the service: puts workers, application and server together."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from functools import partial

import structlog

from hongtou import __version__
from hongtou.accounts import Accounts
from hongtou.accounts.providers import open_provider
from hongtou.bulletin.errors import SetupError
from hongtou.config import Config, database_place
from hongtou.desk import Desk
from hongtou.desk.quota import Quota
from hongtou.rendering import TYPESETTER, Cancelled, WorkerPool, guard_memory
from hongtou.store import SqlArchive, open_archive
from hongtou.web.app import create_app
from hongtou.web.invitation import invite
from hongtou.web.log import configure_log, take_all_in
from hongtou.web.metrics import Metrics
from hongtou.web.routes import ROUTES
from hongtou.web.server.descriptors import connection_limit, occupy_standard_streams
from hongtou.web.server.shutdown import Shutdown, end_at_once
from hongtou.web.server.sockets import READY, Supervision, take_over
from hongtou.web.server.start import Server, open_context, start
from hongtou.web.services import Services, read_examples
from hongtou.web.upkeep import Upkeep, watch_roster

log = structlog.get_logger("hongtou")


def run(config: Config, opener: str = TYPESETTER) -> None:
    """Serve until a signal; ``opener`` names the function that opens the typesetter.

    Raises:
        SetupError: the installation or the address cannot be used.
    """
    occupy_standard_streams()
    configure_log()
    guard_memory()
    take_all_in()
    end_at_once()
    log.info("starting", version=__version__, pid=os.getpid())
    supervision = take_over()
    config = supervision.listens(config)
    max_connections = connection_limit(config)
    metrics = Metrics(ROUTES)
    worker_pool: WorkerPool | None = None
    archive: SqlArchive | None = None
    try:
        worker_pool = _open_pool(config, metrics, opener)
        archive = _open_archive(config)  # after the fork server, which has no part in it
        desk = Desk(archive, config.limits, Quota(config.publication_bytes)) if archive else None
        accounts = Accounts(archive, datetime.now(UTC)) if archive else None
        provider = open_provider(config)  # whose secret the fork server has no part in, either
        app = create_app(config, worker_pool, metrics, log_key_event, desk, accounts, provider)
        if archive and desk:
            Upkeep(desk, archive.path).start()
        services = app.services
        context = open_context(services.door, services.renders, metrics, config)
        server = start(app, config, context, supervision, max_connections)
        _watch(services, server, supervision)
        Shutdown(services.renders.queue, worker_pool.close, server.channels, supervision).watch()
        supervision.tell(READY)
        log.info("listening", url=config.url, protections=list(worker_pool.protections))
        if archive and accounts:
            watch_roster(accounts)
            invite(archive, accounts, config)
        app.exposure.look_at_settings()
        server.run()
    finally:
        if worker_pool is not None:
            worker_pool.close()
        if archive is not None:
            archive.close()


def _open_archive(config: Config) -> SqlArchive | None:
    """Return the archive; None if there shall be none, or the one by default cannot be used.

    Raises:
        SetupError: the one that is asked for cannot be used.
    """
    place = database_place(config)
    if not place:
        return None
    try:
        return open_archive(place)
    except SetupError as fault:
        if config.database:
            raise
        log.warning("no-archive", cause=f"{fault.message}（{fault.hint}）")
        return None


def log_key_event(event: str, cause: str) -> None:
    """Log a change or a fault of the keys."""
    log.warning(event, cause=cause)


def _watch(services: Services, server: Server, supervision: Supervision) -> None:
    """Start the watchdog over the event loop and the threads; show their delays as metrics."""
    metrics, watchdog = services.metrics, services.watchdog
    watchdog.keep_alive = supervision.keep_alive
    watchdog.pulses = server.pulses
    for name, pulse in watchdog.pulses.items():
        metrics.watch(f"{name}_lag_seconds", "Longest delay of the last 15 s", pulse.lag)
    metrics.watch("connections", "Open connections", server.connections)
    watchdog.start()


def _open_pool(config: Config, metrics: Metrics, opener: str) -> WorkerPool:
    """Open the worker pool; it renders the examples, so that a broken engine shows at start.

    Raises:
        ServiceError: the typesetter cannot be opened.
    """
    worker_pool = WorkerPool(
        config,
        partial(_tell, metrics),
        documents=tuple(read_examples().values()),
        opener=opener,
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


def _tell(metrics: Metrics, event: str, cause: str, request_id: str) -> None:
    """Count and log the end of a process, or another event of it."""
    if cause == Cancelled.__name__:  # the client left, which is no fault
        log.info(event, cause=cause, request_id=request_id)
        return
    metrics.process_ended(event, cause)
    log.warning(event, cause=cause, request_id=request_id)
