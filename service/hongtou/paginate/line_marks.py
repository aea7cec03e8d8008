"""From a place in what templates wrote back to the template and its line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

FIRST = 0x100000  # plane 16, private use: no layout and no keyboard has them

TemplateLine = tuple[str, int]  # the template's name, and a line counted from 1


class LineMarks(Extension):
    """Puts a mark before every line of every template, which what it writes then carries."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, with a mark before each line of its own text."""
        marks: list[TemplateLine] = vars(self.environment)["line_marks"]
        for token in stream:
            if token.type == "data":
                lines = []
                for number, line in enumerate(token.value.split("\n"), token.lineno):
                    lines.append(chr(FIRST + len(marks)) + line)
                    marks.append((stream.name or "", number))
                token = Token(token.lineno, token.type, "\n".join(lines))
            yield token


@dataclass(slots=True)
class MarkedText:
    """What templates wrote, and which line of which template wrote what begins at each offset."""

    text: str
    offsets: list[int] = field(default_factory=list)
    lines: list[TemplateLine] = field(default_factory=list)

    def line_at(self, offset: int) -> TemplateLine:
        """Return the template's line that wrote the character at an offset."""
        return self.lines[max(0, bisect_right(self.offsets, offset) - 1)]

    def line_of(self, line: int, column: int) -> TemplateLine:
        """Return the same for a line, counted from 1, and a column, from 0."""
        start = sum(len(before) + 1 for before in self.text.split("\n")[: line - 1])
        return self.line_at(start + column)


def written_with_marks(environment: Environment, template: str, values: Any) -> MarkedText:
    """Return what a template writes, with its lines."""
    marks: list[TemplateLine] = []
    marked = environment.overlay(extensions=[LineMarks])
    marked.extend(line_marks=marks)
    written = marked.get_template(template).render(**values)
    found = MarkedText("")
    kept: list[str] = []
    for char in written:
        if FIRST <= ord(char) < FIRST + len(marks):
            found.offsets.append(len(kept))
            found.lines.append(marks[ord(char) - FIRST])
        else:
            kept.append(char)
    found.text = "".join(kept)
    return found
