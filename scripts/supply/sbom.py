"""The CycloneDX list of all that is shipped: ``docs/sbom.json``.

``python -m scripts.supply.sbom`` asks cyclonedx-py for the locked packages and who needs whom, and
adds what it cannot know: the version, the hashes of the lock, what only an extra brings, and the
fonts with what they were made of. Addresses of projects are left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from hongtou import __version__
from hongtou.faces.manifest import FaceEntry
from scripts.supply.licences import shipped_packages
from scripts.supply.lock import ROOT, SHIPPED, WITH_EXTRAS, Pin, read_lock
from scripts.supply.shipped import ENVIRONMENT, fonts, run_tool

PAGE = ROOT / "docs" / "sbom.json"


def sbom() -> dict[str, Any]:
    """Return the document of what is locked now."""
    document: dict[str, Any] = json.loads(
        run_tool(
            *("cyclonedx_py", "environment", str(ENVIRONMENT / "bin" / "python")),
            *("--pyproject", str(ROOT / "pyproject.toml"), "--spec-version", "1.6"),
            "--output-reproducible",
        )
    )
    del document["metadata"]["tools"]
    root = document["metadata"]["component"]
    root["version"] = __version__
    pins = {canonicalize_name(pin.name): pin for pin in read_lock(WITH_EXTRAS).values()}
    shipped = read_lock(SHIPPED).keys()
    licences = {package.name: package.licence for package in shipped_packages()}
    for package in document["components"]:
        name = canonicalize_name(package["name"])
        package["externalReferences"] = [_files(package["purl"], pins.pop(name))]
        package["scope"] = "required" if name in shipped else "optional"
        # Words that are no SPDX expression are left out by cyclonedx-py.
        package.setdefault("licenses", [{"license": {"name": licences[name]}}])
    if pins:
        sys.exit(f"软件物料清单没有写出：没有人看过 {'、'.join(pins)}")
    faces = [_face(face) for face in fonts()]
    document["components"] += faces
    needs = next(entry for entry in document["dependencies"] if entry["ref"] == root["bom-ref"])
    needs["dependsOn"] += [face["bom-ref"] for face in faces]
    return document


def _files(purl: str, pin: Pin) -> dict[str, Any]:
    """Return the files of a release, which differ by platform: any of them may be downloaded."""
    return {"type": "distribution", "url": purl, "hashes": [_sha256(one) for one in pin.hashes]}


def _face(face: FaceEntry) -> dict[str, Any]:
    purl = PackageURL("deb", "debian", face.package, face.package_version)
    source = {
        "type": "file",
        "name": face.source,
        "version": face.package_version,
        "purl": purl.to_string(),
        "hashes": [_sha256(face.source_sha256)],
    }
    return {
        "type": "file",
        "bom-ref": f"fonts/{face.file}",
        "name": f"fonts/{face.file}",
        "description": f"{face.family}（{face.title}）",
        "hashes": [_sha256(face.sha256)],
        "licenses": [{"license": {"name": face.licence}}],
        "pedigree": {"ancestors": [source]},
        "properties": [{"name": "hongtou:licence-text", "value": f"fonts/{face.licence_file}"}],
    }


def _sha256(digest: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": digest}


def _lines(document: dict[str, Any]) -> Iterator[str]:
    """Yield every field, lists with one member on a line: what changed is one line of a diff."""
    for key, value in sorted(document.items()):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        if isinstance(value, list):
            members = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in value]
            text = "[\n" + ",\n".join(members) + "\n]"
        yield f"{json.dumps(key)}: {text}"


def main() -> None:
    """Write the document; exit with 1 where it is not CycloneDX."""
    text = "{\n" + ",\n".join(_lines(sbom())) + "\n}\n"
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault:
        sys.exit(f"软件物料清单不合 CycloneDX 1.6：{fault}")
    PAGE.write_text(text, encoding="utf-8")
    print(f"已写出 {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
