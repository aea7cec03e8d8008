"""Pictures of an article: where one stands, and the line below that is its caption."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine, Standing
from hongtou.importing.paragraphs import Part

CAPTION = re.compile(
    r"图[ \u3000]{0,4}[0-9一二三四五六七八九十]{0,3}[ \u3000：:.．、].+|[^。！？]{2,40}"
)


def read_figure(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read a picture, or a row of some, with captions."""
    pictures = lines[at].pictures
    if not pictures:
        return None
    items = [
        {"image": one.name} | ({"caption": one.caption} if one.caption else {}) for one in pictures
    ]
    block: dict[str, Any] = {"type": "figure", **items[0]}
    if len(items) > 1:
        block = {"type": "figures", "items": items}
    below = lines[at + 1 : at + 2]
    if "caption" in block or not below or not _is_caption(below[0]):
        return Part(block, [lines[at]], Kind.FIGURE, "图片")
    block["caption"] = below[0].text
    doubt = "其下的一行认作图题，请核对"
    return Part(block, [lines[at], *below], Kind.FIGURE, "图片和图题", doubt)


def _is_caption(line: SourceLine) -> bool:
    if line.said:
        return line.said is Kind.FIGURE
    names_it = line.text.startswith("图") or line.standing is Standing.TITLE
    return line.is_short and names_it and CAPTION.fullmatch(line.text) is not None


def picture_names(issue: dict[str, Any]) -> list[str]:
    """Return the names of the pictures of an imported issue, each once."""
    return list(dict.fromkeys(_names(issue)))


def _names(value: Any) -> Sequence[str]:
    if isinstance(value, dict):
        own = [value["image"]] if "image" in value else []
        return [*own, *(name for member in value.values() for name in _names(member))]
    if isinstance(value, list):
        return [name for member in value for name in _names(member)]
    return []
