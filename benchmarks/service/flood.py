"""Requests at a rate that does not wait for answers, from one thread: it runs beside what it measures."""

from __future__ import annotations

import random
import select
import socket
import time
from dataclasses import dataclass, field

from tests.support.serving import Answer

MAX_AT_ONCE = 256  # connections: a sender who has to wait for one is late, and says so in the rate
LAST_ANSWERS_SECONDS = 60.0
TICK_SECONDS = (
    0.005  # what is due within one goes together: a wake-up for each would cost a render more
)


@dataclass(slots=True)
class _Asked:
    peer: socket.socket
    began: float
    answer: bytearray = field(default_factory=bytearray)


class Flood:
    """Sends one request again and again at a mean rate, at moments that nobody can foresee (Poisson)."""

    def __init__(self, port: int, request: bytes, rate: float) -> None:
        self._port = port
        self._request = request
        self._rate = rate
        self._open: dict[int, _Asked] = {}
        self._poll = select.epoll()
        self.answers: list[Answer] = []

    def run(self, seconds: float) -> list[Answer]:
        """Send for so long, take what is still to be answered, and return all answers."""
        due = time.monotonic()
        end = due + seconds
        while (now := time.monotonic()) < end:
            while due <= now and len(self._open) < MAX_AT_ONCE:
                self._ask()
                due += random.expovariate(self._rate)
            due = max(due, now - 1)
            time.sleep(TICK_SECONDS)
            self._hear(0)
        while self._open and time.monotonic() < end + LAST_ANSWERS_SECONDS:
            self._hear(1)
        self.answers += [Answer(0, {}, b"", 0.0)] * len(self._open)
        return self.answers

    def _ask(self) -> None:
        began = time.monotonic()
        peer = socket.socket()
        try:
            peer.settimeout(1)
            peer.connect(("127.0.0.1", self._port))
            peer.sendall(self._request)
            peer.setblocking(False)
        except OSError:
            peer.close()
            self.answers.append(Answer(0, {}, b"", 0.0))
            return
        self._open[peer.fileno()] = _Asked(peer, began)
        self._poll.register(peer, select.EPOLLIN)

    def _hear(self, seconds: float) -> None:
        for number, _ in self._poll.poll(max(0.0, seconds)):
            asked = self._open[number]
            try:
                piece = asked.peer.recv(1 << 18)
            except OSError:
                piece = b""
                asked.answer.clear()
            asked.answer += piece
            if not piece:
                del self._open[number]
                asked.peer.close()
                self.answers.append(_read(bytes(asked.answer), time.monotonic() - asked.began))


def _read(answer: bytes, seconds: float) -> Answer:
    """Return an answer, or the status 0 where it is none or not whole."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    if int(headers.get("Content-Length", -1)) != len(body):
        return Answer(0, {}, b"", seconds)
    return Answer(int(status.split()[1]), headers, body[:100], seconds)
