"""One JSON line for each answer and fault. Never a title, a text or a picture of an issue.

A line has at most MOST_BYTES and holds printable characters only, whatever a client wrote in it;
what libraries and Python itself would write to standard error becomes such a line too.
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

MOST_BYTES = 4 * 1024  # POSIX: so much is written to a pipe in one piece (PIPE_BUF)
READER_MILLISECONDS = 50  # for a reader of the log that is slow for a moment
MOST_PATH_CHARS, MOST_METHOD_CHARS = 200, 20
ELLIPSIS = "…"
LIBRARIES = {"waitress": logging.WARNING, "waitress.queue": logging.ERROR}  # its depth is a metric

log = structlog.get_logger("hongtou")


def configure_log() -> None:
    """Write the log to standard error, traces without the values of variables."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _line,
        ],
        cache_logger_on_first_use=True,  # half the cost of a line, and a refusal is hardly more
        logger_factory=lambda *_: structlog.WriteLogger(_StandardError()),  # type: ignore[arg-type]
    )


def take_all_in() -> None:
    """Turn what libraries log and what nobody caught into lines of this log, from now on."""
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
    """Write the one line of an answer, wherever it was made.

    ``client`` is the name of the key, ``length`` that of the answer's body in bytes.
    """
    log.info(
        "request",
        request_id=request_id,
        address=address,
        method=method[:MOST_METHOD_CHARS],
        path=path[:MOST_PATH_CHARS],
        client=client,
        status=status,
        bytes=length,
        milliseconds=milliseconds,
    )


def _line(_: Any, __: str, event: MutableMapping[str, Any]) -> str:
    """Return an event as one line that is not too long."""
    line = _printable(event)
    while len(line.encode()) > MOST_BYTES:
        longest = max(event, key=lambda name: len(str(event[name])))
        event[longest] = _shorter(str(event[longest]))
        line = _printable(event)
    return line


def _shorter(text: str) -> str:
    """Return the last two thirds of a text: a trace ends with what went wrong."""
    return ELLIPSIS + text[len(text) // 3 + 1 :]


def _printable(event: MutableMapping[str, Any]) -> str:
    text = json.dumps(event, ensure_ascii=False, default=repr)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else json.dumps(one)[1:-1] for one in text)


class _Lines(logging.Handler):
    """Hands records of the standard library's logging on as events."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(Exception):  # a message that does not fit its arguments
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
    """Loses the lines that it cannot write: nobody waits because the log's disk or reader does.

    A reader that stands still is waited for once, then no more until it reads again: a pipe that is
    writable has room for one line (MOST_BYTES). Unbuffered, so that nothing is left for Python to
    fail on at the end.
    """

    def __init__(self) -> None:
        self._ready = select.poll()
        self._ready.register(2, select.POLLOUT)
        self._lost = 0

    def write(self, text: str) -> None:
        """Write a line if it can be written now; structlog lets in one thread at a time."""
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
        """Do nothing: what was written is gone already."""
