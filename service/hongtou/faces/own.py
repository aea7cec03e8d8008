"""Licensed fonts of a unit, used by role and never changed or copied."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

from hongtou.bulletin.errors import SetupError
from hongtou.faces.face import HEAD_BYTES, Face

SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")
BASIC_HAN = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动"
    "同工也能下过子说产种面而方后多定行学法所民得经"
)
DIGITS = "0123456789"

# Bits of fsType (OpenType 1.9, table OS/2). If several are set, the least restrictive counts.
RESTRICTED, PREVIEW_OR_EDITING = 0x0002, 0x000C
NO_SUBSETTING = 0x0100
BITMAP_ONLY = 0x0200

COPY_AGAIN = "请重新复制这个文件，或把它移出自有字体目录"
REMOVE = "请换用其他字体，或把该文件移出自有字体目录"
CONVERT = "请向字体厂商索取 TrueType（.ttf）版本；OpenType/CFF 字形排出后在部分印刷设备上会错字"

# Usual names of files and fonts in a role. The order matters, as 仿宋体 contains 宋体.
USUAL_NAMES = {
    "title": r"[小大]标宋|华文中宋|XiaoBiaoSong|DaBiaoSong|^FZXBS|^STZhongs",
    "body": r"仿宋|Fang ?Song?|SimFang|^FZFS",
    "note": r"楷|Kai ?Ti|SimKai|^FZKai|^FZKT",
    "heading": r"黑体|SimHei|STHeiti|^FZHei|^FZHT",
    "folio": r"宋体|书宋|SimSun|STSong|ShuSong|^FZSS",
}


def own_faces(folder: Path, roles: Collection[str]) -> dict[str, Face]:
    """Return the faces of a unit by role.

    A file is recognized by the name of a role (``body.ttf``) or by a usual name of a font. The
    title face is also the nameplate face, unless there is a file for that.

    Raises:
        SetupError: the folder or a file cannot be used; the message names it and the reason.
    """
    if not folder.is_dir():
        raise SetupError(f"找不到自有字体目录 {folder}", hint="请建立该目录，或取消这项设置")
    found: dict[str, Face] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue  # what a Mac leaves beside a copied font (._body.ttf) is none
        face = _open(path)
        role = _role_of(face, roles)
        if role in found:
            raise SetupError(
                f"自有字体“{found[role].path.name}”和“{path.name}”都用于角色 {role}",
                hint="每个角色只留一个字体文件",
            )
        _refuse_without(DIGITS if role.startswith("latin") else BASIC_HAN, face)
        family = face.postscript_name or f"Own {role}"
        found[role] = face.renamed(f"own-{role}", family)
    if "title" in found:
        found.setdefault("nameplate", found["title"])
    return found


def _open(path: Path) -> Face:
    """Open a file, or the first font of a collection.

    Raises:
        SetupError: it is incomplete, has no TrueType outlines, or must not be embedded.
    """
    face = Face("own", path.stem, path, path.read_bytes())
    name = path.name
    if not all(map(face.table, ("cmap", "maxp"))) or len(face.table("head")) < HEAD_BYTES:
        raise SetupError(f"自有字体“{name}”不是完整的字体文件", hint=REMOVE)
    if not face.table("glyf"):
        raise SetupError(f"自有字体“{name}”没有 TrueType 轮廓", hint=CONVERT)
    if not _has_all_outlines(face):
        raise SetupError(f"自有字体“{name}”不是完整的字体文件，缺一部分字形", hint=COPY_AGAIN)
    permission = int.from_bytes(face.table("OS/2")[8:10], "big")
    if permission & RESTRICTED and not permission & PREVIEW_OR_EDITING:
        raise SetupError(f"自有字体“{name}”的许可不允许嵌入文件（fsType 2）", hint=REMOVE)
    if permission & NO_SUBSETTING:
        raise SetupError(f"自有字体“{name}”的许可不允许只嵌入所用的字（fsType 0x100）", hint=REMOVE)
    if permission & BITMAP_ONLY:
        raise SetupError(f"自有字体“{name}”的许可只允许嵌入点阵（fsType 0x200）", hint=REMOVE)
    return face


def _has_all_outlines(face: Face) -> bool:
    """Tell whether no outline is cut off, as a file is that was copied in part.

    The last of the offsets in loca, one more than there are glyphs, is the length of glyf.
    Source: OpenType 1.9, tables loca, maxp (numGlyphs) and head (indexToLocFormat).
    """
    count = int.from_bytes(face.table("maxp")[4:6], "big") + 1
    is_long = face.table("head")[50:52] != b"\0\0"
    size, unit = (4, 1) if is_long else (2, 2)
    offsets = face.table("loca")[: count * size]
    last = int.from_bytes(offsets[-size:], "big") * unit
    return len(offsets) == count * size and len(face.table("glyf")) >= last


def _role_of(face: Face, roles: Collection[str]) -> str:
    if face.path.stem in roles:
        return face.path.stem
    names = [face.path.stem, *face.names()]
    for role, usual in USUAL_NAMES.items():
        if any(re.search(usual, name, re.IGNORECASE) for name in names):
            return role
    raise SetupError(
        f"不知道自有字体“{face.path.name}”用于哪个角色",
        hint=f"请把文件改名为角色名之一：{'、'.join(f'{role}.ttf' for role in roles)}",
    )


def _refuse_without(wanted: str, face: Face) -> None:
    missing = "".join(char for char in wanted if not face.glyph(char))
    if missing:
        raise SetupError(f"自有字体“{face.path.name}”缺少常用字：{missing[:10]}", hint=REMOVE)
