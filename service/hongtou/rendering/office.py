"""Old Word files → .docx, by LibreOffice where it is installed, in a process that can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from hongtou.bulletin.errors import ImportRefused, StorageFull
from hongtou.bulletin.limits import MAX_SOURCE_BYTES
from hongtou.bulletin.system_errors import reason_of
from hongtou.importing.old_word import SAVE_AS_DOCX, is_old_word
from hongtou.rendering.caller import IsCancelled
from hongtou.rendering.process import Cancelled
from hongtou.resources import office_program

SECONDS = 30.0  # an issue takes 2 to 4, most of it the start of the program; 15 under load
LOOK_SECONDS = 0.05
LAUNCHER = "hongtou.rendering.office_process"
SOURCE, RESULT = "source.doc", "source.docx"


def as_docx(content: bytes, is_cancelled: IsCancelled = lambda: False) -> bytes:
    """Return an old Word file as a .docx; any other file, or without LibreOffice, as it is.

    Raises:
        ImportRefused: it is encrypted, damaged, has macros, or takes too long.
        StorageFull: there is no room for it beside.
        Cancelled: the client left.
    """
    program = office_program()
    if not is_old_word(content) or not program:
        return content
    with tempfile.TemporaryDirectory(prefix="hongtou-office-") as name:
        folder = Path(name)
        _write(folder / SOURCE, content)
        is_done = _run(program, folder, is_cancelled)
        return _result(folder / "out" / RESULT, is_done=is_done)


def _write(file: Path, content: bytes) -> None:
    """Write the file that the program reads.

    Raises:
        StorageFull: it cannot be written.
    """
    try:
        file.write_bytes(content)
    except OSError as cause:
        hint = f"请管理员腾出 {tempfile.gettempdir()} 的空间；等不及的，{SAVE_AS_DOCX}"
        raise StorageFull(f"没有地方放要转换的文件：{reason_of(cause)}", hint=hint) from cause


def _run(program: str, folder: Path, is_cancelled: IsCancelled) -> bool:
    """Run the program; return False if it was killed for its time.

    Raises:
        Cancelled: the client left.
    """
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", LAUNCHER, program, str(folder), str(os.getpid())],
        env={
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # one group to kill
    )
    until = time.monotonic() + SECONDS
    try:
        while process.poll() is None:
            if time.monotonic() > until:
                return False
            if is_cancelled():
                raise Cancelled
            time.sleep(LOOK_SECONDS)
        return True
    finally:
        with suppress(ProcessLookupError):  # also what it may have left behind
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _result(file: Path, *, is_done: bool) -> bytes:
    if not is_done:
        raise ImportRefused(f"LibreOffice 转换超过 {SECONDS:g} 秒", hint=SAVE_AS_DOCX)
    try:
        with file.open("rb") as written:
            content = written.read(MAX_SOURCE_BYTES + 1)
    except OSError as cause:
        raise ImportRefused(
            "LibreOffice 没有转成：文件加了密码，或已损坏", hint=SAVE_AS_DOCX
        ) from cause
    if len(content) > MAX_SOURCE_BYTES:
        raise ImportRefused("转成的 .docx 太大", hint="请去掉大图片，只留一期再导入")
    return content
