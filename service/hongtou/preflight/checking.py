"""Refuses a file that breaks a rule of its profile."""

from __future__ import annotations

from typing import Any

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.finding import Finding, Severity
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.profile import Profile
from hongtou.preflight.rule import Fault

UNREADABLE = "preflight/unreadable"


def refuse_faulty(content: bytes, profile: Profile[Any], expectation: Expectation) -> None:
    """Check a file against its profile.

    Raises:
        EngineFault: the file is unreadable or breaks a rule; every fault is one of its findings.
    """
    try:
        faults = profile.faults(content, expectation)
    except ValueError as cause:
        raise _refusal([(UNREADABLE, Fault("成品打不开，或有认不出的内容"))]) from cause
    if faults:
        raise _refusal(faults)


def _refusal(faults: list[tuple[str, Fault]]) -> EngineFault:
    codes = "、".join(dict.fromkeys(code for code, _ in faults))
    findings = [_finding(code, fault) for code, fault in faults]
    return EngineFault(f"成品未通过出厂检查：{codes}", findings=findings)


def _finding(code: str, fault: Fault) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        pointer="" if fault.page is None else None,
        page=fault.page,
        message=fault.message,
        hint="这是服务的错误，请告诉管理员",
    )
