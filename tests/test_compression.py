"""Streams: compressed early or late, their bytes are the same."""

from __future__ import annotations

import zlib
from threading import Thread

import pytest

from hongtou.compression import LARGE_BYTES, compress, early

CONTENT = bytes(range(256)) * (LARGE_BYTES // 256)


@pytest.mark.parametrize("content", [b"", b"small", CONTENT])
def test_what_is_compressed_early_is_what_was_given(content: bytes) -> None:
    given = early(content)
    assert given == content
    assert zlib.decompress(compress(given)) == content
    assert compress(given) == compress(content)


def test_without_a_thread_to_be_had_it_is_compressed_late(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", none_left)
    assert compress(early(CONTENT)) == compress(CONTENT)
