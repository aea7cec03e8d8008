"""The result of checking a part of an installation."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Check:
    """A checked part; ``remedy`` is a command or a sentence, "" if the part is in order."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def well(name: str, detail: str) -> Check:
    """Return the check of a part that is in order."""
    return Check(name, True, detail)


def refusal(name: str, fault: ServiceError) -> Check:
    """Return the check of a fault with which the service would refuse to start."""
    return Check(name, False, fault.message, fault.hint)
