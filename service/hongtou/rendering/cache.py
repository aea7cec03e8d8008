"""A cache of finished editions: the same issue gives the same bytes, so it is set only once.

Classified editions (密级) are not cached: nobody could tell how long they stay in memory.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping

from cachetools import LRUCache

from hongtou.bulletin.order import FinishedFile, Order

# Memory of an entry besides its file: key, names, digest and dictionary slot. Measured with
# tracemalloc as 0.8 KiB and rounded up (`tests/test_edition_cache.py`).
ENTRY_BYTES = 1024


def key_of(document: bytes, order: Order, images: Mapping[str, bytes], tenant: str) -> bytes:
    """Return the digest of everything that was sent, and of the tenant who sent it.

    Tenants never share entries: a quick answer would tell one tenant what another has sent.
    """
    parts = [tenant.encode(), document, repr(order).encode()]
    for name in sorted(images):
        parts += [name.encode(), images[name]]
    digests = (hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).digest()


class EditionCache:
    """Editions in memory, by key; the least recently used are dropped when room is needed."""

    def __init__(self, max_bytes: int) -> None:
        self._editions: LRUCache[bytes, FinishedFile] = LRUCache(max_bytes, size_of)
        self._lock = threading.Lock()

    @property
    def held_bytes(self) -> int:
        """Return the memory that the editions take, in bytes."""
        return int(self._editions.currsize)

    def get(self, key: bytes) -> FinishedFile | None:
        """Return an edition, None if it is not cached."""
        with self._lock:
            return self._editions.get(key)

    def put(self, key: bytes, edition: FinishedFile) -> None:
        """Store an edition unless it is classified or larger than the whole cache."""
        if edition.is_classified or size_of(edition) > self._editions.maxsize:
            return
        with self._lock:
            self._editions[key] = edition


def size_of(edition: FinishedFile) -> int:
    """Return the memory that an edition takes, in bytes, rounded up."""
    return len(edition.content) + ENTRY_BYTES
