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


def first_cause(fault: BaseException) -> BaseException:
    """Return what an error began with."""
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return fault


def cause_line(fault: BaseException) -> str:
    """Return the first cause of an error as a line."""
    fault = first_cause(fault)
    told = " ".join(str(fault).split()) or type(fault).__name__
    if isinstance(fault, LookupError):  # its text is just the key
        told = f"{type(fault).__name__} {told}"
    place = getattr(fault, "filename", None) or getattr(fault, "name", None)
    where = f"（{place}）" if isinstance(place, str) and place not in told else ""
    return f"{told}{where}"
