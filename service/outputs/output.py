"""What an output is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """A way to finish the engine's PDF: ``finish`` takes its bytes and gives the file's.

    ``load`` loads all that it needs for that; left out, the first file does.
    """

    name: str
    title: str
    media_type: str
    extension: str
    finish: Callable[[bytes], bytes]
    load: Callable[[], None] = lambda: None
