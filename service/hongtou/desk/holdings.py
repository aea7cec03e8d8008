"""What is kept beside the documents: editions, pictures, and who has an issue open."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes that are kept once, under their SHA-256."""

    sha256: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A file that was made when an issue became final: which bytes, of which version, by what."""

    issue_id: int
    revision: int
    output: str
    plan_digest: str
    sha256: str
    size: int
    pages: int
    service_version: str
    file_name: str
    ascii_name: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A picture of an issue, under the name that the document has for it; its size in bytes."""

    name: str
    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Presence:
    """A tab in which an issue is open, and the place of the caret."""

    tab: str
    who: str
    place: str
    seen_at: datetime


def blob_of(content: bytes, media_type: str) -> Blob:
    """Return bytes under their digest."""
    return Blob(hashlib.sha256(content).hexdigest(), media_type, content)
