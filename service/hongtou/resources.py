"""Where layouts, fonts and examples are, in a clone or installed, and how to restore them."""

from __future__ import annotations

import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from shlex import quote
from shutil import which

from hongtou import __version__

CLONE = Path(__file__).resolve().parents[2]
OFFICE = ("soffice", "libreoffice")
LOCKED_EXTRAS = frozenset({"sign", "sso"})  # in requirements/extras.txt
INSTALLED = Path(sysconfig.get_path("data")) / "share" / "hongtou"


def resource_dir(name: str) -> Path:
    """Return the folder of this name in the clone, outside a clone the installed one."""
    beside = CLONE / name
    return beside if beside.is_dir() else INSTALLED / name


def office_program() -> str:
    """Return LibreOffice's program, "" where it is not installed."""
    return next(filter(None, map(which, OFFICE)), None) or ""


def is_clone() -> bool:
    """Tell whether this runs from a clone, where make works, or from an installed wheel."""
    return (CLONE / "Makefile").is_file()


def reinstall() -> str:
    """Return the command or advice that restores all packages and files."""
    if is_clone():
        return f"make -C {quote(str(CLONE))} repair"
    if find_spec("pip") is None:  # as in the image
        return "请重新安装 hongtou（容器请重新构建镜像）"
    wheel = f"hongtou-{__version__}-py3-none-any.whl"
    return f"请用安装时的文件重装：{quote(sys.executable)} -m pip install --force-reinstall {wheel}"


def install_extra(name: str) -> str:
    """Return the command that installs what an extra brings, by hashes where they are locked."""
    python = quote(sys.executable)
    if is_clone() and name in LOCKED_EXTRAS:
        lock = quote(str(CLONE / "requirements" / "extras.txt"))
        return f"{python} -m pip install --require-hashes -r {lock}"
    return f"{python} -m pip install {quote(f'hongtou[{name}]')}"


def restore(kind: str, folder: Path, inner: str) -> str:
    """Return the command that restores a file of the fonts, layouts or examples.

    A file in a folder elsewhere is copied from the folder that came with hongtou.
    """
    shipped = resource_dir(kind)
    if folder.resolve() != shipped.resolve():
        if (shipped / inner).is_file():
            return f"cp {quote(str(shipped / inner))} {quote(str(folder / inner))}"
    elif (CLONE / ".git").exists() and folder.resolve().is_relative_to(CLONE):
        return f"git -C {quote(str(CLONE))} checkout -- {quote(f'{kind}/{inner}')}"
    return reinstall()
