"""Refuses a file, or the pages it would be made of, that break a rule of its profile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.finding import Finding, Severity
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.profile import Profile
from hongtou.preflight.rule import Fault

if TYPE_CHECKING:
    from hongtou.preflight.laid_out import LaidOut

UNREADABLE = "preflight/unreadable"
OF_FILE = "这是服务的错误，请告诉管理员"
OF_PAGES = "请告诉管理员：是版式或服务的错误；急用的，可改写这一处再试"


def refuse_faulty(content: bytes, profile: Profile[Any], expectation: Expectation) -> None:
    """Check a file against its profile.

    Raises:
        EngineFault: the file is unreadable or breaks a rule; every fault is one of its findings.
    """
    try:
        faults = profile.faults(content, expectation)
    except ValueError as cause:
        fault = Fault("成品打不开，或有认不出的内容")
        raise faulty([_finding(UNREADABLE, fault)]) from cause
    if faults:
        raise faulty([_finding(code, fault) for code, fault in faults])


def misplaced(laid_out: LaidOut, profile: Profile[Any]) -> tuple[Finding, ...]:
    """Return the faults of pages, of which a file of this profile is to be made."""
    return tuple(
        _finding(code, fault, OF_PAGES) for code, fault in profile.faults_laid_out(laid_out)
    )


def faulty(findings: Sequence[Finding]) -> EngineFault:
    """Return the error that keeps what has these faults from leaving."""
    codes = "、".join(dict.fromkeys(finding.code for finding in findings))
    return EngineFault(f"成品未通过出厂检查：{codes}", findings=findings)


def _finding(code: str, fault: Fault, hint: str = OF_FILE) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        pointer="" if fault.page is None else None,
        page=fault.page,
        box_mm=fault.box_mm,
        message=fault.message,
        hint=hint,
    )
