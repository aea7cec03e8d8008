"""Files that a PDF carries (ISO 32000-2 §7.11.4), associated with the document (§14.13)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hongtou.bulletin.enclosure import Enclosure
from hongtou.pdf.file import PdfFile
from hongtou.pdf.syntax import reference, references, string


def add_enclosures(file: PdfFile, enclosures: Sequence[Enclosure], date: str) -> tuple[str, str]:
    """Add files; return the entries of the catalogue, and of its names, that lead to them."""
    if not enclosures:
        return "", ""
    in_order = sorted(enclosures, key=_place_in_names)
    numbers = [_specification(file, one, date) for one in in_order]
    names = "".join(
        f"{string(one.name)} {reference(number)}"
        for one, number in zip(in_order, numbers, strict=True)
    )
    return f"/AF{references(numbers)}", f"/EmbeddedFiles<</Names[{names}]>>"


def _place_in_names(enclosure: Enclosure) -> bytes:
    """Return the bytes of a name as the file has them, by which a name tree is sorted (§7.9.6)."""
    name = enclosure.name
    return name.encode() if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")


def _specification(file: PdfFile, enclosure: Enclosure, date: str) -> int:
    """Add a file with its specification (§7.11.3) and return the number of that."""
    content = enclosure.content
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()  # table 45 asks for MD5
    held = file.add_stream(
        content,
        f"/Type/EmbeddedFile/Subtype/{enclosure.media_type.replace('/', '#2f')}"
        f"/Params<</Size {len(content)}/ModDate{date}/CheckSum<{digest}>>>",
    )
    name = string(enclosure.name)
    return file.add(
        f"<</Type/Filespec/F{name}/UF{name}/EF<</F {reference(held)}/UF {reference(held)}>>"
        f"/AFRelationship/{enclosure.relationship}/Desc{string(enclosure.description)}>>"
    )
