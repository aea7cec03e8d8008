"""The settings of an installation.

config.py       every setting with its default and purpose, declared once
reading.py      the environment → the settings, checked
environment.py  the environment itself: only here is it read
"""

from hongtou.config.config import (
    DATABASE_FILE,
    LIMIT_PREFIX,
    NO_DATABASE,
    SPARE_THREADS,
    Config,
    Setting,
    database_place,
    settings,
    settings_of_workers,
)
from hongtou.config.environment import (
    ignore_plugins,
    injected,
    state_folder,
    temporary_setting,
)
from hongtou.config.reading import read_config

__all__ = [
    "DATABASE_FILE",
    "LIMIT_PREFIX",
    "NO_DATABASE",
    "SPARE_THREADS",
    "Config",
    "Setting",
    "database_place",
    "ignore_plugins",
    "injected",
    "read_config",
    "settings",
    "settings_of_workers",
    "state_folder",
    "temporary_setting",
]
