"""A content stream → what it draws. Sections are those of ISO 32000-2.

A stream must consist of the instructions that our writer writes, from its first byte to its last.
So a picture within the stream, a string that never ends, text that does not show or a drawing state
are refused without being named, and no parser is needed for what is left: to parse every operator
with its operands takes ten times as long.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from hongtou.bulletin.finding import printable

NAME = r"/[^\s/<>\[\]()%{}]++[ ]"
NUMBER = r"-?\d++(?:\.\d++)?+[ ]"
ACTUAL_TEXT = r"<</ActualText[ ]<[0-9a-f]*+>>>[ ]"  # §14.9.4
PROPERTIES = r"<<(?:/MCID[ ]\d++|/ActualText[ ]<[0-9a-f]*+>)>>[ ]"  # §14.6
GLYPHS = r"\[(?:<[0-9a-f]++>|-?\d++(?:\.\d++)?+)*+\][ ]"
# Operators with their operands: numbers are counted from the left, so that each is read once.
INSTRUCTION = rf"""
    {NAME} (?: {NUMBER} Tf | Do | BMC | {PROPERTIES} BDC )
  | {GLYPHS} TJ
  | {NUMBER} (?: Tc | {NUMBER}{NUMBER} (?: rg | {NUMBER} (?: re | {NUMBER}{NUMBER} (?: Tm | cm ))))
  | BT | ET | EMC | f | q | Q
"""
# The same in plates, without tags, and with the marks around a page.
PRESS_INSTRUCTION = rf"""
    {NAME} (?: {NUMBER} Tf | Do | cs | CS | {ACTUAL_TEXT} BDC )
  | {GLYPHS} TJ
  | {NUMBER} (?: Tc | w | scn | SCN
    | {NUMBER} (?: m | l | {NUMBER}{NUMBER} (?: k | re | {NUMBER}{NUMBER} (?: Tm | cm | c ))))
  | BT | ET | EMC | f | S | q | Q
"""
PRESS_CONTENT = rf"(?: (?:{PRESS_INSTRUCTION}) (?:[ \n]++|\Z) )*+"
SCREEN_CONTENT = rf"(?: (?:{INSTRUCTION}) (?:[ \n]++|\Z) )*+"  # verbose, of bytes

# The streams of a page on a sheet with marks: what moves it to its place, its own, what ends that,
# and the marks. Any other page has its own alone.
SHEET_STREAMS, BARE_STREAMS = 4, 1
OWN_ON_SHEET = 1
SHOWN_BYTES = 40  # of a stream in a message

FONT = re.compile(rb"/([^\s/]++) [^\s/]++ Tf\b")  # §9.3.1
OBJECT = re.compile(rb"/([^\s/]++) Do\b")  # §8.8
GLYPH = re.compile(rb"\[[-.\d]*+<[0-9a-f]{4}")  # §9.4.3: an array of text with a glyph at least


class Resource(NamedTuple):
    """A resource: its category, and its name within the category."""

    category: str
    name: str


class Drawn(NamedTuple):
    """What the content streams of a page draw.

    ``strange`` is what follows the last instruction that our writer writes, empty if none does.
    """

    resources: frozenset[Resource]
    has_text: bool
    is_blank: bool
    strange: str


def own_stream(streams: Sequence[bytes]) -> bytes:
    """Return the stream of a page itself, where others stand around it, as on a press sheet."""
    return streams[OWN_ON_SHEET if len(streams) > BARE_STREAMS else 0]


def drawn_by(streams: Sequence[bytes], expected: re.Pattern[bytes]) -> Drawn:
    """Return what the streams of a page draw, which should match the expression together.

    Whether there is text is asked of the page itself.
    """
    own, content = own_stream(streams), b"\n".join(streams)
    fonts = (Resource("Font", name.decode("latin-1")) for name in {*FONT.findall(content)})
    objects = (Resource("XObject", name.decode("latin-1")) for name in {*OBJECT.findall(content)})
    return Drawn(
        resources=frozenset((*fonts, *objects)),
        has_text=GLYPH.search(own) is not None,
        is_blank=not own.strip(),
        strange=unknown_in(content, expected),
    )


def unknown_in(content: bytes, expected: re.Pattern[bytes]) -> str:
    """Return, for a message, what follows the last instruction that is expected; "" if nothing."""
    known = expected.match(content)
    end = known.end() if known else 0
    return printable(content[end : end + SHOWN_BYTES].decode("latin-1"))
