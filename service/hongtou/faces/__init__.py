"""The faces of the font roles: opened, checked and measured."""

from hongtou.faces.coverage import Coverage, coverage
from hongtou.faces.face import Face
from hongtou.faces.manifest import Manifest, read_manifest
from hongtou.faces.missing import glyph_findings
from hongtou.faces.roles import Faces, open_faces

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
