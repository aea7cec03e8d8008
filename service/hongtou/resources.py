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
GIT_SECONDS = 5
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

    A file in a folder elsewhere is copied from the folder that came with hongtou; one that did not
    come with it only its owner has.
    """
    if not came_along(kind, folder, inner):
        return f"请放回 {folder / inner}，它不是随 hongtou 来的"
    shipped = resource_dir(kind)
    if folder.resolve() != shipped.resolve():
        if (shipped / inner).is_file():
            return f"cp {quote(str(shipped / inner))} {quote(str(folder / inner))}"
    elif (CLONE / ".git").exists() and folder.resolve().is_relative_to(CLONE):
        return f"git -C {quote(str(CLONE))} checkout -- {quote(f'{kind}/{inner}')}"
    return reinstall()


def came_along(kind: str, folder: Path, inner: str) -> bool:
    """Tell whether a file of the fonts, layouts or examples, present or gone, came with hongtou.

    Where neither git nor the record of the installation says, a file of our own folder did.
    """
    shipped = resource_dir(kind)
    is_known = (
        _in_git(shipped / inner) if (CLONE / ".git").exists() else _in_record(shipped / inner)
    )
    if is_known is not None:
        return is_known
    return folder.resolve() == shipped.resolve() or (shipped / inner).is_file()


def _in_git(path: Path) -> bool | None:
    """Tell whether git has a file of the clone, None if it does not say."""
    import subprocess  # here, or every command would load it for the few that find a fault

    command = ["git", "-C", str(CLONE), "ls-files", "--error-unmatch", "--", str(path)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=GIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return {0: True, 1: False}.get(ended.returncode)


def _in_record(path: Path) -> bool | None:
    """Tell whether a wheel brought a file, None if none is installed where the file stands."""
    from importlib import metadata  # as above

    share = INSTALLED.resolve()
    try:
        found = metadata.files("hongtou") or []
    except metadata.PackageNotFoundError:
        return None
    brought = {Path(str(one.locate())).resolve() for one in found}
    ours = {one for one in brought if one.is_relative_to(share)}
    return path.resolve() in ours if ours and path.resolve().is_relative_to(share) else None
