"""The protocols of systemd: inherited sockets, readiness, the watchdog.

They consist of a few variables and datagrams, and other supervisors use them too (s6, containers).

Source: sd_listen_fds(3), sd_notify(3), sd_watchdog_enabled(3).
"""

from __future__ import annotations

import os
import socket
from collections.abc import MutableMapping
from contextlib import suppress
from dataclasses import dataclass, replace

from hongtou.bulletin.errors import SetupError
from hongtou.config import Config
from hongtou.web.access import is_loopback

FIRST = 3  # SD_LISTEN_FDS_START: 0 to 2 are the standard streams
TELL_SECONDS = 2.0  # a supervisor that does not read must not delay the end of the service

READY, STOPPING, WATCHDOG = "READY=1", "STOPPING=1", "WATCHDOG=1"


@dataclass(frozen=True, slots=True)
class Supervision:
    """The sockets and addresses from a supervisor, empty if there is none."""

    sockets: tuple[socket.socket, ...] = ()
    address: str = ""
    watchdog: bool = False  # whether it kills a service that stops reporting

    def tell(self, state: str) -> None:
        """Report a state to the supervisor, if there is one; never fails."""
        if not self.address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as teller:
            teller.settimeout(TELL_SECONDS)
            teller.sendto(state.encode(), self.address)

    def keep_alive(self) -> None:
        """Report to the supervisor's watchdog, if there is one."""
        if self.watchdog:
            self.tell(WATCHDOG)

    def listens(self, config: Config) -> Config:
        """Return the settings with the inherited address, which decides whether keys are required.

        Of several addresses it takes one that other machines can reach, if there is any.
        """
        addresses = [
            listening.getsockname()[:2]
            for listening in self.sockets
            if listening.family != socket.AF_UNIX
        ]
        if not addresses:
            return config
        host, port = min(addresses, key=lambda address: is_loopback(address[0]))
        return replace(config, host=host, port=port)


def take_over(environment: MutableMapping[str, str] = os.environ) -> Supervision:
    """Return what the supervisor gave, and remove it from the environment.

    Raises:
        SetupError: a descriptor is not a listening stream socket.
    """
    given = {
        name: environment.pop(name, "")
        for name in (
            "LISTEN_PID",
            "LISTEN_FDS",
            "LISTEN_FDNAMES",
            "NOTIFY_SOCKET",
            "WATCHDOG_PID",
            "WATCHDOG_USEC",
        )
    }
    process = str(os.getpid())
    count = _number(given["LISTEN_FDS"]) if given["LISTEN_PID"] == process else 0
    address = given["NOTIFY_SOCKET"]
    return Supervision(
        tuple(_socket(number) for number in range(FIRST, FIRST + count)),
        "\0" + address[1:] if address.startswith("@") else address,
        bool(given["WATCHDOG_USEC"]) and given["WATCHDOG_PID"] in ("", process),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _socket(number: int) -> socket.socket:
    """Return an inherited socket; our child processes will not inherit it.

    Raises:
        SetupError: it is not a listening stream socket.
    """
    try:
        os.set_inheritable(number, False)
        inherited = socket.socket(fileno=number)
        if inherited.type == socket.SOCK_STREAM and inherited.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        ):
            return inherited
    except OSError as cause:
        raise _unusable(number) from cause
    raise _unusable(number)


def _unusable(number: int) -> SetupError:
    return SetupError(
        f"交来的描述符 {number} 不是在监听的流式套接字",
        hint="请在 .socket 单元里写 ListenStream= 与 Accept=no",
    )
