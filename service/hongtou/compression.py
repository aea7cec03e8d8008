"""Compression of PDF streams with libdeflate, in a thread for large streams.

The outlines of a document take 2.5 ms and become 168 kB. zlib takes 6.2 ms for 173 kB, or 11 ms for
the same size. The bytes do not depend on the processor, and other threads run meanwhile.
"""

from __future__ import annotations

from threading import Thread

import deflate

LEVEL = 3
LARGE_BYTES = 64 * 1024  # a thread for less would cost more time than it saves


def compress(content: bytes) -> bytes:
    """Return the content in zlib format."""
    if isinstance(content, Early):
        return content.compressed()
    return bytes(deflate.zlib_compress(content, LEVEL))


def early(content: bytes) -> bytes:
    """Return the same content, which a thread begins to compress if it is large."""
    return Early(content) if len(content) >= LARGE_BYTES else content


class Early(bytes):
    """Bytes that a thread compresses in advance."""

    _thread: Thread | None = None
    _compressed: bytes | None = None

    def __init__(self, _content: bytes) -> None:
        """Start the thread, if the system allows one more."""
        thread = Thread(target=self._work, daemon=True)
        try:
            thread.start()
        except RuntimeError:
            return
        self._thread = thread

    def _work(self) -> None:
        self._compressed = bytes(deflate.zlib_compress(self, LEVEL))

    def compressed(self) -> bytes:
        """Wait for the thread and return the compressed bytes."""
        if self._thread:
            self._thread.join()
        if self._compressed is None:
            self._work()
        return self._compressed or b""
