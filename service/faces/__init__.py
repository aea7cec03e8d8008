"""The faces that fill the font roles: opened, checked and measured."""

from service.faces.coverage import Coverage, coverage
from service.faces.face import Face
from service.faces.manifest import Manifest, read_manifest
from service.faces.missing import glyph_findings
from service.faces.roles import Faces, open_faces

__all__ = [
    "Coverage",
    "Face",
    "Faces",
    "Manifest",
    "coverage",
    "glyph_findings",
    "open_faces",
    "read_manifest",
]
