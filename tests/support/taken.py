"""A worker whose code is somebody else's: what it can reach, and what it can make the service send.

`Taken` is opened by the fork server like any typesetter. Its inspector is the real one.
"""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import signal
import socket
import struct
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.order import Order
from hongtou.pages.edition import Edition, Unchanged
from hongtou.pages.inspection import Inspection
from hongtou.pipeline import Typesetter
from hongtou.rendering.frames import HEAD, SIZE
from tests.support.documents import document as least_document
from tests.support.documents import encoded

OPENER = "tests.support.taken:Taken.open"
DIGEST = "ab" * 32
LEAST_ISSUE = encoded(least_document())
WORD = 8
OWN_MEMORY = ctypes.create_string_buffer(WORD)
AT_FDCWD, O_PATH, O_TMPFILE = -100, 0o10000000, 0o20200000
PTRACE_ATTACH, PTRACE_SEIZE = 16, 0x4206
F_SETOWN, FIOSETOWN = 8, 0x8901
IPC_PRIVATE, IPC_RMID = 0, 0
# The same on every architecture: linux/unistd.h from 424 on.
PIDFD_SEND_SIGNAL, IO_URING_SETUP, PIDFD_OPEN, CLONE3 = 424, 425, 434, 435
OPENAT2, PIDFD_GETFD, PROCESS_MADVISE = 437, 438, 440
libc = ctypes.CDLL(None, use_errno=True)


def call(name: str | int, *arguments: Any) -> int:
    """Call a function of libc, or the kernel by number; OSError where it fails."""
    libc.syscall.restype = ctypes.c_long
    given = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    found = (
        libc.syscall(ctypes.c_long(name), *given)
        if isinstance(name, int)
        else getattr(libc, name)(*given)
    )
    if found == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return int(found)


def span(address: int, size: int = WORD) -> ctypes.Array[Any]:
    """Return an iovec of what lies there."""
    return (ctypes.c_ulong * 2)(address, size)


Attempts = dict[str, Callable[[], Any]]


def attempts(aims: dict[str, Any]) -> Attempts:
    """Return every attempt by name; each raises OSError where it is refused.

    ``aims`` are the processes, files, the port and the address in the web's memory to try.
    """
    found: Attempts = {}
    for path in (aims["keys"].encode(), b"/etc/passwd", b"/proc/self/status", b"/"):
        found |= _on_file(path)
    found |= _on_keys(aims["keys"])
    for who in ("web", "fork_server", "sibling"):
        found |= _on_process(who, aims[who], aims["address"])
    found |= _on_the_machine(aims["port"], aims["keys"])  # the last of which ends the process
    return found


def _on_file(path: bytes) -> Attempts:
    name = path.decode()
    return {
        f"open {name}": lambda: os.close(call("open", path, os.O_RDONLY)),
        f"openat {name}": lambda: os.close(call("openat", AT_FDCWD, path, os.O_RDONLY)),
        f"openat2 {name}": lambda: os.close(
            call(OPENAT2, AT_FDCWD, path, struct.pack("QQQ", 0, 0, 0), 24)
        ),
        f"append to {name}": lambda: os.close(call("open", path, os.O_WRONLY | os.O_APPEND)),
        f"path of {name}": lambda: os.close(call("open", path, O_PATH)),
        f"stat {name}": lambda: os.stat(path),
        f"list {name}": lambda: os.listdir(os.path.dirname(path) or path),
        f"readlink {name}": lambda: os.readlink(path),
    }


def _on_keys(keys: str) -> Attempts:
    """Return what would change a file of the test's own, should it be done."""
    return {
        "truncate the keys": lambda: os.truncate(keys, 1 << 20),
        "open the keys to all": lambda: os.chmod(keys, 0o777),
        "link the keys": lambda: os.link(keys, f"{keys}.link"),
        "symlink the keys": lambda: os.symlink(keys, f"{keys}.symlink"),
        "rename the keys": lambda: os.rename(keys, f"{keys}.moved"),
        "unlink the keys": lambda: os.unlink(keys),
    }


