"""Texts that a layout prints, and whether a face of their role has every character of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from hongtou.faces.missing import drawn_characters, named_character
from hongtou.faces.roles import Faces
from hongtou.layouts import Layout, file_with, refuse
from hongtou.layouts.keys import TABLES

PRINTED = tuple(
    (table, key, declared.style)
    for table, entries in TABLES.items()
    for key, declared in entries.keys.items()
    if declared.style
)


def refuse_unprintable(layouts: Mapping[str, Layout], faces: Faces) -> None:
    """Refuse a layout with a text that no face of its role can print.

    Raises:
        SetupError: the message names the text, the characters and the faces.
    """
    for layout in layouts.values():
        faults = list(_faults(layout, faces))
        if faults:
            refuse(layout.folder.parent, layout.name, faults)


@contextmanager
def printable(layout: Layout, faces: Faces) -> Iterator[None]:
    """Tell which text of the layout it was, where a character is in no face.

    Raises:
        SetupError: it was a text of the layout.
    """
    try:
        yield
    except LookupError:
        refuse_unprintable({layout.name: layout}, faces)
        raise


def _faults(layout: Layout, faces: Faces) -> Iterator[tuple[str, str]]:
    for table, key, style in PRINTED:
        text, role = layout.text(f"{table}.{key}"), layout.styles[style].role
        missing = dict.fromkeys(
            char for char, _ in drawn_characters(text) if faces.face_for(role, char) is None
        )
        if missing:
            names = "、".join(map(named_character, missing))
            families = "、".join(face.family for face in faces.chain(role))
            yield (
                file_with(layout, table, key),
                f"[{table}] {key} “{text}”里的{names}印不出：样式 {style} 的角色 {role} 只有字体"
                f" {families}；请换成通用字，或由管理员为该角色装入含此字的字体",
            )
