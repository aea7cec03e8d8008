"""A unit's own licensed fonts, put in by role and never altered or copied."""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from service.errors import SetupError
from service.faces.face import Face

SUFFIXES = (".ttf", ".otf", ".ttc")
BASIC_HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
RESTRICTED = 0x0002
BITMAP_ONLY = 0x0200
HINT = "请换用允许嵌入的 TrueType（.ttf）字体，或从字体目录移走该文件"


@dataclass(frozen=True, slots=True)
class OwnFonts:
    """Which names a role's own font file may have: the role itself, or the usual font names."""

    role: str
    pattern: re.Pattern[str]


NAMES = (
    OwnFonts("title", re.compile(r"小标宋|大标宋|XiaoBiaoSong|FZXBS|STZhongsong|华文中宋", re.I)),
    OwnFonts("body", re.compile(r"仿宋|fang ?song", re.I)),
    OwnFonts("note", re.compile(r"楷|kai ?ti|STKaiti", re.I)),
    OwnFonts("heading", re.compile(r"黑体|sim ?hei|STHeiti", re.I)),
    OwnFonts("folio", re.compile(r"宋体|sim ?sun|STSong|书宋", re.I)),
)


def own_faces(folder: Path, roles: tuple[str, ...]) -> dict[str, Face]:
    """Return a unit's own faces by role; SetupError for a file that cannot be used."""
    found: dict[str, Face] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES:
            continue
        role = path.stem if path.stem in roles else _role_by_name(path.stem)
        if role is None:
            raise SetupError(
                f"不知道字体文件“{path.name}”用于哪个角色",
                hint=f"请把文件改名为角色名之一：{'、'.join(f'{name}.ttf' for name in roles)}",
            )
        found[role] = _open(path, role)
    if "title" in found:
        found.setdefault("nameplate", found["title"])
    return found


def _role_by_name(stem: str) -> str | None:
    return next((own.role for own in NAMES if own.pattern.search(stem)), None)


def _open(path: Path, role: str) -> Face:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    _refuse_unusable(path.name, content)
    face = Face(f"own-{role}", path.stem, path, digest)
    wanted = "0123456789" if role == "latin" else BASIC_HAN
    missing = [char for char in wanted if not face.glyph(char)]
    if missing:
        raise SetupError(f"字体“{path.name}”缺少常用字：{''.join(missing[:10])}", hint=HINT)
    return face


def _refuse_unusable(name: str, content: bytes) -> None:
    """Refuse what may not be embedded and what a PDF would print wrong.

    The glyph ids of a PDF are its CIDs here, and those of a CID-keyed CFF differ once it is
    subset: strict printers then print other characters.
    """
    if content[:4] not in (b"\x00\x01\x00\x00", b"true"):
        raise SetupError(f"字体“{name}”不是 TrueType 轮廓，印刷时可能错字", hint=HINT)
    permission = _embedding_permission(content)
    if permission & RESTRICTED and not permission & 0x000C:
        raise SetupError(f"字体“{name}”的许可不允许嵌入文件", hint=HINT)
    if permission & BITMAP_ONLY:
        raise SetupError(f"字体“{name}”只允许嵌入点阵", hint=HINT)


def _embedding_permission(content: bytes) -> int:
    """Return fsType of the OS/2 table (OpenType 1.9, OS/2, offset 8)."""
    (count,) = struct.unpack_from(">H", content, 4)
    for number in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", content, 12 + 16 * number)
        if tag == b"OS/2":
            return int(struct.unpack_from(">H", content, offset + 8)[0])
    return 0
