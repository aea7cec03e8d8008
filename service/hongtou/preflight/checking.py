"""The preflight's door: a file passes every rule of its output or does not leave."""

from __future__ import annotations

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.finding import Finding, Severity
from hongtou.preflight.inspected_pdf import Expectation, open_pdf
from hongtou.preflight.picture import picture_faults
from hongtou.preflight.profiles import PICTURES, PROFILES

UNREADABLE = "preflight/unreadable"


def refuse_faulty(content: bytes, output: str, expectation: Expectation) -> None:
    """Raise EngineFault, with a finding for each fault, where a file breaks a rule."""
    try:
        if output in PICTURES:
            faults = [_finding(code, fault) for code, fault in picture_faults(content)]
        else:
            faults = _faults(content, output, expectation)
    except ValueError as cause:
        raise _refusal([_finding(UNREADABLE, "成品打不开")]) from cause
    if faults:
        raise _refusal(faults)


def _faults(content: bytes, output: str, expectation: Expectation) -> list[Finding]:
    with open_pdf(content, expectation) as inspected:
        return [
            _finding(rule.code, fault)
            for rule in PROFILES[output]
            for fault in rule.faults(inspected)
        ]


def _refusal(faults: list[Finding]) -> EngineFault:
    codes = "、".join(dict.fromkeys(fault.code for fault in faults))
    return EngineFault(f"成品未通过出厂检查：{codes}", findings=faults)


def _finding(code: str, message: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        pointer="",
        message=message,
        hint="这是服务的错误，请告诉管理员",
    )
