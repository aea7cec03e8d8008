"""The preflight allows what our writer writes, and no more than that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

import pikepdf
import pytest

from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import Order
from hongtou.pictures.samples import sample_pictures
from hongtou.pipeline import Typesetter
from hongtou.preflight.entries import entries_of, entry_faults, nearest
from hongtou.preflight.kinds import SCREEN_KINDS
from hongtou.preflight.objects import FileObjects, read_objects
from hongtou.preflight.profiles import SCREEN_FILE
from hongtou.rehearsal import rehearsal
from tests.support.documents import article, document, encoded
from tests.support.finished import altered
from tests.support.shop import faces, layouts


@cache
def files() -> tuple[bytes, ...]:
    """Return files with all that we write: every field, a cell without text, no object streams."""
    typesetter = Typesetter(faces(), layouts(), Limits())
    everything = (
        typesetter.produce(rehearsal(name, sample_pictures()), Order(), sample_pictures()).content
        for name in layouts()
    )
    table = {"type": "table", "rows": [["一", ""]]}
    empty_cell = encoded(document(articles=[article(body=[table])]))
    return (
        *everything,
        typesetter.produce(empty_cell, Order()).content,
        altered(lambda pdf: None),
    )


@cache
def objects() -> tuple[FileObjects, ...]:
    read = []
    for content in files():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            read.append(read_objects(pdf, SCREEN_FILE))
    return tuple(read)


def texts(kind: str) -> Iterator[bytes]:
    for file in objects():
        for match in file.matches[kind].values():
            yield match[0]


@pytest.mark.parametrize("kind", SCREEN_KINDS)
def test_a_kind_is_one_that_we_write(kind: str) -> None:
    assert any(texts(kind))


def optional_entries() -> list[tuple[str, str]]:
    return [
        (name, key.removesuffix("?"))
        for name, kind in SCREEN_KINDS.items()
        for key in kind.entries
        if key.endswith("?")
    ]


@pytest.mark.parametrize(("kind", "key"), optional_entries())
def test_an_entry_that_may_be_missing_is_there_in_some_and_not_in_others(
    kind: str, key: str
) -> None:
    assert {key in entries_of(text) for text in texts(kind)} == {True, False}


@pytest.mark.parametrize("name", SCREEN_KINDS)
def test_an_object_with_one_entry_more_or_less_is_of_no_kind(name: str) -> None:
    kind = SCREEN_KINDS[name]
    text = next(texts(name))
    more = text.replace(b"<< ", b"<< /AAPL 1 ", 1)
    assert kind.expression.fullmatch(text) and not kind.expression.fullmatch(more)
    assert [fault.key for fault in entry_faults(more, kind)] == ["AAPL"]
    assert nearest(SCREEN_KINDS.values(), more)


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        (b"<< >>", {}),
        (b"<< /A /B /C 5 0 R >>", {"A": b"/B", "C": b"5 0 R"}),
        (b"<< /A << /B [ /C << /D 1 >> ] >> /E (/F \\) >>) >>",
         {"A": b"<< /B [ /C << /D 1 >> ] >>", "E": b"(/F \\) >>)"}),
        (b"<< /A <feff> /B [ ] >> stream", {"A": b"<feff>", "B": b"[ ]"}),
        (b"[ /A 1 ]", {}),
        (b"(<< /A 1 >>)", {}),
    ],
)  # fmt: skip
def test_entries_are_read_one_by_one(text: bytes, entries: dict[str, bytes]) -> None:
    assert entries_of(text) == entries
