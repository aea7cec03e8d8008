"""What is sent between our processes: what arrives, and what is refused before it is built."""

from __future__ import annotations

import json
import re
import socket
import threading
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
from pydantic import TypeAdapter

from hongtou.bulletin.errors import EngineFault, ReviewFailed, SetupError, Unauthorized
from hongtou.bulletin.file_names import LONGEST, UNSAFE
from hongtou.bulletin.finding import Box, Finding, Severity, Strength, Suggestion
from hongtou.bulletin.order import Order, Purpose
from hongtou.config import Config, read_config
from hongtou.config.config import OF_WORKERS
from hongtou.pages.report import PageReport
from hongtou.pipeline import Typesetter
from hongtou.rendering import worker_pool
from hongtou.rendering.frames import FROM_WORKER, HEAD, SIZE, Bounds, TooLong, receive, send
from hongtou.rendering.messages import (
    CALL,
    CHECKED,
    INSPECTED,
    MADE,
    START_ERRORS,
    START_REQUEST,
    STARTED,
    Call,
    Checked,
    Failure,
    Made,
    Reply,
    Skipped,
    Sound,
    Started,
    StartRequest,
)
from hongtou.rendering.process import WorkerDied

DIGEST = "0a" * 32
FOUND = Finding(
    code="x/y",
    severity=Severity.WARNING,
    message="“…”有错",
    page=2,
    box_mm=Box(1.5, 2, 3, 4),
    hint="请改",
    strength=Strength.REQUIRED,
    suggestion=Suggestion(1, 2, "：", safe=True),
)
PAGE = PageReport(1, 20, 0.05, -0.01, 3, 0, "㐂")
NAMED = Made("创建工作动态第33期（2017年）.pdf", "bulletin-2017-33.pdf", 6, DIGEST, 2, False)


REPLY = MADE.dump_json(Reply(NAMED))
Message = TypeVar("Message")


def passed_on(
    expected: TypeAdapter[Message], message: Message, *blobs: bytes
) -> tuple[Message, list[bytes]]:
    near, far = socket.socketpair()
    with near, far:
        sending = threading.Thread(target=send, args=(near, expected.dump_json(message), blobs))
        sending.start()
        found = receive(far, expected)
        sending.join()
        return found


@pytest.mark.parametrize(
    ("expected", "message"),
    [
        (CALL, Call("make", Order("png", Purpose.PROOF, normalize=True), ("a.png", "图.jpg"))),
        (CALL, Call("make", Order("png", options=(("dpi", 72), ("marks", True), ("to", "zip"))))),
        (CALL, Call("inspect", Order(), pages=6)),
        (MADE, Reply(NAMED, spent=True)),
        (CHECKED, Reply(Checked((FOUND,), None, (PAGE,)))),
        (CALL, Call("make", Order(), known=(DIGEST,))),
        (MADE, Reply(Skipped(DIGEST))),
        (INSPECTED, Reply(Sound())),
        (
            MADE,
            Reply(
                failure=Failure.of(ReviewFailed("有错", hint="请改", findings=[FOUND])), trace="…"
            ),
        ),
        (
            START_REQUEST,
            StartRequest("a:b", read_config({"HONGTOU_OWN_FONTS": str(Path(__file__).parent)})),
        ),
        (STARTED, Started(("seccomp",), Failure.of(SetupError("缺字体")))),
    ],
    ids=lambda one: type(one).__name__,
)
def test_what_is_sent_arrives(expected: TypeAdapter[Any], message: object) -> None:
    blobs = (b"", b"x" * 3_000_000)
    assert passed_on(expected, message, *blobs) == (message, list(blobs))


@pytest.mark.parametrize(
    "options",
    [[["page", 1.0]], [["page", None]], [["page", [1]]], [["page"]], [[1, 1]], {"page": 1}, "page"],
    ids=str,
)
def test_an_option_is_a_name_and_a_value_of_its_kind(options: object) -> None:
    order = {**asdict(Order("png")), "options": options}
    call = json.dumps({"kind": "make", "order": order, "images": [], "pages": 0}).encode()
    with pytest.raises(EOFError):
        passed_raw(HEAD.pack(len(call), 0) + call)


