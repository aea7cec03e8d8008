"""What a content stream asks for is found, and nothing that only looks like it."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from hongtou.preflight.content import Resource, resources_of

FONT = {Resource("Font", "F0")}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"BT /F0 12 Tf ET", FONT),
        (b"/F0 -1.5 Tf", FONT),
        (b"BT/F0\n12\nTf[<0001>-80(a)]TJ/F1 9 Tf ET", FONT | {Resource("Font", "F1")}),
        (b"/F#30 12 Tf", FONT),
        (b"/F0 % which face\r12 Tf", FONT),
        (b"/F0 12 Tf(a)Tj", FONT),
        (b"q /Im1 Do Q", {Resource("XObject", "Im1")}),
        (
            b"/CS0 cs 1 scn /CS1 CS /P0 SCN",
            {
                Resource("ColorSpace", "CS0"),
                Resource("ColorSpace", "CS1"),
                Resource("Pattern", "P0"),
            },
        ),
        (b"/a1.0 gs /Sh0 sh", {Resource("ExtGState", "a1.0"), Resource("Shading", "Sh0")}),
        (b"", set()),
    ],
)
def test_names_before_operators_are_found(content: bytes, found: set[Resource]) -> None:
    assert resources_of(content) == found


@pytest.mark.parametrize(
    "content",
    [
        b"(/F9 12 Tf) Tj",
        rb"(\) /F9 12 Tf \() Tj",
        b"(a (b (c) /F9 12 Tf) d) Tj",
        b"(% no comment) Tj",
        b"% (\n",
        b"% /F9 12 Tf\n",
        b"<2f4639> Tj",
        b"/Span <</ActualText (/F9 12 Tf) /Lang <2f>>> BDC EMC",
        b"/Tf BMC /Do BMC EMC EMC",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_not(content: bytes) -> None:
    found = resources_of(b"/F0 12 Tf " + content + b" /F1 9 Tf")
    assert found == FONT | {Resource("Font", "F1")}


@pytest.mark.parametrize(
    "content",
    [
        b"(never ended /F9 12 Tf",
        b"ended twice) Tj",
        b"((((too deep)))) Tj",
        b"<2f4639",
        b"BI /W 1 ID (EI",
        b"Tf",
        b"12 Tf",
        b"Do",
        b"(Im0) Do",
    ],
)
def test_what_hides_more_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"string|image|without a name"):
        resources_of(b"/F0 12 Tf " + content)


@pytest.mark.parametrize(
    "shape", [b"(", b"(a", b"(()", b"()", b"(\\", b"<", b"/", b"%", b"Tf /F0 1 "]
)
def test_a_hostile_stream_costs_as_much_as_its_length(shape: bytes) -> None:
    def seconds(size: int) -> float:
        content = shape * (size // len(shape))
        tries = []
        for _ in range(3):
            began = time.process_time()
            with suppress(ValueError):
                resources_of(content)
            tries.append(time.process_time() - began)
        return min(tries)

    assert seconds(160_000) < 8 * max(seconds(40_000), 0.001)  # by the square it would be 16
