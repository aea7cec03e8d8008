"""Rules on files for the archive: what they claim to be, and what they carry.

Clause numbers are those that veraPDF gives with its rules.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final

from hongtou.bulletin.enclosed_names import EDITION, ISSUE
from hongtou.bulletin.finding import printable
from hongtou.preflight.content import SCREEN_CONTENT
from hongtou.preflight.expectation import Expectation
from hongtou.preflight.inspected_pdf import InspectedPdf, open_pdf
from hongtou.preflight.kinds.archival import PDF_A_2_KINDS, PDF_A_3_KINDS, PDF_A_4_KINDS
from hongtou.preflight.package import read_roots
from hongtou.preflight.profile_file import is_whole_profile
from hongtou.preflight.rule import Rule
from hongtou.preflight.written import Written

if TYPE_CHECKING:
    import pikepdf

DEFAULT_PART: Final = "3a"
WRITTEN: Final[Mapping[str, Written]] = {
    "3a": Written(PDF_A_3_KINDS, SCREEN_CONTENT),
    "2a": Written(PDF_A_2_KINDS, SCREEN_CONTENT),
    "4f": Written(PDF_A_4_KINDS, SCREEN_CONTENT),
}
CLAIM = re.compile(rb"<(pdfaid|pdfuaid):(part|conformance|rev)>([^<]*)<")
CLAIMS: Final[Mapping[str, tuple[str, ...]]] = {
    "3a": ("pdfaid:part=3", "pdfaid:conformance=A", "pdfuaid:part=1"),
    "2a": ("pdfaid:part=2", "pdfaid:conformance=A", "pdfuaid:part=1"),
    "4f": (
        "pdfaid:part=4",
        "pdfaid:conformance=F",
        "pdfaid:rev=2020",
        "pdfuaid:part=2",
        "pdfuaid:rev=2024",
    ),
}


JSON: Final = "/application/json"
# The kinds of pictures by which their files begin.
KINDS: Final = {b"\x89PNG": "/image/png", b"\xff\xd8\xff": "/image/jpeg", b"GIF8": "/image/gif"}
XMP_TITLE = "{http://purl.org/dc/elements/1.1/}title"
EXTENSION = "{http://www.aiim.org/pdfa/ns/extension/}schemas"


def part_of(expectation: Expectation) -> str:
    """Return the part of PDF/A that was ordered."""
    return str(expectation.options.get("part", DEFAULT_PART))


def open_archival_pdf(
    content: bytes, expectation: Expectation
) -> AbstractContextManager[InspectedPdf]:
    """Open a PDF for the rules on the part of PDF/A that was ordered.

    Raises:
        ValueError: the file is not a whole PDF.
    """
    return open_pdf(WRITTEN[part_of(expectation)], content, expectation)


def _other_claims(inspected: InspectedPdf) -> Iterator[str]:
    """Yield what the metadata claim wrongly (ISO 19005-3 §6.6.4, ISO 14289-1 §5)."""
    packet = inspected.pdf.Root.Metadata.read_bytes()
    found = {
        f"{prefix.decode()}:{name.decode()}={printable(value.decode('utf-8', 'replace'))}"
        for prefix, name, value in CLAIM.findall(packet)
    }
    wanted = set(CLAIMS[part_of(inspected.expectation)])
    for claim in sorted(wanted - found):
        yield f"元数据没有写明 {claim}"
    for claim in sorted(found - wanted):
        yield f"元数据错写 {claim}"


def _other_version(inspected: InspectedPdf) -> Iterator[str]:
    wanted = "2.0" if part_of(inspected.expectation) == "4f" else "1.7"
    if inspected.pdf.pdf_version != wanted:
        yield f"文件写明 PDF {inspected.pdf.pdf_version}，应为 {wanted}"


def _other_enclosures(inspected: InspectedPdf) -> Iterator[str]:
    """Yield files that are not those which the record of the edition lists (ISO 19005-3 §6.8)."""
    if "specification" not in WRITTEN[part_of(inspected.expectation)].kinds:
        return
    held = {
        name: bytes(specification.EF.F.read_bytes())
        for name, specification in _specifications(inspected)
    }
    try:
        listed = json.loads(held[EDITION])["files"]
    except (KeyError, ValueError, TypeError):
        yield f"附件里没有 {EDITION}，或读不懂"
        return
    if ISSUE not in listed:
        yield f"附件里没有 {ISSUE}"
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in held.items()}
    del digests[EDITION]
    for name in sorted({*listed, *digests}):
        if listed.get(name) != digests.get(name):
            yield f"附件 {printable(name)} 与 {EDITION} 所列不同"
    if len(inspected.pdf.Root.AF) != len(held):
        yield "附件没有都与文档关联"
    for name, specification in _specifications(inspected):
        if not _is_described(name, specification, held[name]):
            yield f"附件 {printable(name)} 写明的名称、种类或大小与内容不同"


def _is_described(name: str, specification: pikepdf.Object, content: bytes) -> bool:
    """Tell whether a file is what its specification says (ISO 32000-2 §7.11.4)."""
    stream, parameters = specification.EF.F, specification.EF.F.Params
    digest = hashlib.md5(content, usedforsecurity=False).digest()
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    relationship = "/Data" if name == EDITION else "/Source"
    return (
        str(specification.F) == str(specification.UF) == name
        and str(specification.AFRelationship) == relationship
        and (bytes(parameters.CheckSum), int(parameters.Size)) == (digest, len(content))
        and (kind is None or str(stream.Subtype) == kind)
        and (name not in (ISSUE, EDITION) or str(stream.Subtype) == JSON)
    )


def _specifications(inspected: InspectedPdf) -> Iterator[tuple[str, pikepdf.Object]]:
    names = inspected.pdf.Root.Names.EmbeddedFiles.Names
    for at in range(0, len(names), 2):
        yield str(names[at]), names[at + 1]


def _other_metadata(inspected: InspectedPdf) -> Iterator[str]:
    """Yield what is wrong with the metadata (ISO 19005-3 §6.6.2): a reader takes them from here."""
    packet = inspected.pdf.Root.Metadata.read_bytes()
    try:
        root = read_roots({"": packet})[""]
    except ValueError:
        yield "元数据不是完整的 XML"
        return
    title = "".join(next(root.iter(XMP_TITLE), root).itertext()).strip()
    stated = (
        [str(inspected.pdf.docinfo.get("/Title", ""))] if "/Info" in inspected.pdf.trailer else []
    )
    if not title or any(one != title for one in stated):
        yield f"元数据的标题 {printable(title)} 是空的，或与文档信息不同"
    if next(root.iter(EXTENSION), None) is None:
        yield "元数据没有说明本服务自己的各项"


def _other_intent(inspected: InspectedPdf) -> Iterator[str]:
    """Yield a profile that is not a whole one of colours in RGB (ISO 19005-3 §6.2.3)."""
    for number in inspected.objects.matches["profile"]:
        if not is_whole_profile(inspected.pdf.get_object(int(number), 0).read_bytes(), b"RGB "):
            yield "输出意图的特性文件不是完整的 RGB 特性文件"


METADATA = Rule("preflight/metadata", _other_metadata)
INTENT = Rule("preflight/intent", _other_intent)
CLAIMED = Rule("preflight/claims", _other_claims)
VERSION = Rule("preflight/version", _other_version)
ENCLOSURES = Rule("preflight/enclosures", _other_enclosures)
