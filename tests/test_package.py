"""What is built from this repository: a wheel that runs alone, an sdist whose tests can be run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path

import pytest

from hongtou import __version__
from hongtou.pins import PINNED
from tests.support.serving import Serving, free_port

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "dongtai.json"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def built(folder: Path, kind: str) -> Path:
    """Return the distribution of this kind, built as ``make wheel`` does: without an index."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", kind, "--directory", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("sdist"), "sdist")


class TestWheel:
    def test_carries_all_that_is_needed_without_the_clone(self, wheel: Path) -> None:
        carried = set(zipfile.ZipFile(wheel).namelist())
        for folder in ("layouts", "fonts/files", "fonts/licences", "fonts/charsets", "examples"):
            for path in (ROOT / folder).rglob("*"):
                if path.is_file():
                    name = f"share/hongtou/{path.relative_to(ROOT).as_posix()}"
                    assert any(entry.endswith(f".data/data/{name}") for entry in carried), name
        package = ROOT / "service"
        for path in (package / "hongtou").rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                assert path.relative_to(package).as_posix() in carried

    def test_installs_one_importable_name_and_is_typed(self, wheel: Path) -> None:
        carried = zipfile.ZipFile(wheel).namelist()
        assert {name.partition("/")[0] for name in carried} == {
            "hongtou",
            f"hongtou-{__version__}.data",
            f"hongtou-{__version__}.dist-info",
        }
        assert "hongtou/py.typed" in carried

    def test_says_who_made_it_and_for_whom(self, wheel: Path) -> None:
        name = f"hongtou-{__version__}.dist-info/METADATA"
        told = HeaderParser().parsestr(zipfile.ZipFile(wheel).read(name).decode())
        assert told["Version"] == __version__
        assert told["Author"] == PROJECT["authors"][0]["name"]
        assert told.get_all("Classifier") == PROJECT["classifiers"]
        assert "Typing :: Typed" in told.get_all("Classifier", [])


def test_the_version_has_a_dated_section_of_the_changelog_below_what_is_unreleased() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## (.*)$", text, re.M)
    assert sections[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(__version__)} - \d{{4}}-\d\d-\d\d", sections[1])


class TestSdist:
    def test_holds_every_tracked_file(self, sdist: Path) -> None:
        with tarfile.open(sdist) as archive:
            held = {name.partition("/")[2] for name in archive.getnames()}
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if listed.returncode:
            pytest.skip("not a git clone")
        tracked = {name for name in listed.stdout.split("\0") if (ROOT / name).is_file()}
        assert tracked - held == set()

    def test_its_tests_find_what_they_import(self, sdist: Path, tmp_path: Path) -> None:
        subprocess.run(["tar", "-xf", str(sdist), "-C", str(tmp_path)], check=True)
        (unpacked,) = tmp_path.iterdir()
        # No assertion is tried: to rewrite those of all tests would take longer than to collect them.
        command = [sys.executable, "-m", "pytest", "--assert=plain", "-p", "no:cacheprovider"]
        collected = subprocess.run(
            [*command, "--collect-only", "--quiet"],
            cwd=unpacked,
            env={**os.environ, "PYTHONPATH": str(unpacked / "service")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert collected.returncode == 0, collected.stdout[-2000:]


@dataclass(frozen=True)
class Installed:
    """A fresh virtual environment that holds the wheel and another package named `service`."""

    folder: Path

    def run(
        self, *command: str, path: Path | None = None, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment, with modules of ``path`` before all others."""
        return subprocess.run(
            [str(self.folder / "bin" / command[0]), *command[1:]],
            cwd=self.folder,
            env=self.environment(**settings, **({"PYTHONPATH": str(path)} if path else {})),
            capture_output=True,
            text=True,
            check=False,
        )

    @staticmethod
    def environment(**settings: str) -> dict[str, str]:
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("HONGTOU_", "PYTHON"))
        }
        return {**clean, **settings}

    @contextmanager
    def serving(self) -> Iterator[Serving]:
        port = free_port()
        process = subprocess.Popen(
            [str(self.folder / "bin" / "hongtou"), "serve", "--port", str(port)],
            cwd=self.folder,
            env=self.environment(),
            stderr=subprocess.DEVNULL,
        )
        try:
            service = Serving(process, port)
            service.wait_until_ready()
            yield service
        finally:
            process.terminate()
            process.wait()


def other_service(folder: Path) -> Path:
    """Return a wheel of a package that is imported as `service`, as one on the index is."""
    path = folder / "service-0.6.0-py3-none-any.whl"
    told = "service-0.6.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("service/__init__.py", "NAME = 'another service'\n")
        archive.writestr(
            f"{told}/METADATA", "Metadata-Version: 2.1\nName: service\nVersion: 0.6.0\n"
        )
        archive.writestr(
            f"{told}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{told}/RECORD", "")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install both wheels; what they depend on is lent by the environment of the tests."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--quiet"]
    subprocess.run(
        [*pip, "install", "--no-index", "--no-deps", str(wheel), str(other_service(folder))],
        check=True,
        capture_output=True,
    )
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    # A line of a .pth file adds a folder, but not the .pth files in it: the editable hongtou stays out.
    lent = folder / "lib" / version / "site-packages" / "lent.pth"
    lent.write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return Installed(folder)


class TestInstalled:
    def test_both_packages_are_imported(self, installed: Installed) -> None:
        told = installed.run(
            "python", "-c", "import hongtou, service; print(hongtou.__file__, service.NAME)"
        )
        assert told.stdout.split(maxsplit=1)[1] == "another service\n"
        assert told.stdout.startswith(str(installed.folder)), told.stderr

    def test_the_doctor_finds_all_well(self, installed: Installed) -> None:
        told = installed.run("hongtou", "doctor", HONGTOU_PORT=str(free_port()))
        assert (told.returncode, told.stderr) == (0, ""), told.stdout
        assert "正常  试排  dongtai、jianbao" in told.stdout

    def test_render_writes_a_pdf(self, installed: Installed, tmp_path: Path) -> None:
        out = tmp_path / "out.pdf"
        told = installed.run("hongtou", "render", str(EXAMPLE), "-o", str(out))
        assert told.returncode == 0, told.stderr
        assert out.read_bytes().startswith(b"%PDF-")

    def test_serve_answers_as_the_command_line_does(
        self, installed: Installed, tmp_path: Path
    ) -> None:
        out = tmp_path / "out.pdf"
        installed.run("hongtou", "render", str(EXAMPLE), "-o", str(out))
        with installed.serving() as service:
            answer = service.render(EXAMPLE.read_bytes())
            layouts = service.ask("GET", "/v1/layouts").body
        assert (answer.status, answer.body) == (200, out.read_bytes())
        assert "dongtai" in json.dumps(json.loads(layouts))

    @pytest.mark.parametrize("command", [("render", str(EXAMPLE)), ("check", str(EXAMPLE))])
    def test_an_unknown_weasyprint_is_refused_by_name(
        self, installed: Installed, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        (tmp_path / "weasyprint.py").write_text("__version__ = '99.0'\n")
        told = installed.run("hongtou", *command, path=tmp_path)
        assert told.returncode == 4
        assert f"错误：需要 weasyprint {PINNED['weasyprint']}，现为 99.0" in told.stderr
        assert "-m pip install --force-reinstall" in told.stderr
        assert "Traceback" not in told.stderr
