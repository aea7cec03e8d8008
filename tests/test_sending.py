"""Answers on their way out: who sends them, a thread or the loop."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from waitress.channel import ClientDisconnected

from hongtou.web.server.channel import Connection
from hongtou.web.server.slow_clients import Pace

ANSWER = b"x" * 4096


class Budget:
    """Room for everything."""

    def take(self, *_unused: Any) -> bool:
        return True

    def release(self, *_unused: Any) -> None:
        pass


class Sending(Connection):
    """A connection whose kernel takes so many bytes; it notes whether the loop would send too."""

    def __init__(self, taken: int) -> None:
        self.taken, self.woken = taken, 0
        self.loop_would_send: list[bool] = []
        self.adj = SimpleNamespace(send_bytes=1)
        self.server = SimpleNamespace(pull_trigger=self._wake)
        self.outbuf_lock = threading.RLock()
        self.requests = [SimpleNamespace()]  # type: ignore[list-item]
        self.socket, self.connected, self.total_outbufs_len = object(), True, 0
        self.pace, self._answers, self._unsent = Pace(), Budget(), []  # type: ignore[assignment]
        self._lingers_until, self._is_being_sent = 0.0, False

    def _wake(self) -> None:
        self.woken += 1

    def send(self, data: bytes, do_close: bool = True) -> int:
        self.loop_would_send.append(self.writable())
        count, self.taken = min(self.taken, len(data)), 0
        return count


def test_the_loop_rests_while_a_thread_sends() -> None:
    """It turned two hundred times an answer, and kept the thread from sending."""
    connection = Sending(len(ANSWER))
    connection.write_soon(ANSWER)
    assert connection.loop_would_send == [False]
    assert not connection.writable()


def test_the_loop_is_woken_for_what_the_thread_could_not_send() -> None:
    connection = Sending(len(ANSWER) // 2)
    connection.write_soon(ANSWER)
    assert connection.writable()
    assert connection.woken == 1


class BrokenOff(Connection):
    """A connection whose answer breaks off behind its head; it notes whether it is to be closed."""

    def __init__(self, cause: Exception) -> None:
        self.requests = [SimpleNamespace(request_id="1")]  # type: ignore[list-item]
        self.server = SimpleNamespace(pull_trigger=lambda: None)
        self.connected, self.closes = True, False

        def broken() -> None:
            raise cause

        task = SimpleNamespace(close_on_finish=False, wrote_header=True, service=broken)
        self.task_class = lambda *_unused: task

    def _finish_request(self, *, close: bool) -> None:
        self.closes = close


@pytest.mark.parametrize("cause", [ClientDisconnected(), RuntimeError("no more of it")])
def test_an_answer_that_broke_off_ends_the_connection(cause: Exception) -> None:
    """What came next would be read as the rest of it."""
    connection = BrokenOff(cause)
    connection.service()
    assert connection.closes
