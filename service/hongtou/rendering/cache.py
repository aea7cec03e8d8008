"""Finished editions, kept for whoever asks for the same again: same issue, same bytes.

What bears a 密级 is not kept: nobody knows for how long it would lie in memory.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping

from cachetools import LRUCache

from hongtou.bulletin.order import FinishedFile, Order

# What an entry takes beside its file: its key, names, digest, and its own place in the dictionary.
# 0.8 KiB as tracemalloc counts it, rounded up (`tests/test_edition_cache.py`).
ENTRY_BYTES = 1024


def key_of(document: bytes, order: Order, images: Mapping[str, bytes], tenant: str) -> bytes:
    """Return the digest of all that was sent, and by whom.

    Only who sent the very same finds it again: an answer that comes at once would tell anybody
    else that this issue has been set here.
    """
    parts = [tenant.encode(), document, repr(order).encode()]
    for name in sorted(images):
        parts += [name.encode(), images[name]]
    digests = (hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).digest()


class EditionCache:
    """Editions by what was sent, in memory; the longest unused go where there is no room."""

    def __init__(self, most_bytes: int) -> None:
        self._editions: LRUCache[bytes, FinishedFile] = LRUCache(most_bytes, size_of)
        self._lock = threading.Lock()

    @property
    def held_bytes(self) -> int:
        """Return how much memory the editions take."""
        return int(self._editions.currsize)

    def get(self, key: bytes) -> FinishedFile | None:
        """Return the edition, or None where it is not there."""
        with self._lock:
            return self._editions.get(key)

    def put(self, key: bytes, edition: FinishedFile) -> None:
        """Keep an edition, if it may be kept and is not larger than all the room there is."""
        if edition.is_classified or size_of(edition) > self._editions.maxsize:
            return
        with self._lock:
            self._editions[key] = edition


def size_of(edition: FinishedFile) -> int:
    """Return how many bytes an edition takes in memory, rounded up."""
    return len(edition.content) + ENTRY_BYTES
