"""Renders in two steps: one process of a worker makes the file, the other inspects it."""

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
    """Return the last reply, and the file if it was made and passed its inspection.

    No file is made of an issue whose plan digest is ``known``. A worker whose file fails is spent,
    as it may have been taken over by code in a document.

    Raises:
        RenderLimit: the time is up, or the processor time is.
        Cancelled: the client left.
        WorkerDied: a process ended, or did not reply as it must.
    """
    call = Call("make", order, tuple(images), tuple(known))
    reply, files = worker.do(call, [document, *images.values()], deadline)
    if reply.product is None:
        return reply, None
    if isinstance(reply.product, Skipped):
        return reply, _unchanged(reply.product, files, known)
    file = _made_file(reply.product, files, order)
    inspection = Call("inspect", order, pages=file.page_count)
    verdict, _ = worker.do(inspection, [file.content], deadline)
    if verdict.failure:
        return Reply(failure=verdict.failure, trace=verdict.trace, spent=True), None
    return replace(reply, spent=reply.spent or verdict.spent), file


def _unchanged(skipped: Skipped, files: Sequence[bytes], known: Collection[str]) -> Unchanged:
    """Return the digest in a reply.

    Raises:
        WorkerDied: it is none of the digests that the worker was given.
    """
    if files or skipped.plan_digest not in known:
        raise WorkerDied("worker did not reply")
    return Unchanged(skipped.plan_digest)


def _made_file(made: Made, files: Sequence[bytes], order: Order) -> FinishedFile:
    """Return the file of a reply.

    Raises:
        WorkerDied: there is not exactly one file, or its name is of another kind than ordered.
    """
    suffix = f".{OUTPUTS[order.output].extension}"
    is_ordered_kind = made.file_name.endswith(suffix) and made.ascii_name.endswith(suffix)
    if len(files) != 1 or not is_ordered_kind:
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
