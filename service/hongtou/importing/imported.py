"""What an import gives: an issue, what every line was taken for, and what a person must look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from hongtou.importing.kinds import Kind
from hongtou.importing.lines import SourceLine

BY_HAND = "人工指定"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source: its text, and the place in the issue JSON that it became part of.

    ``why`` says what it was taken for what it is by; ``doubt``, unless "", why that may be wrong.
    """

    number: int
    text: str
    kind: Kind
    pointer: str = ""
    why: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person must look at; ``line`` is 0 where it is no line's."""

    message: str
    line: int = 0
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """An issue as JSON, every line of its source in order, what is doubtful, and its pictures."""

    issue: dict[str, Any]
    lines: tuple[Line, ...]
    doubts: tuple[Doubt, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Account:
    """Keeps what every line was taken for while an issue is read."""

    lines: dict[int, Line] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    def take(
        self, line: SourceLine, kind: Kind, pointer: str = "", *, why: str = "", doubt: str = ""
    ) -> None:
        """Note what a line was taken for; a line brings doubts of its reader along.

        What a person says of a line is not guessed: no ``doubt`` of a guess is told of it.
        """
        if line.said is kind:
            why, doubt = BY_HAND, ""
        told = "；".join(filter(None, (line.doubt, doubt)))
        pictures = "、".join(one.name for one in line.pictures)
        text = line.text or (f"〔图片 {pictures}〕" if pictures else "")
        self.lines[line.number] = Line(line.number, text, kind, pointer, why, told)

    def doubt(self, line: SourceLine, message: str) -> None:
        """Add a doubt to a line that has been taken."""
        taken = self.lines[line.number]
        told = "；".join(filter(None, (taken.doubt, message)))
        self.lines[line.number] = replace(taken, doubt=told)

    def wonder(self, message: str, pointer: str = "") -> None:
        """Note a doubt that is no line's."""
        self.doubts.append(Doubt(message, pointer=pointer))

    def imported(self, issue: dict[str, Any]) -> Imported:
        """Return the issue with all its lines, and all doubts: of the whole, then by lines."""
        lines = tuple(self.lines[number] for number in sorted(self.lines))
        of_lines = (Doubt(line.doubt, line.number, line.pointer) for line in lines if line.doubt)
        return Imported(without_tabs(issue), lines, (*self.doubts, *of_lines))


def without_tabs(value: Any) -> Any:
    """Return a part of an issue with spaces for tabs, which no text of an issue has."""
    if isinstance(value, dict):
        return {key: without_tabs(member) for key, member in value.items()}
    if isinstance(value, list):
        return [*map(without_tabs, value)]
    return value.replace("\t", "\u3000") if isinstance(value, str) else value
