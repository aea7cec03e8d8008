"""Pictures of Word files come along with the issue, where they stood, with their captions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hongtou.bulletin.limits import MAX_IMPORTED_PICTURES
from hongtou.bulletin.order import Order
from hongtou.cli import main
from hongtou.importing import Imported, Kind
from hongtou.importing.docx import package
from hongtou.importing.docx.html_lines import NO_PICTURE, lines_of_html
from hongtou.importing.docx.picture_rows import side_by_side
from hongtou.importing.lines import Picture
from hongtou.importing.reading import read_file
from tests.support.shop import typesetter
from tests.support.word_pictures import file_with_pictures, png, run_of
from tests.test_import_looks import HEAD, LONG, SMALL, line, title

PICTURES = {"a.png": png(10), "b.png": png(90), "c.png": png(200)}


def word(*paragraphs: str, pictures: dict[str, bytes] = PICTURES) -> bytes:
    text = HEAD + title("整治成效明显") + line(LONG) + "".join(paragraphs) + line("报：市委")
    return file_with_pictures(text, pictures)


def imported(*paragraphs: str, pictures: dict[str, bytes] = PICTURES) -> Imported:
    return read_file(word(*paragraphs, pictures=pictures))


def body(*paragraphs: str) -> list[Any]:
    found: list[Any] = imported(*paragraphs).issue["articles"][0]["body"]
    return found[1:]


def picture(*names: str) -> str:
    return f"<w:p>{''.join(map(run_of, names))}</w:p>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


class TestWhereTheyStand:
    def test_a_picture_stands_between_paragraphs_with_its_caption(self) -> None:
        caption = line("图1　整治后的河道", SMALL, "center")
        assert body(picture("a.png"), caption, line(LONG)) == [
            {"type": "figure", "image": "a.png", "caption": "图1　整治后的河道"},
            LONG,
        ]

    def test_a_paragraph_below_is_no_caption(self) -> None:
        assert body(picture("a.png"), line(LONG)) == [{"type": "figure", "image": "a.png"}, LONG]

    def test_pictures_of_one_paragraph_stand_in_a_row(self) -> None:
        assert body(picture("a.png", "b.png"), line("整治前后", SMALL, "center")) == [
            {
                "type": "figures",
                "items": [{"image": "a.png"}, {"image": "b.png"}],
                "caption": "整治前后",
            }
        ]

    @pytest.mark.parametrize(("count", "rows"), [(1, [1]), (3, [3]), (4, [2, 2]), (7, [3, 3, 1])])
    def test_a_row_has_three_at_most(self, count: int, rows: list[int]) -> None:
        found = side_by_side(Picture(str(at)) for at in range(count))
        assert [*map(len, found)] == rows

    def test_a_table_that_arranges_pictures_and_captions_is_a_row(self) -> None:
        table = row(picture("a.png"), picture("b.png")) + row(line("整治前"), line("整治后"))
        assert body(f"<w:tbl>{table}</w:tbl>") == [
            {
                "type": "figures",
                "items": [
                    {"image": "a.png", "caption": "整治前"},
                    {"image": "b.png", "caption": "整治后"},
                ],
            }
        ]

    def test_a_table_with_figures_stays_one_and_its_pictures_are_told(self) -> None:
        table = row(line("单位"), line("标志")) + row(line("甲县"), picture("a.png"))
        found = imported(f"<w:tbl>{table}</w:tbl>", line(LONG))
        assert found.issue["articles"][0]["body"][1]["type"] == "table"
        assert any("这里有图片，没有取" in one.message for one in found.doubts)

    def test_short_news_have_none_and_it_is_told(self) -> None:
        found = imported(line("工作简讯"), line(f"★{LONG}"), picture("a.png"), line(f"★{LONG}"))
        assert found.issue["briefs"]["items"] == [LONG, LONG]
        (told,) = [one for one in found.lines if "a.png" in one.text]
        assert told.kind is Kind.UNPLACED and told.doubt


class TestTheirFiles:
    def test_they_come_along_as_they_were_and_the_issue_is_set_with_them(self) -> None:
        found = imported(picture("a.png", "b.png"), picture("c.png"))
        assert found.pictures == PICTURES
        edition = typesetter().produce(json.dumps(found.issue).encode(), Order(), found.pictures)
        assert edition.page_count >= 2

    def test_one_that_is_not_shown_does_not_come(self) -> None:
        assert [*imported(picture("b.png")).pictures] == ["b.png"]

    @pytest.mark.slow
    def test_two_hundred_come_and_those_after_them_are_told(self) -> None:
        many = {f"{at}.png": png(at % 200) for at in range(MAX_IMPORTED_PICTURES + 2)}
        found = imported(*map(picture, many), pictures=many)
        assert len(found.pictures) == MAX_IMPORTED_PICTURES
        assert sum("太多" in one.message for one in found.doubts) == 2

    def test_one_of_another_kind_is_told_by_name(self) -> None:
        found = imported(picture("a.emf"), pictures={"a.emf": b"drawing"})
        assert found.pictures == {}
        assert any("a.emf" in one.message for one in found.doubts)

    def test_one_that_is_too_large_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(package, "MAX_PART_BYTES", 5_000)
        found = imported(picture("a.png"), pictures={"a.png": b"x" * 5_001})
        assert found.pictures == {}
        assert any("a.png 太大或太多" in one.message for one in found.doubts)

    @pytest.mark.parametrize("name", ["a.png", "../../../etc/passwd"])
    def test_one_that_is_not_in_the_file_is_told(self, name: str) -> None:
        text = HEAD + title("整治成效明显") + line(LONG) + picture(name) + line("报：市委")
        found = read_file(file_with_pictures(text, {}, missing=[name]))
        assert found.pictures == {}
        assert any("这里有图片，没有取" in one.message for one in found.doubts)

    def test_the_command_writes_them(self, tmp_path: Path) -> None:
        source = tmp_path / "一期.docx"
        source.write_bytes(word(picture("a.png")))
        ran = CliRunner().invoke(main, ["import", str(source), "--pictures", str(tmp_path / "图")])
        assert ran.exit_code == 0
        assert (tmp_path / "图" / "a.png").read_bytes() == PICTURES["a.png"]

    @pytest.mark.parametrize("more", [[], ["--lines"]])
    def test_without_a_folder_it_says_how(self, tmp_path: Path, more: list[str]) -> None:
        source = tmp_path / "一期.docx"
        source.write_bytes(word(picture("a.png")))
        assert "--pictures" in CliRunner().invoke(main, ["import", str(source), *more]).stderr


def test_a_picture_of_a_table_in_a_cell_is_told_of_as_those_beside_it_are() -> None:
    inner = "<table><tr><td><img src='a.png'></td></tr></table>"
    html = f"<table><tr><td>甲</td><td>{inner}</td></tr><tr><td>乙</td><td>丙</td></tr></table>"
    assert [line.doubt for line in lines_of_html(html)] == [NO_PICTURE]
