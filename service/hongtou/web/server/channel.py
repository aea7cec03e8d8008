"""A connection: reads a request, decides by its head, and answers it before it reads the next.

The reading thread itself answers what is refused: malformed requests, requests that the door does
not admit, and requests while all places are taken. Such a refusal takes a third of the time of a
refusal by a worker thread with Flask. That matters under overload, when refusals would take the
processor from the renders (`docs/reliability.md`).

Until a client's key is known, at most a head is held in memory. While a request is at work, the
bytes behind it are held only if they came with it.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import structlog
from waitress.channel import ClientDisconnected
from werkzeug.exceptions import HTTPException

from hongtou.addresses import origin_of
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

HEAD_RECV_BYTES = 4 * 1024
BODY_RECV_BYTES = 64 * 1024

log = structlog.get_logger("hongtou")


class Connection(SendingChannel):
    """A client's connection; the loop's thread calls everything but `service` and `write_soon`."""

    task_class = PlacedTask
    request: Incoming | None
    requests: list[Incoming]

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:
        self.context: ServerContext = server.context
        self.origin = self.tenant = origin_of(addr[0])
        self._rest = b""  # bytes received behind the request at work
        self._has_begun = False  # whether a request has begun since the last response
        self._is_served = False  # whether a thread is at work on the request
        super().__init__(server, sock, addr, adj, map)

    @property
    def has_more(self) -> bool:
        """Tell whether bytes of another request have been received."""
        return bool(self._rest) or self.request is not None

    def readable(self) -> bool:
        """Tell whether to read; during a render that shows whether the client has left."""
        if self._lingers_until:
            return True
        if self.will_close or self.close_when_flushed or self.total_outbufs_len:
            return False
        return len(self._rest) < HEAD_RECV_BYTES

    def writable(self) -> bool:
        """Tell whether there is something to send, or to do after sending."""
        if self._lingers_until:
            return False
        if self.requests:
            return self.total_outbufs_len >= self.adj.send_bytes and not self._is_being_sent
        return bool(
            self.total_outbufs_len or self.will_close or self.close_when_flushed or self._rest
        )

    def handle_read(self) -> None:
        """Receive bytes and parse them."""
        is_body = self.request is not None and self.request.head is not None
        size = BODY_RECV_BYTES if is_body or self._lingers_until else HEAD_RECV_BYTES
        try:
            data = self.recv(size)
        except BlockingIOError:
            return
        except OSError:
            self.handle_close()
            return
        if not self._discards(data):
            self._rest += data
            self._read_on()

    def handle_write(self) -> None:
        """Send what the client accepts; when all is sent, go on with its next request."""
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
        """Close the connection and drop an incomplete request."""
        if self.request is not None:
            self.request.close()
            self.request = None
        self._rest = b""
        super().handle_close()

    def is_overdue(self) -> bool:
        """Tell whether the client is too slow or has been silent for too long."""
        if self.requests and not self.total_outbufs_len:
            return False
        return super().is_overdue()

    @property
    def uses_archive(self) -> bool:
        """Tell whether the request may have to wait for the database."""
        return any(request.uses_archive for request in self.requests)

    def may_give_way(self) -> bool:
        """Tell whether the connection may be closed, as no thread works for it."""
        return not self._is_served

    def service(self) -> None:
        """Answer the request, in a thread of the pool."""
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
                self._write_refusal(EngineFault("出错了"), request, keep_alive=False)
        self._finish_request(close=task.close_on_finish)
        if self.connected:
            self.server.pull_trigger()

    def _read_on(self) -> None:
        """Parse the received bytes up to the end of a request; the rest waits unparsed."""
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
        """Parse a head or a piece of a body; tell whether the request is now complete."""
        if self.request is None:
            self.request = Incoming(
                self.origin, self.adj.url_prefix, self.context.uploads, self._refuse_for_room
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
            self._admit(request)
        if request.is_blank:
            self.request = None
        elif request.is_complete:
            self._hand_over(request)
            return True
        return False

    def _admit(self, request: Incoming) -> None:
        """Ask the door about a request and prepare for its body.

        A refused request without a body goes on to the application, which answers it, so that the
        connection can stay open.

        Raises:
            ServiceError: a request with a body is refused.
            HTTPException: a request with a body is refused.
        """
        assert request.head is not None
        try:
            admission = self.context.door.admit(request.head, str(self.addr[0]))
        except (ServiceError, HTTPException):
            if request.head.has_body:
                raise
            return
        request.tenant = self.tenant = admission.client or self.origin
        request.task, request.uses_archive = admission.task, admission.uses_archive
        if request.head.has_body:
            self.pace.start()
            request.expect_body(admission.max_bytes)
            if request.head.waits and not self._rest:
                self.write_soon(b"HTTP/1.1 100 Continue\r\n\r\n")
                self._flush_exception(self._flush_some)

    def _hand_over(self, request: Incoming) -> None:
        """Give a complete request to a thread, or refuse it if there is no place in the queue."""
        self.requests = [request]
        self.request = None
        try:
            if request.task:
                request.place = self.context.renders.enter(request.task, request.tenant)
        except (Busy, Stopping) as error:
            close_if_leaving(self, request)
            close = request.headers["CONNECTION"] == "close"
            self._write_refusal(error, request, keep_alive=not close)
            self._finish_request(close=close)
            self._flush_exception(self._flush_some)
            if close:
                self.handle_write()  # at once, not in the next turn of the loop
            return
        self.server.add_task(self)

    def _refuse_for_room(self) -> None:
        """Refuse a request whose memory another tenant is given."""
        self._refuse(Unavailable("同时收到的大请求过多", hint="请稍后重试"))

    def _refuse(self, error: Exception) -> None:
        """Answer an incomplete request and receive no more of it."""
        request, self.request = self.request, None
        self._write_refusal(error, request, keep_alive=False)
        if request is not None:
            request.close()
        self._rest = b""
        self.close_when_flushed = True
        self.handle_write()

    def _write_refusal(
        self, error: Exception, request: Incoming | None, *, keep_alive: bool
    ) -> None:
        """Write the response to a refused request and its line of the log."""
        head = request.head if request else None
        identifier = (request and request.request_id) or request_id({})
        has_body = head is None or head.method != "HEAD"
        answer = refusal(
            error,
            identifier,
            keep_alive=keep_alive,
            prefix=self.adj.url_prefix,
            has_body=has_body,
        )
        with suppress(ClientDisconnected):
            self.write_soon(answer)
        status = int(answer[9:12])
        self.context.metrics.answered(NO_ROUTE, status)
        log_answer(
            request_id=identifier,
            address=str(self.addr[0]),
            method=head.method if head else "",
            path=head.shown_path if head else "",
            client="",
            status=status,
            length=len(answer) - answer.find(b"\r\n\r\n") - 4,
            milliseconds=0,
        )

    def _finish_request(self, *, close: bool) -> None:
        """Release a request whose response is written, though perhaps not all of it is sent."""
        with self.requests_lock:
            if close:
                self.close_when_flushed = True
            self._has_begun = self._is_served = False
            if not self.total_outbufs_len:
                self.pace.start()
            (request,) = self.requests
            self.requests = []
        request.close()
