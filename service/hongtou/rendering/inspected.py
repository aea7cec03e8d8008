"""A file is made by one process of a worker and inspected by the other before it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hongtou.bulletin.order import FinishedFile, Order
from hongtou.outputs import OUTPUTS
from hongtou.pages.edition import Unchanged
from hongtou.rendering.messages import Call, Made, Reply, Skipped
from hongtou.rendering.process import Deadline, Worker, WorkerDied


def render(
    worker: Worker,
    document: bytes,
    order: Order,
    images: Mapping[str, bytes],
    deadline: Deadline,
    known: Collection[str] = (),
) -> tuple[Reply[Made | Skipped], FinishedFile | Unchanged | None]:
    """Return the reply to a render and, where it made one that passed, the file.

    Nothing is made of an issue whose plan digest is ``known``. A worker whose file does not pass is
    spent: it may be that somebody else's code made it.

    Raises:
        RenderLimit, Cancelled, WorkerDied: as `Worker.do`.
    """
    call = Call("make", order, tuple(images), tuple(known))
    reply, files = worker.do(call, [document, *images.values()], deadline)
    if reply.product is None:
        return reply, None
    if isinstance(reply.product, Skipped):
        return reply, _unchanged(reply.product, files, known)
    file = _believed(reply.product, files, order)
    seen, _ = worker.do(Call("inspect", order, pages=file.page_count), [file.content], deadline)
    if seen.failure:
        return Reply(failure=seen.failure, trace=seen.trace, spent=True), None
    return replace(reply, spent=reply.spent or seen.spent), file


def _unchanged(skipped: Skipped, files: Sequence[bytes], known: Collection[str]) -> Unchanged:
    """Return what the worker says, which can only be one of the digests that it was told."""
    if files or skipped.plan_digest not in known:
        raise WorkerDied("worker did not reply")
    return Unchanged(skipped.plan_digest)


def _believed(made: Made, files: Sequence[bytes], order: Order) -> FinishedFile:
    """Return the file as the worker describes it; its kind is what was ordered."""
    ending = f".{OUTPUTS[order.output].extension}"
    named = made.file_name.endswith(ending) and made.ascii_name.endswith(ending)
    if len(files) != 1 or not named:
        raise WorkerDied("worker did not reply")
    return FinishedFile(
        content=files[0],
        file_name=made.file_name,
        ascii_name=made.ascii_name,
        page_count=made.page_count,
        plan_digest=made.plan_digest,
        finding_count=made.finding_count,
        is_classified=made.is_classified,
    )
