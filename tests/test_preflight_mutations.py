"""Whatever is done to a PDF, the preflight passes or refuses it, and never fails itself."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from hongtou.bulletin.errors import EngineFault
from hongtou.preflight import refuse_faulty
from hongtou.preflight.profiles import SCREEN_PDF
from tests.support.finished import EXPECTED, altered, good

PIECES = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b"/", b"%", b"\n", b"\0", b" 0 R", b" 5 ", b"null",
    b"/F1 5", b"/Type", b"/Kids", b"endobj", b"endstream", b"99999999999999999999", b"-1", b"1e9",
)  # fmt: skip


def passes(content: bytes) -> bool:
    """Tell whether a file passes; any exception but the refusal fails the test."""
    try:
        refuse_faulty(content, SCREEN_PDF, EXPECTED)
    except EngineFault as refusal:
        assert refusal.findings
        assert all(fault.message for fault in refusal.findings)
        return False
    return True


@cache
def plain() -> bytes:
    """Return the PDF of the example with all its objects legible."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(good())) as pdf:
        pdf.save(
            written,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return written.getvalue()


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(
    content=st.sampled_from(["packed", "plain"]),
    places=st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES)), min_size=1, max_size=4),
)
def test_bytes_that_are_overwritten(content: str, places: list[tuple[float, bytes]]) -> None:
    changed = bytearray(good() if content == "packed" else plain())
    for place, piece in places:
        at = int(place * (len(changed) - len(piece)))
        changed[at : at + len(piece)] = piece
    passes(bytes(changed))


@settings(max_examples=30, deadline=None)
@given(st.floats(0, 1), st.binary(max_size=9))
def test_a_file_that_is_cut(place: float, rest: bytes) -> None:
    assert not passes(good()[: int(place * (len(good()) - 20))] + rest)


def values(pdf: pikepdf.Pdf, chance: random.Random) -> Any:
    """Return a value of any type that may stand in place of another."""
    some = chance.choice(list(pdf.objects))
    return chance.choice(
        [
            5, -1, 10**18, True, Name.A, Name("/Page"), String("a"), Array([]), Array([5, [some]]),
            Dictionary(), Dictionary(Type=Name.Font), Dictionary(Kids=[some]), some,
            pdf.make_stream(b"/F1 5 Tf"), pdf.make_indirect(Array([])),
        ]
    )  # fmt: skip


def holders(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield all dictionaries and arrays, of streams and within others too."""
    pending = [pdf.trailer, *pdf.objects]
    while pending:
        item = pending.pop()
        if isinstance(item, (Dictionary, pikepdf.Stream, Array)):
            yield item
            inner = item if isinstance(item, Array) else item.values()
            pending += [part for part in inner if _is_direct_holder(part)]


def _is_direct_holder(part: object) -> bool:
    return isinstance(part, (Dictionary, Array)) and not part.is_indirect


def mutate(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Change, add or take away an entry anywhere in the file."""
    holder = chance.choice(list(holders(pdf)))
    keys: list[Any] = list(range(len(holder)) if isinstance(holder, Array) else holder.keys())
    keys = [key for key in keys if key != "/Length"]  # which pikepdf keeps right
    if isinstance(holder, Array) or (keys and chance.random() < 0.7):
        if not keys:
            holder.append(values(pdf, chance))
        elif chance.random() < 0.3:
            del holder[chance.choice(keys)]
        else:
            holder[chance.choice(keys)] = values(pdf, chance)
    else:
        name = chance.choice(["A", "F", "Kids", "Font", "Type", "Contents", "K", "CropBox"])
        holder[f"/{name}"] = values(pdf, chance)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(120))
def test_an_object_that_is_changed(seed: int) -> None:
    chance = random.Random(seed)

    def change(pdf: pikepdf.Pdf) -> None:
        for _ in range(chance.randint(1, 3)):
            mutate(pdf, chance)

    content = b""
    with suppress(pikepdf.PikepdfError, ValueError, TypeError):  # no file can be made of it
        content = altered(change)
    passes(content)


@pytest.mark.parametrize("seed", range(40))
def test_an_object_of_the_plain_file_that_is_swapped_for_another(seed: int) -> None:
    chance = random.Random(seed)
    with pikepdf.open(io.BytesIO(good())) as pdf:
        one, other = chance.sample([item.objgen for item in pdf.objects], 2)

    def swap(pdf: pikepdf.Pdf) -> None:
        pdf._swap_objects(one, other)

    content = b""
    with suppress(pikepdf.PikepdfError, ValueError, TypeError):
        content = altered(swap)
    passes(content)
