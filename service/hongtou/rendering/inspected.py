"""Renders in two steps: one process of a worker makes the file, the other inspects it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from hongtou.bulletin.order import FinishedFile, Order
from hongtou.bulletin.preview_wish import PreviewWish
from hongtou.outputs import OUTPUTS
from hongtou.outputs.png import PNG
from hongtou.pages.edition import Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import Preview, View
from hongtou.rendering.messages import Call, Checked, Made, Previewed, Reply, Skipped
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


def look_over(
    worker: Worker,
    document: bytes,
    order: Order,
    images: Mapping[str, bytes],
    deadline: Deadline,
) -> tuple[Reply[Checked], Inspection | None]:
    """Return the last reply, and what is wrong with an issue and with the file made of it.

    Raises:
        RenderLimit, Cancelled, WorkerDied: as in `render`.
    """
    reply, files = worker.do(
        Call("draft", order, tuple(images)), [document, *images.values()], deadline
    )
    if reply.product is None:
        return reply, None
    found: Checked = reply.product
    if len(files) != (found.page_count is not None and not found.faults):
        raise WorkerDied("worker did not reply")
    inspection = Inspection(found.findings, found.page_count, found.layout, found.faults or None)
    if found.page_count is None or found.faults:
        return reply, inspection
    verdict, _ = worker.do(Call("inspect", order, pages=found.page_count), files, deadline)
    if not verdict.failure:
        return replace(reply, spent=reply.spent or verdict.spent), replace(inspection, faults=())
    refusal: Reply[Checked] = Reply(failure=verdict.failure, trace=verdict.trace, spent=True)
    faults = verdict.failure.findings
    return refusal, replace(inspection, faults=faults) if faults else None


def draw(
    worker: Worker,
    document: bytes,
    order: Order,
    images: Mapping[str, bytes],
    deadline: Deadline,
    wish: PreviewWish,
) -> tuple[Reply[Previewed], Preview | None]:
    """Return the last reply, and the preview if its pictures passed their inspection.

    Raises:
        RenderLimit, Cancelled, WorkerDied: as in `render`.
    """
    call = Call("preview", order, tuple(images), wish=wish)
    reply, files = worker.do(call, [document, *images.values()], deadline)
    if reply.product is None:
        return reply, None
    made: Previewed = reply.product
    if len(files) != len(made.pictures):
        raise WorkerDied("worker did not reply")
    if files:
        inspection = Call("inspect", Order(output=PNG.name), pages=len(files))
        verdict, _ = worker.do(inspection, files, deadline)
        if verdict.failure:
            return Reply(failure=verdict.failure, trace=verdict.trace, spent=True), None
        reply = replace(reply, spent=reply.spent or verdict.spent)
    return reply, _preview(made, files)


def _preview(made: Previewed, files: Sequence[bytes]) -> Preview:
    pictures = tuple(zip(made.pictures, files, strict=True))
    return Preview(
        findings=made.findings,
        page_count=made.page_count,
        view=View(drawn=made.drawn, places=made.places, pictures=pictures),
        last_page_lines=made.last_page_lines,
        layout=made.layout,
    )


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
    suffix = f".{OUTPUTS[order.output].kind(order).extension}"
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
