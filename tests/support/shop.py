"""The project's own faces and layouts, opened once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hongtou.compose.compositor import Compositor
from hongtou.config import read_config
from hongtou.faces import Faces, open_faces
from hongtou.layouts import Layout, open_layouts
from hongtou.pipeline import Typesetter
from hongtou.plan import spacing_of

ROOT = Path(__file__).parents[2]


@cache
def faces() -> Faces:
    """Return the faces of `fonts/`."""
    return open_faces(ROOT / "fonts")


@cache
def layouts() -> dict[str, Layout]:
    """Return the layouts of `layouts/`."""
    return open_layouts(ROOT / "layouts")


@cache
def typesetter() -> Typesetter:
    """Return a typesetter with the settings that a service has by default."""
    return Typesetter.open(read_config({}))


@cache
def compositor() -> Compositor:
    """Return a compositor with the gaps that the layouts ask for."""
    return Compositor(faces(), spacing_of(layouts()["dongtai"]))
