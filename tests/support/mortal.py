"""A service that is killed and started again at the same address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.shelf import Shelf
from tests.support.warm_start import warm_serving


@dataclass
class Mortal:
    """A service that is killed and started again at the same address."""

    file: Path
    port: int
    running: Any = None
    shelf: Shelf = None  # type: ignore[assignment]  # set by start

    def start(self) -> None:
        """Start it; where that fails it is not running, and the next test starts it."""
        starting = warm_serving(database=self.file, port=self.port)
        self.shelf = Shelf(starting.__enter__())
        self.running = starting

    def kill(self) -> None:
        """Kill its process, which gets no time to do anything."""
        if self.running:
            self.shelf.service.process.kill()
            self.running.__exit__(None, None, None)
        self.running = None
