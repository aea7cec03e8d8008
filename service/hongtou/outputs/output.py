"""What an output is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Output:
    """A way to finish the engine's PDF: ``finish`` takes its bytes and gives the file's."""

    name: str
    title: str
    media_type: str
    extension: str
    finish: Callable[[bytes], bytes]
