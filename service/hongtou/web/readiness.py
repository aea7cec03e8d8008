"""Checks that new work can be done: intact fonts, a worker, space on the disk, a database."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from hongtou.bulletin.errors import ServiceError, Stopping, Unavailable
from hongtou.bulletin.sizes import shown_size
from hongtou.config import Config
from hongtou.faces import read_manifest
from hongtou.rendering.renders import Renders
from hongtou.web.archive_trial import ArchiveTrial

FREE_BYTES = 64 * 1024 * 1024  # that the disk of the temporary folder must have


def is_ready(config: Config, renders: Renders, trial: ArchiveTrial | None = None) -> bool:
    """Tell whether new work is accepted and can be done."""
    try:
        refuse_unready(config, renders, trial)
    except ServiceError:
        return False
    return True


def refuse_unready(config: Config, renders: Renders, trial: ArchiveTrial | None = None) -> None:
    """Check that new work is accepted and can be done.

    A database counts where it is named: whoever names one runs a desk. The one by default is only
    taken along, and rendering, for which a service may be there alone, needs none.

    Raises:
        Stopping: the service is stopping.
        Unavailable: no worker is ready, a font has changed, a disk is full, or nothing can be kept.
    """
    if renders.queue.stopping:
        raise Stopping("服务正在停止", hint="请稍后重试")
    fault = renders.renderer.fault()
    if fault:
        raise Unavailable(fault, hint="通常数秒后恢复，请稍后重试")
    _refuse_altered_fonts(config.fonts_dir)
    _refuse_full_disk()
    fault_of_archive = trial.fault() if trial and config.database else None
    if fault_of_archive:
        raise Unavailable(fault_of_archive.message, hint=fault_of_archive.hint)


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
    """Return the SHA-256 of a file, computed again only if it was written to.

    That shows in the time of the inode; the time of the content can be set back.
    """
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _refuse_full_disk() -> None:
    try:
        with tempfile.TemporaryFile() as trial:
            trial.write(b"ready")
        free = shutil.disk_usage(tempfile.gettempdir()).free
    except OSError as cause:
        raise Unavailable("临时目录不可写", hint="请清理磁盘") from cause
    if free < FREE_BYTES:
        raise Unavailable("临时目录所在磁盘将满", hint=f"请至少留出 {shown_size(FREE_BYTES)}")
