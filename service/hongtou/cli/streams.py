"""Standard streams, which may be closed, full, or without a reader."""

from __future__ import annotations

import atexit
import errno
import io
import json
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

STANDARD_OUTPUT = "标准输出"
STANDARD_INPUT = "标准输入"


def prepare() -> None:
    """Make the standard streams safe to use; call once, before any file is opened.

    The next file to be opened would get the number of a closed stream, and what a library writes
    to standard error would end up in that file. A message that cannot be written is lost; the exit
    code remains.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(_nowhere(), True)  # takes the lowest free number
    if sys.stdout is not None:
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    encoding = sys.stderr.encoding if sys.stderr is not None else "utf-8"
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(_Unfailing(2, "w", closefd=False)),
        encoding=encoding,
        errors="backslashreplace",
        line_buffering=True,
    )


def show(text: str) -> None:
    """Write text for people to standard output.

    Raises:
        OSError: as `write_out`.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_out(f"{text}\n".encode(encoding, "backslashreplace"))


def show_json(record: Any) -> None:
    """Write a JSON document to standard output in UTF-8 (RFC 8259)."""
    write_out(f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode())


def write_out(content: bytes) -> None:
    """Write all of ``content`` to standard output.

    Raises:
        OSError: standard output is closed, full, or has lost its reader.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed", STANDARD_OUTPUT)
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as cause:
        _silence(1)  # Python flushes the rest when the process ends
        raise OSError(cause.errno, cause.strerror, STANDARD_OUTPUT) from cause


def settle() -> None:
    """Flush standard output, or drop the rest so that the end of the process does not fail."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _silence(1)


def leave(code: int) -> NoReturn:
    """End the process, but free nothing of it, which would take 10 to 20 ms.

    What was registered for its end is done.
    """
    atexit._run_exitfuncs()
    settle()
    sys.stderr.flush()
    os._exit(code)


def read_in(limit: int) -> bytes:
    """Return at most ``limit`` bytes of standard input.

    Raises:
        OSError: standard input is closed or cannot be read.
    """
    if sys.stdin is None:
        raise OSError(errno.EBADF, "closed", STANDARD_INPUT)
    try:
        return sys.stdin.buffer.read(limit)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, STANDARD_INPUT) from cause


class _Unfailing(io.FileIO):
    """Drops what cannot be written, so that no run fails for a lost message."""

    def write(self, content: Any) -> int:
        with suppress(OSError):
            super().write(content)
        return len(content)


def _silence(number: int) -> None:
    nowhere = _nowhere()
    os.dup2(nowhere, number)
    os.close(nowhere)


def _nowhere() -> int:
    try:
        return os.open(os.devnull, os.O_RDWR)
    except OSError:  # no /dev here
        return os.open("/", os.O_RDONLY)
