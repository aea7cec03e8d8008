"""What has to hold for new work to be taken: fonts as they were built, a worker, room to write."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from hongtou.bulletin.errors import ServiceError, Stopping, Unavailable
from hongtou.config import Config
from hongtou.faces import read_manifest
from hongtou.rendering.renders import Renders

ROOM_BYTES = 64 * 1024 * 1024


def is_ready(config: Config, renders: Renders) -> bool:
    """Tell whether new work is taken and can be done."""
    try:
        refuse_unready(config, renders)
    except ServiceError:
        return False
    return True


def refuse_unready(config: Config, renders: Renders) -> None:
    """Raise Stopping or Unavailable where new work would not be taken or could not be done."""
    if renders.queue.stopping:
        raise Stopping("服务正在停止", hint="请稍后重试")
    fault = renders.renderer.fault()
    if fault:
        raise Unavailable(fault, hint="通常数秒后恢复，请稍后重试")
    _refuse_altered_fonts(config.fonts_dir)
    _refuse_full_disk()


def _refuse_altered_fonts(fonts_dir: Path) -> None:
    try:
        for entry in read_manifest(fonts_dir).faces.values():
            path = fonts_dir / entry.file
            found = path.stat()
            if _digest(path, found.st_ino, found.st_ctime_ns, found.st_size) != entry.sha256:
                raise Unavailable(f"字体文件 {entry.file} 有变，应有 SHA-256 {entry.sha256}")
    except OSError as cause:
        name = Path(cause.filename or fonts_dir).name
        raise Unavailable(f"字体文件 {name} 读不了", hint="请重新取得 fonts/ 目录") from cause
    except ServiceError as cause:
        raise Unavailable(cause.message, hint=cause.hint) from cause


@lru_cache(maxsize=64)
def _digest(path: Path, inode: int, changed_ns: int, size: int) -> str:
    """Return a file's SHA-256, computed anew only where it has been written to.

    By the time of its inode: that of its content may be set to what it was.
    """
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _refuse_full_disk() -> None:
    try:
        with tempfile.TemporaryFile() as written:
            written.write(b"ready")
        free = shutil.disk_usage(tempfile.gettempdir()).free
    except OSError as cause:
        raise Unavailable("临时目录不可写", hint="请清理磁盘") from cause
    if free < ROOM_BYTES:
        raise Unavailable("临时目录所在磁盘将满", hint=f"请至少留出 {ROOM_BYTES} 字节")
