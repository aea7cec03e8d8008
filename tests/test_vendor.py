"""The vendored files of the editors' page: as their manifest says, licensed, pinned."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from scripts.supply.vendor import FRONTEND, VENDOR, differing

MANIFEST = json.loads((VENDOR / "manifest.json").read_bytes())
DESK = VENDOR.parent / "desk"
MODULES = sorted([*DESK.rglob("*.js"), *(DESK.parent / "office").rglob("*.js")])
# Not in Chromium 87, or not over plain HTTP to another machine.
ABSENT = re.compile(
    r"structuredClone|crypto\.(?:randomUUID|subtle)|navigator\.(?:locks|storage|clipboard|serviceWorker)|\.at\(|Object\.hasOwn|\.findLast\(|\.toSorted\("
)
ABSENT_STYLES = re.compile(r":has\(|@container|@layer|\binert\b|&:|popover")


@pytest.mark.parametrize("name", MANIFEST)
def test_a_file_is_the_one_that_was_bundled(name: str) -> None:
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == MANIFEST[name]["sha256"]


def test_every_package_is_pinned_and_has_its_licence() -> None:
    wanted = json.loads((FRONTEND / "package.json").read_bytes())["dependencies"]
    found = {
        name: version for one in MANIFEST.values() for name, version in one["packages"].items()
    }
    assert {name: found.get(name, version) for name, version in wanted.items()} == wanted
    licences = (VENDOR / "licences.txt").read_text(encoding="utf-8")
    for name, version in found.items():
        assert re.search(rf"^{name} {re.escape(version)}（(?:MIT|ISC)）$", licences, re.M), name


def test_a_file_that_comes_out_otherwise_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_bytes(b"1")
    (tmp_path / "old.js").write_bytes(b"1")
    assert [*differing({"a.js": b"2", "b.js": b"1"}, tmp_path)] == ["a.js", "b.js", "old.js"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(DESK.parent)))
class TestModules:
    def test_ask_for_nothing_that_old_browsers_lack(self, path: Path) -> None:
        assert not ABSENT.search(path.read_text(encoding="utf-8"))

    def test_are_short_and_typed(self, path: Path) -> None:
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 320
        assert source.startswith("//"), "the first line says what the module is for"

    def test_leave_the_manuscript_to_the_editor(self, path: Path) -> None:
        """What broke input methods in other editors: widgets, appended transactions, views of marks."""
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"Decoration\.widget|appendTransaction|markViews|innerHTML", source)


@pytest.mark.parametrize("name", ["desk/desk.css", "office/office.css"])
def test_styles_ask_for_nothing_that_old_browsers_lack(name: str) -> None:
    assert not ABSENT_STYLES.search((DESK.parent / name).read_text(encoding="utf-8"))
