"""The set-up: what is locked is what is wanted, and a fresh machine is told what it lacks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from hongtou.pins import PINNED
from scripts.supply.lock import lock_file, read_lock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("build", "run", "extras", "test", "bench", "supply")


def locked(name: str) -> dict[str, str]:
    """Return the version of every package of a lock file."""
    return {pin.name: pin.version for pin in read_lock(name).values()}


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_its_hashes(name: str) -> None:
    text = lock_file(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line)]
    assert len(lines) == len(locked(name)) > 0
    assert not re.search(r"https?://|--(?:index|extra-index|find|trusted)", text)


def test_the_locks_hold_what_the_project_wants() -> None:
    assert wanted(PROJECT["dependencies"]) <= set(locked("run"))
    assert wanted(PROJECT["optional-dependencies"]["sign"]) <= set(locked("extras"))
    assert wanted(PROJECT["optional-dependencies"]["sso"]) <= set(locked("extras"))
    for extra in ("test", "bench", "supply"):
        assert wanted(PROJECT["optional-dependencies"][extra]) <= set(locked(extra))


@pytest.mark.parametrize("name", ["extras", "test", "supply"])
def test_tests_and_lists_are_made_with_the_versions_that_are_shipped(name: str) -> None:
    assert locked("run").items() <= locked(name).items()


def test_extras_are_tested_with_the_versions_that_are_locked_for_them() -> None:
    assert locked("extras").items() <= locked("test").items()


def test_what_is_patched_is_pinned_to_the_release_that_the_patches_are_made_for() -> None:
    exact = [line for line in PROJECT["dependencies"] if "==" in line]
    assert exact == [f"{package}=={release}" for package, release in PINNED.items()]
    assert PINNED.items() <= locked("run").items()


@pytest.mark.defect(7)
@pytest.mark.parametrize("package", PINNED)
def test_another_release_of_what_is_patched_is_refused(package: str) -> None:
    """As seen by a Python that finds another version of the package first."""
    versions = {
        "waitress": "import importlib.metadata as m; m.version = lambda name: '99'",
        "weasyprint": "import weasyprint; weasyprint.__version__ = '99'",
        "cssselect2": "import cssselect2; cssselect2.__version__ = '99'",
    }
    room = {"waitress": "web.server.task"}.get(package, "paginate.pagination")
    refused = subprocess.run(
        [sys.executable, "-c", f"{versions[package]}; import hongtou.{room}"],
        capture_output=True,
        text=True,
        check=False,
    )
    last = refused.stderr.splitlines()[-1]
    assert last == f"hongtou.bulletin.errors.SetupError: 需要 {package} {PINNED[package]}，现为 99"


def test_this_environment_is_the_locked_one() -> None:
    from importlib.metadata import version

    assert {package: version(package) for package in locked("run")} == locked("run")


def test_make_tells_of_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert re.findall(r"make (\w+)", told.stdout) == phony.split()


def test_continuous_integration_checks_style_types_and_all_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    commands = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in commands if line.startswith("make")] == [
        "make lint",
        "make test",
        "make long",
        "make verapdf",
        "make ofd",
    ]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    marks = re.findall(r"^(test|long): .*\n\t.* -m (.*?) \|\| ", makefile, re.M)
    assert dict(marks) == {"test": '"not long"', "long": "long"}  # together they leave out nothing


def test_hooks_before_a_commit_are_the_pinned_tools_of_make_lint() -> None:
    (source,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_bytes())["repos"]
    assert source["repo"] == "local"
    assert {hook["language"] for hook in source["hooks"]} == {"system"}
    run = " ".join(hook["entry"] for hook in source["hooks"])
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (lint,) = re.findall(r"^lint:.*\n((?:\t.*\n)+)", makefile, re.M)
    for tool in re.findall(r"@\$\(BIN\)/(\w+(?: (?:check|format))?)", lint):
        assert f".venv/bin/{tool}" in run
        assert tool.split()[0] in locked("test")


OTHERS = ("chromium", "gs", "openssl", "nginx", "promtool", "systemd-analyze")


class TestSystemPackages:
    def run(
        self, tmp_path: Path, libraries: str, *commands: str
    ) -> subprocess.CompletedProcess[str]:
        """Run the script on a machine with these libraries and commands, without apt-get."""
        machine = tmp_path / "bin"
        machine.mkdir()
        (machine / "ldconfig").write_text(f"#!/bin/sh\necho '{libraries}'\n")
        (machine / "ldconfig").chmod(0o755)
        (machine / "python3").symlink_to(sys.executable)
        for command in ("bash", "sort", "grep", *commands):
            found = subprocess.run(
                ["sh", "-c", f"PATH=$PATH:/usr/sbin; command -v {command}"],
                capture_output=True,
                text=True,
                check=True,
            )
            (machine / command).symlink_to(found.stdout.strip())
        return subprocess.run(
            [str(machine / "bash"), str(ROOT / "scripts" / "system-packages"), "test"],
            env={"PATH": str(machine)},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_says_which_command_brings_what_is_missing(self, tmp_path: Path) -> None:
        told = self.run(
            tmp_path,
            "libpango-1.0.so.0 libpangoft2-1.0.so.0",
            "qpdf",
            "faketime",
            "strace",
            *OTHERS,
        )
        assert told.returncode == 1
        assert told.stderr.splitlines()[-1].split() == [
            "sudo",
            "apt-get",
            "update",
            "&&",
            "sudo",
            "apt-get",
            "install",
            "--no-install-recommends",
            "chromium-headless-shell",
            "libharfbuzz-subset0",
            "poppler-utils",
        ]

    def test_does_nothing_where_all_is_there(self, tmp_path: Path) -> None:
        all_there = "libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
        told = self.run(tmp_path, all_there, "qpdf", "pdftotext", "faketime", "strace", *OTHERS)
        assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
