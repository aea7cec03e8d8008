"""The faces of the font roles: opened, checked and measured."""

from hongtou.faces.coverage import Coverage, coverage
from hongtou.faces.face import Face
from hongtou.faces.layout_texts import printable, refuse_unprintable
from hongtou.faces.manifest import Manifest, read_manifest
from hongtou.faces.missing import COMMON_HAN, glyph_findings, missing_characters
from hongtou.faces.roles import Faces, open_faces

__all__ = [
    "COMMON_HAN",
    "Coverage",
    "Face",
    "Faces",
    "Manifest",
    "coverage",
    "glyph_findings",
    "missing_characters",
    "open_faces",
    "printable",
    "read_manifest",
    "refuse_unprintable",
]
