"""Word files: what Word only shows becomes text, what it hides is told, what is a danger refused."""

from __future__ import annotations

import random

import pytest

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing.docx import xml_parts
from hongtou.importing.docx.reading import lines_of_docx
from hongtou.importing.reading import read_file
from hongtou.importing.rehearsal import WORD
from tests.support.hostile_word import HOSTILE, damaged
from tests.support.word import NUMBERED, STYLED, paragraph, parts_of, word_file, zipped


def texts(body: str, **more: str) -> list[str]:
    return [line.text for line in lines_of_docx(word_file(body, **more))[0]]


def told(body: str, **more: str) -> list[str]:
    return lines_of_docx(word_file(body, **more))[1]


class TestNumbers:
    def test_automatic_numbers_are_text(self) -> None:
        body = (
            paragraph("健全机制", number="1")
            + paragraph("压实责任", number="1", level=1)
            + paragraph("严格督查", number="1", level=1)
            + paragraph("强化保障", number="1")
            + paragraph("细化", number="1", level=1)
            + paragraph("量化", number="1", level=2)
        )
        assert texts(body, numbering=NUMBERED) == [
            "一、健全机制",
            "（一）压实责任",
            "（二）严格督查",
            "二、强化保障",
            "（一）细化",
            "2.1量化",
        ]

    def test_a_style_numbers_too_and_zero_takes_the_number_away(self) -> None:
        body = (
            paragraph("甲", style="Big")
            + paragraph("乙", style="Child")
            + paragraph("丙", style="Big", number="0")
            + paragraph("丁", style="Loop")
        )
        assert texts(body, numbering=NUMBERED, styles=STYLED) == ["一、甲", "二、乙", "丙", "丁"]

    def test_a_list_that_begins_anew_begins_where_it_says(self) -> None:
        body = (
            paragraph("甲", number="1") + paragraph("乙", number="2") + paragraph("丙", number="2")
        )
        assert texts(body, numbering=NUMBERED) == ["一、甲", "五、乙", "六、丙"]

    @pytest.mark.parametrize(
        ("form", "marks"),
        [
            ("decimalEnclosedCircle", "①②③"),
            ("upperLetter", "ABC"),
            ("lowerLetter", "abc"),
            ("decimal", "123"),
        ],
    )
    def test_circles_and_letters_count_too(self, form: str, marks: str) -> None:
        numbering = NUMBERED.replace("chineseCountingThousand", form)
        body = "".join(paragraph("甲", number="1") for _ in marks)
        assert texts(body, numbering=numbering) == [f"{mark}、甲" for mark in marks]

    def test_a_bullet_of_a_symbol_font_is_a_mark(self) -> None:
        assert texts(paragraph("甲", number="3"), numbering=NUMBERED) == ["●甲"]


class TestHidden:
    @pytest.mark.parametrize("run", ["<w:vanish/>", '<w:rStyle w:val="Ghost"/>'])
    def test_hidden_text_is_told_and_left_out(self, run: str) -> None:
        body = paragraph("看得见") + paragraph("看不见", run=run)
        assert texts(body, styles=STYLED) == ["看得见"]
        assert told(body, styles=STYLED) == ["隐藏的文字没有取：看不见"]

    def test_text_that_is_switched_on_again_is_kept(self) -> None:
        assert texts(paragraph("看得见", run='<w:vanish w:val="0"/>')) == ["看得见"]

    def test_revisions_are_taken_as_accepted_and_told(self) -> None:
        body = (
            "<w:p><w:r><w:t>原文</w:t></w:r><w:ins w:id='1'><w:r><w:t>新增</w:t></w:r></w:ins>"
            "<w:del w:id='2'><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
        )
        assert texts(body) == ["原文新增"]
        assert told(body) == ["文档里有修订：按全部接受取，删去的没有取"]

    def test_notes_comments_headers_and_footers_are_told_with_their_words(self) -> None:
        one = "<w:{0} xmlns:w='" + WORD + "'><w:{1}>" + paragraph("说明") + "</w:{1}></w:{0}>"
        parts = {
            "comments": one.format("comments", "comment"),
            "footnotes": one.format("footnotes", "footnote"),
            "header1": f"<w:hdr xmlns:w='{WORD}'>{paragraph('内部资料')}</w:hdr>",
            "footer1": f"<w:ftr xmlns:w='{WORD}'>{paragraph('— 1 —')}</w:ftr>",
        }
        body = "<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id='1'/></w:r></w:p>"
        assert texts(body, **parts) == ["正文"]
        assert told(body, **parts) == [
            "批注没有取：说明",
            "脚注没有取：说明",
            "页眉没有取：内部资料",
        ]

    def test_what_no_reader_came_to_is_told(self) -> None:
        body = paragraph("正文") + f"<w:newBox>{paragraph('框内文字')}</w:newBox>"
        assert any("框内文字" in remark for remark in told(body))


class TestBlocks:
    def test_bold_openings_and_soft_breaks(self) -> None:
        bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>健全机制。</w:t></w:r>"
        body = f"<w:p>{bold}<w:r><w:t>压实责任。</w:t><w:br/><w:t>另起。</w:t></w:r></w:p>"
        first, second = lines_of_docx(word_file(body))[0]
        assert (first.text, first.bold, second.text) == ("健全机制。压实责任。", 5, "另起。")

    def test_a_table_is_one_and_one_that_arranges_lines_is_lines(self) -> None:
        def table(*rows: tuple[str, ...]) -> str:
            written = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
            return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in written) + "</w:tbl>"

        body = (
            table(("市创建办", "2026年3月2日"))
            + table(("单位", "户数"), ("甲县", "5"))
            + table(("报：省文明办",), ("发：各县",))
        )
        first, second, *others = lines_of_docx(word_file(body))[0]
        assert first.text == "市创建办\t2026年3月2日"
        assert second.rows == (("单位", "户数"), ("甲县", "5"))
        assert [line.text for line in others] == ["报：省文明办", "发：各县"]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_danger_is_refused_with_a_remedy(name: str) -> None:
    made, message = HOSTILE[name]
    with pytest.raises(ImportRefused, match=message) as refused:
        read_file(made())
    assert refused.value.hint


def test_too_many_elements_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_parts, "MAX_ELEMENTS", 100)
    with pytest.raises(ImportRefused, match="太多"):
        read_file(word_file(paragraph("甲") * 100))


def test_an_external_picture_is_not_fetched() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    picture = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing"><a:graphic xmlns:a="{a}"><a:graphicData><pic:pic xmlns:pic='
        f'"http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip xmlns:r="{r}" r:link="r1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        f"</wp:inline></w:drawing></w:r></w:p>"
    )
    parts = parts_of(picture + paragraph("root:x:0:0"))
    parts["word/_rels/document.xml.rels"] = relations.encode()
    (line,) = [line for line in lines_of_docx(zipped(parts))[0] if not line.doubt]
    assert line.text == "root:x:0:0"


def test_damaged_files_are_read_or_refused() -> None:
    whole = zipped(
        parts_of(paragraph("健全机制", number="1") * 20, numbering=NUMBERED, styles=STYLED)
    )
    plain = word_file(paragraph("健全机制", number="1") * 5, numbering=NUMBERED, styles=STYLED)
    chance = random.Random(1)
    for _ in range(200):
        try:
            read_file(damaged(chance.choice([whole, plain]), chance))
        except ImportRefused as refused:
            assert refused.hint
