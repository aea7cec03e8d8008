"""``hongtou keys``: generates API keys, of which the service stores only digests."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from hongtou.cli.streams import show
from hongtou.keys import OF_KEYS, SUFFIX, Scope, key_line, new_key

MAX_NAME_CHARS = 64  # the name is in every line of the log
MAX_NAME_BYTES = 240  # a file name has at most 255, suffix included
IDEOGRAPHIC_SPACE = "\u3000"
# Readable by all: the digest of 256 random bits admits nobody, and the service may run as another
# user, such as uid 10001 in the container.
FILE_MODE, FOLDER_MODE = 0o644, 0o755


def _name(context: click.Context, parameter: click.Parameter, given: str) -> str:
    """Return the name for the key file.

    Raises:
        click.BadParameter: the name is empty, too long or not allowed.
    """
    if not all(char.isprintable() or char == IDEOGRAPHIC_SPACE for char in given):
        raise click.BadParameter("名称不能含有换行、控制字符等看不见的字符")
    name = " ".join(given.split())
    if "/" in name or name.startswith("."):  # it is also a file name
        raise click.BadParameter("名称不能含有 /，也不能以 . 开头")
    if not 1 <= len(name) <= MAX_NAME_CHARS or len(name.encode()) > MAX_NAME_BYTES:
        raise click.BadParameter(f"名称应有 1 至 {MAX_NAME_CHARS} 个字")
    return name


@click.group(short_help="生成调用接口的密钥。")
def keys() -> None:
    """生成调用接口的密钥；服务只保存摘要，删去文件里的一行即停用一把。"""


@keys.command(short_help="生成一把新密钥，只显示这一次。")
@click.option("--name", required=True, callback=_name, help="由谁使用，会写进日志。")
@click.option(
    "--scope",
    "scopes",
    type=click.Choice([scope.value for scope in OF_KEYS]),
    multiple=True,
    default=[scope.value for scope in OF_KEYS],
    show_default=True,
    help="可做什么，可多次给出。",
)
@click.option(
    "--to",
    "place",
    metavar="FILE|FOLDER/",
    help="密钥文件，把新的一行加在末尾；或存放密钥文件的目录，写进以名称命名的文件。不给则显示这一行。",
)
def new(name: str, scopes: tuple[str, ...], place: str | None) -> None:
    """生成一把新密钥，在标准输出显示这一次，以后无从查看。"""
    secret = new_key()
    line = key_line(secret, map(Scope, dict.fromkeys(scopes)), name)
    if place is None:
        click.echo(f"请把下面一行加入密钥文件（HONGTOU_KEYS）：\n{line}", err=True)
        show(secret)
        return
    path = _file(place, name)
    with _line_added(path, line):  # removed again if the key cannot be shown
        click.echo(f"已加入 {path}。密钥只显示这一次：", err=True)
        show(secret)


def _file(place: str, name: str) -> Path:
    """Return the key file to write; a folder, created if needed, has a file for every name."""
    path = Path(place)
    if not place.endswith("/") and not path.is_dir():
        return path
    for folder in reversed((path, *path.parents)):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(FOLDER_MODE)  # regardless of the umask
    return path / f"{name}{SUFFIX}"


@contextmanager
def _line_added(path: Path, line: str) -> Iterator[None]:
    """Append a line to a locked key file, and remove it if the block fails.

    Raises:
        OSError: the file cannot be written; it is then unchanged, and the error names it.
    """
    try:
        with _opened(path) as file:
            written = _appended(file, line)
            try:
                yield
            except BaseException:
                _take_back(file, written)
                raise
    except OSError as cause:
        if cause.filename is None:
            cause.filename = str(path)
        raise


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    is_new = not path.exists()
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, FILE_MODE)
    try:
        if is_new:
            with suppress(PermissionError):  # another process created it first
                os.fchmod(file, FILE_MODE)  # regardless of the umask
        if stat.S_ISREG(os.fstat(file).st_mode):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _appended(file: int, line: str) -> int:
    """Append a line in a single write and return the bytes written."""
    size = os.fstat(file).st_size
    is_unfinished = size > 0 and os.pread(file, 1, size - 1) != b"\n"
    content = ("\n" * is_unfinished + line + "\n").encode()
    written = os.write(file, content)
    if written < len(content):
        _take_back(file, written)
        os.write(file, content)  # raises the reason
    return written


def _take_back(file: int, written: int) -> None:
    with suppress(OSError):  # a device or a pipe cannot take it back
        os.ftruncate(file, os.fstat(file).st_size - written)
