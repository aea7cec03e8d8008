"""One JSON line for each request and fault. Never a title, a text or a picture of an issue."""

from __future__ import annotations

import logging
import sys

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
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )
