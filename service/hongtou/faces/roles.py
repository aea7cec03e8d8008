"""All faces, by role."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.bulletin.system_errors import reason_of
from hongtou.faces.face import Face
from hongtou.faces.manifest import FaceEntry, Manifest, read_manifest
from hongtou.faces.own import own_faces
from hongtou.resources import restore

LATIN = "latin"  # the role whose face sets letters and figures between Han
LATIN_FACES = (LATIN, f"own-{LATIN}")
LETTER = "A"  # whatever face has it sets the letters of a role


class Faces:
    """The faces of all roles, in the order in which they are tried for a character."""

    def __init__(self, chains: Mapping[str, tuple[Face, ...]]) -> None:
        self._chains = dict(chains)
        self._found: dict[tuple[str, str], Face | None] = {}
        self._with: dict[str, Faces] = {}
        self._settled: dict[str, set[str]] = {role: set() for role in chains}
        digests = [
            f"{role}:{','.join(face.sha256 for face in chain)}"
            for role, chain in sorted(self._chains.items())
        ]
        self.digest = hashlib.sha256("\n".join(digests).encode()).hexdigest()

    @property
    def roles(self) -> tuple[str, ...]:
        """Return the names of all roles."""
        return tuple(self._chains)

    def chain(self, role: str) -> tuple[Face, ...]:
        """Return the faces of a role, in the order in which they are tried."""
        return self._chains[role]

    def with_latin(self, role: str) -> Faces:
        """Return the same faces, but letters and figures between Han from those of this role."""
        if role == LATIN:
            return self  # not kept: a circle would hold all fonts until garbage is looked for
        if role not in self._with:
            chosen = self._chains[role][0]
            self._with[role] = Faces(
                {name: _led_by(chosen, chain) for name, chain in self._chains.items()}
            )
        return self._with[role]

    def by_family(self) -> dict[str, tuple[Face, ...]]:
        """Return all faces by their family without spaces, as a PDF names it."""
        found: dict[str, tuple[Face, ...]] = {}
        for face in (face for chain in self._chains.values() for face in chain):
            family = face.family.replace(" ", "")
            found[family] = (*found.get(family, ()), face)
        return found

    def settled(self, role: str) -> set[str]:
        """Return the characters known to need no finding in this role; callers add to the set."""
        return self._settled[role]

    def borrows(self, role: str, face: Face) -> bool:
        """Tell whether a role takes from this Western face only what its own letters lack."""
        return face.id in LATIN_FACES and face is not self.face_for(role, LETTER)

    def face_for(self, role: str, char: str) -> Face | None:
        """Return the first face of a role with this character, None if there is none."""
        key = (role, char)
        if key not in self._found:
            self._found[key] = next((face for face in self._chains[role] if face.glyph(char)), None)
        return self._found[key]


def _led_by(chosen: Face, chain: tuple[Face, ...]) -> tuple[Face, ...]:
    """Return a chain that tries a face before its Latin one, if that comes first."""
    is_led = chain[0].id in LATIN_FACES and chosen not in chain
    return (chosen, *chain) if is_led else chain


def open_faces(fonts_dir: Path, own_fonts: Path | None = None) -> Faces:
    """Open all faces of the manifest, and those of a unit, which come before them.

    Raises:
        SetupError: a file is missing, changed or cannot be used.
    """
    manifest = read_manifest(fonts_dir)
    with (
        ThreadPoolExecutor() as pool
    ):  # most of the time goes into their digests, outside of Python
        opened = pool.map(partial(_open, fonts_dir), manifest.faces.values())
        faces = dict(zip(manifest.faces, opened, strict=True))
    own = own_faces(own_fonts, tuple(manifest.roles)) if own_fonts is not None else {}
    return Faces(_chains(manifest, faces, own))


def _chains(
    manifest: Manifest, faces: Mapping[str, Face], own: Mapping[str, Face]
) -> dict[str, tuple[Face, ...]]:
    """Return the chains of all roles; a unit's Latin face is used in the other roles too."""
    chains = {}
    for name, role in manifest.roles.items():
        chain = [faces[key] for key in role.chain]
        if LATIN in own:
            chain = [own[LATIN] if face.id == LATIN else face for face in chain]
        if name in own and name != LATIN:
            chain.insert(_place_of_own(chain), own[name])
        chains[name] = tuple(chain)
    return chains


def _place_of_own(chain: list[Face]) -> int:
    """Return the place of a unit's face in a chain: after a Latin face at the front."""
    return 1 if chain and chain[0].id in LATIN_FACES else 0


def _open(fonts_dir: Path, entry: FaceEntry) -> Face:
    path = fonts_dir / entry.file
    try:
        content = path.read_bytes()
    except FileNotFoundError as cause:
        raise _broken(fonts_dir, entry, "找不到") from cause
    except OSError as cause:
        raise _broken(fonts_dir, entry, f"读不了（{reason_of(cause)}）") from cause
    face = Face(entry.id, entry.family, path, content, is_fill=bool(entry.fill_of))
    if face.sha256 != entry.sha256:
        raise _broken(fonts_dir, entry, "内容有变")
    return face


def _broken(fonts_dir: Path, entry: FaceEntry, what: str) -> SetupError:
    return SetupError(
        f"字体文件 fonts/{entry.file} {what}，应有 SHA-256 {entry.sha256}",
        hint=restore("fonts", fonts_dir, entry.file),
    )
