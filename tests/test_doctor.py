"""The doctor finds every broken installation of a table, and what it says mends it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue

import pytest

from hongtou.doctor.examination import SUBJECTS
from hongtou.doctor.software import PACKAGES
from tests.support.broken import (
    PATIENTS,
    ROOT,
    STRANGER,
    Call,
    Patient,
    call,
    environment,
    examine,
    is_of_stranger,
    only_sets,
)
from tests.support.loaded_doctor import LoadedDoctor, loaded_doctor

pytestmark = pytest.mark.slow

FINDING = re.compile(r"^缺失  (.+?)  (.*)\n(?:      办法：(.*)\n)?", re.M)
WELL = call()
AT_ONCE = 2  # as many as there are processors where the tests run


Doctors = SimpleQueue[LoadedDoctor]


@dataclass(frozen=True)
class Course:
    """What the doctor said of a patient, before and after what it said to do."""

    code: int
    found: list[tuple[str, str, str]]
    told: str
    code_after: int
    told_after: str


def course(patient: Patient, doctors: Doctors) -> Course:
    folder = Path(tempfile.mkdtemp(prefix="hongtou-patient-"))
    folder.chmod(0o755)  # some are not root
    try:
        calls = patient.damage(folder)
        before = examined(next(calls), doctors)
        after = next(calls)
        ended = well_already() if after == WELL else examined(after, doctors)
        text = before.stdout + before.stderr
        return Course(
            before.returncode,
            FINDING.findall(text),
            text,
            ended.returncode,
            ended.stdout + ended.stderr,
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def examined(asked: Call, doctors: Doctors) -> subprocess.CompletedProcess[str]:
    """Examine by the command itself, unless only settings of hongtou or its files are wrong."""
    if not only_sets(asked):
        return examine(asked)
    doctor = doctors.get()
    try:
        return doctor.examine(environment(asked), STRANGER if is_of_stranger(asked) else None)
    finally:
        doctors.put(doctor)


@cache
def well_already() -> subprocess.CompletedProcess[str]:
    """Most remedies lead to the same installation: it is examined once."""
    return examine(WELL)


@pytest.fixture(scope="module")
def courses(request: pytest.FixtureRequest) -> Iterator[dict[str, Future[Course]]]:
    """All that were asked for, two at a time."""
    asked = {
        item.callspec.params["name"]
        for item in request.session.items
        if getattr(item, "callspec", None) and item.path == request.path
    }
    with ExitStack() as stack:
        doctors: Doctors = SimpleQueue()
        for _ in range(AT_ONCE):
            doctors.put(stack.enter_context(loaded_doctor()))
        pool = stack.enter_context(ThreadPoolExecutor(AT_ONCE))
        yield {
            name: pool.submit(course, patient, doctors)
            for name, patient in PATIENTS.items()
            if name in asked
        }


@pytest.mark.parametrize("name", PATIENTS)
@pytest.mark.long
def test_what_is_broken_is_found_and_the_remedy_works(
    name: str, courses: dict[str, Future[Course]]
) -> None:
    patient, seen = PATIENTS[name], courses[name].result()
    assert seen.code == 4, seen.told
    assert "Traceback" not in seen.told
    for expected in patient.checks:
        remedies = [remedy for check, _, remedy in seen.found if re.fullmatch(expected, check)]
        assert any(re.search(patient.remedy, remedy) for remedy in remedies), seen.told
    assert all(remedy for _, _, remedy in seen.found), seen.told
    assert seen.code_after == 0, seen.told_after


def test_the_table_is_long_enough() -> None:
    assert len(PATIENTS) >= 25


def test_nothing_planted_is_run(tmp_path: Path) -> None:
    for name in ("json", "subprocess", "multiprocessing", "dataclasses"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w')\nraise ImportError")
    assert examine(Call(folder=tmp_path)).returncode == 0
    assert examine(call(folder=tmp_path, PYTHONPATH=".")).returncode == 4
    assert not (tmp_path / "ran").exists()


def test_every_dependency_is_looked_at() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [re.split("[<>=]", one)[0] for one in project["dependencies"]] == list(PACKAGES)


def test_it_needs_nothing_but_the_standard_library() -> None:
    program = (
        "import sys; from hongtou.doctor.report import as_lines\n"
        "known = set(sys.stdlib_module_names) | {'hongtou'}\n"
        "found = {name.partition('.')[0] for name in sys.modules} - known - {'__main__'}\n"
        "print([name for name in found if not name.startswith('_sysconfigdata')])"
    )
    found = subprocess.run(
        [sys.executable, "-S", "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "service")},
        check=False,
    )
    assert found.stdout.splitlines()[-1:] == ["[]"], found.stderr


def test_json_says_the_same() -> None:
    told = subprocess.run(
        [sys.executable, "-P", "-m", "hongtou", "doctor", "--json"],
        cwd=ROOT,
        env={**os.environ, "HONGTOU_PORT": "x"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {one["name"]: one for one in json.loads(told.stdout)["checks"]}
    assert told.returncode == 4
    assert not found["设置"]["ok"] and found["设置"]["remedy"]


def test_the_page_tells_of_every_subject() -> None:
    page = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
    rows = [f"| {subject.name} | {subject.asks} |" for subject in SUBJECTS]
    assert re.findall(r"^\| (?!检查|---).*$", page, re.M) == rows
