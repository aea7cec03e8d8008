"""A content stream is read only if it holds what our writer writes, from its beginning to its end."""

from __future__ import annotations

import time

import pytest

from hongtou.bulletin.finding import printable
from hongtou.preflight.content import Drawn, Resource, drawn_by
from hongtou.preflight.profiles import SCREEN_FILE

FONT = {Resource("Font", "F0")}


def drawn(content: bytes) -> Drawn:
    return drawn_by([content], SCREEN_FILE.content)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"BT\n/F0 12 Tf ET", FONT),
        (b"/F0 12 Tf\n/F1 9.5 Tf", FONT | {Resource("Font", "F1")}),
        (b"q 9 0 0 9 0 0 cm /Im1 Do Q\n", {Resource("XObject", "Im1")}),
        (b"/Span <</MCID 0>> BDC\n/F0 9 Tf EMC", FONT),
        (b"/Span <</ActualText <2f4639>>> BDC /F0 9 Tf EMC", FONT),
        (b"/Tf BMC /F0 9 Tf EMC", FONT),
        (b"", set()),
    ],
)
def test_what_it_names_is_found(content: bytes, found: set[Resource]) -> None:
    assert drawn(content).resources == found
    assert not drawn(content).strange


@pytest.mark.parametrize(
    ("content", "has_text"),
    [
        (b"BT /F0 9 Tf 1 0 0 1 0 0 Tm [<0001>] TJ ET", True),
        (b"BT [-80<0001>20<0002>] TJ ET", True),
        (b"BT [] TJ ET", False),
        (b"BT [20] TJ ET", False),
        (b"/Span <</ActualText <0001>>> BDC EMC", False),
        (b"0 0 9 9 re f", False),
        (b"", False),
    ],
)
def test_text_is_what_shows_a_glyph(content: bytes, has_text: bool) -> None:
    assert drawn(content).has_text is has_text


@pytest.mark.parametrize(
    "content",
    [
        b"(never ended /F9 12 Tf",
        b"(a) Tj",
        b"<2f4639",
        b"[<00zz>] TJ",
        b"[(a)] TJ",
        b"[<0001> TJ",
        b"BI /W 1 ID (EI",
        b"% /F9 12 Tf\n",
        b"Tf",
        b"12 Tf",
        b"/F9 Tf",
        b"/F9\n12 Tf",
        b"/F9 12 TfBT",
        b"/F9 12 Tf\x0bET",
        b"Do",
        b"(Im0) Do",
        b"3 Tr",
        b"/CS0 cs",
        b"0 0 0 1 k",
        b"/G0 gs",
        b"/Sh0 sh",
        b"/P0 scn",
        b"9 9 re f",
        b"0 0 9 9 re W n",
        b"/OC /Draft BDC EMC",
        b"/Span <</Lang (zh)>> BDC EMC",
        b"\0",
    ],
)
def test_what_our_writer_never_writes_is_strange(content: bytes) -> None:
    strange = drawn(b"/F0 12 Tf " + content).strange
    told = {printable((before + content).decode("latin-1")) for before in (b"", b"12 Tf ")}
    assert strange
    assert any(strange.removesuffix("…") in one for one in told)


@pytest.mark.parametrize(
    "shape",
    [
        b"(",
        b"(a",
        b"(()",
        b"\\",
        b"<",
        b"/",
        b"/a ",
        b"%",
        b"[",
        b"[<00",
        b"1 ",
        b"1 1 1 rg ",
        b" ",
    ],
)
def test_a_hostile_stream_costs_as_much_as_its_length(shape: bytes) -> None:
    def seconds(size: int) -> float:
        content = shape * (size // len(shape))
        tries = []
        for _ in range(3):
            began = time.process_time()
            drawn(content)
            tries.append(time.process_time() - began)
        return min(tries)

    assert seconds(160_000) < 8 * max(seconds(40_000), 0.001)  # by the square it would be 16
