"""What is asked for again is answered at once, with the same bytes, and only to who sent it."""

from __future__ import annotations

import pytest

from service.config import Config
from service.order import Edition, Order, Purpose
from service.web import create_app
from service.web.shelf import Shelf, key_of
from tests.support.fakes import FakeWorkshop

JSON = {"Content-Type": "application/json"}


def edition(size: int) -> Edition:
    return Edition(
        content=bytes(size), media_type="application/pdf", file_name="a", ascii_name="a",
        page_count=1, plan_digest="ab",
    )


def test_the_longest_unused_goes_first() -> None:
    shelf = Shelf(100)
    shelf.put(b"a", edition(40))
    shelf.put(b"b", edition(40))
    assert shelf.get(b"a")
    shelf.put(b"c", edition(40))
    assert (shelf.get(b"a"), shelf.get(b"b"), shelf.get(b"c")) == (edition(40), None, edition(40))


def test_nothing_is_kept_on_no_shelf_or_that_is_larger() -> None:
    for most in (0, 9):
        shelf = Shelf(most)
        shelf.put(b"a", edition(10))
        assert shelf.get(b"a") is None


def test_the_same_edition_counts_once() -> None:
    shelf = Shelf(100)
    for _ in range(10):
        shelf.put(b"a", edition(60))
    shelf.put(b"b", edition(40))
    assert shelf.get(b"a")
    assert shelf.get(b"b")


@pytest.mark.parametrize(
    ("document", "order", "images"),
    [
        (b"{ }", Order(), {}),
        (b"{}", Order(purpose=Purpose.PROOF), {}),
        (b"{}", Order(), {"a": b""}),
        (b"{}", Order(), {"b": b"1"}),
        (b"{}", Order(), {"a": b"2"}),
    ],
)
def test_whatever_differs_is_another_key(
    document: bytes, order: Order, images: dict[str, bytes]
) -> None:
    assert key_of(document, order, images) != key_of(b"{}", Order(), {"a": b"1"})


def test_a_repeat_is_answered_without_a_render() -> None:
    workshop = FakeWorkshop()
    client = create_app(Config(), workshop).test_client()
    first = client.post("/v1/render", data=b"{}", headers=JSON)
    again = client.post("/v1/render", data=b"{}", headers=JSON)
    assert again.data == first.data
    assert dict(again.headers)["ETag"] == first.headers["ETag"]
    same = client.post("/v1/render", data=b"{}", headers={**JSON, "If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    client.post("/v1/render?purpose=proof", data=b"{}", headers=JSON)
    assert len(workshop.asked) == 2


def test_without_a_shelf_every_request_is_a_render() -> None:
    workshop = FakeWorkshop()
    client = create_app(Config(shelf_bytes=0), workshop).test_client()
    for _ in range(3):
        client.post("/v1/render", data=b"{}", headers=JSON)
    assert len(workshop.asked) == 3
