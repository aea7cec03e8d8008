"""``docs/sbom.json``: all that is shipped, as a CycloneDX document.

``python -m scripts.supply.sbom`` writes it from the run-time lock and the manifest of fonts. The
same lock, manifest and version give the same bytes: it holds no time, and no number by chance.
"""

from __future__ import annotations

import json
import sys
import uuid
from collections.abc import Iterator
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType, Pedigree
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from hongtou import __version__
from hongtou.faces.manifest import FaceEntry, read_manifest
from scripts.supply.graph import ROOT_PACKAGE, dependency_graph
from scripts.supply.licences import Policy, licence_of, read_policy
from scripts.supply.lock import ROOT, Pin, read_lock

PAGE = ROOT / "docs" / "sbom.json"
NAMESPACE = uuid.UUID("a9af9b9e-e571-44d5-b73d-c95d557972f3")  # of our serial numbers, chosen once


def sbom() -> str:
    """Return the document of what is locked now."""
    policy = read_policy()
    bom = Bom()
    main = Component(
        name=ROOT_PACKAGE,
        version=__version__,
        type=ComponentType.APPLICATION,
        bom_ref=ROOT_PACKAGE,
        licenses=_licences("MIT"),
    )
    packages = {pin.name: _package(pin, policy) for pin in read_lock("run").values()}
    faces = [_face(face) for face in read_manifest(ROOT / "fonts").faces.values()]
    bom.metadata.component = main
    bom.components.update(packages.values(), faces)
    for name, needed in dependency_graph().items():
        one = main if name == ROOT_PACKAGE else packages[name]
        bom.register_dependency(one, [packages[other] for other in needed])
    bom.register_dependency(main, faces)
    return _written(json.loads(JsonV1Dot6(bom).output_as_string()))


def _package(pin: Pin, policy: Policy) -> Component:
    purl = PackageURL("pypi", name=pin.name, version=pin.version)
    # The files of a release differ by platform; each is one more possible download.
    files = ExternalReference(
        type=ExternalReferenceType.DISTRIBUTION,
        url=XsUri(purl.to_string()),
        hashes=[_sha256(one) for one in pin.hashes],
    )
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        purl=purl,
        bom_ref=purl.to_string(),
        external_references=[files],
        licenses=_licences(licence_of(pin.name, policy)),
    )


def _face(face: FaceEntry) -> Component:
    source = Component(
        name=face.source,
        version=face.package_version,
        type=ComponentType.FILE,
        purl=PackageURL("deb", "debian", face.package, face.package_version),
        hashes=[_sha256(face.source_sha256)],
    )
    return Component(
        name=f"fonts/{face.file}",
        type=ComponentType.FILE,
        bom_ref=f"fonts/{face.file}",
        description=f"{face.family}（{face.title}）",
        hashes=[_sha256(face.sha256)],
        licenses=_licences(face.licence),
        pedigree=Pedigree(ancestors=[source]),
        properties=[Property(name="hongtou:licence-text", value=f"fonts/{face.licence_file}")],
    )


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def _licences(expression: str) -> list[Any]:
    return [LicenseFactory().make_from_string(expression)]


def _written(document: dict[str, Any]) -> str:
    """Return the document without its time, its serial number made from what it says."""
    del document["metadata"]["timestamp"]
    del document["serialNumber"]
    name = json.dumps(document, sort_keys=True)
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(NAMESPACE, name)}"
    return "{\n" + ",\n".join(_rows(document)) + "\n}\n"


def _rows(document: dict[str, Any]) -> Iterator[str]:
    """Yield every field, lists with one member on a line: what changed is one line of a diff."""
    for key, value in sorted(document.items()):
        text = json.dumps(value, ensure_ascii=False, sort_keys=True)
        if isinstance(value, list):
            members = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in value]
            text = "[\n" + ",\n".join(members) + "\n]"
        yield f"{json.dumps(key)}: {text}"


def main() -> None:
    """Write the document; exit with 1 where it is not CycloneDX."""
    text = sbom()
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if fault:
        sys.exit(f"软件物料清单不合 CycloneDX 1.6：{fault}")
    PAGE.write_text(text, encoding="utf-8")
    print(f"已写出 {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
