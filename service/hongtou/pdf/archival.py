"""What makes a PDF one for the archive: the standards that it claims, in its XMP and its form.

ISO 19005 (PDF/A) is for keeping, ISO 14289 (PDF/UA) for readers who do not see. The rules that are
kept are those that veraPDF checks; `make verapdf` runs it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hongtou.bulletin.enclosure import Enclosure
from hongtou.layouts import Layout
from hongtou.pdf.file import FileForm
from hongtou.pdf.inks import screen_inks
from hongtou.pdf.intent import screen_intent
from hongtou.pdf.medium import Medium
from hongtou.pdf.metadata import description

BULLETIN = "urn:hongtou:bulletin:1#"  # the namespace of our own properties
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
RESOURCE = '<rdf:li rdf:parseType="Resource">{}</rdf:li>'


@dataclass(frozen=True, slots=True)
class Part:
    """A part of ISO 19005 with a level, and the part of ISO 14289 that goes with it."""

    part: int
    conformance: str
    universal: int
    version: str
    may_enclose: bool = True


PARTS = {
    "3a": Part(3, "A", 1, "1.7"),
    "2a": Part(2, "A", 1, "1.7", may_enclose=False),  # §6.8 of ISO 19005-2: only other PDF/A files
    "4f": Part(4, "F", 2, "2.0"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of our own in the XMP of a file: its name, what it is, and its value."""

    name: str
    description: str
    value: str


def archival_medium(
    layout: Layout, part: Part, facts: Sequence[Fact], enclosures: Sequence[Enclosure]
) -> Medium:
    """Return the medium of a part of PDF/A; a part that may enclose nothing leaves files out."""
    return Medium(
        inks=screen_inks(layout),
        form=FileForm(version=part.version),
        descriptions=(_claims(part), _facts(facts), _extensions(part, facts)),
        intent=screen_intent(),
        enclosures=enclosures if part.may_enclose else (),
    )


def _claims(part: Part) -> str:
    claims = f"<pdfaid:part>{part.part}</pdfaid:part>"
    claims += f"<pdfaid:conformance>{part.conformance}</pdfaid:conformance>"
    claims += "<pdfaid:rev>2020</pdfaid:rev>" if part.part == 4 else ""
    claims += f"<pdfuaid:part>{part.universal}</pdfuaid:part>"
    claims += "<pdfuaid:rev>2024</pdfuaid:rev>" if part.universal == 2 else ""
    return description(claims, pdfaid="http://www.aiim.org/pdfa/ns/id/", pdfuaid=PDFUA)


def _facts(facts: Sequence[Fact]) -> str:
    values = (f"<hongtou:{one.name}>{escape(one.value)}</hongtou:{one.name}>" for one in facts)
    return description("\n".join(values), hongtou=BULLETIN)


def _extensions(part: Part, facts: Sequence[Fact]) -> str:
    """Return the description of all properties that PDF/A does not know (ISO 19005-3 §6.6.2.3).

    Part 4 needs none, and takes it.
    """
    bulletin = [_property(one.name, "Text", "external", one.description) for one in facts]
    claims = {"part": "Part of ISO 14289"}
    if part.universal == 2:
        claims["rev"] = "Year of the revision"
    claimed = [_property(name, "Integer", "internal", what) for name, what in claims.items()]
    schemas = _schema("Bulletin", BULLETIN, "hongtou", bulletin)
    schemas += _schema("PDF/UA identification", PDFUA, "pdfuaid", claimed)
    return description(
        f"<pdfaExtension:schemas><rdf:Bag>{schemas}</rdf:Bag></pdfaExtension:schemas>",
        pdfaExtension="http://www.aiim.org/pdfa/ns/extension/",
        pdfaSchema="http://www.aiim.org/pdfa/ns/schema#",
        pdfaProperty="http://www.aiim.org/pdfa/ns/property#",
    )


def _schema(name: str, namespace: str, prefix: str, properties: Sequence[str]) -> str:
    fields = {"schema": name, "namespaceURI": namespace, "prefix": prefix}
    described = f"<rdf:Seq>{''.join(properties)}</rdf:Seq>"
    return RESOURCE.format(
        _fields("pdfaSchema", fields) + f"<pdfaSchema:property>{described}</pdfaSchema:property>"
    )


def _property(name: str, value_type: str, category: str, description: str) -> str:
    fields = {
        "name": name,
        "valueType": value_type,
        "category": category,
        "description": description,
    }
    return RESOURCE.format(_fields("pdfaProperty", fields))


def _fields(prefix: str, fields: Mapping[str, str]) -> str:
    return "".join(f"<{prefix}:{name}>{value}</{prefix}:{name}>" for name, value in fields.items())
