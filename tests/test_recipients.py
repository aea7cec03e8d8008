"""Who gets numbered copies: numbers run on through them, their names stand beside the numbers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
import pytest

from hongtou.bulletin.errors import EngineFault, UnknownOption
from hongtou.bulletin.file_names import numbered_name
from hongtou.bulletin.order import OptionValue
from hongtou.bulletin.recipient import Recipient, Share, shares
from hongtou.pages.edition import Edition
from tests.support.finished import saved_as_written
from tests.support.readers import mupdf_characters, mupdf_text, pdfium_text, poppler_text
from tests.support.shop import typesetter
from tests.test_copies import REAL, order

OFFICE, CITY, COUNTIES = "省文明办", "市委办公室", "各县（自治县、区）"
RECIPIENTS: list[Any] = [
    OFFICE,
    {"name": CITY, "copies": 3},
    {"name": COUNTIES, "copies": 2},
]
NAMES = ["000001省文明办.pdf", "000002-000004市委办公室.pdf", "000005-000006各县（自治县、区）.pdf"]


def sent(recipients: list[Any], print_run: int | None = 6, **masthead: Any) -> bytes:
    issue = json.loads(REAL)
    issue["masthead"] |= masthead
    issue["closing"] |= {"recipients": recipients, "print_run": print_run}
    return json.dumps(issue, ensure_ascii=False).encode()


@cache
def made(**options: OptionValue) -> Edition:
    return typesetter().produce(sent(RECIPIENTS), order(**options))


def members(edition: Edition) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(edition.content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def titles(content: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [item.title for item in pdf.open_outline().root]


def codes(document: bytes, **options: OptionValue) -> dict[str, str]:
    """Return what is found on copies of an issue: the pointers by their codes."""
    found = typesetter().check(document, order(**options)).findings
    return {
        one.code: one.pointer for one in found if one.code.startswith(("copies/", "closing/rec"))
    }


def test_the_file_of_a_recipient_has_a_name_that_any_disk_takes() -> None:
    name = numbered_name(range(1, 120), "市" * 200, "pdf")
    assert name.startswith("000001-000119市市") and name.endswith("市.pdf")
    assert len(name.encode()) <= 255
    assert numbered_name(range(7, 8), "市委/办公室", "pdf") == "000007市委办公室.pdf"


class TestNumbers:
    def test_run_on_through_the_recipients(self) -> None:
        assert [*shares([Recipient("甲", 2), Recipient("乙")], range(7, 10))] == [
            Share("甲", range(7, 9)),
            Share("乙", range(9, 10)),
        ]

    def test_that_are_left_over_are_nobodys(self) -> None:
        assert [*shares([Recipient("甲", 2)], range(1, 6))][1:] == [Share("", range(3, 6))]

    def test_that_are_too_few_leave_the_last_without(self) -> None:
        assert [*shares([Recipient("甲", 2), Recipient("乙")], range(1, 2))] == [
            Share("甲", range(1, 2))
        ]


class TestInOneFile:
    @pytest.mark.slow
    def test_every_copy_has_a_bookmark_with_its_recipient(self) -> None:
        assert titles(made(first=7).content) == [
            "000007 省文明办",
            *(f"{number:06} 市委办公室" for number in (8, 9, 10)),
            *(f"{number:06} 各县（自治县、区）" for number in (11, 12)),
        ]

    @pytest.mark.slow
    @pytest.mark.parametrize("read", [poppler_text, pdfium_text, mupdf_text])
    def test_a_name_is_printed_as_often_as_it_gets_copies(
        self, read: Callable[[bytes], str]
    ) -> None:
        text = "".join(read(made().content).split())
        nobodys = typesetter().produce(sent([]), order())
        before = "".join(read(nobodys.content).split())
        for name, copies in ((OFFICE, 1), (CITY, 3), (COUNTIES, 2)):
            assert text.count(name) - before.count(name) == copies, name

    def test_a_name_stands_at_the_left_of_its_number_on_its_line(self) -> None:
        characters = mupdf_characters(made().content, 1)
        row = number_line(characters)
        on_it = [(x, char) for char, x, y in characters if row - 1 < y < row + 1]  # mm
        assert "".join(char for _, char in sorted(on_it)).endswith(f"{OFFICE}000001")

    @pytest.mark.slow
    def test_the_number_stands_where_it_does_without_a_name(self) -> None:
        alone = mupdf_characters(typesetter().produce(sent([]), order()).content, 1)
        named = mupdf_characters(made().content, 1)
        row = number_line(alone)
        assert [one for one in alone if one[2] == row] == [
            one for one in named if one[2] == row and one[0] not in OFFICE
        ]

    @pytest.mark.slow
    def test_all_other_words_stay(self) -> None:
        alone = typesetter().produce(sent([]), order()).content
        assert mupdf_characters(alone, 2) == mupdf_characters(made().content, 2)


def number_line(characters: list[tuple[str, float, float]]) -> float:
    """Return where the copy number stands: its noughts are the first of the page."""
    return min(y for char, _, y in characters if char == "0")


class TestACount:
    @pytest.mark.slow
    def test_is_what_the_recipients_get_where_no_print_run_is_given(self) -> None:
        edition = typesetter().produce(sent(RECIPIENTS, None), order())
        assert len(titles(edition.content)) == 6
        assert "copies/no-count" not in codes(sent(RECIPIENTS, None))

    def test_that_is_the_print_run_is_no_finding(self) -> None:
        assert codes(sent(RECIPIENTS)) == {}

    @pytest.mark.parametrize("print_run", [5, 7])
    def test_that_is_not_the_print_run_is_found_in_every_output(self, print_run: int) -> None:
        assert codes(sent(RECIPIENTS, print_run)) == {"closing/recipients": "/closing/recipients"}

    @pytest.mark.parametrize("count", [5, 7])
    def test_that_is_ordered_otherwise_is_found(self, count: int) -> None:
        assert codes(sent(RECIPIENTS), count=count) == {
            "copies/not-print-run": "/closing/print_run",
            "copies/not-recipients": "/closing/recipients",
        }


class TestALongName:
    LONG = "某某市城乡环境综合治理工作领导小组办公室督查考核科" * 2

    @pytest.mark.slow
    def test_is_left_out_beside_the_number_and_found(self) -> None:
        document = sent([CITY, self.LONG], 2)
        assert codes(document) == {"copies/recipient-too-long": "/closing/recipients/1"}
        content = typesetter().produce(document, order()).content
        assert titles(content) == ["000001 市委办公室", f"000002 {self.LONG}"]
        assert self.LONG not in "".join(mupdf_text(content).split())

    @pytest.mark.slow
    def test_never_meets_the_mark_at_the_left(self) -> None:
        name = "某" * 18
        assert codes(sent([name], 1, notice="内部资料 注意保存")) == {}
        assert "copies/recipient-too-long" in codes(sent([name], 1, notice="内部资料" * 3))


class TestAZip:
    @pytest.mark.slow
    def test_holds_a_file_for_each_recipient(self) -> None:
        edition = made(to="zip")
        assert (edition.media_type, edition.file_name[-4:]) == ("application/zip", ".zip")
        files = members(edition)
        assert list(files) == NAMES
        assert [len(titles(content)) for content in files.values()] == [1, 3, 2]
        together = [title for content in files.values() for title in titles(content)]
        assert together == titles(made().content)

    def test_has_no_file_of_the_same_identifier_as_another(self) -> None:
        identifiers = set()
        for content in members(made(to="zip")).values():
            with pikepdf.open(io.BytesIO(content)) as pdf:
                identifiers.add(bytes(pdf.trailer.ID[0]))
        assert len(identifiers) == 3

    @pytest.mark.slow
    def test_holds_what_is_nobodys_too(self) -> None:
        edition = typesetter().produce(sent([CITY], 3), order(to="zip"))
        assert list(members(edition)) == ["000001市委办公室.pdf", "000002-000003.pdf"]

    @pytest.mark.slow
    def test_has_the_same_bytes_each_time(self) -> None:
        assert typesetter().make(sent(RECIPIENTS), order(to="zip")).content == (  # type: ignore[union-attr]
            made(to="zip").content
        )
        with zipfile.ZipFile(io.BytesIO(made(to="zip").content)) as package:
            assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    @pytest.mark.slow
    def test_has_names_that_every_system_takes(self) -> None:
        edition = typesetter().produce(sent(["甲/乙:丙", "..丁"], 2), order(to="zip"))
        assert list(members(edition)) == ["000001甲乙丙.pdf", "000002丁.pdf"]

    def test_without_recipients_is_refused_with_what_to_do(self) -> None:
        with pytest.raises(UnknownOption, match="分不成几个文件") as refused:
            typesetter().produce(sent([]), order(to="zip"))
        assert "recipients" in str(refused.value.hint)

    @pytest.mark.slow
    def test_that_would_be_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("hongtou.outputs.copies.MOST_BYTES", 500_000)
        with pytest.raises(UnknownOption, match="分成 3 个文件") as refused:
            typesetter().produce(sent(RECIPIENTS), order(to="zip"))
        assert "to=one" in str(refused.value.hint)


def zipped(files: dict[str, bytes], comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.external_attr = 0o644 << 16
            package.writestr(member, content)
        package.comment = comment
    return written.getvalue()


def inspect(content: bytes, **options: OptionValue) -> None:
    typesetter().inspect(content, order(to="zip", **options), made().page_count)


class TestThePreflight:
    def test_lets_a_zip_through_that_was_packed_again(self) -> None:
        inspect(zipped(members(made(to="zip"))))

    @pytest.mark.parametrize("at", range(3))
    def test_looks_at_every_member(self, at: int) -> None:
        files = members(made(to="zip"))
        files[NAMES[at]] = saved_as_written(
            files[NAMES[at]], lambda pdf: pdf.Root.__setattr__("AA", pikepdf.Dictionary())
        )
        with pytest.raises(EngineFault, match="preflight/"):
            inspect(zipped(files))

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda files: files | {"readme.txt": b"x"},
            lambda files: {name: files[name] for name in NAMES[1:]},
            lambda files: {name: files[name] for name in (NAMES[0], NAMES[2])},
            lambda files: {
                NAMES[0]: files[NAMES[0]],
                **{f"x/{name}": files[name] for name in NAMES[1:]},
            },
            lambda files: {},
        ],
        ids=["a stranger", "without the first", "with a gap", "in a folder", "empty"],
    )
    def test_refuses_other_members(
        self, spoil: Callable[[dict[str, bytes]], dict[str, bytes]]
    ) -> None:
        with pytest.raises(EngineFault, match="preflight/unreadable"):
            inspect(zipped(spoil(members(made(to="zip")))))

    def test_refuses_what_is_hidden_beside_the_members(self) -> None:
        with pytest.raises(EngineFault, match="preflight/unreadable"):
            inspect(zipped(members(made(to="zip")), comment=b"hidden"))

    def test_refuses_a_member_under_the_numbers_of_another(self) -> None:
        files = members(made(to="zip"))
        files[NAMES[1]], files[NAMES[2]] = files[NAMES[2]], files[NAMES[1]]
        with pytest.raises(EngineFault, match="preflight/copy-numbers"):
            inspect(zipped(files))

    def test_refuses_another_count(self) -> None:
        with pytest.raises(EngineFault, match="preflight/unreadable"):
            inspect(made(to="zip").content, count=7)

    def test_refuses_a_pdf_where_a_zip_was_ordered_and_a_zip_where_none_was(self) -> None:
        with pytest.raises(EngineFault, match="preflight/unreadable"):
            inspect(made().content)
        with pytest.raises(EngineFault, match="preflight/unreadable"):
            typesetter().inspect(made(to="zip").content, order(), made().page_count)

    def test_refuses_a_copy_whose_bookmark_names_another_recipient(self) -> None:
        def rename(pdf: pikepdf.Pdf) -> None:
            pdf.Root.Outlines.First.Title = "000001 市委办公室"

        with pytest.raises(EngineFault, match="preflight/copy-numbers"):
            typesetter().inspect(
                saved_as_written(made().content, rename), order(), made().page_count
            )
