"""What is advised where a render took too long: to shrink pictures, or to part the issue."""

from __future__ import annotations

import pytest

from hongtou.bulletin.errors import RenderLimit
from hongtou.bulletin.order import Order
from hongtou.rendering.messages import Call
from hongtou.rendering.remedies import remedy
from hongtou.rendering.worker import perform

PARTED = "请把稿件拆成几期"
KILOBYTE = b"a" * 1000


def call(*images: str) -> Call:
    return Call("make", Order(), images)


def test_without_pictures_the_issue_is_to_be_parted() -> None:
    assert remedy(call(), [KILOBYTE]) == PARTED


def test_the_largest_picture_is_named_where_pictures_outweigh_the_text() -> None:
    told = remedy(call("a.jpg", "照片.jpg"), [KILOBYTE, KILOBYTE * 900, KILOBYTE * 3_200])
    assert "“照片.jpg”（3.1 MB）" in told
    assert "拆成几期" not in told


def test_a_small_picture_in_a_long_issue_is_not_blamed() -> None:
    assert remedy(call("a.jpg"), [KILOBYTE * 900, KILOBYTE]) == PARTED


class OutOfMemory:
    """A typesetter that fails as one without memory does, or as one that names a picture."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def make(self, *_: object) -> None:
        raise self.fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (MemoryError(), "“a.jpg”（1000 字节）"),
        (RenderLimit("处理图片“b.jpg”所需内存超过上限", hint="请先把这张图片缩小"), "这张图片"),
    ],
)
def test_a_worker_without_memory_says_so_and_is_not_kept(fault: Exception, told: str) -> None:
    reply, _ = perform(OutOfMemory(fault), call("a.jpg"), [b"{}", KILOBYTE])
    assert reply.failure is not None
    assert (reply.failure.kind, reply.spent) == ("RenderLimit", True)
    assert told in reply.failure.hint
