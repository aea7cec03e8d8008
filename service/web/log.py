"""One JSON line for each request and fault. Never a title, a text or a picture of an issue."""

from __future__ import annotations

import logging
import os
from contextlib import suppress

import structlog


def configure_log() -> None:
    """Write the log to standard error, traces without the values of variables."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        cache_logger_on_first_use=True,  # half the cost of a line, and a refusal is hardly more
        logger_factory=lambda *_: structlog.WriteLogger(_StandardError()),  # type: ignore[arg-type]
    )


class _StandardError:
    """Loses the lines that it cannot write: no request fails because the log's disk is full.

    Unbuffered, so that nothing is left for Python to fail on at the end.
    """

    def write(self, text: str) -> None:
        with suppress(OSError):
            os.write(2, text.encode())

    def flush(self) -> None:
        """Do nothing: what was written is gone already."""
