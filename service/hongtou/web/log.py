"""The log: one JSON line per response or fault, never with the content of an issue.

A line has at most MAX_BYTES and only printable characters, whatever a client sent. Whatever
libraries and Python would write to standard error becomes such a line too.
"""

from __future__ import annotations

import json
import logging
import os
import select
import sys
import threading
from collections.abc import MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog

MAX_BYTES = 4 * 1024  # POSIX writes this much to a pipe in one piece (PIPE_BUF on Linux)
READER_MILLISECONDS = 50  # to wait for a slow reader of the log
MAX_PATH_CHARS, MAX_METHOD_CHARS = 200, 20
ELLIPSIS = "…"
# The depth of waitress's queue is a metric, so its warnings are not needed.
LIBRARIES = {"waitress": logging.WARNING, "waitress.queue": logging.ERROR}

log = structlog.get_logger("hongtou")


def configure_log() -> None:
    """Write the log to standard error; tracebacks show no values of variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _line,
        ],
        cache_logger_on_first_use=True,  # halves the cost of a line, most of that of a refusal
        logger_factory=lambda *_: structlog.WriteLogger(_StandardError()),  # type: ignore[arg-type]
    )


def take_all_in() -> None:
    """Turn log records of libraries and uncaught errors into lines of this log."""
    logging.basicConfig(handlers=[_Lines()], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    for name, level in LIBRARIES.items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _uncaught
    threading.excepthook = lambda found: _uncaught(
        found.exc_type, found.exc_value, found.exc_traceback
    )
    sys.unraisablehook = lambda found: _uncaught(
        found.exc_type, found.exc_value, found.exc_traceback
    )


def log_answer(
    *,
    request_id: str,
    address: str,
    method: str,
    path: str,
    client: str,
    status: int,
    length: int,
    milliseconds: int,
) -> None:
    """Write the line of a response.

    ``client`` is the name of the key; ``length`` is the length of the response's body in bytes.
    """
    log.info(
        "request",
        request_id=request_id,
        address=address,
        method=method[:MAX_METHOD_CHARS],
        path=path[:MAX_PATH_CHARS],
        client=client,
        status=status,
        bytes=length,
        milliseconds=milliseconds,
    )


def _line(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    """Return an event as one line of at most MAX_BYTES; the longest values are shortened."""
    line = _printable(event)
    while len(line.encode()) > MAX_BYTES:
        longest = max(event, key=lambda name: len(str(event[name])))
        event[longest] = _shorter(str(event[longest]))
        line = _printable(event)
    return line


def _shorter(text: str) -> str:
    """Return the last two thirds of a text, as the end of a traceback names the error."""
    return ELLIPSIS + text[len(text) // 3 + 1 :]


def _printable(event: MutableMapping[str, Any]) -> str:
    text = json.dumps(event, ensure_ascii=False, default=repr)
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in text)


class _Lines(logging.Handler):
    """Turns records of the standard library's logging into events."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # the message may not fit its arguments
            log.log(
                record.levelno,
                "library",
                logger=record.name,
                message=record.getMessage(),
                exc_info=record.exc_info,
            )


def _uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    log.error("uncaught", exc_info=(kind, error, trace))


class _StandardError:
    """Standard error that drops lines rather than block the service.

    It waits once for a reader that has stopped, then not again until that reads on. A writable pipe
    has room for a line (MAX_BYTES). Nothing is buffered, so that Python has nothing to flush at
    exit, which could fail.
    """

    def __init__(self) -> None:
        self._ready = select.poll()
        self._ready.register(2, select.POLLOUT)
        self._lost = 0

    def write(self, text: str) -> None:
        """Write a line, or drop it; structlog calls this from one thread at a time."""
        try:
            if not self._ready.poll(0 if self._lost else READER_MILLISECONDS):
                self._lost += 1
                return
            if self._lost:
                told = {"event": "log-lost", "level": "warning", "lines": self._lost}
                os.write(2, f"{json.dumps(told)}\n".encode())
                self._lost = 0
                self.write(text)
                return
            os.write(2, text.encode("utf-8", "replace"))
        except OSError:
            return

    def flush(self) -> None:
        """Do nothing, as nothing is buffered."""
