"""Where the layouts, fonts and examples lie: beside the package in a clone, or installed."""

from __future__ import annotations

import sysconfig
from pathlib import Path

CLONE = Path(__file__).resolve().parents[1]
INSTALLED = Path(sysconfig.get_path("data")) / "share" / "hongtou"


def resource_dir(name: str) -> Path:
    """Return the folder of this name; the installed one where there is no clone around."""
    beside = CLONE / name
    return beside if beside.is_dir() else INSTALLED / name
