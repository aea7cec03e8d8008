"""A worker: two forks of the fork server; the maker makes files, the inspector inspects them.

Both run this code and differ only in the calls they get: the web process passes what the maker
made to the inspector. Neither can open a file or a socket, nor reach another process.
"""

from __future__ import annotations

import gc
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from socket import socket
from typing import Any

from hongtou.bulletin.errors import (
    EngineFault,
    RenderLimit,
    ServiceError,
    TooLarge,
)
from hongtou.bulletin.order import Order
from hongtou.config import Config
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pages.preview import Preview
from hongtou.rendering.frames import FROM_WORKER, TooLong, receive, send
from hongtou.rendering.messages import (
    CALL,
    FILES,
    REPLIES,
    TRACE_CHARS,
    Call,
    Checked,
    Failure,
    Made,
    Previewed,
    Reply,
    Skipped,
    Sound,
)
from hongtou.rendering.remedies import remedy
from hongtou.rendering.sandbox import (
    MIB,
    ResidentMemory,
    apply_protections,
    close_all_but,
    die_with_parent,
    extend_cpu_limit,
    limit_resources,
)

RESIDENT_BYTES = 400 * MIB
OBJECTS_BETWEEN = 50_000  # collections, as garbage is collected after every render anyway


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """The typesetter, limits and protections that a worker starts with."""

    typesetter: Any
    config: Config
    fork_server: int
    protections: tuple[str, ...]


def work(peer: socket, settings: WorkerSettings) -> None:
    """Answer calls until the web process closes the socket.

    Raises:
        RuntimeError: a protection that worked in the probe does not hold.
    """
    die_with_parent(settings.fork_server)
    resident = ResidentMemory()
    close_all_but(peer.fileno(), resident.descriptor)
    limit_resources(settings.config.render_memory_bytes)
    gc.set_threshold(OBJECTS_BETWEEN)
    if apply_protections() != settings.protections:
        raise RuntimeError("a protection that worked in the probe does not hold")
    while True:
        try:
            call, blobs = receive(peer, CALL)
        except EOFError:
            return
        extend_cpu_limit(settings.config.render_cpu_seconds)
        reply, content = perform(settings.typesetter, call, blobs)
        grown = resident.resident_bytes() > RESIDENT_BYTES
        _answer(peer, call, replace(reply, spent=reply.spent or grown), content)
        del call, blobs, reply, content
        gc.collect()  # while idle; cheap, as objects from before the fork are frozen


def perform(typesetter: Any, call: Call, blobs: list[bytes]) -> tuple[Reply[Any], list[bytes]]:
    """Return the reply to a call and the files that it made; never raise."""
    try:
        if call.kind == "inspect":
            for content in blobs:
                typesetter.inspect(content, call.order, call.pages)
            return Reply(Sound()), []
        if call.kind == "import":
            from hongtou.importing.kinds import read_kinds
            from hongtou.importing.reading import read_file  # loaded by the rehearsal

            content, kinds = blobs
            found = read_file(content, read_kinds(kinds))
            files = [*found.pictures.values()]
            return Reply(replace(found, pictures=dict.fromkeys(found.pictures, b""))), files
        images = dict(zip(call.images, blobs[1:], strict=True))
        if call.kind == "check":
            return _checked(typesetter.check(blobs[0], call.order, images)), []
        if call.kind == "draft":
            return _drafted(typesetter, blobs[0], call.order, images)
        if call.kind == "preview":
            return _previewed(typesetter.preview(blobs[0], call.order, call.wish, images))
        return _made(typesetter.make(blobs[0], call.order, images, call.known))
    except BaseException as fault:  # the fatal errors of the engine are not Exceptions
        return _failure(fault, remedy(call, blobs)), []


def _made(product: Edition | Unchanged) -> tuple[Reply[Any], list[bytes]]:
    if isinstance(product, Unchanged):
        return Reply(Skipped(product.plan_digest)), []
    made = Made(
        product.file_name,
        product.ascii_name,
        product.page_count,
        product.plan_digest,
        len(product.findings),
        product.is_classified,
    )
    return Reply(made), [product.content]


def _checked(found: Inspection) -> Reply[Any]:
    return Reply(Checked(found.findings, found.page_count, found.layout, found.faults or ()))


def _drafted(
    typesetter: Any, document: bytes, order: Order, images: Mapping[str, bytes]
) -> tuple[Reply[Any], list[bytes]]:
    """Return the findings of an issue with its file, unless that cannot be made."""
    found, content = typesetter.draft(document, order, images)
    return _checked(found), [] if content is None else [content]


def _previewed(preview: Preview) -> tuple[Reply[Any], list[bytes]]:
    drawn = Previewed(
        preview.findings,
        preview.page_count,
        preview.view.drawn,
        preview.view.places,
        preview.last_page_lines,
        preview.layout,
        tuple(digest for digest, _ in preview.view.pictures),
    )
    return Reply(drawn), [png for _, png in preview.view.pictures]


def _answer(peer: socket, call: Call, reply: Reply[Any], content: list[bytes]) -> None:
    """Send a reply, or a failure if the reply is beyond the bounds of its reader."""
    kind = REPLIES[call.kind]
    try:
        send(peer, kind.dump_json(reply), content, bounds=FILES.get(call.kind, FROM_WORKER))
    except TooLong:
        error = TooLarge("成品或检查结果过大", hint="请缩小图片，或拆成几期")
        send(peer, kind.dump_json(Reply(failure=Failure.of(error), spent=reply.spent)))
    except UnicodeError as fault:
        send(peer, kind.dump_json(_failure(fault)))


def _failure(fault: BaseException, hint: str = "") -> Reply[Any]:
    """Return the reply that tells of a fault; ``hint`` is for one of memory."""
    if isinstance(fault, RenderLimit):  # of a picture, which it names
        return Reply(failure=Failure.of(fault), spent=True)
    if _is_out_of_memory(fault):
        error = RenderLimit("排版所需内存超过上限", hint=hint)
        return Reply(failure=Failure.of(error), spent=True)
    if isinstance(fault, EngineFault):
        return Reply(failure=Failure.of(fault), trace=_trace(fault))
    if isinstance(fault, ServiceError):
        return Reply(failure=Failure.of(fault))
    unforeseen = EngineFault("排版未能完成")
    unforeseen.__cause__ = fault
    return Reply(failure=Failure.of(unforeseen), trace=_trace(fault), spent=True)


def _is_out_of_memory(fault: BaseException | None) -> bool:
    while fault is not None:
        if isinstance(fault, MemoryError):
            return True
        fault = fault.__cause__ or fault.__context__
    return False


def _trace(fault: BaseException) -> str:
    """Return the end of the traceback, the most telling part, without source lines."""
    written = "".join(traceback.format_exception(fault))[-TRACE_CHARS:]
    return written.encode(errors="replace").decode()
