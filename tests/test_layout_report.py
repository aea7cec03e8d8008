"""The report on how an issue was set, as an editor reads it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hongtou.bulletin.order import Order
from hongtou.pages.report import layout_findings, report_pages
from tests.support import issues
from tests.support.documents import article, document, encoded
from tests.support.pictures import village
from tests.support.reading import render
from tests.support.shop import faces, layouts, typesetter

CROWDED = "统筹推进城乡环境综合整治……严格落实属地管理责任COVID-19，推动各项任务落地见效。"


def test_every_page_has_its_lines_counted() -> None:
    pages = render(issues.issue(*issues.lines_of_text(30)))
    report = report_pages(pages.lines)
    assert [page.page for page in report] == list(range(1, pages.count + 1))
    assert sum(page.lines for page in report) == 30


def test_a_loose_line_is_named_by_page_and_opening_with_its_box() -> None:
    pages = render(issues.issue(issues.paragraph(CROWDED), *issues.paragraphs(3)))
    loose = [
        finding
        for finding in layout_findings(pages.lines, layouts()["dongtai"])
        if finding.code == "lines/loose"
    ]
    assert loose[0].message == "第1页“统筹推进城乡环境”一行偏松"
    assert loose[0].page == 1
    assert loose[0].box_mm is not None
    assert 28 <= loose[0].box_mm.x <= 45


def test_a_line_that_ends_short_is_told_as_what_follows_cannot_part() -> None:
    text = "建议：一是引导企业赴外交流并邀请Kammerorchestergesellschaft等乐团来访；二是用好窗口。"
    found = layout_findings(
        render(issues.issue(issues.paragraph(text), *issues.paragraphs(3))).lines,
        layouts()["dongtai"],
    )
    assert [one.message for one in found if one.code == "lines/loose"] == [
        "第1页“建议：一是引导企”一行没有排满"
    ]


def test_even_text_is_not_complained_of() -> None:
    pages = render(issues.issue(*issues.paragraphs(6)))
    assert [finding.code for finding in layout_findings(pages.lines, layouts()["dongtai"])] in (
        [],
        ["pages/few-lines"],
    )


def test_a_number_parted_from_what_it_counts_is_told() -> None:
    # 14种, 3例: whatever is counted, there is a note where a line ends between the two.
    parted = set()
    for unit in "种例批宗":
        for before in range(2, 6):
            text = f"{issues.SENTENCE[:before]}{'某市报告疫情通报指出' * 2}共14{unit}，均已处置。"
            found = render(issues.issue(issues.paragraph(text))).lines
            lines = [drawn.line.text for drawn in found]
            codes = [finding.code for finding in layout_findings(found, layouts()["dongtai"])]
            is_parted = any(a.endswith("14") and b[:1] == unit for a, b in pairwise(lines))
            assert ("lines/parted-number" in codes) == is_parted
            parted |= {unit} if is_parted else set()
    assert len(parted) == 4


@pytest.mark.slow
def test_an_address_that_parts_inside_a_number_parts_no_number_from_its_unit() -> None:
    address = "https://www.ljnu.edu.cn/sxytjxy/info/1024/icdeds2026_programme_v3.0_final.pdf"
    parted = 0
    for before in range(12):
        text = f"{issues.SENTENCE[:before]}会议网址：{address}，会期3天。"
        pages = render(issues.issue(issues.paragraph(text)))
        lines = [drawn.line.text for drawn in pages.lines]
        parted += any(a[-1].isdigit() and b[0].isdigit() for a, b in pairwise(lines) if a and b)
        codes = {finding.code for finding in layout_findings(pages.lines, layouts()["dongtai"])}
        assert "lines/parted-number" not in codes
    assert parted


@pytest.mark.slow
def test_a_last_page_of_few_lines_is_mentioned() -> None:
    for count in range(6, 24):
        pages = render(issues.issue(*issues.lines_of_text(count)))
        last = report_pages(pages.lines)[-1]
        few = [
            f
            for f in layout_findings(pages.lines, layouts()["dongtai"])
            if f.code == "pages/few-lines"
        ]
        assert bool(few) == (pages.count > 1 and last.lines < 4), count


@pytest.mark.slow
def test_of_a_last_page_with_a_picture_its_picture_is_told() -> None:
    figure = {"type": "figure", "image": "a.png", "caption": "图1　现场", "width_mm": 120}
    body = [issues.SENTENCE, *[figure] * 4]
    sent = encoded(document(articles=[article(body=body)]))
    checked = typesetter().check(sent, Order(), {"a.png": village()})
    (few,) = [one for one in checked.findings if one.code == "pages/few-lines"]
    assert (few.page, few.message) == (3, "末页报尾以上只有图片和 1 行")
    assert "删减" not in few.hint and "图片" in few.hint


def test_characters_from_a_fill_face_are_listed() -> None:
    pages = render(issues.issue(issues.paragraph("李堃、王喆出席会议。")))
    assert report_pages(pages.lines)[0].fill_characters == "堃喆"


@pytest.mark.slow
def test_of_many_such_characters_the_first_fifty_are_listed() -> None:
    body = layouts()["dongtai"].styles["paragraph"].role
    drawing = {char: faces().face_for(body, char) for char in map(chr, range(0x4E00, 0x9FA6))}
    rare = "".join(char for char, face in drawing.items() if face and face.is_fill)[:60]
    assert len(rare) == 60
    pages = render(issues.issue(issues.paragraph(rare)))
    assert report_pages(pages.lines)[0].fill_characters == rare[:50]


@pytest.mark.slow
def test_a_last_page_with_a_table_is_not_nearly_empty() -> None:
    table = issues.table((), tuple((f"第{number}行", "完成") for number in range(10)))
    for count in range(8, 20):
        pages = render(issues.issue(*issues.lines_of_text(count), table, *issues.lines_of_text(1)))
        rows = {
            round(one.baseline_mm)
            for one in pages.lines
            if one.page == pages.count and not one.style.startswith("closing")
        }
        told = any(
            one.code == "pages/few-lines"
            for one in layout_findings(pages.lines, layouts()["dongtai"])
        )
        assert told == (pages.count > 1 and len(rows) < 4), count
