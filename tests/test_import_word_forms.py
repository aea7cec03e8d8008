"""What Word and WPS write around text, and characters that they write by other means."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.importing import Imported
from hongtou.importing.reading import read_file
from tests.support.word import paragraph, word_file
from tests.support.word_pictures import OFFICE, PIC, WP, A, file_with_pictures, png
from tests.test_import_looks import HEAD, LONG, line, title

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
SIZE = "<w:sz w:val='32'/>"  # that of the text


def imported(body: str) -> Imported:
    return read_file(word_file(HEAD + title("整治成效明显") + line(LONG) + body + line("报：市委")))


def body_of(body: str) -> list[Any]:
    found = imported(body).issue["articles"][0]["body"]
    return (found.split("\n") if isinstance(found, str) else found)[1:]


def told(body: str) -> list[str]:
    """Return what is told of a body beside what is told of every issue."""
    usual = {one.message for one in imported("").doubts}
    return [one.message for one in imported(body).doubts if one.message not in usual]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{SIZE}{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def raised(text: str, where: str = "superscript") -> str:
    return run(text, f'<w:vertAlign w:val="{where}"/>')


def of_runs(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(inner: str) -> str:
    return f"<w:tc>{inner}</w:tc>"


class TestCharacters:
    @pytest.mark.parametrize(
        ("runs", "text"),
        [
            ([run("5m"), raised("2"), run("。")], "5m²。"),
            ([run("约10"), raised("-4"), run("。")], "约10⁻⁴。"),
            ([run("PM"), raised("2.5", "subscript"), run("。")], "PM₂.₅。"),
            (
                [
                    f"<w:r><w:rPr>{SIZE}</w:rPr><w:t>0857</w:t><w:noBreakHyphen/><w:t>8。</w:t></w:r>"
                ],
                "0857-8。",
            ),
            (['<w:r><w:sym w:font="宋体" w:char="2605"/></w:r>', run("甲。")], "★甲。"),
            (['<w:r><w:sym w:font="宋体" w:char="0000"/></w:r>', run("甲。")], "甲。"),
            (['<w:r><w:sym w:font="宋体" w:char="D800"/></w:r>', run("甲。")], "甲。"),
            (['<w:r><w:sym w:font="Symbol" w:char="F0B1"/></w:r>', run("2。")], "±2。"),
        ],
    )
    def test_are_written_as_what_they_look_like(self, runs: list[str], text: str) -> None:
        assert body_of(of_runs(run("完成"), *runs)) == [f"完成{text}"]
        assert told(of_runs(run("完成"), *runs)) == []

    def test_one_that_cannot_be_raised_is_told(self) -> None:
        assert "上标、下标写成了平排的字，请核对：注" in told(
            of_runs(run("完成"), raised("注"), run("。"))
        )

    def test_struck_ones_are_taken_and_told(self) -> None:
        body = of_runs(run("完成"), run("五十", "<w:strike/>"), run("六十项。"))
        assert body_of(body) == ["完成五十六十项。"]
        assert "划了删除线的字照样取了，请核对：五十" in told(body)

    def test_a_formula_is_written_in_a_row_and_told(self) -> None:
        formula = f"<m:oMath xmlns:m='{MATH}'><m:r><m:t>a=b</m:t></m:r></m:oMath>"
        body = of_runs(run("公式为"), formula, run("。"))
        assert body_of(body) == ["公式为a=b。"]
        assert "公式写成了平排的字，请核对：a=b" in told(body)

    def test_a_chart_is_told(self) -> None:
        chart = (
            f"<w:r><w:drawing><wp:inline xmlns:wp='{WP}'><a:graphic xmlns:a='{A}'>"
            f"<a:graphicData uri='{CHART}'/></a:graphic></wp:inline></w:drawing></w:r>"
        )
        assert any("1 处 Word 里画的图表" in one for one in told(of_runs(chart)))

    def test_letters_that_a_field_draws_are_told(self) -> None:
        field = r"<w:r><w:instrText>eq \o\ac(○,1)</w:instrText></w:r>"
        assert any("用域排成的字" in one for one in told(of_runs(field, run("甲。"))))


class TestWrappers:
    @pytest.mark.parametrize(
        "inner",
        [
            "<w:fldSimple w:instr='NUMPAGES'>{}</w:fldSimple>",
            "<w:hyperlink>{}</w:hyperlink>",
            f"<w:hyperlink xmlns:r='{OFFICE}' r:id='gone'>{{}}</w:hyperlink>",
            "<w:bdo w:val='ltr'>{}</w:bdo>",
            "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
            "<w:moveTo>{}</w:moveTo><w:moveFrom><w:r><w:t>别处</w:t></w:r></w:moveFrom>",
            "<w:r><w:ruby><w:rt><w:r><w:t>bì</w:t></w:r></w:rt>"
            "<w:rubyBase>{}</w:rubyBase></w:ruby></w:r>",
        ],
    )
    def test_what_stands_around_words_takes_none(self, inner: str) -> None:
        body = of_runs(run("共"), inner.format(run("三十五")), run("户。"))
        assert body_of(body) == ["共三十五户。"]
        assert not any("没有取（" in one for one in told(body))

    @pytest.mark.parametrize("has_fallback", [True, False])
    def test_a_box_is_read_once_also_without_its_older_form(self, has_fallback: bool) -> None:
        box = f"<w:txbxContent>{line('框内文字。')}</w:txbxContent>"
        older = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>" if has_fallback else ""
        body = (
            f"<w:p><w:r><mc:AlternateContent xmlns:mc='{MC}'><mc:Choice><w:drawing>{box}"
            f"</w:drawing></mc:Choice>{older}</mc:AlternateContent></w:r></w:p>"
        )
        assert body_of(body) == ["框内文字。"]
        assert told(body) == []

    def test_a_box_beside_a_text_is_told(self) -> None:
        box = f"<w:txbxContent>{line('框内文字。')}</w:txbxContent>"
        boxed = f"<w:r><w:pict>{box}</w:pict></w:r>"
        body = of_runs(run("旁边的字。"), boxed)
        assert body_of(body) == ["旁边的字。", "框内文字。"]
        (message,) = told(body)
        assert "核对位置" in message and "框内文字" in message

    def test_pictures_of_a_group_are_read(self) -> None:
        pictures = "".join(
            f"<pic:pic xmlns:pic='{PIC}'><pic:blipFill><a:blip xmlns:r='{OFFICE}' r:embed='{name}'/>"
            "</pic:blipFill></pic:pic>"
            for name in ("a.png", "b.png")
        )
        group = (
            f"<w:p><w:r><mc:AlternateContent xmlns:mc='{MC}'><mc:Choice><w:drawing>"
            f"<wp:anchor xmlns:wp='{WP}'><a:graphic xmlns:a='{A}'><a:graphicData><w:group>{pictures}"
            "</w:group></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            "</mc:AlternateContent></w:r></w:p>"
        )
        files = {"a.png": png(1), "b.png": png(2)}
        text = HEAD + title("整治成效明显") + line(LONG) + group + line(LONG) + line("报：市委")
        assert read_file(file_with_pictures(text, files)).pictures == files

    def test_a_frame_around_a_page_leaves_titles_and_tables_what_they_are(self) -> None:
        inner = table(
            cell(paragraph("单位")) + cell(paragraph("户数")),
            cell(paragraph("甲县")) + cell(paragraph("5")),
        )
        framed = table(cell(HEAD + title("整治成效明显") + line(LONG) + inner + line(LONG)))
        (article,) = read_file(word_file(framed)).issue["articles"]
        assert article["headline"] == "整治成效明显"
        assert article["body"][1]["rows"] == [["甲县", "5"]]

    def test_columns_of_one_row_stand_one_below_the_other(self) -> None:
        columns = "".join(cell(title(one) + line(LONG)) for one in ("甲社区的做法", "乙社区的做法"))
        articles = read_file(word_file(HEAD + table(columns))).issue["articles"]
        assert [one["headline"] for one in articles] == ["甲社区的做法", "乙社区的做法"]

    def test_a_row_that_begins_behind_the_others_keeps_its_columns(self) -> None:
        rows = table(
            "".join(cell(paragraph(one)) for one in ("单位", "上半年", "下半年")),
            "<w:trPr><w:gridBefore w:val='1'/></w:trPr>"
            + "".join(cell(paragraph(one)) for one in "56"),
        )
        assert body_of(rows)[0]["rows"] == [["", "5", "6"]]
