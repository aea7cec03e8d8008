"""Requests turned away by the thread that reads: in the same words, with few turns of its loop."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from typing import Any

import pytest

from hongtou.bulletin.errors import Busy, ServiceError, Stopping
from hongtou.config import Config
from hongtou.web.app import create_app
from hongtou.web.server.event_loop import PAUSE_SECONDS, Loop
from hongtou.web.server.refusal import refusal
from tests.support.fakes import FakeTypesetter

CONFIG = replace(Config(), workers=1, queue=0)


def parts(answer: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = answer.decode().partition("\r\n\r\n")
    status, *lines = head.split("\r\n")
    return status, dict(line.split(": ", 1) for line in lines), body.encode()


class TestWords:
    @pytest.mark.parametrize("stopping", [False, True])
    def test_they_are_those_of_the_application(self, stopping: bool) -> None:
        app = create_app(replace(CONFIG, workers=0), FakeTypesetter())
        renders = app.services.renders
        if stopping:
            renders.queue.stop()
        with pytest.raises(Stopping if stopping else Busy) as refused:
            renders.enter("produce", "somebody")
        error = refused.value
        said = app.test_client().post(
            "/v1/render",
            data=b"{}",
            content_type="application/json",
            headers={"X-Request-Id": "one"},
        )
        status, headers, body = parts(refusal(error, "one", keep_alive=True, prefix=""))
        assert status.lower() == f"HTTP/1.1 {said.status}".lower()
        assert headers.pop("Date").endswith(" GMT")
        assert headers == dict(said.headers)
        assert body == said.data

    @pytest.mark.parametrize(("keep_alive", "named"), [(True, None), (False, "close")])
    def test_they_say_whether_the_connection_goes_on(
        self, keep_alive: bool, named: str | None
    ) -> None:
        error: ServiceError = Busy("等待排版的稿件过多", hint="请稍后重试")
        _, headers, body = parts(refusal(error, "one", keep_alive=keep_alive, prefix=""))
        assert headers.get("Connection") == named
        assert int(headers["Content-Length"]) == len(body)


class TestLoop:
    @pytest.mark.slow
    @pytest.mark.parametrize(("is_full", "most"), [(True, 0.2 / PAUSE_SECONDS), (False, 1e9)])
    def test_it_rests_between_turns_while_every_place_is_taken(
        self, is_full: bool, most: float
    ) -> None:
        near, far = socket.socketpair()
        with near, far:
            listener = Turning(near, time.monotonic() + 0.2)
            Loop(lambda: is_full).loop(timeout=0, map=listener.map, use_poll=True)
        assert 1 < listener.turns <= most + 1
        if not is_full:
            assert listener.turns > 0.2 / PAUSE_SECONDS


class Turning:
    """What a loop looks at once a turn, until its time is up."""

    accepting = False

    def __init__(self, end: socket.socket, until: float) -> None:
        self.map: dict[int, Any] = {end.fileno(): self}
        self.until = until
        self.turns = 0

    def readable(self) -> bool:
        self.turns += 1
        if time.monotonic() > self.until:
            self.map.clear()
        return False

    def writable(self) -> bool:
        return False
