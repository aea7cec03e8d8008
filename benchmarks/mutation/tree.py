"""A copy of the repository that can be altered, with an environment in which it is installed."""

from __future__ import annotations

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

from benchmarks.mutation import watcher
from benchmarks.mutation.mutant import ROOT, Mutant

FAULT = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py(?:::.+?)?)(?: - .*)?$", re.M)
OPTIONS = ("-x", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider")
TOO_LONG, CRASHED = "the tests do not end", "the tests crash"
SUDDEN = (TOO_LONG, CRASHED)  # what no single test is to blame for


class Tree:
    """A copy of the working tree in which tests are run, one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
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
        source = path.read_bytes()
        path.write_bytes(mutant.applied(source))
        try:
            yield
        finally:
            path.write_bytes(source)

    def functions_run(self, tests: Sequence[str], seconds: float, known: list[str]) -> list[str]:
        """Return which of these functions the tests make run, in whatever process."""
        seen = self._watcher.with_name(f"{self._watcher.name}.seen")
        seen.write_bytes(bytes(watcher.SIZE))
        seen.chmod(0o666)  # some processes are not ours
        try:
            self.first_fault(tests, seconds)
            run = seen.read_bytes()
        finally:
            seen.unlink()
        return [function for function in known if run[watcher.place_of(function)]]

    def first_fault(self, tests: Sequence[str], seconds: float) -> str | None:
        """Return the first test that fails, what is SUDDEN, or None where all pass."""
        command = [str(self.folder / ".venv/bin/python"), "-B", "-m", "pytest", *OPTIONS, *tests]
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
            return TOO_LONG
        finally:
            _end(process)
        if process.returncode == 0:
            return None
        found = FAULT.search(told)
        return found[1] if found else CRASHED


def _end(process: subprocess.Popen[str]) -> None:
    """End what the tests have started and left, as a hanging mutant leaves it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


assert sys.prefix != sys.base_prefix, "to be run in the project's environment"
