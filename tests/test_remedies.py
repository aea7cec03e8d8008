"""What is advised can be done: who installed a wheel has neither git nor make nor a clone."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackagePath
from pathlib import Path
from shlex import quote
from types import SimpleNamespace

import pytest

from hongtou import resources
from hongtou.bulletin.errors import SetupError
from hongtou.doctor import python as doctor_python
from hongtou.doctor.software import PACKAGES, bring
from hongtou.faces import open_faces
from hongtou.layouts import open_layouts
from scripts.rooms import tree_of
from tests.support.shop import ROOT

BROUGHT = {
    "layouts": "dongtai/layout.toml",
    "fonts": "manifest.toml",
    "examples": "dongtai.json",
}
OF_A_CLONE = re.compile(r"(?<![a-z])(?:git|make) ")
# The two that tell a clone from a wheel; what they say is tried below.
TELLERS = {"resources.py", "doctor/python.py"}


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the service run as if from a wheel; return the folder of what was installed with it."""
    shared = tmp_path / "share"
    for name in ("layouts", "fonts", "examples"):
        shutil.copytree(ROOT / name, shared / name, ignore=shutil.ignore_patterns("*.ttf"))
    monkeypatch.setattr(resources, "CLONE", tmp_path / "lib")
    monkeypatch.setattr(resources, "INSTALLED", shared)
    monkeypatch.setattr(doctor_python, "CLONE", str(tmp_path / "lib"))
    assert not resources.is_clone()
    return shared


def messages() -> Iterator[tuple[str, str]]:
    """Yield every text of the service but docstrings, with the file that holds it."""
    package = ROOT / "service" / "hongtou"
    for path in package.rglob("*.py"):
        nodes = list(ast.walk(tree_of(path)))
        texts = {node.value for node in nodes if isinstance(node, ast.Constant)}
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in nodes
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        }
        for text in texts - docstrings:
            if isinstance(text, str):
                yield path.relative_to(package).as_posix(), text


@pytest.mark.slow
@pytest.mark.defect(13)
def test_no_message_speaks_of_a_clone_but_where_there_is_one() -> None:
    told = {path: text for path, text in messages() if OF_A_CLONE.search(text)}
    assert set(told) == TELLERS, told


def remedies(folder: Path) -> Iterator[str]:
    """Yield every remedy of missing packages, files and of an old Python."""
    yield resources.reinstall()
    for kind in ("layouts", "fonts", "examples"):
        for place in (resources.resource_dir(kind), folder / kind):
            yield resources.restore(kind, place, BROUGHT[kind])
    yield from map(bring, PACKAGES)
    yield (doctor_python.python_fault() or ("", ""))[1]


def test_in_a_clone_remedies_are_those_of_a_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    told = list(remedies(tmp_path))
    elsewhere = [remedy for remedy in told if remedy.startswith("cp ")]
    assert len(elsewhere) == len(BROUGHT)
    assert all(OF_A_CLONE.search(remedy) for remedy in told if remedy not in elsewhere), told


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the service run as if from a clone, whose layouts can be changed; return the clone."""
    found = tmp_path / "clone"
    shutil.copytree(ROOT / "layouts", found / "layouts")
    (found / "Makefile").touch()
    for command in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", "-C", str(found), *command], check=True)
    monkeypatch.setattr(resources, "CLONE", found)
    return found


def refusal_of(folder: Path) -> SetupError:
    with pytest.raises(SetupError) as refusal:
        open_layouts(folder)
    return refusal.value


@pytest.mark.parametrize("fault", ["faulty", "gone"])
def test_a_layout_of_ones_own_is_nothing_that_git_has(clone: Path, fault: str) -> None:
    own = clone / "layouts" / "ours"
    own.mkdir()
    if fault == "faulty":
        (own / "layout.toml").write_text("[layuot]\n")
    told = refusal_of(clone / "layouts")
    assert f"请修改 {own / 'layout.toml'}" in told.hint
    assert not OF_A_CLONE.search(told.hint)


@pytest.mark.parametrize("fault", ["faulty", "gone"])
def test_a_layout_that_came_along_comes_back_by_what_is_advised(clone: Path, fault: str) -> None:
    file = clone / "layouts" / "dongtai" / "layout.toml"
    file.unlink() if fault == "gone" else file.write_text("[layuot]\n")
    _, _, command = refusal_of(clone / "layouts").hint.partition("随附的版式可以恢复：")
    subprocess.run(command, shell=True, check=True, capture_output=True)
    assert open_layouts(clone / "layouts").keys() >= {"dongtai"}


@pytest.mark.parametrize("kind", ["layouts", "fonts"])
def test_what_did_not_come_along_is_put_back_by_who_has_it(tmp_path: Path, kind: str) -> None:
    for folder in (resources.resource_dir(kind), tmp_path):
        told = resources.restore(kind, folder, "ours/one.ttf")
        assert told == f"请放回 {folder / 'ours/one.ttf'}，它不是随 hongtou 来的"


def test_with_a_wheel_a_layout_of_ones_own_is_not_reinstalled(
    wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = wheel / "layouts" / "ours"
    own.mkdir()
    (own / "layout.toml").write_text("[layuot]\n")
    record = [
        PackagePath("layouts/dongtai/layout.toml"),
        PackagePath("layouts/_shared/layout.toml"),
    ]
    for path in record:
        monkeypatch.setattr(
            path, "dist", SimpleNamespace(locate_file=lambda one: wheel / one), raising=False
        )
    monkeypatch.setattr("importlib.metadata.files", lambda _: record)
    hint = refusal_of(wheel / "layouts").hint
    assert f"请修改 {own / 'layout.toml'}" in hint
    assert "pip" not in hint


@pytest.mark.defect(13)
def test_with_a_wheel_no_remedy_asks_for_git_or_make(
    wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    told = list(remedies(wheel.parent / "elsewhere"))
    assert all(told)
    assert [remedy for remedy in told if OF_A_CLONE.search(remedy)] == []


@pytest.mark.defect(13)
@pytest.mark.parametrize("kind", ["fonts", "layouts"])
def test_with_a_wheel_what_refuses_to_start_says_how_to_install_it_anew(
    wheel: Path, kind: str
) -> None:
    (wheel / "layouts" / "dongtai" / "layout.toml").unlink()
    opened = {"fonts": open_faces, "layouts": open_layouts}[kind]
    with pytest.raises(SetupError) as refusal:
        opened(wheel / kind)
    assert not OF_A_CLONE.search(refusal.value.message + refusal.value.hint)
    assert f"{quote(sys.executable)} -m pip install" in refusal.value.hint


EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]


@pytest.mark.parametrize("extra", sorted({*EXTRAS} - {"test"}))
def test_with_a_wheel_an_extra_is_installed_by_its_name(wheel: Path, extra: str) -> None:
    told = resources.install_extra(extra)
    assert told == f"{quote(sys.executable)} -m pip install 'hongtou[{extra}]'"


def test_in_a_clone_what_is_locked_is_installed_by_its_hashes() -> None:
    lock = ROOT / "requirements" / "extras.txt"
    locked = set(re.findall(r"^[a-z0-9-]+", lock.read_text(encoding="utf-8"), re.M))
    for extra, packages in EXTRAS.items():
        if extra == "test":
            continue
        by_hash = f"--require-hashes -r {lock}" in resources.install_extra(extra)
        names = {re.split(r"[\[>=]", package)[0] for package in packages}
        assert by_hash == (names <= locked), extra
