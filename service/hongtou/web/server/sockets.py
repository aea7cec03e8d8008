"""What systemd hands to a service and wants to be told: sockets, readiness, the watchdog.

The protocols are a few variables and datagrams, and others speak them too (s6, containers'
supervisors). Source: sd_listen_fds(3), sd_notify(3), sd_watchdog_enabled(3).
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
TELL_SECONDS = 2.0  # systemd reads at once; one that does not must not hold up the end of a service

READY, STOPPING, WATCHDOG = "READY=1", "STOPPING=1", "WATCHDOG=1"


@dataclass(frozen=True, slots=True)
class Supervision:
    """What whoever started this process gave to it; nothing where it was started by hand."""

    sockets: tuple[socket.socket, ...] = ()
    address: str = ""
    watchdog: bool = False  # whether it ends a service that it does not hear from

    def tell(self, state: str) -> None:
        """Tell the supervisor a state, if it wants to know; never fails."""
        if not self.address:
            return
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as teller:
            teller.settimeout(TELL_SECONDS)
            teller.sendto(state.encode(), self.address)

    def keep_alive(self) -> None:
        """Tell the supervisor's watchdog, if there is one, that all is well."""
        if self.watchdog:
            self.tell(WATCHDOG)

    def listens(self, config: Config) -> Config:
        """Return the settings with the address that was handed over, by which keys are asked for.

        Of several the one that most can reach: a single open one needs keys for all.
        """
        addresses = [one.getsockname()[:2] for one in self.sockets if one.family != socket.AF_UNIX]
        if not addresses:
            return config
        host, port = min(addresses, key=lambda address: is_loopback(address[0]))
        return replace(config, host=host, port=port)


def take_over(environment: MutableMapping[str, str] = os.environ) -> Supervision:
    """Return what this process was given, and take it out of the environment.

    Raises:
        SetupError: a descriptor is no listening stream socket.
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
    own = str(os.getpid())
    count = _number(given["LISTEN_FDS"]) if given["LISTEN_PID"] == own else 0
    address = given["NOTIFY_SOCKET"]
    return Supervision(
        tuple(_socket(number) for number in range(FIRST, FIRST + count)),
        "\0" + address[1:] if address.startswith("@") else address,
        bool(given["WATCHDOG_USEC"]) and given["WATCHDOG_PID"] in ("", own),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _socket(number: int) -> socket.socket:
    """Return a socket that was handed over, which no process of our own inherits in turn."""
    try:
        os.set_inheritable(number, False)
        taken = socket.socket(fileno=number)
        if taken.type == socket.SOCK_STREAM and taken.getsockopt(
            socket.SOL_SOCKET, socket.SO_ACCEPTCONN
        ):
            return taken
    except OSError as cause:
        raise _unusable(number) from cause
    raise _unusable(number)


def _unusable(number: int) -> SetupError:
    return SetupError(
        f"交来的描述符 {number} 不是在监听的流式套接字",
        hint="请在 .socket 单元里写 ListenStream= 与 Accept=no",
    )
