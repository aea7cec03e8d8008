"""What was found of one part of an installation."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the installation; ``remedy`` is a command or a sentence, "" where all is well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def well(name: str, detail: str) -> Check:
    """Return that a part is as it should be."""
    return Check(name, True, detail)


def refusal(name: str, fault: ServiceError) -> Check:
    """Return what the service itself would refuse to start with."""
    return Check(name, False, fault.message, fault.hint)
