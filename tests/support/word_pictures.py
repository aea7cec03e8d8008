"""Word files with pictures, for tests."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from PIL import Image

from hongtou.importing.docx.package import packed
from tests.support.word import parts_of

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def png(grey: int = 128) -> bytes:
    """Return a small picture."""
    written = io.BytesIO()
    Image.new("L", (600, 400), grey).save(written, "PNG")
    return written.getvalue()


def run_of(name: str) -> str:
    """Return a run with a picture of the package."""
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{WP}"><a:graphic xmlns:a="{A}"><a:graphicData>'
        f'<pic:pic xmlns:pic="{PIC}"><pic:blipFill><a:blip xmlns:r="{OFFICE}" r:embed="{name}"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def file_with_pictures(
    body: str, pictures: Mapping[str, bytes], missing: Sequence[str] = ()
) -> bytes:
    """Return a Word file; the names of its pictures are those of its relations, too."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/image" Target="media/{name}"/>'
        for name in (*pictures, *missing)
    )
    parts = parts_of(body)
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONS}">{relations}</Relationships>'.encode()
    )
    return packed(parts | {f"word/media/{name}": content for name, content in pictures.items()})
