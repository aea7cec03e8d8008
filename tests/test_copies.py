"""Numbered copies: every copy whole, each with the next number, for little more than one of them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pikepdf
import pymupdf
import pypdfium2
import pytest

from hongtou.bulletin.errors import EngineFault, UnknownOption
from hongtou.bulletin.limits import Limits
from hongtou.bulletin.order import OptionValue, Order
from hongtou.layouts import open_layouts
from hongtou.pages.edition import Edition
from hongtou.pipeline import Typesetter
from hongtou.preflight.profiles import COPIES_PDF
from tests.support.finished import saved_as_written
from tests.support.golden import EVERY_FIELD
from tests.support.pictures import village
from tests.support.readers import mupdf_characters, mupdf_text, pdfium_text, poppler_text
from tests.support.shop import ROOT, faces, typesetter

REAL = (ROOT / "tests" / "issues" / "real-issue.json").read_bytes()


def order(**options: OptionValue) -> Order:
    return Order("copies", options=tuple(sorted(options.items())))


@cache
def made(**options: OptionValue) -> Edition:
    return typesetter().produce(REAL, order(**options))


def numbered(number: int) -> bytes:
    issue = json.loads(REAL)
    issue["masthead"]["copy_number"] = number
    return json.dumps(issue, ensure_ascii=False).encode()


@pytest.mark.slow
@pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
def test_every_copy_says_what_an_issue_with_its_number_says(read: Callable[[bytes], str]) -> None:
    copies = made(first=7, count=3).content
    single = [typesetter().produce(numbered(number), Order()).content for number in (7, 8, 9)]
    said = ["".join(read(content).split()) for content in single]
    found = "".join(read(copies).split())
    assert sorted(found) == sorted("".join(said))
    assert all(f"00000{number}" in found for number in (7, 8, 9))


@pytest.mark.slow
def test_a_number_stands_where_it_stands_in_an_issue_of_one_copy() -> None:
    def places(content: bytes, page: int) -> list[tuple[str, float, float]]:
        return sorted(
            (char, round(x, 2), round(y, 2)) for char, x, y in mupdf_characters(content, page)
        )

    for at, number in enumerate((998, 999, 1000, 1111)):
        copies = made(first=998, count=114).content
        single = typesetter().produce(numbered(number), Order()).content
        page = 9 * (number - 998) + 1
        assert places(copies, page) == places(single, 1), (at, number)


def test_a_recipient_may_be_written_with_its_accents_apart() -> None:
    issue = json.loads(REAL)
    issue["closing"]["recipients"] = [{"name": "Cafe\u0301 公司", "copies": 1}]
    for to in ("one", "zip"):
        assert typesetter().produce(json.dumps(issue).encode(), order(to=to)).content


def test_on_paper_that_is_printed_red_a_red_number_is_black(tmp_path: Path) -> None:
    folder = shutil.copytree(ROOT / "layouts", tmp_path / "layouts")
    with (folder / "dongtai" / "layout.toml").open("a", encoding="utf-8") as own:
        own.write('\n[style.copy_number]\ncolour = "red"\n')
    red = Typesetter(faces(), open_layouts(folder), Limits())
    edition = red.produce(REAL, order(inks="black_only", first=7, count=2))
    assert "000008" in poppler_text(edition.content)


@pytest.mark.slow
def test_a_thousand_copies_cost_little_more_than_one() -> None:
    one, thousand = made(count=1).content, made(count=1000).content
    assert len(thousand) - len(one) < 600_000
    with pikepdf.open(io.BytesIO(thousand)) as pdf:
        assert len(pdf.pages) == 9_000
        assert [item.title for item in pdf.open_outline().root] == [
            f"{number:06}" for number in range(1, 1001)
        ]


@pytest.mark.slow
def test_page_8992_is_the_first_of_copy_1000() -> None:
    """Three readers find it there, and the page before without a number."""
    content = made(count=1000).content
    found: dict[int, list[str]] = {}
    with pymupdf.open(stream=content) as document, pypdfium2.PdfDocument(content) as pdf:
        for page in (8991, 8992):
            pages = ["-raw", "-f", str(page), "-l", str(page)]
            run = subprocess.run(
                ["pdftotext", *pages, "-", "-"], input=content, capture_output=True, check=True
            )
            found[page] = [
                document[page - 1].get_text(),
                pdf[page - 1].get_textpage().get_text_range(),
                run.stdout.decode(),
            ]
    assert all("001000" in text for text in found[8992])
    assert not any("00100" in text or "000999" in text for text in found[8991])


@pytest.mark.slow
def test_the_count_is_the_print_run_unless_another_is_wanted() -> None:
    issue = json.dumps(EVERY_FIELD.document()).encode()
    pictures = {"village.png": village()}
    edition = typesetter().produce(issue, order(), pictures)
    with pikepdf.open(io.BytesIO(edition.content)) as pdf:
        assert len(pdf.pages) == 120 * edition.page_count
    assert "copies/not-print-run" not in {found.code for found in edition.findings}
    fewer = typesetter().produce(issue, order(count=2), pictures)
    assert "copies/not-print-run" in {found.code for found in fewer.findings}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "first", "told"), [(5, None, True), (5, 7, True), (5, 5, False), (1, None, False)]
)
def test_a_copy_number_that_is_not_the_first_is_told_of(
    sent: int, first: int | None, told: bool
) -> None:
    options: dict[str, OptionValue] = {} if first is None else {"first": first}
    edition = typesetter().produce(numbered(sent), order(count=2, **options))
    found = [one for one in edition.findings if one.pointer == "/masthead/copy_number"]
    assert [one.code for one in found] == ["copies/first-number"] * told
    for one in found:
        assert f"从 {first or 1:06} 编起" in one.message
        assert "first=5" in one.hint


@pytest.mark.slow
def test_where_nobody_says_how_many_there_is_one_and_a_remark() -> None:
    with pikepdf.open(io.BytesIO(made().content)) as pdf:
        assert len(pdf.pages) == made().page_count
    assert "copies/no-count" in {found.code for found in made().findings}
    assert "copies/no-count" not in {found.code for found in made(count=1).findings}


@pytest.mark.parametrize(
    ("first", "count", "told", "hint"),
    [(1, 2_223, "至多", "分几次"), (999_999, 2, "份号超过六位数", "从较小的份号编起")],
)
def test_too_many_copies_are_refused_with_what_to_do(
    first: int, count: int, told: str, hint: str
) -> None:
    with pytest.raises(UnknownOption, match=told) as refused:
        made(first=first, count=count)
    assert hint in str(refused.value.hint)


def test_a_page_is_labelled_by_its_copy_and_its_place_in_it() -> None:
    """A reader tells where it is: page 10 of the file is the first of copy 8."""
    with pymupdf.open(stream=made(first=7, count=3).content) as pdf:
        labels = [page.get_label() for page in pdf]
    assert labels == [f"00000{copy}-{page}" for copy in (7, 8, 9) for page in range(1, 10)]


@pytest.mark.slow
def test_a_file_that_is_only_saved_again_passes() -> None:
    again = saved_as_written(made(count=3).content, lambda pdf: None)
    typesetter().inspect(again, order(count=3), made(count=3).page_count)


def number_stream(pdf: pikepdf.Pdf, copy: int) -> pikepdf.Object:
    return pdf.Root.Pages.Kids[copy].Kids[0].Contents[0]


def same_number_twice(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids[1].Kids[0].Contents[0] = number_stream(pdf, 0)


def page_less(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Pages.Kids[1].Kids[-1]


def other_title(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = "000009"


def other_label(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[3].P = "000009-"


def label_of_another_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels.Nums[2] = 8


def other_size(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.MediaBox = pikepdf.Array([0, 0, 842, 595])


def scribble(pdf: pikepdf.Pdf) -> None:
    stream = number_stream(pdf, 0)
    stream.write(stream.read_bytes() + b"\n/GS gs")


BROKEN: tuple[tuple[str, Callable[[pikepdf.Pdf], None]], ...] = (
    ("preflight/copy-numbers", same_number_twice),
    ("preflight/page-count", page_less),
    ("preflight/copy-numbers", other_title),
    ("preflight/copy-numbers", other_label),
    ("preflight/copy-numbers", label_of_another_page),
    ("preflight/a4", other_size),
    ("preflight/(content|object)", scribble),
)


@pytest.mark.parametrize(("code", "spoil"), BROKEN)
def test_what_was_spoilt_is_refused(code: str, spoil: Callable[[pikepdf.Pdf], None]) -> None:
    spoilt = saved_as_written(made(count=3).content, spoil)
    with pytest.raises(EngineFault, match=code):
        typesetter().inspect(spoilt, order(count=3), made(count=3).page_count)


def test_a_file_of_other_numbers_is_refused() -> None:
    with pytest.raises(EngineFault, match="copy-numbers"):
        typesetter().inspect(made(count=3).content, order(first=2, count=3), 9)
    with pytest.raises(EngineFault, match="copy-numbers"):
        typesetter().inspect(made(count=3).content, order(count=4), 9)


def test_every_rule_of_its_own_has_a_file_that_breaks_it() -> None:
    own = {rule.code for rule in COPIES_PDF.rules if rule.code.startswith("preflight/cop")}
    assert own == {"preflight/copy-numbers"}
