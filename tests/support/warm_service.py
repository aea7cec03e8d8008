"""What a warm start forks: the service and its fork server with all their modules, and a rehearsed typesetter.

Loaded only in the process that `tests.support.warm_start` forks. All that exec would have done is done here: nothing is
left open, the environment and the signals are those of a new process, and its memory may be looked at.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from socket import socket
from typing import Any

from hongtou.config import Config, read_config
from hongtou.pipeline import Typesetter
from hongtou.rendering import fork_server, fork_server_process
from hongtou.rendering.sandbox.kernel import PR_SET_DUMPABLE, prctl
from hongtou.web.services import read_examples
from tests.support.serving import ROOT, TYPESETTER

FIRST = 3  # descriptor that is no standard stream
COLD = fork_server._start


class Prepared(Typesetter):
    """The typesetter that was opened and has rehearsed before any fork."""

    @classmethod
    def open(cls, config: Config) -> Typesetter:
        """Return it, with the limits of a service; with other fonts or layouts a service starts cold."""
        assert files_of(config) == files_of(CONFIG)
        return cls(PREPARED.faces, PREPARED.layouts, config.limits, PREPARED._condition)

    def prepare(self, documents: Sequence[bytes] = ()) -> None:
        """Do nothing again."""


def files_of(config: Config) -> tuple[object, ...]:
    """Return what a typesetter is opened from."""
    fonts = (config.fonts_dir, config.own_fonts, config.layouts_dir)
    return (*fonts, config.press_profile, config.press_condition)


def run(
    program: str, opener: str, env: Mapping[str, str], log: str, listening: socket | None
) -> None:
    """Become the web process of a service, with a socket as a supervisor would hand it over."""
    if listening:
        os.dup2(listening.detach(), FIRST)
        env = {**env, "LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
    _begin_anew(env, (FIRST,) if listening else ())
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.chdir(ROOT)
    fork_server._start = _start
    opener = f"{__name__}:Prepared.open" if opener == TYPESETTER else opener
    sys.argv = ["-c", opener, sys.executable]
    exec(program, {"__name__": "__main__"})


def _start(far: socket) -> Any:
    """Fork the fork server; later there are threads, and it starts cold."""
    if threading.active_count() > 1:
        return COLD(far)
    web_process = os.getpid()
    process = os.fork()
    if process:
        return ForkServer(process)
    try:
        os.setsid()
        _begin_anew({"PATH": os.defpath, "LANG": "C.UTF-8"}, [far.fileno()])
        sys.argv = ["-m", str(far.fileno()), str(web_process)]
        fork_server_process.main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(0)


class ForkServer:
    """A forked fork server, with what its client needs of `subprocess.Popen`."""

    def __init__(self, process: int) -> None:
        self.pid = process

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> None:
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _begin_anew(env: Mapping[str, str], kept: Sequence[int]) -> None:
    """Do what exec does."""
    os.environ.clear()
    os.environ.update(env)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # though nohup has these tests ignore it
    low = FIRST
    for one in sorted(kept):
        os.closerange(low, one)
        low = one + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))
    prctl(PR_SET_DUMPABLE, 1)


for name in ("hongtou.web.serve", "tests.support.stand_in", *fork_server_process.LATE_IMPORTS):
    import_module(name)
CONFIG = read_config()
PREPARED = Typesetter.open(CONFIG)
PREPARED.prepare(tuple(read_examples().values()))
gc.collect()
gc.freeze()  # so that collections after a fork copy none of this
