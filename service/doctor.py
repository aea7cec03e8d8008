"""Whether an installation is whole: each part looked at, with the command that mends it."""

from __future__ import annotations

import ctypes
import hashlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from service.config import Config, read_config
from service.errors import SetupError
from service.layouts import open_layouts

PYTHON = (3, 11)
APT = "sudo apt-get install --no-install-recommends {}"
ROOM_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library that the engine loads, and the Debian package that brings it."""

    title: str
    file: str
    package: str
    version_of: tuple[str, str]  # the file and the function that tell its version


LIBRARIES = (
    Library("Pango", "libpango-1.0.so.0", "libpango-1.0-0",
            ("libpango-1.0.so.0", "pango_version_string")),
    Library("Pango FreeType", "libpangoft2-1.0.so.0", "libpangoft2-1.0-0",
            ("libpango-1.0.so.0", "pango_version_string")),
    Library("HarfBuzz subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset0",
            ("libharfbuzz.so.0", "hb_version_string")),
)
PACKAGES = ("weasyprint", "pydyf", "uharfbuzz", "pydantic", "flask", "waitress", "pypdfium2")


@dataclass(frozen=True, slots=True)
class Check:
    """One part of the installation; ``remedy`` is a command, "" where all is well."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""


def examine() -> list[Check]:
    """Return every check, in the order in which things are loaded.

    What needs a library or a package is left out where that is missing.
    """
    checks = [_python(), *map(_library, LIBRARIES), *map(_package, PACKAGES)]
    loadable = all(check.ok for check in checks)
    if loadable:
        checks.append(_engine())
    checks.append(_room())
    try:
        config = read_config()
    except SetupError as fault:
        return [*checks, _fault("设置", fault)]
    checks += [Check("设置", True, "可用"), *_layouts(config)]
    return [*checks, *_fonts(config)] if loadable else checks


def _python() -> Check:
    wanted = ".".join(map(str, PYTHON))
    found = ".".join(map(str, sys.version_info[:3]))
    ok = sys.version_info >= PYTHON
    return Check("Python", ok, found, "" if ok else f"make setup PYTHON=python{wanted}")


def _library(library: Library) -> Check:
    try:
        ctypes.CDLL(library.file)
        teller, function = library.version_of
        tell = getattr(ctypes.CDLL(teller), function)
    except (OSError, AttributeError):
        return Check(library.title, False, f"找不到 {library.file}", APT.format(library.package))
    tell.restype = ctypes.c_char_p
    return Check(library.title, True, tell().decode())


def _package(name: str) -> Check:
    try:
        return Check(name, True, version(name))
    except PackageNotFoundError:
        return Check(name, False, "没有安装", "make setup")


def _engine() -> Check:
    """Check that the engine loads: it refuses any release but the one it was made for."""
    try:
        import service.engine.typesetting  # noqa: F401
    except (SetupError, OSError, ImportError) as fault:
        return _fault("排版引擎", fault)
    return Check("排版引擎", True, "可以载入")


def _room() -> Check:
    """Check that temporary files can be written."""
    try:
        with tempfile.TemporaryFile() as written:
            written.write(bytes(ROOM_BYTES))
            written.flush()
        return Check("临时目录", True, tempfile.gettempdir())
    except OSError as cause:
        detail = cause.strerror or str(cause)
        return Check("临时目录", False, detail, "export TMPDIR=/var/tmp")


def _layouts(config: Config) -> Iterator[Check]:
    try:
        yield Check("版式", True, "、".join(open_layouts(config.layouts_dir)))
    except (SetupError, OSError) as fault:
        yield _fault("版式", fault)


def _fonts(config: Config) -> Iterator[Check]:
    from service.faces import open_faces, read_manifest

    try:
        manifest = read_manifest(config.fonts_dir)
    except SetupError as fault:
        yield _fault("字体清单", fault)
        return
    for entry in manifest.faces.values():
        yield _font(config.fonts_dir / entry.file, entry.title, entry.sha256)
    if config.own_fonts is not None:
        try:
            faces = open_faces(config.fonts_dir, config.own_fonts)
            own = {face.path.name for role in faces.roles for face in faces.chain(role)
                   if face.path.parent == config.own_fonts}
            yield Check("自有字体", True, "、".join(sorted(own)) or "目录中没有字体")
        except SetupError as fault:
            yield _fault("自有字体", fault)


def _font(path: Path, title: str, sha256: str) -> Check:
    name = f"字体 {title}"
    remedy = f"git checkout -- fonts/{path.parent.name}/{path.name}"
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return Check(name, False, f"找不到 {path.name}", remedy)
    if found != sha256:
        return Check(name, False, f"{path.name} 内容有变，应有 SHA-256 {sha256}", remedy)
    return Check(name, True, f"{path.name} {sha256[:12]}")


def _fault(name: str, fault: Exception) -> Check:
    hint = fault.hint if isinstance(fault, SetupError) else ""
    return Check(name, False, str(fault), hint)
