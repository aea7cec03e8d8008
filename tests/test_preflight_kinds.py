"""The preflight allows what our writer writes, and no more than that."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import product

import pikepdf
import pytest

from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import OptionValue, Order
from hongtou.outputs.ordering import settled
from hongtou.pictures.condition import PrintingCondition, usual_condition
from hongtou.pictures.samples import sample_pictures
from hongtou.pipeline import Typesetter
from hongtou.preflight.archival import WRITTEN as ARCHIVAL_FILES
from hongtou.preflight.entries import entries_of, entry_faults, nearest
from hongtou.preflight.kinds.kind import STREAM
from hongtou.preflight.objects import FileObjects, read_objects
from hongtou.preflight.press import WRITTEN as PRESS_FILES
from hongtou.preflight.profiles import SCREEN_FILE
from hongtou.preflight.written import Written
from hongtou.rehearsal import rehearsal
from tests.support.documents import article, encoded
from tests.support.documents import document as document_of
from tests.support.finished import EXAMPLE, saved
from tests.support.shop import faces, layouts


@dataclass(frozen=True)
class Table:
    """A table of an output: the orders that make such files, of which one press has its own."""

    written: Written
    orders: tuple[Order, ...]
    conditions: tuple[PrintingCondition, ...] = (usual_condition(),)


def order(output: str, **options: OptionValue) -> Order:
    return settled(Order(output, options=tuple(options.items())))


# Every table of an output.
TABLES: dict[str, Table] = {
    "screen": Table(SCREEN_FILE, (Order(),)),
    **{
        f"archive {part}": Table(written, (order("archive", part=part),))
        for part, written in ARCHIVAL_FILES.items()
    },
    **{
        f"print {standard}": Table(
            written,
            (
                order("print", standard=standard),
                order("print", standard=standard, marks=False),
            ),
            (usual_condition(), replace(usual_condition(), description="", is_own=True)),
        )
        for standard, written in PRESS_FILES.items()
    },
}
KINDS = [(name, kind) for name, table in TABLES.items() for kind in table.written.kinds]


@cache
def files(name: str) -> tuple[bytes, ...]:
    """Return files with all that we write: every field, a cell without text, no object streams."""
    table = TABLES[name]
    return tuple(
        file
        for condition, order in product(table.conditions, table.orders)
        for file in _files(Typesetter(faces(), layouts(), Limits(), condition), order)
    )


def _files(typesetter: Typesetter, order: Order) -> Iterator[bytes]:
    for layout in layouts():
        document = rehearsal(layout, sample_pictures())
        yield typesetter.produce(document, order, sample_pictures()).content
    cell = {"type": "table", "rows": [["一", ""]]}
    empty_cell = encoded(document_of(articles=[article(body=[cell])]))
    yield saved(typesetter.produce(EXAMPLE, order).content, lambda pdf: None)
    yield typesetter.produce(empty_cell, order).content


@cache
def objects(table: str) -> tuple[FileObjects, ...]:
    read = []
    for content in files(table):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            read.append(read_objects(pdf, TABLES[table].written))
    return tuple(read)


def texts(table: str, kind: str) -> Iterator[bytes]:
    for file in objects(table):
        for match in file.matches[kind].values():
            yield match[0]


@pytest.mark.slow
@pytest.mark.parametrize(("table", "kind"), KINDS)
def test_a_kind_is_one_that_we_write(table: str, kind: str) -> None:
    assert any(texts(table, kind))


def optional_entries() -> list[tuple[str, str, str]]:
    return [
        (table, name, key.removesuffix("?"))
        for table, name in KINDS
        for key in TABLES[table].written.kinds[name].entries
        if key.endswith("?")
    ]


@pytest.mark.parametrize(("table", "kind", "key"), optional_entries())
def test_an_entry_that_may_be_missing_is_there_in_some_and_not_in_others(
    table: str, kind: str, key: str
) -> None:
    assert {key in entries_of(text) for text in texts(table, kind)} == {True, False}


@pytest.mark.parametrize(("table", "name"), KINDS)
def test_an_object_with_one_entry_more_or_less_is_of_no_kind(table: str, name: str) -> None:
    kinds = TABLES[table].written.kinds
    text = next(texts(table, name))
    more = text.replace(b"<< ", b"<< /AAPL 1 ", 1)
    assert kinds[name].expression.fullmatch(text) and not kinds[name].expression.fullmatch(more)
    assert [fault.key for fault in entry_faults(more, kinds[name])] == ["AAPL"]
    turned = text.removesuffix(STREAM) if kinds[name].is_stream else text + STREAM
    assert [fault.wrong[-4:] for fault in entry_faults(turned, kinds[name])] == ["是数据流"]
    assert nearest(kinds.values(), more)


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
