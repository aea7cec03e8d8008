"""A link to a PostgreSQL that can be cut, slowed down and silenced: a proxy on loopback."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PIECE_BYTES = 65536
SOCKET_NAME = ".s.PGSQL.5432"


class FaultyLink:
    """Passes bytes between clients and a server until it is told otherwise."""

    def __init__(self, server: Path) -> None:
        self.delay = 0.0  # seconds that each piece takes, in both directions
        self.passed = 0  # connections that reached the server
        self._server = server
        self._is_cut = False
        self._speaks = threading.Event()
        self._speaks.set()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = int(self._listening.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True, name="faulty-link").start()

    @property
    def url(self) -> str:
        """Return the address of the database at the other end."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def cut(self) -> None:
        """Close every connection, and every new one as soon as it comes."""
        self._is_cut = True
        self._close_all()

    def silence(self) -> None:
        """Take every byte and pass none on: what a host looks like that has lost its network."""
        self._speaks.clear()

    def mend(self) -> None:
        """Pass everything on again, at once."""
        self._is_cut, self.delay = False, 0.0
        self._speaks.set()

    def lead_to(self, server: Path) -> None:
        """Lead new connections to another server, as an address does that fails over."""
        self._server = server
        self._close_all()

    def close(self) -> None:
        """Close everything."""
        self._listening.close()
        self.mend()
        self._close_all()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self._is_cut:
                    client.close()
                else:
                    self._join(client)

    def _join(self, client: socket.socket) -> None:
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(str(self._server))
        except OSError:
            client.close()
            return
        self.passed += 1
        with self._lock:
            self._open |= {client, server}
        for source, target in ((client, server), (server, client)):
            threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(PIECE_BYTES):
                time.sleep(self.delay)
                self._speaks.wait()
                target.sendall(piece)
        self._close(source, target)

    def _close(self, *sockets: socket.socket) -> None:
        with self._lock:
            self._open -= set(sockets)
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _close_all(self) -> None:
        with self._lock:
            every = list(self._open)
        self._close(*every)


@contextmanager
def faulty_link(folder: Path) -> Iterator[FaultyLink]:
    """Yield a link to the server whose socket is in a folder."""
    link = FaultyLink(folder / SOCKET_NAME)
    try:
        yield link
    finally:
        link.close()
