"""A file and an address that nothing may touch."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

SECRET = "金丝雀在唱歌"


@dataclass
class Canary:
    """The file holds SECRET; the address answers nobody, but counts who comes."""

    file: Path
    port: int
    visits: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def canary() -> Iterator[Canary]:
    """Watch a loopback port and lay out a file until the block ends.

    The file's name is short, so that it fits into every field.
    """
    with TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener:
        file = Path(folder).resolve() / "canary.txt"
        file.write_text(SECRET, encoding="utf-8")
        kept = Canary(file, listener.getsockname()[1])
        threading.Thread(target=_count, args=(listener, kept), daemon=True).start()
        try:
            yield kept
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _count(listener: socket.socket, kept: Canary) -> None:
    while True:
        try:
            listener.accept()[0].close()
        except OSError:
            return
        kept.visits += 1
