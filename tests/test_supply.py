"""What is shipped is listed, licensed and looked up; the lists fail when they fall behind.

`tests/audits/` holds reports of pip-audit 2.10.1 on three pinned packages: one from an index that
does not serve its vulnerability feed, the others from a stand-in for OSV on loopback.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hongtou import __version__
from hongtou.faces import read_manifest
from scripts.supply import licences
from scripts.supply.audit import CANARY, Audit, audit_faults, read_audit
from scripts.supply.graph import ROOT_PACKAGE, dependency_graph
from scripts.supply.licences import (
    PAGE,
    is_accepted,
    licence_faults,
    licence_of,
    licence_page,
    read_policy,
)
from scripts.supply.lock import ROOT, Pin, read_lock

POLICY = read_policy()
FACES = read_manifest(ROOT / "fonts").faces.values()
AUDITS = Path(__file__).parent / "audits"


class TestLicences:
    def test_all_that_is_shipped_has_an_accepted_licence(self) -> None:
        assert licence_faults(POLICY) == []

    def test_the_page_names_every_package_and_font_with_its_licence(self) -> None:
        page = PAGE.read_text(encoding="utf-8")
        for pin in read_lock("run").values():
            assert f"| {pin.name} | {pin.version} | {licence_of(pin.name, POLICY)} |" in page
        for face in FACES:
            assert f"| `fonts/{face.file}` | {face.title} | {face.licence} |" in page
        assert page == licence_page(POLICY), "make licences"

    def test_nobody_read_what_is_not_shipped_or_states_its_licence_itself(self) -> None:
        for package in POLICY.read:
            assert package in read_lock("run")
            assert licences.stated_licence(package) == licences.UNKNOWN

    @pytest.mark.parametrize(
        ("expression", "fits"),
        [
            ("MIT", True),
            ("MIT OR GPL-3.0-only", True),
            ("MIT AND GPL-3.0-only", False),
            ("GPL-3.0-only OR MIT AND BSD-3-Clause", True),
            ("GPL-3.0-only AND MIT OR BSD-3-Clause AND GPL-3.0-only", False),
            ("(MIT OR GPL-3.0-only) AND GPL-3.0-only", False),
            ("MIT WITH some-exception", False),
            ("", False),
        ],
    )
    def test_one_choice_must_ask_for_accepted_licences_only(
        self, expression: str, fits: bool
    ) -> None:
        assert is_accepted(expression, {"MIT", "BSD-3-Clause"}) == fits

    def test_a_licence_that_is_not_accepted_fails(self) -> None:
        (fault,) = licence_faults(replace(POLICY, code=POLICY.code - {"MPL-2.0"}))
        assert fault == "pikepdf：许可 MPL-2.0 不在接受之列"

    def test_fonts_may_be_copyleft_and_code_may_not(self) -> None:
        assert not POLICY.code & POLICY.fonts
        (fault,) = licence_faults(
            replace(POLICY, fonts=POLICY.fonts - {"GPL-3.0-with-font-exception"})
        )
        assert fault.startswith("files/body.ttf：许可 GPL-3.0-with-font-exception")

    def test_a_package_whose_licence_nobody_read_fails(self) -> None:
        unread = {name: one for name, one in POLICY.read.items() if name != "waitress"}
        (fault,) = licence_faults(replace(POLICY, read=unread))
        assert fault == "waitress：许可不明，请读它的许可文本"

    @pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"text": "licenses/NOT-THERE"}])
    def test_a_text_that_changed_must_be_read_again(self, change: dict[str, str]) -> None:
        altered = {**POLICY.read, "waitress": replace(POLICY.read["waitress"], **change)}
        assert licence_of("waitress", replace(POLICY, read=altered)) == licences.UNKNOWN

    def test_a_package_that_is_locked_and_not_on_the_page_is_seen(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        more = {**read_lock("run"), "pytest": Pin("pytest", "1", ())}
        monkeypatch.setattr(licences, "read_lock", lambda name: more)
        assert licence_page(POLICY) != PAGE.read_text(encoding="utf-8")


@cache
def sbom() -> dict[str, Any]:
    return dict(json.loads((ROOT / "docs" / "sbom.json").read_bytes()))


def components(kind: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in sbom()["components"] if one["type"] == kind}


def sha256(holder: dict[str, Any]) -> set[str]:
    assert {one["alg"] for one in holder["hashes"]} == {"SHA-256"}
    return {one["content"] for one in holder["hashes"]}


def licence(component: dict[str, Any]) -> str:
    """Return the licence of a component, in whichever of three ways it is written."""
    (one,) = component["licenses"]
    return str(one.get("expression") or one["license"].get("id") or one["license"]["name"])


class TestSbom:
    """`make sbom` holds the document against the schema of CycloneDX before it writes it."""

    def test_is_of_this_version(self) -> None:
        assert (sbom()["bomFormat"], sbom()["specVersion"]) == ("CycloneDX", "1.6")
        assert sbom()["metadata"]["component"]["version"] == __version__

    def test_holds_every_locked_release_with_every_hash_and_its_licence(self) -> None:
        found = components("library")
        assert found.keys() == read_lock("run").keys(), "make sbom"
        for pin in read_lock("run").values():
            one = found[pin.name]
            assert one["version"] == pin.version
            assert one["purl"] == f"pkg:pypi/{pin.name}@{pin.version}"
            assert sha256(one["externalReferences"][0]) == set(pin.hashes)
            assert licence(one) == licence_of(pin.name, POLICY)

    def test_holds_every_font_with_its_licence_and_what_it_was_made_of(self) -> None:
        found = components("file")
        assert found.keys() == {f"fonts/{face.file}" for face in FACES}, "make sbom"
        for face in FACES:
            one = found[f"fonts/{face.file}"]
            (source,) = one["pedigree"]["ancestors"]
            assert sha256(one) == {face.sha256}
            assert licence(one) == face.licence
            assert one["properties"][0]["value"] == f"fonts/{face.licence_file}"
            assert sha256(source) == {face.source_sha256}
            assert source["version"] == face.package_version
            assert source["purl"].startswith(f"pkg:deb/debian/{face.package}@")

    def test_tells_who_needs_whom(self) -> None:
        told = {one["ref"]: set(one.get("dependsOn", ())) for one in sbom()["dependencies"]}
        refs = {one["name"]: one["bom-ref"] for one in sbom()["components"]} | {
            ROOT_PACKAGE: ROOT_PACKAGE
        }
        for name, needed in dependency_graph().items():
            assert told[refs[name]] - components("file").keys() == {refs[one] for one in needed}
        assert components("file").keys() <= told[ROOT_PACKAGE]

    def test_holds_neither_time_nor_the_name_of_an_index(self) -> None:
        assert "timestamp" not in sbom()["metadata"]
        links = set(re.findall(r"https?://[^/\"]+", json.dumps(sbom())))
        assert links == {"http://cyclonedx.org"}


def test_nothing_is_locked_that_nobody_needs() -> None:
    graph, reached, ahead = dependency_graph(), {ROOT_PACKAGE}, [ROOT_PACKAGE]
    while ahead:
        new = set(graph[ahead.pop()]) - reached
        reached |= new
        ahead += new
    assert reached == graph.keys()


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
