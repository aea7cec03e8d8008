"""Which shipped package needs which others, as their metadata say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import requires

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.supply.lock import ROOT, read_lock

ROOT_PACKAGE = "hongtou"
# The oldest Python that is promised, for which the lock is made; another may need less.
LOCKED_FOR = {"python_version": "3.11", "python_full_version": "3.11.0"}


def dependency_graph() -> dict[str, list[str]]:
    """Return the locked packages that the project and each of its packages need, by name."""
    locked = read_lock("run")
    asked = {ROOT_PACKAGE: _parsed(_wanted())}
    asked |= {name: _parsed(requires(name) or ()) for name in locked}
    extras: dict[str, set[str]] = {}
    for one in (one for requirements in asked.values() for one in requirements):
        extras.setdefault(canonicalize_name(one.name), set()).update(one.extras)
    return {
        name: sorted(
            {
                needed
                for one in requirements
                if (needed := canonicalize_name(one.name)) in locked
                and _applies(one, extras.get(name, set()))
            }
        )
        for name, requirements in asked.items()
    }


def _wanted() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["dependencies"])


def _parsed(requirements: Iterable[str]) -> list[Requirement]:
    return [Requirement(one) for one in requirements]


def _applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(
        marker.evaluate({**LOCKED_FOR, "extra": extra}) for extra in {"", *extras}
    )
