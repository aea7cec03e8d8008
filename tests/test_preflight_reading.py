"""What is read and seen of a finished PDF: a file that spoils it is refused by the rule it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from hongtou.bulletin.errors import EngineFault
from hongtou.bulletin.order import OptionValue, Order
from hongtou.preflight.profiles import SCREEN_PDF
from tests.support.documents import article, document, encoded
from tests.support.finished import saved, saved_as_written
from tests.support.pictures import village
from tests.support.shop import typesetter

Change = Callable[[pikepdf.Pdf], object]
TABLE = {"type": "table", "header": ["乡镇", "户数"], "rows": [["城关镇", "5519"]]}
SHOWN = [{"type": "figure", "image": "a.png", "caption": "图1"}, TABLE, *["压实工作责任。"] * 30]
ISSUE = encoded(
    document(
        articles=[article(body=SHOWN), article(body="一、任务\n压实责任。", headline="另一篇")]
    )
)

SAVED = {"copies": saved_as_written}  # their pages inherit


@cache
def good(output: str, **options: OptionValue) -> tuple[bytes, int]:
    order = Order(output, options=tuple(options.items()))
    edition = typesetter().produce(ISSUE, order, {"a.png": village()})
    return edition.content, edition.page_count


def refusals(change: Change, output: str = "screen", **options: OptionValue) -> set[str]:
    content, count = good(output, **options)
    with pytest.raises(EngineFault) as caught:
        order = Order(output, options=tuple(options.items()))
        typesetter().inspect(SAVED.get(output, saved)(content, change), order, count)
    return {fault.code for fault in caught.value.findings}


def elements(pdf: pikepdf.Pdf, role: str) -> Iterator[pikepdf.Object]:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == "/StructElem" and role == item.S:
            yield item


def roled(before: str, after: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in [*elements(pdf, before)]:
            element.S = Name(after)

    return change


def without(role: str, key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for element in elements(pdf, role):
            del element[key]

    return change


def say_nothing(pdf: pikepdf.Pdf) -> None:
    for figure in elements(pdf, "/Figure"):
        figure.Alt = String("")


def silence_links(pdf: pikepdf.Pdf) -> None:
    for link in links(pdf):
        link.Contents = String("")


def mislead_links(pdf: pikepdf.Pdf) -> None:
    for link in links(pdf):
        link.Dest = String("nowhere")


def links(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [one for one in pdf.objects if isinstance(one, Dictionary) and "/StructParent" in one]


def lose_a_part(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K
    top.K = Array([*top.K][:-1])


def repeat_a_part(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.StructTreeRoot.K
    (last,) = [*top.K][-1:]
    last.K = Array([*last.K, top.K[0]])


def drawn(before: bytes, after: bytes) -> Change:
    """Return a change of the first page whose own stream has a pattern."""

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            contents = page.obj.Contents
            stream = contents if isinstance(contents, Stream) else contents[1]
            content = stream.read_bytes()
            if (changed := re.sub(before, after, content, count=1)) != content:
                stream.write(changed)
                return
        raise AssertionError("nothing to change")

    return change


def exchange_pages(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.Pages.Kids
    kids[0], kids[1] = kids[1], kids[0]


def widened(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/W" in item and len(item.W) > 1:
            item.W[1] = Array([2 * int(width) for width in item.W[1]])


def picture(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(
        one for one in pdf.objects if isinstance(one, Stream) and one.get("/Subtype") == "/Image"
    )


def narrowed(pdf: pikepdf.Pdf) -> None:
    picture(pdf).Width = 3


def greyed(pdf: pikepdf.Pdf) -> None:
    picture(pdf).ColorSpace = Name.DeviceGray


def in_english(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("en")


BROKEN: dict[str, tuple[Change, set[str]]] = {
    "another language": (in_english, {"preflight/object"}),
    "a role that no reader knows": (roled("/P", "/Nonsense"), {"preflight/object"}),
    "no heading": (roled("/H1", "/P"), {"preflight/headings"}),
    "a level that is skipped": (roled("/H2", "/H4"), {"preflight/headings"}),
    "a picture without words": (without("/Figure", "/Alt"), {"preflight/alternatives"}),
    "a picture of no words": (say_nothing, {"preflight/alternatives"}),
    "a head of plain cells": (roled("/TH", "/TD"), {"preflight/table-headers"}),
    "headers of nothing": (without("/TH", "/A"), {"preflight/table-headers"}),
    "links that say nothing": (silence_links, {"preflight/links"}),
    "links to nowhere": (mislead_links, {"preflight/links"}),
    "links that are no links": (roled("/Link", "/P"), {"preflight/links"}),
    "a part that is lost": (lose_a_part, {"preflight/tags"}),
    "marks with the same number": (drawn(rb"MCID 0>>", rb"MCID 1>>"), {"preflight/tags"}),
    "a text that is an artifact": (
        drawn(rb"/Span <</MCID 1>> BDC", b"/Artifact BMC"),
        {"preflight/tags"},
    ),
    "other advances": (widened, {"preflight/font-program"}),
    "a picture of another width": (narrowed, {"preflight/picture"}),
    "a picture of other colours": (greyed, {"preflight/picture"}),
}


@pytest.mark.parametrize(("change", "codes"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("output", ["screen", "archive"])
def test_what_was_spoilt_is_refused(output: str, change: Change, codes: set[str]) -> None:
    assert refusals(change, output) == codes


def test_a_tree_that_holds_itself_is_read_to_its_end() -> None:
    def bite(pdf: pikepdf.Pdf) -> None:
        top = pdf.Root.StructTreeRoot.K
        top.K[0].K = Array([top, *top.K[0].K])

    assert refusals(bite) == {"preflight/tags"}
    assert refusals(repeat_a_part) == {"preflight/tags"}


def test_an_archive_with_pages_in_another_order_is_refused() -> None:
    assert refusals(exchange_pages, "archive") == {"preflight/folio"}


@pytest.mark.slow
@pytest.mark.parametrize("output", ["booklet", "copies"])
@pytest.mark.parametrize("inks", [None, "process"])
def test_sheets_and_copies_with_pages_in_another_order_are_refused(
    output: str, inks: str | None
) -> None:
    options = {"inks": inks} if inks else {}
    if output == "booklet":
        options["up"] = "2"
    assert refusals(exchange_contents, output, **options) == {"preflight/folio"}


def exchange_contents(pdf: pikepdf.Pdf) -> None:
    """Let the streams with the first two folios change places."""
    first, second = [one for one in pdf.objects if is_content(one)][:2]
    content = first.read_bytes()
    first.write(second.read_bytes())
    second.write(content)


def is_content(item: pikepdf.Object) -> bool:
    """Tell whether an object is the stream of a page, and no number of a copy."""
    return isinstance(item, Stream) and len(item.read_bytes().split(b" TJ")) > 5


def test_every_rule_on_what_is_read_has_a_file_that_breaks_it() -> None:
    broken = {code for _, codes in BROKEN.values() for code in codes}
    assert {rule.code for rule in SCREEN_PDF.stages[-1]} <= broken
