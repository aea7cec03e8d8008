"""A file that goes with an edition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file; ``relationship`` is what it is to the document, ``description`` says it in words."""

    name: str
    media_type: str
    content: bytes
    relationship: Literal["Source", "Data"]
    description: str
