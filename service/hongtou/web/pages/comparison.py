"""What changed between two versions, for an editor: fields by title, blocks by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hongtou.desk.comparing import Difference, Piece, pieces_of
from hongtou.web.pages import form
from hongtou.web.pages.form import FormField

KINDS = {
    "heading": "小标题",
    "table": "表格",
    "figure": "图片",
    "figures": "图片",
    "note": "附注",
    "attachments": "附件说明",
    "salutation": "称呼",
    "signoff": "落款",
    "annex": "附件",
    "page_break": "分页",
}
# Settings of a block, which are no words of it.
UNSAID = frozenset(
    (
        *("type", "level", "align", "orientation", "colspan", "rowspan"),
        *("image", "width_mm", "total_rows"),
    )
)
LEAD_IN = "**"
UNSEEN = "（导语或设置有改动，文字一样）"
LINE_TITLES = {"/masthead/issue_number": "期号", "/masthead/total_number": "总期号"}


@dataclass(frozen=True, slots=True)
class ShownDifference:
    """How many paragraphs stayed (``count``), or what changed in one: its title and its pieces."""

    count: int = 0
    title: str = ""
    pieces: tuple[Piece, ...] = ()


def shown_differences(
    differences: Iterable[Difference], layouts: Mapping[str, str]
) -> Iterator[ShownDifference]:
    """Yield differences in words; ``layouts`` are the titles of layouts by their names."""
    fields = {one.pointer: one for one in _fields(layouts)}
    for one in differences:
        if one.kind == "same":
            yield ShownDifference(count=one.count)
        elif (said := fields.get(one.pointer)) is not None:
            yield _field(said, one)
        elif one.kind == "changed" and _type(one.before) != _type(one.after):
            yield _block(replace(one, kind="gone", after=None))
            yield _block(replace(one, kind="new", before=None))
        else:
            yield _block(one)


def _fields(layouts: Mapping[str, str]) -> Iterator[FormField]:
    yield form.NAMEPLATE
    yield from (
        replace(one, title=LINE_TITLES.get(one.pointer, one.title)) for one in form.ISSUE_LINE
    )
    yield from (*form.MORE_OF_MASTHEAD, form.NOTE, *form.closing_fields(), *form.label_fields())
    yield FormField(pointer="/layout", title="版式", choices=dict(layouts))


def _field(said: FormField, one: Difference) -> ShownDifference:
    """Return a field that changed: a text by its characters, any other value whole."""
    if said.kind == "text" and not said.choices:
        return ShownDifference(0, said.title, _pieces(words(one.before), words(one.after)))
    before, after = (_chosen(said, value) for value in (one.before, one.after))
    return ShownDifference(0, said.title, (*_piece("gone", before), *_piece("new", after)))


def _chosen(said: FormField, value: Any) -> str:
    name = str(value).lower() if isinstance(value, bool) else words(value, "、")
    return said.choices.get(name, name) if value is not None else ""


def _block(one: Difference) -> ShownDifference:
    title = KINDS.get(_type(one.before if one.kind == "gone" else one.after), "")
    before, after = words(one.before), words(one.after)
    if one.kind == "changed":
        pieces = _pieces(before, after) if before != after else (("same", after + UNSEEN),)
        return ShownDifference(0, title, pieces)
    nameless = f"（{title}）" if title else ""
    if one.kind == "gone":
        return ShownDifference(0, title, (("gone", before or nameless),))
    return ShownDifference(0, title, (("new", after or nameless),))


def _type(value: Any) -> str:
    return str(value.get("type", "head")) if isinstance(value, dict) else "text"


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    if before and after:
        return pieces_of(before, after)
    return (*_piece("gone", before), *_piece("new", after))


def _piece(kind: Any, text: str) -> tuple[Piece, ...]:
    return ((kind, text),) if text else ()


def words(value: Any, joint: str = " ") -> str:
    """Return the words of a value of the issue, without settings and marks of lead-ins."""
    if isinstance(value, Mapping):
        value = [one for name, one in value.items() if name not in UNSAID]
    if isinstance(value, list):
        return joint.join(filter(None, (words(one, joint) for one in value)))
    return "" if value is None else str(value).replace(LEAD_IN, "")
