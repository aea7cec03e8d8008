"""The Python, shared libraries and Python packages that hongtou needs."""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from shlex import quote

from hongtou.doctor.check import Check, well
from hongtou.doctor.python import python_fault
from hongtou.resources import is_clone, office_program, reinstall

APT = "sudo apt-get install --reinstall --no-install-recommends {}"
REQUIREMENT = re.compile(r"([A-Za-z0-9_-]+)(>=|==)([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library of the engine, and the Debian package that contains it."""

    title: str
    file: str
    package: str
    version_of: tuple[str, str]  # the file and the function that return its version


LIBRARIES = (
    Library(
        "Pango",
        "libpango-1.0.so.0",
        "libpango-1.0-0",
        ("libpango-1.0.so.0", "pango_version_string"),
    ),
    Library(
        "Pango FreeType",
        "libpangoft2-1.0.so.0",
        "libpangoft2-1.0-0",
        ("libpango-1.0.so.0", "pango_version_string"),
    ),
    Library(
        "HarfBuzz subset",
        "libharfbuzz-subset.so.0",
        "libharfbuzz-subset0",
        ("libharfbuzz.so.0", "hb_version_string"),
    ),
)
# Every dependency of pyproject.toml and its import name.
PACKAGES = {
    "alembic": "alembic",
    "argon2-cffi": "argon2",
    "cachetools": "cachetools",
    "click": "click",
    "cssselect2": "cssselect2",
    "deflate": "deflate",
    "flask": "flask",
    "jinja2": "jinja2",
    "mammoth": "mammoth",
    "markdown-it-py": "markdown_it",
    "pikepdf": "pikepdf",
    "pillow": "PIL",
    "prometheus-client": "prometheus_client",
    "pydantic": "pydantic",
    "pypdfium2": "pypdfium2",
    "python-docx": "docx",
    "rich": "rich",
    "sqlalchemy": "sqlalchemy",
    "structlog": "structlog",
    "tinycss2": "tinycss2",
    "uharfbuzz": "uharfbuzz",
    "waitress": "waitress",
    "weasyprint": "weasyprint",
}


def look_at_python() -> Iterator[Check]:
    """Check the version of Python."""
    fault = python_fault()
    if fault:
        yield Check("Python", False, *fault)
    else:
        yield well("Python", ".".join(map(str, sys.version_info[:3])))


def look_at_libraries() -> Iterator[Check]:
    """Load every shared library and read its version."""
    for library in LIBRARIES:
        try:
            ctypes.CDLL(library.file)
            teller, function = library.version_of
            tell = getattr(ctypes.CDLL(teller), function)
        except (OSError, AttributeError) as fault:
            remedy = APT.format(library.package)
            yield Check(library.title, False, f"{library.file} 载入不了：{fault}", remedy)
            continue
        tell.restype = ctypes.c_char_p
        yield well(library.title, tell().decode())


def look_at_office() -> Iterator[Check]:
    """Tell whether LibreOffice is there; the service needs it only for old Word files."""
    without = "没有：.doc、.wps 导入前须另存为 .docx；要收它们，请装 libreoffice-writer-nogui"
    yield well("LibreOffice", office_program() or without)


def look_at_versions() -> Iterator[Check]:
    """Compare the version of every package with what hongtou requires."""
    for name, relation, wanted in _requirements():
        try:
            found = version(name)
        except PackageNotFoundError:
            yield Check(name, False, "没有安装", bring(name))
            continue
        is_right = found == wanted if relation == "==" else _numbers(found) >= _numbers(wanted)
        if not is_right:
            detail = f"需要 {relation}{wanted}，现为 {found}"
            yield Check(name, False, detail, bring(name))


def bring(package: str) -> str:
    """Return the command that reinstalls a package in the version that hongtou requires."""
    if is_clone() or find_spec("pip") is None:
        return reinstall()
    wanted = {name: f"{name}{relation}{number}" for name, relation, number in _requirements()}
    requirement = wanted.get(package, package)
    python = quote(sys.executable)
    return f"{python} -m pip install --force-reinstall {quote(requirement)}"


def _requirements() -> list[tuple[str, str, str]]:
    """Return name, relation and version of every requirement of hongtou."""
    try:
        every = requires("hongtou") or []
    except PackageNotFoundError:
        return []
    found = [REQUIREMENT.fullmatch(one) for one in every if "extra ==" not in one]
    return [(one[1], one[2], one[3]) for one in found if one]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
