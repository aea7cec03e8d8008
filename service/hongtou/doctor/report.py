"""What the doctor found, for people and for programs."""

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
    """Examine, write every check to standard output and return the exit code.

    Where standard output is closed or full it goes to standard error, and the exit code is 4.
    """
    checks = examine()
    text = as_document(checks) if as_json else as_lines(checks)
    is_heard = _write(1, text)
    if not is_heard:
        _write(2, text)
    return DONE if is_heard and all(check.ok for check in checks) else RUN_FAILED


def as_lines(checks: Sequence[Check]) -> str:
    """Return a line for each check, and one for what to do where it found something."""
    return "".join(
        f"{'正常' if check.ok else '缺失'}  {check.name}  {check.detail}\n"
        + (f"      办法：{check.remedy}\n" if check.remedy else "")
        for check in checks
    )


def as_document(checks: Sequence[Check]) -> str:
    """Return the checks as one JSON document."""
    record = {"checks": [asdict(check) for check in checks]}
    return f"{json.dumps(record, ensure_ascii=False, indent=2)}\n"


def _write(number: int, text: str) -> bool:
    """Write to a standard stream, with what its encoding lacks as escapes; tell whether it went."""
    stream = sys.stdout if number == 1 else sys.stderr
    if stream is None:
        return False
    content = text.encode(stream.encoding or "utf-8", "backslashreplace")
    with suppress(OSError):
        stream.buffer.write(content)
        stream.buffer.flush()
        return True
    return False