class TestErrors:
    def test_one_that_a_worker_may_raise_is_the_same_again(self) -> None:
        error = Failure.of(ReviewFailed("有错", hint="请改", findings=[FOUND])).error()
        assert isinstance(error, ReviewFailed)
        assert (error.message, error.hint, error.findings) == ("有错", "请改", (FOUND,))

    def test_any_other_is_a_fault_of_ours(self) -> None:
        for error in (Unauthorized("x"), SetupError("x")):
            assert type(Failure.of(error).error()) is EngineFault

    def test_the_fork_server_may_miss_something(self) -> None:
        assert type(Failure.of(SetupError("x")).error(START_ERRORS)) is SetupError


class TestNames:
    """A name that the domain makes passes; one that it would not make does not."""

    @pytest.mark.parametrize(
        "number",
        [*range(0x20), *range(0x7F, 0xA0), *map(ord, '/\\:*?"<>|'), 0x200B, 0x202E, 0x2066],
    )
    def test_what_is_taken_out_of_names_is_refused(self, number: int) -> None:
        assert UNSAFE.search(chr(number))
        assert refused(MADE, replace(NAMED, file_name=f"a{chr(number)}.pdf"))
        assert refused(MADE, replace(NAMED, ascii_name=f"a{chr(number)}.pdf"))

    def test_the_longest_passes_and_a_longer_does_not(self) -> None:
        assert not refused(MADE, replace(NAMED, file_name="第" * LONGEST + ".pdf"))
        assert refused(MADE, replace(NAMED, file_name="第" * LONGEST + "期.pdf"))

    @pytest.mark.parametrize(
        "name", ["a.pdf\n", "\na.pdf", ".pdf", "a", "a.PDF", "中.pdf", "a b.pdf", "../a.pdf"]
    )
    def test_ascii_names_are_words(self, name: str) -> None:
        assert refused(MADE, replace(NAMED, ascii_name=name))

    @pytest.mark.parametrize("digest", ["", "0a", DIGEST.upper(), DIGEST + "\n", "g" * 64])
    def test_digests_are_sha_256(self, digest: str) -> None:
        assert refused(MADE, replace(NAMED, plan_digest=digest))

    @pytest.mark.parametrize("count", [-1, 2**31, True, 1.5, "1", None])
    def test_counts_are_counts(self, count: Any) -> None:
        assert refused(MADE, replace(NAMED, page_count=count))


def refused(expected: TypeAdapter[Any], product: Made) -> bool:
    """Tell whether a reply that says this is none."""
    written = json.dumps({"product": asdict(product)}).encode()
    try:
        passed_raw(HEAD.pack(len(written), 0) + written, expected)
    except EOFError:
        return True
    return False


def passed_raw(content: bytes, expected: TypeAdapter[Any] = CALL) -> object:
    near, far = socket.socketpair()
    with near, far:
        sending = threading.Thread(target=_send_and_close, args=(near, content))
        sending.start()
        try:
            return receive(far, expected, bounds=FROM_WORKER)
        finally:
            far.close()
            sending.join()


def _send_and_close(near: socket.socket, content: bytes) -> None:
    with suppress(OSError):
        near.sendall(content)
        near.shutdown(socket.SHUT_WR)


