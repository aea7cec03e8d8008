"""What is shipped is listed, licensed and looked up; the lists fail when they fall behind.

`tests/audits/` holds reports of pip-audit 2.10.1 on three pinned packages: one from an index that
does not serve its vulnerability feed, the others from a stand-in for OSV on loopback.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name

from hongtou import __version__
from scripts.supply import licences
from scripts.supply.audit import CANARY, Audit, audit_faults, read_audit
from scripts.supply.licences import (
    PAGE,
    Package,
    licence_faults,
    licence_page,
    read_packages,
    read_policy,
)
from scripts.supply.lock import ROOT, Pin, read_lock
from scripts.supply.shipped import fonts

POLICY = read_policy()
FACES = fonts()
AUDITS = Path(__file__).parent / "audits"


@cache
def packages() -> list[Package]:
    """Return the packages of the page, which `make licences` writes from what is installed."""
    rows = re.findall(
        r"^\| ([a-z0-9-]+) \| (\S+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.M
    )
    return [Package(*row) for row in rows]


class TestLicences:
    def test_all_that_is_locked_and_every_font_has_an_accepted_licence(self) -> None:
        assert licence_faults(packages(), FACES, POLICY) == [], "make licences"

    def test_the_page_names_nothing_else(self) -> None:
        assert {package.name for package in packages()} == read_lock("extras").keys()
        assert PAGE.read_text(encoding="utf-8") == licence_page(packages(), FACES), "make licences"

    def test_a_package_that_nobody_looked_at_fails(self) -> None:
        (fault,) = licence_faults(packages()[1:], FACES, POLICY)
        assert fault == f"{packages()[0].name} {packages()[0].version}：没有人看过它的许可"

    def test_another_release_than_the_locked_one_was_not_looked_at(self) -> None:
        altered = [replace(packages()[0], version="0"), *packages()[1:]]
        (fault,) = licence_faults(altered, FACES, POLICY)
        assert fault.endswith("没有人看过它的许可")

    def test_a_licence_that_is_not_accepted_fails(self) -> None:
        (fault,) = licence_faults(
            packages(), FACES, replace(POLICY, code=POLICY.code - {"MPL-2.0"})
        )
        assert fault == "pikepdf：许可 MPL-2.0 不在接受之列"

    @pytest.mark.parametrize(
        ("licence", "fits"),
        [
            ("MIT", True),
            ("GPL-3.0-only; MIT", True),
            ("MIT AND GPL-3.0-only", False),
            ("UNKNOWN", False),
        ],
    )
    def test_one_choice_must_be_accepted_and_nobody_guesses(self, licence: str, fits: bool) -> None:
        altered = [replace(packages()[0], licence=licence), *packages()[1:]]
        assert (licence_faults(altered, FACES, POLICY) == []) is fits

    def test_fonts_may_be_copyleft_and_code_may_not(self) -> None:
        assert not POLICY.code & POLICY.fonts
        policy = replace(POLICY, fonts=POLICY.fonts - {"GPL-3.0-with-font-exception"})
        faults = licence_faults(packages(), FACES, policy)
        assert [fault.partition("：")[0] for fault in faults] == [
            "files/body.ttf",
            "files/latin-fangsong.ttf",
        ]
        assert all("许可 GPL-3.0-with-font-exception" in fault for fault in faults)

    def test_names_are_those_of_the_lock(self) -> None:
        report = '[{"Name": "Typing_Extensions", "Version": "1", "License": "MIT"}]'
        assert read_packages(report) == [Package("typing-extensions", "1", "MIT")]

    def test_a_package_that_is_locked_and_not_on_the_page_is_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = {**read_lock("extras"), "pytest": Pin("pytest", "1", ())}
        monkeypatch.setattr(licences, "read_lock", lambda name: more)
        assert licence_faults(packages(), FACES, POLICY) == ["pytest 1：没有人看过它的许可"]


@cache
def sbom() -> dict[str, Any]:
    return dict(json.loads((ROOT / "docs" / "sbom.json").read_bytes()))


def components(kind: str) -> dict[str, dict[str, Any]]:
    return {
        canonicalize_name(entry["name"]) if kind == "library" else entry["name"]: entry
        for entry in sbom()["components"]
        if entry["type"] == kind
    }


def sha256(holder: dict[str, Any]) -> set[str]:
    assert {entry["alg"] for entry in holder["hashes"]} == {"SHA-256"}
    return {entry["content"] for entry in holder["hashes"]}


def needs() -> dict[str, set[str]]:
    return {entry["ref"]: set(entry.get("dependsOn", ())) for entry in sbom()["dependencies"]}


class TestSbom:
    """`make sbom` holds the document against the schema of CycloneDX before it writes it."""

    def test_is_of_this_version(self) -> None:
        assert (sbom()["bomFormat"], sbom()["specVersion"]) == ("CycloneDX", "1.6")
        assert sbom()["metadata"]["component"]["version"] == __version__

    def test_holds_every_locked_release_with_every_hash_and_its_licence(self) -> None:
        found = components("library")
        assert found.keys() == read_lock("extras").keys(), "make sbom"
        for pin in read_lock("extras").values():
            entry = found[pin.name]
            assert entry["version"] == pin.version
            assert entry["purl"] == f"pkg:pypi/{pin.name}@{pin.version}"
            assert sha256(entry["externalReferences"][0]) == set(pin.hashes)
            assert entry["licenses"]

    def test_says_what_comes_with_an_extra_alone(self) -> None:
        optional = {
            name for name, entry in components("library").items() if entry["scope"] == "optional"
        }
        assert optional == read_lock("extras").keys() - read_lock("run").keys()
        assert {"pyhanko", "authlib"} <= optional

    def test_holds_every_font_with_its_licence_and_what_it_was_made_of(self) -> None:
        found = components("file")
        assert found.keys() == {f"fonts/{face.file}" for face in FACES}, "make sbom"
        for face in FACES:
            entry = found[f"fonts/{face.file}"]
            (source,) = entry["pedigree"]["ancestors"]
            assert sha256(entry) == {face.sha256}
            assert entry["licenses"] == [{"license": {"name": face.licence}}]
            assert entry["properties"][0]["value"] == f"fonts/{face.licence_file}"
            assert sha256(source) == {face.source_sha256}
            assert source["version"] == face.package_version
            assert source["purl"].startswith(f"pkg:deb/debian/{face.package}@")

    def test_what_the_project_wants_is_what_its_root_needs(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = {re.split("[<>=]", line)[0] for line in project["dependencies"]}
        of = {entry["bom-ref"]: name for name, entry in components("library").items()}
        found = needs()[sbom()["metadata"]["component"]["bom-ref"]]
        assert wanted <= {of[ref] for ref in found - components("file").keys()}
        assert components("file").keys() <= found

    def test_nothing_is_shipped_that_nobody_needs(self) -> None:
        reached, ahead = set(), [sbom()["metadata"]["component"]["bom-ref"]]
        while ahead:
            ref = ahead.pop()
            reached.add(ref)
            ahead += needs().get(ref, set()) - reached
        assert {entry["bom-ref"] for entry in sbom()["components"]} <= reached

    def test_holds_neither_time_nor_the_name_of_an_index(self) -> None:
        assert "timestamp" not in sbom()["metadata"]
        links = set(re.findall(r"https?://[^/\"]+", json.dumps(sbom())))
        assert links == {"http://cyclonedx.org"}


def recorded(name: str) -> Audit:
    return read_audit((AUDITS / f"{name}.json").read_text(encoding="utf-8"))


LOCK = {
    name: Pin(name, version, ())
    for name, version in {"click": "8.5.1", "flask": "3.1.3", "jinja2": "3.1.6"}.items()
}


class TestAudit:
    def faults(self, audit: Audit, canary: Audit | None = None) -> str:
        return "\n".join(audit_faults(audit, LOCK, canary or recorded("canary")))

    def test_passes_where_all_was_looked_up_and_nothing_found(self) -> None:
        assert self.faults(recorded("nothing-known")) == ""

    def test_fails_where_a_vulnerability_is_known(self) -> None:
        assert self.faults(recorded("one-known")) == "flask 3.1.3 有已知的漏洞：CVE-2099-0001"

    @pytest.mark.parametrize(
        ("report", "errors", "complaint"),
        [
            (
                (AUDITS / "nobody-looked.json").read_text(),
                "No known vulnerabilities found",
                "not found on PyPI",
            ),
            ("", "Traceback …\nConnectionError: no route", "ConnectionError: no route"),
            ("", "", "没有写出结果"),
            ('{"dependencies": [], "fixes": []}', "", "没有写出结果"),
        ],
        ids=["all skipped", "source not reached", "silence", "empty report"],
    )
    def test_fails_where_nobody_looked(self, report: str, errors: str, complaint: str) -> None:
        fault = self.faults(read_audit(report, errors))
        assert fault.startswith("3 个软件包，一个也没有审查。这不是“没有漏洞”")
        assert complaint in fault

    def test_fails_where_one_was_skipped(self) -> None:
        report = json.loads((AUDITS / "nothing-known.json").read_bytes())
        report["dependencies"][1] = {"name": "flask", "skip_reason": "not there"}
        fault = self.faults(read_audit(json.dumps(report)))
        assert fault.startswith("1 个软件包没有审查（flask 3.1.3）")

    def test_fails_where_another_release_was_looked_up(self) -> None:
        audit = recorded("nothing-known")
        looked_up = {**audit.looked_up, ("flask", "3.1.2"): []}
        del looked_up["flask", "3.1.3"]
        assert "flask 3.1.3" in self.faults(replace(audit, looked_up=looked_up))

    def test_fails_where_the_source_knows_of_no_vulnerability_at_all(self) -> None:
        blind = Audit({(CANARY.name, CANARY.version): []}, "No known vulnerabilities found")
        assert f"漏洞库不知道 {CANARY.name} {CANARY.version}" in self.faults(
            recorded("nothing-known"), blind
        )

    def test_fails_without_a_lock(self) -> None:
        assert audit_faults(Audit({}, ""), {}, recorded("canary"))
