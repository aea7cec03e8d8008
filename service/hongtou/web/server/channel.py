"""Connections: one request at a time is read, looked at by its head, and answered before the next.

What is refused is answered by the thread that reads, as a problem document: what is no request,
what may not come in, and what comes while every place is taken. That costs a third of a refusal
that first finds a thread, Flask and the queue, and under overload it is refusals that would take
the processor from the renders (`docs/reliability.md`).

Of what a client sends before its key is known, at most a head is kept; of what it sends behind a
request that is still worked on, what came with it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from waitress.channel import ClientDisconnected
from werkzeug.exceptions import HTTPException

from hongtou.bulletin.errors import Busy, EngineFault, ServiceError, Stopping, Unavailable
from hongtou.web.head import request_id
from hongtou.web.log import log_answer
from hongtou.web.metrics import NO_ROUTE
from hongtou.web.server.context import ServerContext
from hongtou.web.server.handover import close_if_leaving
from hongtou.web.server.incoming import Incoming
from hongtou.web.server.refusal import refusal
from hongtou.web.server.sending import SendingChannel
from hongtou.web.server.task import PlacedTask
from hongtou.web.server.tenants import origin_of

HEAD_RECV_BYTES = 4 * 1024
BODY_RECV_BYTES = 64 * 1024

log = structlog.get_logger("hongtou")


class Connection(SendingChannel):
    """A client's connection. All but `service` and `write_soon` is called by the loop's thread."""

    task_class = PlacedTask
    request: Incoming | None
    requests: list[Incoming]

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.context: ServerContext = server.context
        self.origin = self.tenant = origin_of(addr[0])
        self._rest = b""  # what came behind the request that is worked on
        self._has_begun = False  # to send a request, since the last answer
        self._is_served = False  # by a thread
        super().__init__(server, sock, addr, adj, map)

    @property
    def has_more(self) -> bool:
        """Tell whether something of another request has come already."""
        return bool(self._rest) or self.request is not None

    def readable(self) -> bool:
        """Tell whether more may come: also while a request is worked on, to see who goes away."""
        if self._lingers_until:
            return True
        if self.will_close or self.close_when_flushed or self.total_outbufs_len:
            return False
        return len(self._rest) < HEAD_RECV_BYTES

    def writable(self) -> bool:
        """Tell whether there is something to send, or to do now that it has been sent."""
        if self._lingers_until:
            return False
        if self.requests:
            return self.total_outbufs_len >= self.adj.send_bytes and not self._is_being_sent
        return bool(
            self.total_outbufs_len or self.will_close or self.close_when_flushed or self._rest
        )

    def handle_read(self) -> None:
        """Take what has come, and read on in it."""
        is_body = self.request is not None and self.request.head is not None
        most = BODY_RECV_BYTES if is_body or self._lingers_until else HEAD_RECV_BYTES
        try:
            data = self.recv(most)
        except BlockingIOError:
            return
        except OSError:
            self.handle_close()
            return
        if not self._takes_leave(data):
            self._rest += data
            self._read_on()

    def handle_write(self) -> None:
        """Send what the client takes, and go on with what it asked for next."""
        flush = self._flush_some_if_lockable if self.requests else self._flush_some
        if self.total_outbufs_len:
            self._flush_exception(flush)
        if self.will_close:
            self.handle_close()
        elif not self.requests and not self.total_outbufs_len:
            if self.close_when_flushed:
                self._rest = b""
                self._linger()
            else:
                self._read_on()

    def handle_close(self) -> None:
        """Close the connection, and give up a request that has not come whole."""
        if self.request is not None:
            self.request.close()
            self.request = None
        self._rest = b""
        super().handle_close()

    def is_overdue(self) -> bool:
        """Tell whether this client has been waited for long enough."""
        if self.requests and not self.total_outbufs_len:
            return False
        return super().is_overdue()

    def may_give_way(self) -> bool:
        """Tell whether no thread is working for this client; its request may wait for one."""
        return not self._is_served

    def service(self) -> None:
        """Answer the request in a thread, and let the loop go on."""
        self._is_served = True
        request = self.requests[0]
        task = self.task_class(self, request)
        try:
            if self.connected:
                task.service()
        except ClientDisconnected:
            task.close_on_finish = True
        except Exception as cause:
            log.error("unforeseen", request_id=request.request_id, exc_info=cause)
            task.close_on_finish = True
            if not task.wrote_header:
                self._tell(EngineFault("出错了"), request, keeps=False)
        self._answered(closes=task.close_on_finish)
        if self.connected:
            self.server.pull_trigger()

    def _read_on(self) -> None:
        """Read on in what came, to the end of one request; what is behind it waits as it is."""
        if self.requests or self.total_outbufs_len or self.close_when_flushed:
            return
        try:
            while self._rest and not self._take():
                pass
        except (ServiceError, HTTPException) as error:
            self._refuse(error)
        except Exception as error:
            log.error("unforeseen", exc_info=error)
            self._refuse(error)

    def _take(self) -> bool:
        """Take one step, a head or a piece of a body; tell whether a request is whole with it."""
        if self.request is None:
            self.request = Incoming(
                self.origin, self.adj.url_prefix, self.context.uploads, self._give_up_request
            )
        if not self._has_begun:
            self._has_begun = True
            self.pace.start()
        request = self.request
        is_head = request.head is None
        taken = request.read(self._rest)
        self._rest = self._rest[taken:]
        self.pace.move(taken)
        if is_head and request.head is not None:
            self._look_at(request)
        if request.is_blank:
            self.request = None
        elif request.is_complete:
            self._hand_over(request)
            return True
        return False

    def _look_at(self, request: Incoming) -> None:
        """Let a request's body come in, or raise why not.

        What brings none is refused by the application, and the connection goes on.
        """
        assert request.head is not None
        try:
            admission = self.context.door.admit(request.head)
        except (ServiceError, HTTPException):
            if request.head.has_body:
                raise
            return
        request.tenant = self.tenant = admission.client or self.origin
        request.task = admission.task
        if request.head.has_body:
            self.pace.start()
            request.expect_body(admission.most_bytes)
            if request.head.waits and not self._rest:
                self.write_soon(b"HTTP/1.1 100 Continue\r\n\r\n")
                self._flush_exception(self._flush_some)

    def _hand_over(self, request: Incoming) -> None:
        """Give a whole request to a thread, if there is a place for it."""
        self.requests = [request]
        self.request = None
        try:
            if request.task:
                request.place = self.context.renders.enter(request.task, request.tenant)
        except (Busy, Stopping) as error:
            close_if_leaving(self, request)
            closes = request.headers["CONNECTION"] == "close"
            self._tell(error, request, keeps=not closes)
            self._answered(closes=closes)
            self._flush_exception(self._flush_some)
            if closes:
                self.handle_write()  # else the client waits for a turn of the loop for the end
            return
        self.server.add_task(self)

    def _give_up_request(self) -> None:
        """Refuse a request whose room others need more."""
        self._refuse(Unavailable("同时收到的大请求过多", hint="请稍后重试"))

    def _refuse(self, error: Exception) -> None:
        """Answer what has not come whole, and take no more of it."""
        request, self.request = self.request, None
        self._tell(error, request, keeps=False)
        if request is not None:
            request.close()
        self._rest = b""
        self.close_when_flushed = True
        self.handle_write()

    def _tell(self, error: Exception, request: Incoming | None, *, keeps: bool) -> None:
        """Write why a request is not served, and the line of the log that each answer has."""
        head = request.head if request else None
        asked_as = (request and request.request_id) or request_id({})
        has_body = head is None or head.method != "HEAD"
        answer = refusal(
            error, asked_as, keeps=keeps, prefix=self.adj.url_prefix, has_body=has_body
        )
        with suppress(ClientDisconnected):
            self.write_soon(answer)
        status = int(answer[9:12])
        self.context.metrics.answered(NO_ROUTE, status)
        log_answer(
            request_id=asked_as,
            address=str(self.addr[0]),
            method=head.method if head else "",
            path=head.shown_path if head else "",
            client="",
            status=status,
            length=len(answer) - answer.find(b"\r\n\r\n") - 4,
            milliseconds=0,
        )

    def _answered(self, *, closes: bool) -> None:
        """Note that the request has its answer, though perhaps not all of it has left."""
        with self.requests_lock:
            if closes:
                self.close_when_flushed = True
            self._has_begun = self._is_served = False
            if not self.total_outbufs_len:
                self.pace.start()
            (request,) = self.requests
            self.requests = []
        request.close()
