"""What an imported issue has otherwise than the one it was written from, and whether it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from hongtou.importing import Imported

BOLD = "**"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two issues differ: a pointer into the imported one, and both values."""

    pointer: str
    got: Any
    wanted: Any
    is_told: bool

    @property
    def is_bold_alone(self) -> bool:
        """Tell whether only bold type is missing, which a text file has none of."""
        return json.dumps(self.got).replace(BOLD, "") == json.dumps(self.wanted).replace(BOLD, "")


def differences(imported: Imported, wanted: Mapping[str, Any]) -> list[Difference]:
    """Return where an imported issue differs from the wanted one; their layouts are not looked at.

    A difference is told where a line with a doubt became part of that place or of the one beside
    it, or where a doubt of the whole names it.
    """
    got, want = normalized(imported.issue), normalized(wanted)
    return [
        Difference(pointer, one, other, _is_told(pointer, one, other, imported))
        for pointer, one, other in _differing(got, want, "")
    ]


def normalized(issue: Mapping[str, Any]) -> dict[str, Any]:
    """Return an issue in one spelling of the contract, with what is printed by default."""
    masthead = issue.get("masthead", {})
    closing = {
        "imprint_body": masthead.get("issuing_body"),
        "imprint_date": masthead.get("issue_date"),
        **issue.get("closing", {}),
    }
    articles = [{**article, "body": _members(article["body"])} for article in issue["articles"]]
    plain = {key: value for key, value in issue.items() if key != "layout"}
    return {**plain, "articles": articles, "closing": closing}


def _members(body: str | Sequence[Any]) -> list[Any]:
    return body.split("\n") if isinstance(body, str) else list(body)


def _differing(got: Any, want: Any, pointer: str) -> Iterator[tuple[str, Any, Any]]:
    if got == want:
        return
    if isinstance(got, dict) and isinstance(want, dict):
        for key in sorted({*got, *want}):
            yield from _differing(got.get(key), want.get(key), f"{pointer}/{key}")
    elif isinstance(got, list) and isinstance(want, list):
        yield from _differing_members(got, want, pointer)
    else:
        yield pointer, got, want


def _differing_members(
    got: Sequence[Any], want: Sequence[Any], pointer: str
) -> Iterator[tuple[str, Any, Any]]:
    written = [[json.dumps(one, sort_keys=True) for one in side] for side in (got, want)]
    for tag, a, b, c, d in SequenceMatcher(None, *written, autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            for at, other in zip(range(a, b), range(c, d), strict=True):
                yield from _differing(got[at], want[other], f"{pointer}/{at}")
        elif tag == "delete" or tag == "replace":
            for at in range(a, b):
                yield f"{pointer}/{at}", got[at], [*want[c:d]]
        elif tag == "insert":
            yield f"{pointer}/{a}", [*got[max(0, a - 1) : a + 1]], [*want[c:d]]


def _is_told(pointer: str, got: Any, want: Any, imported: Imported) -> bool:
    texts = _bare(got) + _bare(want)
    for doubt in imported.doubts:
        if doubt.line == 0 and doubt.pointer and pointer.startswith(doubt.pointer):
            return True
    for line in imported.lines:
        place = line.pointer
        is_here = bool(place) and (pointer.startswith(place) or place.startswith(pointer))
        if line.doubt and (
            (is_here and not _is_text_of(place, imported)) or _has(texts, line.text)
        ):
            return True
    return False


def _is_text_of(pointer: str, imported: Imported) -> bool:
    """Tell whether many lines share a place: a body that is one string."""
    return pointer.endswith("/body") and pointer in {line.pointer for line in imported.lines}


def _has(texts: str, line: str) -> bool:
    words = [_bare(cell) for cell in line.split("\t")]  # a table is one line
    return len("".join(words)) > 1 and all(word in texts for word in words)


def _bare(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else value
    return "".join(written.split()).replace(BOLD, "").replace("\\t", "")
