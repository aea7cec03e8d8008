"""What a module writes into the log."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pytest
import structlog
from structlog.testing import capture_logs


@contextmanager
def heard(module: ModuleType) -> Iterator[list[MutableMapping[str, Any]]]:
    """Give what a module logs; its own logger may keep the settings of an earlier test."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(module, "log", structlog.get_logger("hongtou"))
        with capture_logs() as told:
            yield told
