"""A content stream → the resources that it asks for by name. Sections are those of ISO 32000-2.

Of the operators only those are looked for that name a resource. What could hide them, we do not
write: it is refused, not read.
"""

from __future__ import annotations

import re
from itertools import compress, count
from typing import NamedTuple

# Strings in angles (§7.3.4.3), the marks of dictionaries, and comments (§7.2.4), from the left, so
# that none of them is taken for what it only stands in.
_MARKS = rb"<<|>>|<[0-9A-Fa-f\s]*+>|%[^\r\n]*+"
MARKS = re.compile(_MARKS)
# The same with strings in parentheses (§7.3.4.2), which nest, here up to three deep; the engine
# writes none, and without them it goes twice as fast. One that does not end swallows the rest but
# for its parenthesis: tried from each of its characters, it would take the square of its length.
_CHARACTER = rb"[^()\\]|\\."
_LITERAL = rb"\((?:%b|\((?:%b|\((?:%b)*+\))*+\))*+\)" % ((_CHARACTER,) * 3)
MARKS_AND_LITERALS = re.compile(_LITERAL + rb"|" + _MARKS + rb"|(\().*+", re.S)
BRACKETS = bytes.maketrans(b"[]\0\f", b"    ")
ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")

# Operators that name a resource (§8, §9), and where it stands (§7.8.3, table 34).
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
INLINE_IMAGE = b"BI"  # §8.9.7: what follows is no longer made of words
WANTED = frozenset({*CATEGORIES, INLINE_IMAGE})


class Resource(NamedTuple):
    """What a stream asks for: the category of its resources, and the name in it."""

    category: str
    name: str


def resources_of(content: bytes) -> set[Resource]:
    """Return every resource that a content stream asks for.

    A regular expression in C and one walk over the words: reading every operator with its operands
    takes ten times as long.

    Raises:
        ValueError: there is a string that does not end, an inline image, or an operator without
            its name.
    """
    if b"(" in content:
        plain = MARKS_AND_LITERALS.sub(rb" \1", content)
    else:
        plain = MARKS.sub(b" ", content)
    if any(mark in plain for mark in (b"(", b")", b"<", b">", b"{", b"}")):
        raise ValueError("a string without an end")
    words = plain.translate(BRACKETS).replace(b"/", b" /").split()
    words[:0] = (b"", b"")  # an operator at the very beginning has no operand
    places = compress(count(), map(WANTED.__contains__, words))
    found = {(words[at], words[at - 1], words[at - 2]) for at in places}
    return {resource for seen in found if (resource := _resource(*seen))}


def _resource(operator: bytes, last: bytes, last_but_one: bytes) -> Resource | None:
    """Return what an operator asks for, going by the words before it."""
    if operator == INLINE_IMAGE:
        raise ValueError("an inline image")
    name = last_but_one if operator == b"Tf" else last  # a font is followed by its size (§9.3.1)
    if name.startswith(b"/"):
        return Resource(CATEGORIES[operator], _plain(name[1:]))
    if operator in (b"scn", b"SCN"):  # a colour by its components: no pattern
        return None
    raise ValueError(f"{operator!r} without a name")


def _plain(name: bytes) -> str:
    """Return a name without escapes (§7.3.5)."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), name.decode("latin-1"))
