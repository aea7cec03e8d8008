"""The services that views work with, in a typed object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hongtou.accounts import Accounts
from hongtou.accounts.sign_on import IdentityProvider
from hongtou.config import Config
from hongtou.desk import Desk
from hongtou.desk.quota import Quota
from hongtou.keys import OnKeyEvent, ignore_event
from hongtou.layouts import Layout
from hongtou.rendering.cache import EditionCache
from hongtou.rendering.queue import RenderQueue
from hongtou.rendering.renders import Renderer, Renders
from hongtou.resources import resource_dir
from hongtou.web.access import AccessControl
from hongtou.web.archive_trial import ArchiveTrial
from hongtou.web.door import Door
from hongtou.web.metrics import Metrics
from hongtou.web.readiness import is_ready
from hongtou.web.route import Route
from hongtou.web.watchdog import Watchdog


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The services of an application; ``examples`` are issues by the name of their layout.

    ``desk`` and ``accounts`` are None where no database can be used: rendering needs none.
    ``provider`` is None where people log in by passwords alone.
    """

    config: Config
    routes: Sequence[Route]
    access: AccessControl
    door: Door
    renders: Renders
    metrics: Metrics
    watchdog: Watchdog
    examples: Mapping[str, bytes]
    desk: Desk | None = None
    archive_trial: ArchiveTrial | None = None
    accounts: Accounts | None = None
    provider: IdentityProvider | None = None

    @property
    def layouts(self) -> Mapping[str, Layout]:
        """Return the available layouts."""
        return self.renders.renderer.layouts


def open_services(
    config: Config,
    renderer: Renderer,
    routes: Sequence[Route],
    metrics: Metrics,
    on_key_event: OnKeyEvent = ignore_event,
    desk: Desk | None = None,
    accounts: Accounts | None = None,
    provider: IdentityProvider | None = None,
) -> Services:
    """Return the services around a renderer; the metrics show their state.

    ``on_key_event`` is called with changes and faults of the keys.

    Raises:
        SetupError: other machines could connect without a key or an account, or the keys
            cannot be read.
    """
    access = AccessControl(config, on_key_event, accounts.roster if accounts else None)
    queue = RenderQueue(config.workers, config.queue)
    services = Services(
        config=config,
        routes=routes,
        access=access,
        door=Door(config, access, routes, accounts),
        renders=Renders(renderer, queue, EditionCache(config.cache_bytes), metrics),
        metrics=metrics,
        watchdog=Watchdog(),
        examples=read_examples(),
        desk=desk,
        archive_trial=ArchiveTrial(desk.try_out) if desk else None,
        accounts=accounts,
        provider=provider,
    )
    _show(services)
    return services


def read_examples() -> dict[str, bytes]:
    """Return the example issues, by the name of their layout."""
    return {
        path.stem: path.read_bytes() for path in sorted(resource_dir("examples").glob("*.json"))
    }


def _show(services: Services) -> None:
    """Show the state of the services as metrics."""
    metrics, renders, ring = services.metrics, services.renders, services.access.ring
    metrics.watch(
        "requests",
        "Requests at work and in the queue",
        running=lambda: renders.queue.running,
        waiting=lambda: renders.queue.waiting,
    )
    metrics.watch("cache_bytes", "Memory of kept editions", lambda: renders.cache.held_bytes)
    trial = services.archive_trial
    metrics.watch(
        "ready", "Whether new work is taken", lambda: is_ready(services.config, renders, trial)
    )
    if trial:
        metrics.watch(
            "archive_usable", "Whether what is written is kept", lambda: trial.fault() is None
        )
    quota = services.desk.quota if services.desk else Quota()
    metrics.watch(
        "fullest_publication_ratio",
        "Part of its quota that the fullest publication takes, as last counted",
        quota.fullest,
    )
    metrics.watch("keys_faults", "Bad lines and files of keys", lambda: ring.faults if ring else 0)
