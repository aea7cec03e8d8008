"""``requirements/*.txt``: which releases are pinned, with which hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED, WITH_EXTRAS = "run", "extras"  # the lock of the image; that and what extras bring
PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


@dataclass(frozen=True, slots=True)
class Pin:
    """One release, and the SHA-256 of every file that may be installed for it."""

    name: str
    version: str
    hashes: tuple[str, ...]


def lock_file(name: str) -> Path:
    """Return the path of a lock: ``run``, ``test`` and so on."""
    return ROOT / "requirements" / f"{name}.txt"


def read_lock(name: str) -> dict[str, Pin]:
    """Return the pins of a lock by package, in the file's order."""
    pins = PIN.findall(lock_file(name).read_text(encoding="utf-8"))
    return {
        package: Pin(package, version, tuple(re.findall(r"sha256:(\w+)", hashes)))
        for package, version, hashes in pins
    }
