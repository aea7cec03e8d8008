"""What is asked for again is answered at once, with the same bytes, and only to who sent it."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import pytest

from hongtou.bulletin.order import FinishedFile, Order, Purpose
from hongtou.config import Config
from hongtou.rendering.cache import ENTRY_BYTES, EditionCache, key_of
from hongtou.web.app import create_app
from tests.support.fakes import FakeTypesetter

JSON = {"Content-Type": "application/json"}


def edition(size: int) -> FinishedFile:
    return FinishedFile(
        content=bytes(size),
        file_name="a" * size,
        ascii_name="b" * size,
        page_count=1,
        plan_digest="c" * size,
        finding_count=0,
        is_classified=False,
    )


def test_the_longest_unused_goes_first() -> None:
    cache = EditionCache(100 + 2 * ENTRY_BYTES)
    cache.put(b"a", edition(40))
    cache.put(b"b", edition(40))
    assert cache.get(b"a")
    cache.put(b"c", edition(40))
    assert (cache.get(b"a"), cache.get(b"b"), cache.get(b"c")) == (edition(40), None, edition(40))


def test_nothing_is_kept_without_room_or_that_is_larger() -> None:
    for most in (0, 9 + ENTRY_BYTES):
        cache = EditionCache(most)
        cache.put(b"a", edition(10))
        assert cache.get(b"a") is None


def test_what_is_classified_is_not_kept() -> None:
    cache = EditionCache(10**6)
    cache.put(b"a", replace(edition(10), is_classified=True))
    assert cache.get(b"a") is None
    assert cache.held_bytes == 0


def test_the_same_edition_counts_once() -> None:
    cache = EditionCache(100 + 2 * ENTRY_BYTES)
    for _ in range(10):
        cache.put(b"a", edition(60))
    cache.put(b"b", edition(40))
    assert cache.get(b"a")
    assert cache.get(b"b")


@pytest.mark.parametrize(
    ("document", "order", "images"),
    [
        (b"{ }", Order(), {"a": b"1"}),
        (b"{}", Order("png"), {"a": b"1"}),
        (b"{}", Order(purpose=Purpose.PROOF), {"a": b"1"}),
        (b"{}", Order(normalize=True), {"a": b"1"}),
        (b"{}", Order(options=(("page", 2),)), {"a": b"1"}),
        (b"{}", Order(), {}),
        (b"{}", Order(), {"a": b""}),
        (b"{}", Order(), {"b": b"1"}),
        (b"{}", Order(), {"a": b"2"}),
    ],
)
def test_whatever_differs_is_another_key(
    document: bytes, order: Order, images: dict[str, bytes]
) -> None:
    assert key_of(document, order, images, "甲") != key_of(b"{}", Order(), {"a": b"1"}, "甲")


def test_nobody_else_learns_that_an_issue_was_set_here() -> None:
    assert key_of(b"{}", Order(), {}, "甲") != key_of(b"{}", Order(), {}, "乙")


def test_what_is_counted_is_what_is_held() -> None:
    cache = EditionCache(10**9)
    tracemalloc.start()
    for number in range(1000):
        cache.put(b"%032d" % number, edition(100 + number % 3))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held <= cache.held_bytes <= 3 * held


@pytest.mark.slow
def test_a_repeat_is_answered_without_a_render() -> None:
    typesetter = FakeTypesetter()
    client = create_app(Config(), typesetter).test_client()
    first = client.post("/v1/render", data=b"{}", headers=JSON)
    again = client.post("/v1/render", data=b"{}", headers=JSON)
    assert again.data == first.data
    assert dict(again.headers)["ETag"] == first.headers["ETag"]
    same = client.post(
        "/v1/render", data=b"{}", headers={**JSON, "If-None-Match": first.headers["ETag"]}
    )
    assert same.status_code == 304
    client.post("/v1/render?purpose=proof", data=b"{}", headers=JSON)
    assert len(typesetter.asked) == 2


def test_without_a_cache_every_request_is_a_render() -> None:
    typesetter = FakeTypesetter()
    client = create_app(Config(cache_bytes=0), typesetter).test_client()
    for _ in range(3):
        client.post("/v1/render", data=b"{}", headers=JSON)
    assert len(typesetter.asked) == 3