class TestBounds:
    @pytest.mark.parametrize(
        "content",
        [
            b"", b"\0" * 5, HEAD.pack(5, 0) + b"half", HEAD.pack(0, 0), HEAD.pack(2, 1) + b"{}",
            HEAD.pack(FROM_WORKER.head_bytes + 1, 0), HEAD.pack(2, 2),
            HEAD.pack(2, 1) + SIZE.pack(FROM_WORKER.blob_bytes + 1),
            HEAD.pack(1_000_000, 0) + b"[" * 1_000_000,
        ],
        ids=["nothing", "half a length", "half a head", "no head", "no file", "a long head",
             "two files", "a long file", "many values"],
    )  # fmt: skip
    def test_what_is_no_message_is_told_at_once(self, content: bytes) -> None:
        with pytest.raises(EOFError):
            passed_raw(content)

    def test_nothing_is_kept_for_what_was_only_announced(self) -> None:
        announced = HEAD.pack(len(REPLY), 1) + SIZE.pack(FROM_WORKER.blob_bytes) + REPLY
        tracemalloc.start()
        try:
            with pytest.raises(EOFError):
                passed_raw(announced, MADE)
            assert tracemalloc.get_traced_memory()[1] < 3_000_000
        finally:
            tracemalloc.stop()

    def test_what_nobody_would_read_is_not_sent(self) -> None:
        near, far = socket.socketpair()
        with near, far:
            with pytest.raises(TooLong):
                send(near, b"x" * (FROM_WORKER.head_bytes + 1), bounds=FROM_WORKER)
            with pytest.raises(TooLong):
                send(near, b"{}", [bytes(FROM_WORKER.blob_bytes + 1)], bounds=FROM_WORKER)
            far.settimeout(0)
            with pytest.raises(BlockingIOError):
                far.recv(1)

    def test_what_is_just_within_the_bounds_is_sent(self) -> None:
        bounds = Bounds(head_bytes=9, blobs=1, blob_bytes=5)
        near, far = socket.socketpair()
        with near, far:
            send(near, b'{"a": 12}', [bytes(5)], bounds=bounds)
            found = receive(far, TypeAdapter(dict[str, int]), bounds=bounds)
            assert found == ({"a": 12}, [bytes(5)])
            for message, blob in ((b'{"a": 123}', 5), (b'{"a": 12}', 6)):
                with pytest.raises(TooLong):
                    send(near, message, [bytes(blob)], bounds=bounds)


class TestPatience:
    """Whoever waits looks up again and again, however the other end behaves."""

    def test_while_nothing_comes_and_while_drops_come(self) -> None:
        near, far = socket.socketpair()
        with near, far:
            far.settimeout(0.01)
            with pytest.raises(Weary):
                receive(far, CALL, tick=wearing(3))
            near.sendall(HEAD.pack(100, 0) + b"{" * 50)
            with pytest.raises(Weary):
                receive(far, CALL, tick=wearing(3))

    def test_while_nobody_reads_and_while_drops_are_read(self) -> None:
        near, far = socket.socketpair()
        with near, far:
            near.settimeout(0.01)
            with pytest.raises(Weary):
                send(near, b"x" * 2_000_000, tick=wearing(3))
            far.recv(100)
            with pytest.raises(Weary):
                send(near, b"x" * 2_000_000, tick=wearing(3))


class Weary(Exception):
    """Somebody waited long enough."""


def wearing(times: int) -> Callable[[], None]:
    """Return what may be called so many times."""
    left = iter(range(times))

    def look() -> None:
        if next(left, None) is None:
            raise Weary

    return look


class TestWhatAWorkerIsTold:
    def test_nothing_of_the_configuration_but_what_it_renders_with(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told: list[StartRequest] = []

        def note(request: StartRequest, *_: object) -> None:
            told.append(request)
            raise WorkerDied("noted")

        monkeypatch.setattr(worker_pool, "Workforce", note)
        marked = {
            entry.name: f"/marked-{entry.name}/"
            if entry.default == ""
            else Path("/marked-" + entry.name)
            for entry in fields(Config)
            if entry.default in ("", None)
        }
        assert {"database", "keys", "oidc_client_secret_file"} <= marked.keys()
        with pytest.raises(SetupError):
            worker_pool.WorkerPool(Config(**marked), print)
        (request,) = told
        assert request.config.own_fonts == marked["own_fonts"]
        known = set(re.findall(r"marked-(\w+)", START_REQUEST.dump_json(request).decode()))
        assert known == {"own_fonts", "press_profile", "press_condition"}

    def test_all_that_a_typesetter_is_opened_with(self) -> None:
        read: set[str] = set()

        class Watched:
            def __getattr__(self, name: str) -> object:
                read.add(name)
                return getattr(Config(), name)

        Typesetter.open(Watched())  # type: ignore[arg-type]
        assert read == set(OF_WORKERS) - {"render_memory_bytes", "render_cpu_seconds"}
