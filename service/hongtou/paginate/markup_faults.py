"""Where in the templates the HTML of a plan went wrong: looked for once a render has failed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:  # late, as no render needs it
    from hongtou.paginate.line_marks import MarkedText

SET = ("data-set", "data-piece")  # what names the lines that are drawn in place of the text
UNSEEN = "head"

Position = tuple[int, int]  # a line from 1, a column from 0


def ill_formed_at(html: MarkedText) -> Position | None:
    """Return where HTML stops being XML, None if it does not."""
    try:
        expat.ParserCreate().Parse(html.text, True)
    except expat.ExpatError as cause:
        return cause.lineno, cause.offset
    return None


def unset_text_at(html: MarkedText) -> Position | None:
    """Return where the first text stands that no plan has set, None if there is none."""
    parser = expat.ParserCreate()
    around = [False]  # for each element that is open, whether its text is set or unseen
    found: list[Position] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        around.append(around[-1] or tag == UNSEEN or any(name in attributes for name in SET))

    def text(content: str) -> None:
        if content.strip() and not around[-1]:
            found.append((parser.CurrentLineNumber, parser.CurrentColumnNumber))

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda tag: around.pop()
    parser.CharacterDataHandler = text
    parser.Parse(html.text, True)
    return found[0] if found else None
