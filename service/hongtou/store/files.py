"""SQLite's file: one service at a time, and on no disk of another machine."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of

MOUNTS = Path("/proc/self/mounts")
ESCAPED = re.compile(r"\\([0-7]{3})")  # a space, tab or backslash of a path there, proc(5)
# The write-ahead log is memory that processes share, which a network cannot.
# Source: SQLite documentation, Write-Ahead Logging, §2.2.
REMOTE = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs"),
        *("davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.s3fs", "fuse.davfs"),
    }
)


@dataclass(slots=True)
class FileLock:
    """A lock that ends with its process."""

    descriptor: int

    def release(self) -> None:
        """Let go of the file."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def lock_file(path: Path) -> FileLock:
    """Return the lock of a database file, held until it is released.

    Raises:
        SetupError: another process holds it, or the file cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        name = path.with_name(f"{path.name}.lock")
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as cause:
        raise unwritable(path, cause) from cause
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as cause:
        os.close(descriptor)
        raise SetupError(
            f"数据库 {path} 正由另一个服务使用",
            hint="请先停下那个服务；要开两个，请以 HONGTOU_DATABASE 另指一个文件，或用 PostgreSQL",
        ) from cause
    return FileLock(descriptor)


def unwritable(path: Path, cause: OSError) -> SetupError:
    """Return what is told where a database file cannot be made or written."""
    return SetupError(
        f"数据库 {path} 写不了：{reason_of(cause)}",
        hint="请让运行服务的用户可以写入它和它的目录，或以 HONGTOU_DATABASE 指定别处",
    )


def refuse_remote(path: Path, mounts: Iterable[str] | None = None) -> None:
    """Check that a file lies on a disk of this machine; ``mounts`` are lines of /proc/self/mounts.

    Raises:
        SetupError: it lies on another machine's.
    """
    lines = _mounts() if mounts is None else mounts
    kind = _file_system(path.absolute(), lines)
    if kind in REMOTE:
        raise SetupError(
            f"数据库 {path} 在网络文件系统（{kind}）上，SQLite 在那里会损坏",
            hint="请以 HONGTOU_DATABASE 指定本机磁盘上的文件，或用 PostgreSQL",
        )


def _mounts() -> list[str]:
    return MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()


def _file_system(path: Path, mounts: Iterable[str]) -> str:
    """Return the kind of file system of the innermost mount that holds a path."""
    best, found = -1, ""
    for line in mounts:
        _, place, kind, *_ = line.split(" ")
        mount = Path(ESCAPED.sub(lambda found: chr(int(found[1], 8)), place))
        if path.is_relative_to(mount) and len(mount.parts) >= best:
            best, found = len(mount.parts), kind
    return found
