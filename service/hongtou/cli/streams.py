"""Standard input, output and error as they may be: closed, full, or read by nobody any more."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from contextlib import suppress
from typing import Any

STANDARD_OUTPUT = "标准输出"
STANDARD_INPUT = "标准输入"


def prepare() -> None:
    """Make the streams of this process safe to use; called once, before anything is opened.

    A number that is closed would go to the next file that is opened: what a library then writes
    to standard error would stand in that file. Messages that nobody can take are lost, and the
    exit code tells.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(_nowhere(), True)  # which takes the lowest number that is free
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
    """Write lines for people to standard output; OSError as from `write_out`."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    write_out(f"{text}\n".encode(encoding, "backslashreplace"))


def show_json(record: Any) -> None:
    """Write one JSON document to standard output, UTF-8 as RFC 8259 wants it."""
    write_out(f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode())


def write_out(content: bytes) -> None:
    """Write to standard output, all of it.

    Raises:
        OSError: standard output is closed, full, or nobody reads it any more.
    """
    if sys.stdout is None:
        raise OSError(errno.EBADF, "closed", STANDARD_OUTPUT)
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as cause:
        _silence(1)  # what is left is written once more at the end of the process
        raise OSError(cause.errno, cause.strerror, STANDARD_OUTPUT) from cause


def settle() -> None:
    """Write what is left for standard output, or drop it: nothing fails on it at the end."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError:
        _silence(1)


def read_in(most: int) -> bytes:
    """Return standard input, at most so many bytes; OSError where it is closed."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "closed", STANDARD_INPUT)
    try:
        return sys.stdin.buffer.read(most)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, STANDARD_INPUT) from cause


class _Unfailing(io.FileIO):
    """Loses what cannot be written: no run fails because nobody hears of it."""

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