def _on_process(who: str, process: int, address: int) -> Attempts:
    here = ctypes.addressof(OWN_MEMORY)
    return {
        f"signal {who}": lambda: os.kill(process, 0),
        f"tgkill {who}": lambda: call("tgkill", process, process, 0),
        f"queue a signal for {who}": lambda: call("sigqueue", process, 0, 0),
        f"pidfd of {who}": lambda: os.close(call(PIDFD_OPEN, process, 0)),
        f"memory file of {who}": lambda: os.close(os.open(f"/proc/{process}/mem", os.O_RDWR)),
        f"maps of {who}": lambda: os.close(os.open(f"/proc/{process}/maps", os.O_RDONLY)),
        f"environment of {who}": lambda: os.close(os.open(f"/proc/{process}/environ", os.O_RDONLY)),
        f"descriptors of {who}": lambda: os.listdir(f"/proc/{process}/fd"),
        f"root of {who}": lambda: os.listdir(f"/proc/{process}/root"),
        f"read memory of {who}": lambda: call(
            "process_vm_readv", process, span(here), 1, span(address), 1, 0
        ),
        f"write memory of {who}": lambda: call(
            "process_vm_writev", process, span(here), 1, span(address), 1, 0
        ),
        f"attach to {who}": lambda: call("ptrace", PTRACE_ATTACH, process, 0, 0),
        f"seize {who}": lambda: call("ptrace", PTRACE_SEIZE, process, 0, 0),
        f"limits of {who}": lambda: call(
            "prlimit", process, 7, None, ctypes.create_string_buffer(16)
        ),
        f"priority of {who}": lambda: os.setpriority(os.PRIO_PROCESS, process, 19),
        f"processors of {who}": lambda: os.sched_setaffinity(process, {0}),
        f"be signalled as {who}": lambda: call("fcntl", own_socket().fileno(), F_SETOWN, process),
        f"be polled as {who}": lambda: call(
            "ioctl", own_socket().fileno(), FIOSETOWN, ctypes.byref(ctypes.c_int(process))
        ),
        f"oom of {who}": lambda: Path(f"/proc/{process}/oom_score_adj").write_text("1000"),
    }


def _on_the_machine(port: int, keys: str) -> Attempts:
    return {
        "signal everybody": lambda: os.kill(-1, 0),
        "signal the group": lambda: os.kill(0, 0),
        "connect by TCP": lambda: socket.create_connection(("127.0.0.1", port), 2).close(),
        "send by UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(
            b"x", ("127.0.0.1", port)
        ),
        "listen": lambda: socket.create_server(("127.0.0.1", 0)).close(),
        "Unix socket": lambda: socket.socket(socket.AF_UNIX).close(),
        "netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
        "socket pair": lambda: [one.close() for one in socket.socketpair()],
        "connect its own socket": lambda: own_socket().connect(b"\0x"),
        "bind its own socket": lambda: own_socket().bind(b"\0x"),
        "send to an address": lambda: own_socket().sendto(b"", b"\0x"),
        "pass a descriptor on": lambda: socket.send_fds(own_socket(), [b"x"], [0]),
        "io_uring": lambda: os.close(call(IO_URING_SETUP, 1, ctypes.create_string_buffer(120))),
        "fork": lambda: os.fork() or os._exit(0),
        "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "clone3": lambda: call(CLONE3, struct.pack("11Q", *[0] * 11), 88) or os._exit(0),
        "memfd": lambda: os.close(os.memfd_create("x")),
        "pipe": lambda: [os.close(one) for one in os.pipe()],
        "unshare": lambda: call("unshare", 0x10000000),
        "chroot": lambda: os.chroot("/"),
        "mount": lambda: call("mount", b"none", b"/mnt", b"tmpfs", 0, None),
        "set user": lambda: os.setuid(0),
        "new session": lambda: os.setsid(),
        "be dumped": lambda: call("prctl", 4, 1, 0, 0, 0),
        "share memory": lambda: call(
            "shmctl", call("shmget", IPC_PRIVATE, 4096, 0o600), IPC_RMID, None
        ),
        "a file without a name": lambda: os.close(os.open("/tmp", O_TMPFILE | os.O_RDWR)),
        "a device": lambda: os.mknod(f"{keys}.device", 0o20666, os.makedev(1, 3)),
        "execute": lambda: os.execv("/bin/true", ["true"]),
    }


def tried(aims: dict[str, Any], only: Callable[[str], bool] = lambda _: True) -> dict[str, str]:
    """Make every attempt, and return what came of each: "" where it was refused."""
    outcomes = {}
    for name, attempt in attempts(aims).items():
        if only(name):
            try:
                attempt()
                outcomes[name] = "done"
            except (OSError, ValueError):
                outcomes[name] = ""
    return outcomes


def own_socket() -> socket.socket:
    """Return the socket of this worker, as anybody finds it who can look at all objects."""
    return next(
        one for one in gc.get_objects() if isinstance(one, socket.socket) and one.fileno() > 2
    )


def raw(head: bytes, *blobs: bytes) -> bytes:
    """Return a message as our processes send it."""
    sizes = b"".join(SIZE.pack(len(one)) for one in blobs)
    return HEAD.pack(len(head), len(blobs)) + sizes + head + b"".join(blobs)


def described(**changed: Any) -> bytes:
    """Return the JSON that describes a file, with something changed."""
    made = {
        "file_name": "a.pdf",
        "ascii_name": "a.pdf",
        "page_count": 1,
        "plan_digest": DIGEST,
        "finding_count": 0,
        "media_type": "text/html",
    }
    return json.dumps({"product": {**made, **changed}}).encode()


