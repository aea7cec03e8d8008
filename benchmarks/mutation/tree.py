"""A copy of the repository that can be altered, with an environment in which it is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from benchmarks.mutation import watcher
from benchmarks.mutation.mutant import ROOT, Mutant
from benchmarks.mutation.recorder import RECORD

FAULT = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py(?:::.+?)?)(?: - .*)?$", re.M)
# The same examples of a property again, as long as they take; and no plugin but what tests need:
# to load the others takes longer than most tests.
OPTIONS = (
    *("-x", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider"),
    *("--disable-plugin-autoload", "-p", "_hypothesis_pytestplugin", "--hypothesis-profile=ci"),
)
RECORDED = ("-p", "benchmarks.mutation.recorder", "--maxfail=1000")
TOO_LONG, CRASHED = "the tests do not end", "the tests crash"
SUDDEN = (TOO_LONG, CRASHED)  # what no single test is to blame for


class Tree:
    """A copy of the working tree in which tests are run, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._alterations = 0
        shutil.rmtree(folder, ignore_errors=True)
        listed = subprocess.run(
            ["git", "ls-files", "-coz", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)
        self._install()

    def _install(self) -> None:
        """Make an environment that takes all packages from this one, but hongtou from the copy."""
        venv.create(self.folder / ".venv", symlinks=True)
        (packages,) = (self.folder / ".venv" / "lib").glob("python*/site-packages")
        for folder in (self.folder / "service", sysconfig.get_path("purelib")):
            with (packages / "mutation.pth").open("a") as written:
                written.write(f"{folder}\n")
        self._watcher = packages / "mutation_watcher.py"
        shutil.copyfile(Path(__file__).with_name("watcher.py"), self._watcher)
        with (packages / "mutation.pth").open("a") as written:
            written.write("import mutation_watcher\n")

    @contextmanager
    def altered(self, mutant: Mutant) -> Iterator[None]:
        """Hold a mutant in this tree until the block ends."""
        path = self.folder / mutant.path
        source, written = path.read_bytes(), int(path.stat().st_mtime)
        self._alterations += 1
        _write(path, mutant.applied(source), written + self._alterations)
        try:
            yield
        finally:
            _write(path, source, written)

    def watched(self, file: str, marks: str, seconds: float) -> dict[str, Any]:
        """Return what tests of a file, those of `marks`, make run, as `recorder.py` writes it."""
        seen = self._watcher.with_name(f"{self._watcher.name}.seen")
        seen.write_bytes(bytes(watcher.SIZE))
        seen.chmod(0o666)  # some processes are not ours
        record = self.folder / RECORD
        record.unlink(missing_ok=True)
        try:
            self._run([*RECORDED, "-m", marks, file], seconds)
        finally:
            seen.unlink()
        told: dict[str, Any] = {"shared": [], "tests": {}}
        return json.loads(record.read_text(encoding="utf-8")) if record.exists() else told

    def first_fault(self, tests: Sequence[str], seconds: float) -> str | None:
        """Return the first test that fails, what is SUDDEN, or None where all pass."""
        listed = self.folder / "mutation-tests.txt"
        listed.write_text("".join(f"{test}\n" for test in tests), encoding="utf-8")
        code, told = self._run([f"@{listed}"], seconds)
        if code is None:
            return TOO_LONG
        found = FAULT.search(told)
        return None if code == 0 else found[1] if found else CRASHED

    def _run(self, arguments: Sequence[str], seconds: float) -> tuple[int | None, str]:
        """Return with what code the tests end, None where they do not, and what they tell."""
        command = [
            str(self.folder / ".venv/bin/python"),
            "-B",
            "-m",
            "pytest",
            *OPTIONS,
            *arguments,
        ]
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )
        try:
            told, _ = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None, ""
        finally:
            _end(process)
        return process.returncode, told


def _write(path: Path, source: bytes, seconds: int) -> None:
    """Write a module with a time of its own: by that Python tells what it has compiled."""
    path.write_bytes(source)
    os.utime(path, (seconds, seconds))


def _end(process: subprocess.Popen[str]) -> None:
    """End what the tests have started and left, as a hanging mutant leaves it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


assert sys.prefix != sys.base_prefix, "to be run in the project's environment"
