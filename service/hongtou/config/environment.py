"""The environment of the process: our variables, and the folders of services and people."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hongtou.addresses import is_injected
from hongtou.late_modules import load_late

PREFIX = "HONGTOU_"


def given_settings(environment: Mapping[str, str] | None) -> dict[str, str]:
    """Return the variables that are settings, by default of this process."""
    return {name: value for name, value in _prefixed(environment) if not is_injected(name, value)}


def injected(environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the variables that Kubernetes sets for a Service named hongtou, which are no settings.

    Source: Kubernetes documentation, Service: Discovering services: environment variables.
    """
    return tuple(sorted(name for name, value in _prefixed(environment) if is_injected(name, value)))


def state_folder() -> Path:
    """Return where a service keeps what must outlast it: systemd's folder, or that of the user.

    Source: systemd.exec(5), StateDirectory=; XDG Base Directory Specification, XDG_STATE_HOME.
    """
    if given := os.environ.get("STATE_DIRECTORY"):
        return Path(given.partition(":")[0])
    home = os.environ.get("XDG_STATE_HOME", "") or Path.home() / ".local" / "state"
    return Path(home) / "hongtou"


def temporary_setting() -> str:
    """Return ``TMPDIR``, "" if unset. Python silently ignores one that it cannot use."""
    return os.environ.get("TMPDIR", "")


def ignore_plugins() -> None:
    """Keep plugins of pydantic from being looked for in every package that is installed.

    None of them may see an issue, and to find that there is none takes 1 % of a render.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    load_late("importlib.metadata", ("entry_points",))  # it would look for them with


def _prefixed(environment: Mapping[str, str] | None) -> list[tuple[str, str]]:
    every = os.environ if environment is None else environment
    return [(name, value) for name, value in every.items() if name.startswith(PREFIX) and value]
