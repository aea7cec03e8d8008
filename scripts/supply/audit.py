"""Known vulnerabilities of what is locked, and whether anybody really looked.

``python -m scripts.supply.audit`` asks pip-audit, which says "No known vulnerabilities found" and
exits with 0 where its source knows none of the packages. So it passes only if every locked release
was looked up, nothing was found, and the same source knows the fault of a release that is
notorious for it (a mirror may answer for every package and know of no vulnerability at all).
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.supply.lock import WITH_EXTRAS, Pin, lock_file, read_lock

CANARY = Pin("jinja2", "2.10", ())  # CVE-2019-10906: out of its sandbox
NOBODY_LOOKED = "这不是“没有漏洞”，是没有人看过"


@dataclass(frozen=True, slots=True)
class Audit:
    """What pip-audit looked up: vulnerabilities by release; and the last that it complained of."""

    looked_up: Mapping[tuple[str, str], list[str]]
    complaint: str


def read_audit(report: str, errors: str = "") -> Audit:
    """Return what a run of pip-audit wrote; a run that broke off has written no report."""
    lines = errors.strip().splitlines()
    complaint = lines[-1] if lines else "没有写出结果"
    try:
        entries: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except ValueError:
        return Audit({}, complaint)
    skipped = [entry["skip_reason"] for entry in entries if "skip_reason" in entry]
    looked_up = {
        (entry["name"], entry["version"]): [one["id"] for one in entry["vulns"]]
        for entry in entries
        if "skip_reason" not in entry
    }
    return Audit(looked_up, skipped[0] if skipped else complaint)


def audit_faults(audit: Audit, lock: Mapping[str, Pin], canary: Audit) -> list[str]:
    """Return why an audit does not pass; empty where all was looked up and nothing found."""
    pins = {(pin.name, pin.version) for pin in lock.values()}
    missed = sorted(pins - audit.looked_up.keys())
    if not lock or len(missed) == len(pins):
        return [f"{len(pins)} 个软件包，一个也没有审查。{NOBODY_LOOKED}：{audit.complaint}"]
    faults = []
    if missed:
        names = "、".join(" ".join(pin) for pin in missed)
        faults.append(
            f"{len(missed)} 个软件包没有审查（{names}）。{NOBODY_LOOKED}：{audit.complaint}"
        )
    if not canary.looked_up.get((CANARY.name, CANARY.version)):
        faults.append(
            f"漏洞库不知道 {CANARY.name} {CANARY.version} 有漏洞，它说没有的也不可信："
            f"{canary.complaint}"
        )
    return faults + [
        f"{name} {version} 有已知的漏洞：{'、'.join(found)}"
        for (name, version), found in audit.looked_up.items()
        if found
    ]


def run_pip_audit(requirements: Path) -> Audit:
    """Return what pip-audit says of pinned requirements, all of them: nothing is resolved.

    Without ``--strict``, which breaks off at the first package that is skipped, unlisted.
    """
    run = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip_audit",
            "--requirement",
            str(requirements),
            "--no-deps",
            "--disable-pip",
            "--format",
            "json",
            "--progress-spinner",
            "off",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return read_audit(run.stdout, run.stderr)


def run_canary() -> Audit:
    """Return what pip-audit says of the notorious release."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "requirements.txt")
        path.write_text(f"{CANARY.name}=={CANARY.version}\n", encoding="ascii")
        return run_pip_audit(path)


def main() -> None:
    """Say what came of it; exit with 1 where the audit does not pass."""
    lock = read_lock(WITH_EXTRAS)
    faults = audit_faults(run_pip_audit(lock_file(WITH_EXTRAS)), lock, run_canary())
    if faults:
        sys.exit("\n".join(["依赖审查没有通过：", *faults]))
    print(f"{len(lock)} 个软件包都已审查，没有已知的漏洞")


if __name__ == "__main__":
    main()
