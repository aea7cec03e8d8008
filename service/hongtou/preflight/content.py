"""A content stream → the resources that it names. Sections are those of ISO 32000-2.

Only operators that name a resource are searched. Content that could hide them is refused, not
parsed, as the engine never writes it.
"""

from __future__ import annotations

import re
from itertools import compress, count
from typing import NamedTuple

# Hexadecimal strings (§7.3.4.3), brackets of dictionaries, and comments (§7.2.4). Matched from the
# left, so that none is found within another.
_MARKS = rb"<<|>>|<[0-9A-Fa-f\s]*+>|%[^\r\n]*+"
MARKS = re.compile(_MARKS)
# The same with literal strings (§7.3.4.2), nested up to three levels. The engine writes none, and
# matching takes half the time without them. An endless string matches to the end of the stream,
# except for its parenthesis: retrying at every character would take quadratic time.
_CHARACTER = rb"[^()\\]|\\."
_LITERAL = rb"\((?:%b|\((?:%b|\((?:%b)*+\))*+\))*+\)" % ((_CHARACTER,) * 3)
MARKS_AND_LITERALS = re.compile(_LITERAL + rb"|" + _MARKS + rb"|(\().*+", re.S)
BRACKETS = bytes.maketrans(b"[]\0\f", b"    ")
ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")

# Operators that name a resource (§8, §9), and its category (§7.8.3, table 34).
CATEGORIES = {
    b"Tf": "Font",
    b"Do": "XObject",
    b"cs": "ColorSpace",
    b"CS": "ColorSpace",
    b"gs": "ExtGState",
    b"sh": "Shading",
    b"scn": "Pattern",
    b"SCN": "Pattern",
}
INLINE_IMAGE = b"BI"  # §8.9.7: binary data follows
WANTED = frozenset({*CATEGORIES, INLINE_IMAGE})


class Resource(NamedTuple):
    """A resource: its category, and its name within the category."""

    category: str
    name: str


def resources_of(content: bytes) -> set[Resource]:
    """Return all resources that a content stream names.

    It uses a regular expression and a single pass over the words, as parsing every operator with
    its operands takes ten times as long.

    Raises:
        ValueError: there is an endless string, an inline image, or an operator without its name.
    """
    if b"(" in content:
        plain = MARKS_AND_LITERALS.sub(rb" \1", content)
    else:
        plain = MARKS.sub(b" ", content)
    if any(mark in plain for mark in (b"(", b")", b"<", b">", b"{", b"}")):
        raise ValueError("a string without an end")
    words = plain.translate(BRACKETS).replace(b"/", b" /").split()
    words[:0] = (b"", b"")  # the operands of an operator at the very beginning
    places = compress(count(), map(WANTED.__contains__, words))
    found = {(words[at], words[at - 1], words[at - 2]) for at in places}
    return {resource for seen in found if (resource := _resource(*seen))}


def _resource(operator: bytes, last: bytes, last_but_one: bytes) -> Resource | None:
    """Return the resource that an operator names, by the two words before it.

    Raises:
        ValueError: it is an inline image, or has no name.
    """
    if operator == INLINE_IMAGE:
        raise ValueError("an inline image")
    name = last_but_one if operator == b"Tf" else last  # after a font comes its size (§9.3.1)
    if name.startswith(b"/"):
        return Resource(CATEGORIES[operator], _plain(name[1:]))
    if operator in (b"scn", b"SCN"):  # a colour by its components, without a pattern
        return None
    raise ValueError(f"{operator!r} without a name")


def _plain(name: bytes) -> str:
    """Return a name without escapes (§7.3.5)."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), name.decode("latin-1"))
