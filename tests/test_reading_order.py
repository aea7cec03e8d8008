"""The order in which pages are read: paragraphs alone come forward past what waits (图随文走)."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from hongtou.bulletin.issue import (
    Annex,
    Article,
    AttachmentList,
    Block,
    Figure,
    Heading,
    Note,
    PageBreak,
    Salutation,
    Signoff,
)
from hongtou.bulletin.order import COPYFIT, Order
from hongtou.bulletin.table import Table
from hongtou.pages.page import Pages
from hongtou.paginate.pagination import paginate
from hongtou.pictures.reading import Picture, figures_of, read_pictures
from hongtou.plan import make_plan
from hongtou.plan.structure import Element
from tests.support import issues
from tests.support.shop import faces, layouts

pytestmark = pytest.mark.slow

PLAIN, HEADING, FLOAT, TURNED, NOTE, BARRIER = (
    "plain",
    "heading",
    "float",
    "turned",
    "note",
    "barrier",
)
SERIAL = re.compile(r"第(\d+)项")


class Item(NamedTuple):
    """What is read as one: a text or a table, known by its serial number."""

    serial: int
    kind: str


def label(serial: int) -> str:
    return f"第{serial}项"


def figure(serial: int, size: int) -> Block:
    return Figure("a.png", caption=label(serial), width_mm=50 + 5 * size, pointer="")


def table(serial: int, rows: int, **fields: object) -> Table:
    return issues.table(("甲", "乙"), (("指标", "完成"),) * rows, caption=label(serial), **fields)


def high_table(serial: int, size: int) -> Table:
    """Return a table of one row; at its highest, a page has no room for its caption too."""
    cell = "\n".join(["完成"] * (size + 12))
    return issues.table((), ((cell, "甲"),), caption=label(serial))


def noted(serial: int, rows: int, **fields: object) -> Table:
    """Return a table with more lines of notes than stay with it."""
    notes = tuple(f"{number}.{issues.SENTENCE * 2}" for number in range(3))
    last = f"{label(serial + 1)}{issues.SENTENCE * 2}"
    return table(serial, rows, notes=(*notes, last), **fields)


Made = tuple[Block, tuple[str, ...]]  # a block, and the kinds of what it is read as
KINDS: dict[str, Callable[[int, int], Made]] = {
    "paragraph": lambda serial, size: (
        issues.paragraph(label(serial) + "各单位要压实责任，" * 3 * size), (PLAIN,)
    ),
    "figure": lambda serial, size: (figure(serial, size), (FLOAT,)),
    "table": lambda serial, size: (table(serial, 1 + size % 8), (FLOAT,)),
    "high table": lambda serial, size: (high_table(serial, size), (FLOAT,)),
    "long table": lambda serial, size: (table(serial, 9 + 2 * size), (FLOAT,)),
    "turned table": lambda serial, size: (table(serial, 1 + size, landscape=True), (TURNED,)),
    "noted table": lambda serial, size: (noted(serial, 1 + size % 8), (FLOAT, NOTE)),
    "noted turned table": lambda serial, size: (
        noted(serial, 1 + size, landscape=True), (TURNED, NOTE)
    ),
    "heading": lambda serial, size: (Heading(1 + size % 2, label(serial)), (HEADING,)),
    "signoff": lambda serial, size: (Signoff((label(serial),), issues.DAY), (BARRIER,)),
    "note": lambda serial, size: (Note(label(serial)), (BARRIER,)),
    "salutation": lambda serial, size: (Salutation(label(serial)), (BARRIER,)),
    "attachments": lambda serial, size: (AttachmentList((label(serial),)), (BARRIER,)),
    "page break": lambda serial, size: (PageBreak(), ()),
}  # fmt: skip
MANY = ["paragraph"] * 8 + ["heading"] * 2 + ["figure", "table", "turned table"] * 2
BODIES = st.lists(
    st.tuples(st.sampled_from([*MANY, *KINDS]), st.integers(1, 20)), min_size=1, max_size=9
)
# The annexes of an article stand behind its body.
ARTICLES = st.lists(st.tuples(BODIES, st.lists(BODIES, max_size=2)), min_size=1, max_size=3)

Body = Sequence[tuple[str, int]]
Articles = Sequence[tuple[Body, Sequence[Body]]]


class Manuscript:
    """Numbers what it makes, in the order in which it is written."""

    def __init__(self) -> None:
        self.items: list[Item] = []

    def article(self, body: Body, annexes: Sequence[Body]) -> Article:
        headline = self._barrier()
        blocks = self._blocks([*body, ("paragraph", 1)])  # notes at the end go under a signature
        made = [Annex("", self._barrier(), self._blocks(annex)) for annex in annexes]
        return Article(headline=headline, body=(*blocks, *made))

    def _barrier(self) -> str:
        self.items.append(Item(len(self.items), BARRIER))
        return label(len(self.items) - 1)

    def _blocks(self, body: Body) -> tuple[Block, ...]:
        return tuple(self._block(*one) for one in body)

    def _block(self, name: str, size: int) -> Block:
        block, kinds = KINDS[name](len(self.items), size)
        for kind in kinds:
            self.items.append(Item(len(self.items), kind))
        return block


@cache
def pictures() -> dict[str, Picture]:
    stored = io.BytesIO()
    Image.new("RGB", (1500, 1000), "grey").save(stored, "PNG")
    found, _ = read_pictures({"a.png": stored.getvalue()}, issues.issue(figure(0, 1)))
    return dict(found)


def made_up(articles: Articles, *, copyfit: bool) -> tuple[list[Item], Pages]:
    """Return what is written, and the pages on which it stands."""
    manuscript = Manuscript()
    issue = issues.issue(articles=tuple(manuscript.article(*one) for one in articles))
    order = Order(options=() if copyfit else ((COPYFIT, "off"),))
    used = pictures() if figures_of(issue) else {}
    return manuscript.items, paginate(make_plan(issue, layouts()["dongtai"], faces(), order, used))


def named(pages: Pages, items: Sequence[Item]) -> dict[int, Item]:
    """Return what bears a serial number, by the key of its text."""
    return {
        placed.text.key: items[int(found[1])]
        for page in pages
        for placed in page.texts
        if (found := SERIAL.search(placed.text.text)) and placed.text.style != "contents_entry"
    }


def printed(pages: Pages, items: Sequence[Item]) -> list[Item]:
    """Return what is read on pages from head to foot, piece by piece."""
    known = named(pages, items)
    keys = [placed.text.key for page in pages for placed in page.texts]
    return [known[key] for key in keys if key in known]


def told(pages: Pages, items: Sequence[Item]) -> list[Item]:
    """Return what a screen reader tells."""
    known = named(pages, items)
    return [known[key] for key in keys_of(pages.structure) if key in known]


def keys_of(element: Element) -> Iterator[int]:
    yield from element.texts
    for part in element.parts:
        yield from keys_of(part)


def without(items: Sequence[Item], *kinds: str) -> list[Item]:
    """Return all but these kinds, the same once where it goes on."""
    return [item for item, _ in groupby(item for item in items if item.kind not in kinds)]


# The body goes to the last page for the closing block, not behind the annex.
@example([([("paragraph", 1)], [[("turned table", 1)]])], True)
# An annex begins with its table on its side, whatever waits or has two pages.
@example([([("turned table", 1)], [[("turned table", 1), ("paragraph", 1)]])], True)
@example([([("paragraph", 1)], [[("noted turned table", 4), ("heading", 1)]])], True)
# What goes back among the text is not taken up twice.
@example(
    [([("paragraph", 14), ("turned table", 1), *[("figure", 1)] * 3, ("heading", 1)], [])], True
)
@given(ARTICLES, st.booleans())
@settings(max_examples=40, deadline=None)
@pytest.mark.long
def test_paragraphs_alone_pass_what_waits_and_headings_what_is_turned(
    articles: Articles, copyfit: bool
) -> None:
    items, pages = made_up(articles, copyfit=copyfit)
    found = printed(pages, items)
    assert without(found, PLAIN, HEADING) == without(items, PLAIN, HEADING)
    assert without(found, PLAIN, TURNED, NOTE) == without(items, PLAIN, TURNED, NOTE)
    floats = FLOAT, TURNED, NOTE
    assert without(found, *floats) == without(items, *floats)
    assert told(pages, items) == items
