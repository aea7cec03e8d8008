"""Where the layouts, fonts and examples lie: beside the package in a clone, or installed."""

from __future__ import annotations

import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path
from shlex import quote

from hongtou import __version__

CLONE = Path(__file__).resolve().parents[2]
INSTALLED = Path(sysconfig.get_path("data")) / "share" / "hongtou"


def resource_dir(name: str) -> Path:
    """Return the folder of this name; the installed one where there is no clone around."""
    beside = CLONE / name
    return beside if beside.is_dir() else INSTALLED / name


def is_clone() -> bool:
    """Tell whether this runs from a clone, which has make, and not from an installed wheel."""
    return (CLONE / "Makefile").is_file()


def reinstall() -> str:
    """Return what brings every package and file of this installation back."""
    if is_clone():
        return f"make -C {quote(str(CLONE))} repair"
    if find_spec("pip") is None:  # as in the image
        return "请重新安装 hongtou（容器请重新构建镜像）"
    wheel = f"hongtou-{__version__}-py3-none-any.whl"
    return f"请用安装时的文件重装：{quote(sys.executable)} -m pip install --force-reinstall {wheel}"


def restore(kind: str, folder: Path, inner: str) -> str:
    """Return what brings back a file of a folder of fonts, layouts or examples.

    A folder elsewhere is mended from the one that came along.
    """
    shipped = resource_dir(kind)
    if folder.resolve() != shipped.resolve():
        if (shipped / inner).is_file():
            return f"cp {quote(str(shipped / inner))} {quote(str(folder / inner))}"
    elif (CLONE / ".git").exists() and folder.resolve().is_relative_to(CLONE):
        return f"git -C {quote(str(CLONE))} checkout -- {quote(f'{kind}/{inner}')}"
    return reinstall()
