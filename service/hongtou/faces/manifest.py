"""`fonts/manifest.toml`: the files of all roles and their origins."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.resources import restore


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceEntry:
    """A font file of the manifest, with its origin."""

    id: str
    family: str
    title: str
    file: str
    sha256: str
    bytes: int
    licence: str
    licence_file: str
    package: str
    package_version: str
    source: str
    source_sha256: str
    characters: int
    fill_of: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A font role; the faces of its ``chain`` are tried in order for every character."""

    name: str
    title: str
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Faces by id and roles by name, in the order of the file."""

    faces: Mapping[str, FaceEntry]
    roles: Mapping[str, Role]


def read_manifest(fonts_dir: Path) -> Manifest:
    """Return the manifest of a fonts folder.

    Raises:
        SetupError: it cannot be read, or an entry is incomplete.
    """
    path = fonts_dir / "manifest.toml"
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        faces = {key: FaceEntry(id=key, **entry) for key, entry in tables["face"].items()}
        roles = {
            key: Role(key, entry["title"], tuple(entry["chain"]))
            for key, entry in tables["role"].items()
        }
    except (OSError, KeyError, TypeError, ValueError) as cause:
        remedy = restore("fonts", fonts_dir, path.name)
        why = reason_of(cause) if isinstance(cause, OSError) else cause
        raise SetupError(f"字体清单 {path.name} 读不了：{why}", hint=remedy) from cause
    return Manifest(faces, roles)
