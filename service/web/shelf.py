"""Finished editions, kept for whoever asks for the same again: same issue, same bytes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping

from service.order import Edition, Order


def key_of(document: bytes, order: Order, images: Mapping[str, bytes]) -> bytes:
    """Return the digest of all that was sent: only who sends the very same finds it again."""
    parts = [document, repr(order).encode()]
    for name in sorted(images):
        parts += [name.encode(), images[name]]
    digests = (hashlib.sha256(part).digest() for part in parts)
    return hashlib.sha256(b"".join(digests)).digest()


class Shelf:
    """Editions by what was sent, in memory; the longest unused go where there is no room."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held = 0
        self._editions: OrderedDict[bytes, Edition] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: bytes) -> Edition | None:
        """Return the edition, or None where it is not there."""
        with self._lock:
            edition = self._editions.get(key)
            if edition is not None:
                self._editions.move_to_end(key)
            return edition

    def put(self, key: bytes, edition: Edition) -> None:
        """Keep an edition, if it is not larger than the shelf."""
        if len(edition.content) > self._most:
            return
        with self._lock:
            if key in self._editions:
                return
            self._editions[key] = edition
            self._held += len(edition.content)
            while self._held > self._most:
                _, oldest = self._editions.popitem(last=False)
                self._held -= len(oldest.content)
