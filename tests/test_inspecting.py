"""A worker of two processes: it is not kept once either of them has grown too large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import pytest

from hongtou.bulletin.order import Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.rendering.inspected import draw, look_over, render
from hongtou.rendering.messages import Call, Checked, Made, Previewed, Reply, Sound
from hongtou.rendering.process import Deadline, Worker

MADE = Made("第1期.pdf", "bulletin.pdf", 1, "ab" * 32, 0, is_classified=False)
CHECKED = Checked((), 1, ())
PREVIEWED = Previewed((), 1, (), (), 1, (), ("cd" * 12,))
DEADLINE = Deadline.of(9, lambda: False, "排版")


class ToldWorker:
    """Replies with a product and a file; its inspector finds nothing, and may be spent."""

    def __init__(self, product: object, *, is_spent: bool) -> None:
        self.product = product
        self.is_spent = is_spent

    def do(
        self, call: Call, blobs: Sequence[bytes], deadline: Deadline
    ) -> tuple[Reply[Any], list[bytes]]:
        if call.kind == "inspect":
            return Reply(Sound(), spent=self.is_spent), []
        return Reply(self.product), [b"file"]


def rendered(worker: Worker) -> tuple[Reply[Any], object]:
    return render(worker, b"{}", Order(), {}, DEADLINE)


def looked_over(worker: Worker) -> tuple[Reply[Any], object]:
    return look_over(worker, b"{}", Order(), {}, DEADLINE)


def drawn(worker: Worker) -> tuple[Reply[Any], object]:
    return draw(worker, b"{}", Order(), {}, DEADLINE, PreviewWish())


@pytest.mark.parametrize("is_spent", [True, False])
@pytest.mark.parametrize(
    ("act", "product"), [(rendered, MADE), (looked_over, CHECKED), (drawn, PREVIEWED)]
)
def test_a_worker_is_spent_with_its_inspector(
    act: Callable[[Worker], tuple[Reply[Any], object]], product: object, is_spent: bool
) -> None:
    reply, made = act(cast("Worker", ToldWorker(product, is_spent=is_spent)))
    assert made is not None
    assert reply.spent is is_spent