PICKLE = b"\x80\x02cpathlib\nPosixPath\nN}X\x04\x00\x00\x00statK\x01s\x86b."
REPLIES: dict[str, bytes] = {
    "a pickle": len(PICKLE).to_bytes(8, "big") + PICKLE,
    "a pickle in a frame": raw(PICKLE),
    "nothing": raw(b""),
    "no JSON": raw(b"{" * 1000),
    "deep JSON": raw(b"[" * 1_000_000),
    "a long head": HEAD.pack(2**32 - 1, 0) + b"x" * 1000,
    "a long file": HEAD.pack(2, 1) + SIZE.pack(2**63) + b"{}",
    "many files": HEAD.pack(2, 65535) + SIZE.pack(2**26) * 65535 + b"{}",
    "two files": raw(described(), b"%PDF-", b"%PDF-"),
    "no file": raw(described()),
    "findings that are none": raw(b'{"product": {"findings": [' + b"1," * 1_900_000 + b"1]}}"),
    "a digest that nobody knows": raw(b'{"product": {"plan_digest": "' + DIGEST.encode() + b'"}}'),
    "a digest and a file": raw(
        b'{"product": {"plan_digest": "' + DIGEST.encode() + b'"}}', b"%PDF-"
    ),
    "a header in the name": raw(described(file_name="a\r\nX-Evil: 1.pdf"), b"%PDF-"),
    "a quote in the name": raw(described(ascii_name='a".html; x=".pdf'), b"%PDF-"),
    "a path for a name": raw(described(file_name="../../a.pdf"), b"%PDF-"),
    "a program for a name": raw(described(file_name="a.exe", ascii_name="a.exe"), b"%PDF-"),
    "a line in the digest": raw(described(plan_digest='"\r\nX-Evil: 1'), b"%PDF-"),
    "a page count that is none": raw(described(page_count="1\r\nX-Evil: 1"), b"%PDF-"),
    "an endless number": raw(b'{"product": {"page_count": ' + b"1" * 4_000_000 + b"}}"),
    "an error of the door's": raw(
        json.dumps(
            {"failure": {"kind": "Unauthorized", "message": "x\r\nX-Evil: 1", "hint": ""}}
        ).encode()
    ),
    "an error that is none": raw(b'{"failure": {"kind": "SystemExit", "message": "", "hint": ""}}'),
}


def blank(script: str = "") -> bytes:
    """Return a page of A4, with a script that runs when it is opened."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595.2756, 841.8898))
        if script:
            action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
            pdf.Root.OpenAction = pdf.make_indirect(action)
        written = io.BytesIO()
        pdf.save(written)
        return written.getvalue()


FILES: dict[str, bytes] = {
    "a script": blank("app.alert(1)"),
    "a page of HTML": b"<html><script>alert(1)</script></html>",
    "HTML before a PDF": b"<html><script>alert(1)</script></html>" + blank(),
    "a PDF of another writer": blank(),
    "nothing at all": b"",
}
HARMLESS = "a bulletin"


class Taken(Typesetter):
    """Does what its document says: ``aims`` to try, a ``reply`` to send raw, a ``file`` to make."""

    seen: tuple[str, ...] = ()

    def check(self, document: bytes, order: Order, images: Mapping[str, bytes] = {}) -> Inspection:
        """Return what came of every attempt, or what this process has seen, as findings."""
        asked = json.loads(document)
        if "aims" not in asked and "seen" not in asked:
            return super().check(document, order, images)
        self.seen = (*self.seen, str(asked.get("seen")))
        told = {"process": os.getpid(), "fork_server": os.getppid(), "seen": self.seen}
        if "aims" in asked:
            told["tried"] = tried({**asked["aims"], "fork_server": os.getppid()})
        note = Finding(code="x/y", severity=Severity.NOTE, pointer="", message=json.dumps(told))
        return Inspection((note,), 1)

    def make(
        self,
        document: bytes,
        order: Order,
        images: Mapping[str, bytes] = {},
        known: Collection[str] = (),
    ) -> Edition | Unchanged:
        asked = json.loads(document)
        if "reply" in asked:
            self._reply(asked["reply"])
        if "file" not in asked:
            return super().make(document, order, images, known)
        if asked["file"] == HARMLESS:
            made = super().make(LEAST_ISSUE, order)
            assert isinstance(made, Edition)
            return replace(made, media_type="text/html")
        return Edition(
            content=FILES[asked["file"]],
            media_type="text/html",
            file_name="a.pdf",
            ascii_name="a.pdf",
            page_count=1,
            plan_digest=DIGEST,
            is_classified=False,
        )

    def _reply(self, name: str) -> None:
        """Send what is no reply, and then no more."""
        signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
        peer = own_socket()
        if name == "drop by drop":
            peer.sendall(HEAD.pack(4 << 20, 0))
            while True:
                peer.sendall(b"x")
                time.sleep(0.05)
        if name == "without end":
            head = described()
            peer.sendall(HEAD.pack(len(head), 1) + SIZE.pack(64 << 20) + head)
            while True:
                peer.sendall(bytes(1 << 20))
        peer.sendall(REPLIES[name])
        os._exit(0)
