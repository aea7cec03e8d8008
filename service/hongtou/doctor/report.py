"""The result of the doctor, for people and for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict

from hongtou.doctor.check import Check
from hongtou.doctor.examination import examine

DONE, RUN_FAILED = 0, 4  # as in service/hongtou/cli/exits.py, which needs more than Python


def write_report(*, as_json: bool) -> int:
    """Examine, write all checks to standard output and return the exit code.

    If standard output is closed or full, write to standard error and return 4.
    """
    checks = examine()
    text = as_document(checks) if as_json else as_lines(checks)
    is_written = _write(1, text)
    if not is_written:
        _write(2, text)
    return DONE if is_written and all(check.ok for check in checks) else RUN_FAILED


def as_lines(checks: Sequence[Check]) -> str:
    """Return a line for every check, followed by its remedy if it has one."""
    return "".join(
        f"{'正常' if check.ok else '缺失'}  {check.name}  {check.detail}\n"
        + (f"      办法：{check.remedy}\n" if check.remedy else "")
        for check in checks
    )


def as_document(checks: Sequence[Check]) -> str:
    """Return the checks as a JSON document."""
    record = {"checks": [asdict(check) for check in checks]}
    return f"{json.dumps(record, ensure_ascii=False, indent=2)}\n"


def _write(number: int, text: str) -> bool:
    """Write to a standard stream, escaping what its encoding lacks; return whether that worked."""
    stream = sys.stdout if number == 1 else sys.stderr
    if stream is None:
        return False
    content = text.encode(stream.encoding or "utf-8", "backslashreplace")
    with suppress(OSError):
        stream.buffer.write(content)
        stream.buffer.flush()
        return True
    return False
