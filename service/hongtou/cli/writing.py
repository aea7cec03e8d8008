"""Writes finished files whole or not at all, also through devices, pipes and links.

A regular file is replaced in one step, so that readers see the old or the new content. It is
written in place, once space for all of it is reserved, where replacing fails or does harm: the
file has other hard links, the folder takes no new file, or the file is a mount point.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from hongtou.cli.streams import write_out

STANDARD = Path("-")  # standard input or output
DESCRIPTOR = re.compile(r"/(?:proc/self|proc/thread-self|dev)/fd/([0-9]+)")
MAX_LINKS = 40  # as many as the kernel follows
NEW_FILE_MODE = 0o666
NOT_REPLACEABLE = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV)


def write_whole(target: Path, content: bytes) -> None:
    """Write ``content`` to ``target``; - and /dev/stdout mean standard output.

    Raises:
        OSError: the target cannot be written; the error names it, and a regular file is unchanged.
    """
    if is_standard_output(target):
        write_out(content)
        return
    try:
        descriptor = _descriptor(target)
        if descriptor is not None:
            _pour(os.dup(descriptor), content)
        else:
            _write(target, content)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, str(target)) from cause


def write_new(target: Path, content: bytes) -> None:
    """Write a file in the place of whatever has its name: a link is replaced, never followed.

    Raises:
        OSError: it cannot be written; the error names it, and what was there is unchanged.
    """
    try:
        _replace(target, content, None)
    except OSError as cause:
        raise OSError(cause.errno, cause.strerror, str(target)) from cause


def is_standard_output(target: Path) -> bool:
    """Tell whether a target is standard output under any name."""
    return target == STANDARD or _descriptor(target) == 1


def _descriptor(target: Path) -> int | None:
    """Return the descriptor that a path such as /dev/fd/3 means, None for other paths."""
    path = target
    for _ in range(MAX_LINKS):
        found = DESCRIPTOR.fullmatch(str(path))
        if found:
            return int(found[1])
        try:
            path = path.parent / path.readlink()
        except OSError:
            return None
    return None


def _write(target: Path, content: bytes) -> None:
    try:
        found = target.stat()
    except FileNotFoundError:
        _replace(Path(os.path.realpath(target)), content, None)
        return
    if stat.S_ISDIR(found.st_mode) or stat.S_ISBLK(found.st_mode):
        kind = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EPERM
        raise OSError(kind, os.strerror(kind))  # never write over a whole disk
    writable = os.open(target, os.O_WRONLY)  # waits for the reader of a pipe
    if not stat.S_ISREG(found.st_mode):
        _pour(writable, content)
        return
    with os.fdopen(writable, "wb", buffering=0) as opened:
        if found.st_nlink > 1:
            _overwrite(opened.fileno(), content)
            return
        try:
            _replace(target.resolve(), content, found)
        except OSError as cause:
            if cause.errno not in NOT_REPLACEABLE:
                raise
            _overwrite(opened.fileno(), content)


def _replace(place: Path, content: bytes, old: os.stat_result | None) -> None:
    """Replace the file at ``place`` by a new one with the owner and rights of the old."""
    mask = os.umask(0)
    os.umask(mask)
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as written:
        try:
            written.write(content)
            written.flush()
            if old is None:
                os.fchmod(written.fileno(), NEW_FILE_MODE & ~mask)
            else:
                _take_over(written.fileno(), place, old)
            os.fsync(written.fileno())
            Path(written.name).replace(place)
        except BaseException:
            Path(written.name).unlink(missing_ok=True)
            raise


def _take_over(file: int, place: Path, old: os.stat_result) -> None:
    """Copy owner, group and rights of the old file as far as this user may.

    If the group cannot be set, the group of the new file gets the rights of others.
    """
    mode = stat.S_IMODE(old.st_mode)
    try:
        os.fchown(file, old.st_uid, old.st_gid)
    except OSError:
        mode &= 0o777
        try:
            os.fchown(file, -1, old.st_gid)
        except OSError:
            mode &= ~0o070 | (mode & 0o007) << 3
    os.fchmod(file, mode)
    with suppress(OSError):  # access lists and labels, if the file system has them
        for name in os.listxattr(place):
            os.setxattr(file, name, os.getxattr(place, name))


def _overwrite(file: int, content: bytes) -> None:
    """Write over a regular file; it stays unchanged if there is no space for the new content."""
    size = os.fstat(file).st_size
    try:
        if content:
            os.posix_fallocate(file, 0, len(content))
    except OSError:
        os.ftruncate(file, size)
        raise
    _write_all(file, content)
    os.ftruncate(file, len(content))
    os.fsync(file)


def _pour(file: int, content: bytes) -> None:
    """Write to a device, a pipe or an open file, then close it."""
    with os.fdopen(file, "wb", buffering=0) as opened:
        _write_all(opened.fileno(), content)


def _write_all(file: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(file, left) :]
