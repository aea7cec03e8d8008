"""What a screen reader is told of the pages: the structure tree, bookmarks and links of the PDF."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from hongtou.bulletin.issue import Contents, Figure, FigureRow, Heading
from hongtou.bulletin.order import Purpose
from hongtou.bulletin.table import Cell
from hongtou.pages.report import DrawnLine
from hongtou.pictures.reading import read_pictures
from tests.support import issues
from tests.support.golden import LAYOUTS, edition
from tests.support.pictures import village
from tests.support.readers import mupdf_text
from tests.support.reading import Made, render
from tests.support.tags import Tag, tags_of, unmarked_text
from tests.test_every_field import ISSUE as PATH
from tests.test_figures import issue_of

LONG = issues.paragraph(issues.SENTENCE * 40)  # of more than a page


@cache
def opened(content: bytes) -> tuple[pikepdf.Pdf, Tag]:
    pdf = pikepdf.open(io.BytesIO(content))
    return pdf, tags_of(pdf)


def document(*blocks: Any, **parts: Any) -> Tag:
    return opened(render(issues.issue(*blocks, **parts)).content)[1]


def every_field(layout: str) -> tuple[pikepdf.Pdf, Tag]:
    return opened(edition(layout).content)


@pytest.mark.parametrize("layout", LAYOUTS)
class TestEveryField:
    def test_the_nameplate_is_the_one_heading_of_level_1_and_the_first(self, layout: str) -> None:
        headings = [tag for tag in every_field(layout)[1].walk() if is_heading(tag)]
        (nameplate,) = every_field(layout)[1].all("H1")
        assert headings[0] is nameplate
        masthead = json.loads(PATH.read_text(encoding="utf-8"))["masthead"]
        assert nameplate.text == masthead["overline"] + masthead["nameplate"].replace("\n", "")

    def test_no_level_of_headings_is_skipped(self, layout: str) -> None:
        assert_no_level_is_skipped(every_field(layout)[1])

    def test_what_is_read_is_all_that_is_printed_but_furniture(self, layout: str) -> None:
        pdf, tree = every_field(layout)
        read, furniture = tree.whole(), unmarked_text(pdf)
        printed = "".join(mupdf_text(edition(layout).content).split())
        assert sorted("".join((read + furniture).split())) == sorted(printed)
        assert set(furniture) <= set("— 0123456789校样")

    def test_every_list_item_is_one_of_its_own(self, layout: str) -> None:
        lists = every_field(layout)[1].all("L")
        issue = json.loads(PATH.read_text(encoding="utf-8"))
        for items, group in zip(lists, issue["briefs"], strict=True):
            assert [item.role for item in items.parts] == ["LI"] * len(group["items"])
            mark = group.get("mark", "★")
            assert all(item.whole().startswith(mark) for item in items.parts)

    def test_every_entry_of_the_contents_holds_its_link(self, layout: str) -> None:
        pdf, tree = every_field(layout)
        links = tree.all("Link")
        assert links
        parents = parent_tree(pdf)
        for link, entry in zip(links, tree.all("TOCI"), strict=True):
            (annotation,) = link.links
            assert str(annotation.Contents) in link.text  # the leader and the folio come behind it
            assert annotation.F == 4
            assert parents[int(annotation.StructParent)].objgen == link.entry.objgen
            assert [part.role for part in entry.parts] == ["Reference"]
        annotations = [one.objgen for page in pdf.pages for one in page.obj.get("/Annots", [])]
        assert annotations == [link.links[0].objgen for link in links]

    def test_every_piece_of_content_names_the_element_that_holds_it(self, layout: str) -> None:
        pdf, tree = every_field(layout)
        parents = parent_tree(pdf)
        held = {(page, tag.entry.objgen) for tag in tree.walk() for page in tag.pages}
        named = {
            (number, one.objgen)
            for number, page in enumerate(pdf.pages, start=1)
            for one in parents[int(page.obj.StructParents)].as_list()
        }
        assert held == named

    def test_bookmarks_are_as_deep_as_headings(self, layout: str) -> None:
        pdf, tree = every_field(layout)
        headings = [(int(tag.role[1]) - 2, tag.text) for tag in tree.walk() if is_heading(tag)]
        titles = [(depth, "".join(title.split())) for depth, title in bookmarks(pdf)]
        named = zip(titles, headings[1:], strict=True)
        for (depth, title), (wanted, heading) in named:  # that of an annex also has its label
            assert depth == wanted
            assert title.removeprefix("附件1") == "".join(heading.split())

    def test_the_language_is_named_and_the_title_shown(self, layout: str) -> None:
        pdf, _ = every_field(layout)
        assert str(pdf.Root.Lang) == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert pdf.Root.MarkInfo.Marked is True
        with pdf.open_metadata() as xmp:
            assert xmp["dc:title"] == str(pdf.docinfo.Title)
            assert xmp["dc:creator"] == [str(pdf.docinfo.Author)]
            assert xmp["xmp:CreateDate"].replace("-", "") == str(pdf.docinfo.CreationDate)[2:]


def test_a_nameplate_of_two_lines_is_one_heading() -> None:
    tree = document(issues.paragraph("国"), masthead=issues.masthead(nameplate=("某某市", "简报")))
    assert [tag.text for tag in tree.all("H1")] == ["某某市简报"]


def test_headings_are_not_paragraphs() -> None:
    blocks = (Heading(1, "一、总体情况"), issues.paragraph("正文。"), Heading(2, "（一）进展"))
    tree = document(*blocks)
    assert [tag.text for tag in tree.all("H3")] == ["一、总体情况"]
    assert [tag.text for tag in tree.all("H4")] == ["（一）进展"]
    assert "正文。" in [tag.text for tag in tree.all("P")]


@pytest.mark.slow
def test_bookmarks_lead_to_the_headings_by_their_levels() -> None:
    blocks = (Heading(1, "一、甲"), LONG, Heading(2, "（一）乙"), Heading(3, "1. 丙"))
    made = render(issues.issue(*blocks))
    headline = "某某市扎实推进城乡环境整治"
    pdf, _ = opened(made.content)
    assert [*bookmarks(pdf)] == [(0, headline), (1, "一、甲"), (2, "（一）乙"), (3, "1. 丙")]
    for mark, line in zip(made.pages.bookmarks, headings_of(made), strict=True):
        top = mark.place.y / 72 * 25.4
        assert mark.place.page == line.page
        lines = [one for one in made.lines if one.page == line.page and one.baseline_mm > top]
        assert min(lines, key=lambda one: one.baseline_mm) == line


def headings_of(made: Made) -> list[DrawnLine]:
    return [line for line in made.lines if line.style == "headline" or "heading" in line.style]


def test_headings_that_begin_at_a_deeper_level_skip_none_and_are_alike() -> None:
    tree = document(Heading(2, "（一）甲"), Heading(2, "（二）乙"), Heading(1, "一、丙"))
    assert_no_level_is_skipped(tree)
    assert [tag.text for tag in tree.all("H3")] == ["（一）甲", "（二）乙", "一、丙"]


@pytest.mark.slow
def test_a_paragraph_that_crosses_pages_is_one() -> None:
    tree = document(LONG)
    (crossing,) = [tag for tag in tree.walk() if len(set(tag.pages)) > 1]
    assert crossing.role == "P"
    assert crossing.text == LONG.text
    assert crossing.pages == sorted(crossing.pages)


def test_the_folio_is_no_content() -> None:
    tree = document(LONG)
    assert "—" not in tree.whole()


def test_the_mark_of_a_proof_is_no_content() -> None:
    made = render(issues.issue(LONG), purpose=Purpose.PROOF)
    pdf, tree = opened(made.content)
    assert "校" not in tree.whole()
    assert unmarked_text(pdf).count("校") == made.count


class TestTables:
    HEADER, CELLS = ("县（区）", "完成率"), ("某某县", "83.8%")

    SMALL = issues.table((), [("甲", "乙")])

    def table(self, rows: int, **fields: Any) -> Made:
        table = issues.table(self.HEADER, (self.CELLS,) * rows, caption="表1", **fields)
        return render(issues.issue(*issues.paragraphs(1), table))

    @pytest.mark.slow
    @pytest.mark.parametrize("landscape", [False, True])
    def test_a_table_over_pages_is_one_and_its_header_is_read_once(self, landscape: bool) -> None:
        made = self.table(60, landscape=landscape)
        pdf, tree = opened(made.content)
        (table,) = tree.all("Table")
        assert [part.role for part in table.parts] == ["Caption", "THead", "TBody"]
        assert [tag.text for tag in table.all("TH")] == list(self.HEADER)
        assert len(table.parts[2].parts) == 60
        assert len({page for tag in table.walk() for page in tag.pages}) > 1
        repeated = unmarked_text(pdf).count(self.HEADER[1])
        assert repeated == mupdf_text(made.content).count(self.HEADER[1]) - 1 > 0

    def test_a_header_says_whose_it_is(self) -> None:
        for cell in opened(self.table(2).content)[1].all("TH"):
            assert cell.entry.A.O == "/Table"
            assert cell.entry.A.Scope == "/Column"

    def test_what_spans_says_how_far(self) -> None:
        plain = issues.table((), [("1", "2")])
        header = ((Cell("地区", rowspan=2), Cell("事故", colspan=1)), (Cell("起"),))
        table = replace(plain, header=header, rows=((Cell("合计", colspan=2),), *plain.rows))
        cells = document(table).all("TH") + document(table).all("TD")
        assert [int(cell.entry.get("/A", {}).get("/RowSpan", 1)) for cell in cells[:3]] == [2, 1, 1]
        assert int(cells[3].entry.A.ColSpan) == 2

    def test_unit_and_notes_are_read_where_they_stand(self) -> None:
        notes = ("注：含较大事故。",)
        tree = document(replace(self.SMALL, caption="表1", unit="单位：起", notes=notes))
        (caption,) = tree.all("Caption")
        assert caption.text == "表1单位：起"
        (article,) = tree.all("Art")
        assert [part.text for part in article.parts[-1:]] == list(notes)

    @pytest.mark.slow
    @pytest.mark.parametrize("landscape", [False, True])
    def test_that_it_goes_on_is_printed_and_not_read(self, landscape: bool) -> None:
        made = self.table(60, landscape=landscape)
        _, tree = opened(made.content)
        pages = len({page for tag in tree.all("TD") for page in tag.pages})
        assert mupdf_text(made.content).count("续表1") == pages - 1 > 0
        assert "续表" not in tree.whole()
        assert mupdf_text(made.content).replace("续表1", "").count("表1") == 1

    def test_an_empty_cell_is_a_cell(self) -> None:
        tree = document(issues.table((), (("甲", ""), ("", "乙"))))
        assert [tag.text for tag in tree.all("TD")] == ["甲", "", "", "乙"]


class TestFigures:
    def figure(self, caption: str) -> Tag:
        pictures, _ = read_pictures({"a.png": village()}, issue_of("a.png"))
        made = render(issues.issue(Figure("a.png", caption)), pictures=pictures)
        (figure,) = opened(made.content)[1].all("Figure")
        return figure

    def test_the_caption_is_what_is_read_for_it(self) -> None:
        figure = self.figure("新村全景")
        assert str(figure.entry.Alt) == "新村全景"
        assert [(part.role, part.text) for part in figure.parts] == [("Caption", "新村全景")]

    @pytest.mark.slow
    def test_a_row_of_pictures_has_a_caption_of_each_and_one_of_all(self) -> None:
        pictures, _ = read_pictures({"a.png": village()}, issue_of("a.png"))
        row = FigureRow((Figure("a.png", "前", alternative="旧房"), Figure("a.png", "后")), "对比")
        made = render(issues.issue(row), pictures=pictures)
        tree = opened(made.content)[1]
        (group,) = (
            part for part in tree.all("Sect") if part.parts[:1] and part.parts[0].role == "Figure"
        )
        assert [part.role for part in group.parts] == ["Figure", "Figure", "Caption"]
        assert [str(part.entry.Alt) for part in group.parts[:2]] == ["旧房", "后"]
        assert group.parts[2].text == "对比"

    def test_one_without_a_caption_is_called_a_picture(self) -> None:
        assert str(self.figure("").entry.Alt) == "图片"

    def test_its_box_lies_within_the_type_area(self) -> None:
        left, bottom, right, top = map(float, self.figure("").entry.A.BBox)
        assert 28 <= left / 72 * 25.4 < right / 72 * 25.4 <= 184
        assert 297 - 262 <= bottom / 72 * 25.4 < top / 72 * 25.4 <= 297 - 37


def test_without_briefs_and_contents_there_is_neither_list_nor_link() -> None:
    tree = document(issues.paragraph("国"), contents=Contents(show=False), briefs=())
    assert tree.all("L") == tree.all("TOC") == tree.all("Link") == []


def is_heading(tag: Tag) -> bool:
    return tag.role[0] == "H" and tag.role[1:].isdigit()


def assert_no_level_is_skipped(tree: Tag) -> None:
    levels = [int(tag.role[1:]) for tag in tree.walk() if is_heading(tag)]
    assert levels[0] == 1
    for above, level in pairwise(levels):
        assert level <= above + 1


def parent_tree(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    return {int(key): value for key, value in zip(numbers[::2], numbers[1::2], strict=True)}


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    """Yield the depth from 0 and the title of every bookmark."""
    with pdf.open_outline() as outline:
        yield from _below(outline.root, 0)


def _below(items: Any, depth: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield depth, item.title
        yield from _below(item.children, depth + 1)
