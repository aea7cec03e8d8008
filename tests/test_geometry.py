"""Where everything stands on the page, in millimetres, read back from the PDF's glyphs."""

from __future__ import annotations

import io
import subprocess
from functools import cache
from itertools import groupby, pairwise

import pikepdf
import pytest
from PIL import Image

from hongtou.bulletin.issue import (
    Article,
    AttachmentList,
    Contents,
    Heading,
    Note,
    Security,
)
from hongtou.bulletin.order import Purpose
from tests.support import issues
from tests.support.reading import MM, Line, Made, Rule, lines_of, render, rules_of

pytestmark = pytest.mark.slow

LEFT, RIGHT, TOP, FOOT = 28.0, 184.0, 37.0, 262.0  # of the type area
PITCH = 28.95 / 72 * 25.4
PLACE = 156 / 28
TOLERANCE = 0.3


def body_lines(content: bytes) -> list[Line]:
    return [line for line in lines_of(content) if abs(line.size_pt - 15.75) < 0.01]


def closing_rules(content: bytes, page: int) -> list[Rule]:
    return [rule for rule in rules_of(content) if rule.page == page and rule.top > 110]


@cache
def pages_of_lines(count: int) -> Made:
    return render(issues.issue(*issues.lines_of_text(count)))


@pytest.mark.parametrize("count", [*range(1, 30, 3), *range(9, 15), 34, 35, 36, 37, 58, 59])
class TestClosingBlock:
    """For bodies of many lengths, those where the block just fits and just does not included."""

    @pytest.fixture()
    def pages(self, count: int) -> Made:
        return pages_of_lines(count)

    def test_its_last_rule_is_the_foot_of_the_type_area_of_the_last_page(self, pages: Made) -> None:
        rules = closing_rules(pages.content, pages.count)
        assert rules[-1].bottom == pytest.approx(FOOT, abs=TOLERANCE)

    def test_its_outer_rules_are_035_mm_and_its_inner_ones_025_mm(self, pages: Made) -> None:
        rules = closing_rules(pages.content, pages.count)
        weights = [rule.weight for rule in rules]
        assert weights == pytest.approx([0.35, 0.25, 0.25, 0.35], abs=0.01)

    def test_its_rules_are_as_wide_as_the_type_area(self, pages: Made) -> None:
        for rule in closing_rules(pages.content, pages.count):
            assert (rule.x0, rule.x1) == pytest.approx((LEFT, RIGHT), abs=0.05)

    def test_no_text_stands_below_its_first_rule_but_its_own(self, pages: Made) -> None:
        top = closing_rules(pages.content, pages.count)[0].top
        for line in body_lines(pages.content):
            assert line.page < pages.count or line.baseline < top

    def test_it_stands_on_a_page_with_text(self, pages: Made) -> None:
        assert [line for line in body_lines(pages.content) if line.page == pages.count]

    def test_every_body_line_stands_on_the_grid(self, pages: Made) -> None:
        first = TOP + ((28.95 - 15.75) / 2 + 0.88 * 15.75) / 72 * 25.4
        for line in body_lines(pages.content):
            places = (line.baseline - first) / PITCH
            assert places == pytest.approx(round(places), abs=0.01), line


def test_a_page_holds_22_lines_of_28_characters() -> None:
    text = "国" * 28 * 50
    content = render(issues.issue(issues.paragraph(text))).content
    second = [line for line in body_lines(content) if line.page == 2]
    assert len(second) == 22
    assert {len(line.text) for line in second} == {28}
    assert second[0].x0 == pytest.approx(LEFT, abs=0.05)
    assert second[0].x1 == pytest.approx(RIGHT, abs=0.05)


def test_the_first_line_of_a_paragraph_is_indented_by_two_characters() -> None:
    content = render(issues.issue(*issues.paragraphs(2))).content
    starts = [line.x0 for line in body_lines(content) if line.text.startswith("各单位要进一步")]
    assert starts[0] == pytest.approx(LEFT + 2 * PLACE, abs=0.05)


class TestMasthead:
    """The masthead of a plain issue and of one with every mark."""

    def test_its_rule_is_as_wide_as_the_type_area(self) -> None:
        rule = rules_of(render(issues.issue(*issues.paragraphs(1))).content)[0]
        assert (rule.x0, rule.x1) == pytest.approx((LEFT, RIGHT), abs=0.05)
        assert rule.top == pytest.approx(TOP + 62.5, abs=TOLERANCE)
        assert rule.weight == pytest.approx(0.7, abs=0.01)

    def test_the_issuing_body_is_left_and_the_date_right_one_character_in(self) -> None:
        lines = lines_of(render(issues.issue(*issues.paragraphs(1))).content)
        row = next(line for line in lines if "某某市创建办" in line.text)
        assert row.text.endswith("2026年11月23日")
        assert row.x0 == pytest.approx(LEFT + PLACE, abs=TOLERANCE)
        assert row.x1 == pytest.approx(RIGHT - PLACE, abs=TOLERANCE)

    @pytest.mark.parametrize(
        "name", ["简报", "创建工作动态", "某某市城乡环境综合整治工作动态", "国" * 30]
    )
    def test_the_nameplate_fits_the_type_area(self, name: str) -> None:
        head = issues.masthead(nameplate=(name,))
        lines = lines_of(render(issues.issue(*issues.paragraphs(1), masthead=head)).content)
        plate = lines[: 1 if len(name) < 12 else 2]
        assert "".join(line.text.replace(" ", "") for line in plate) == name
        for line in plate:
            assert line.x0 >= LEFT - 0.1
            assert line.x1 <= RIGHT + 0.1
            assert (line.x0 + line.x1) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=TOLERANCE)

    def test_a_nameplate_of_two_lines_stays_above_the_issue_number(self) -> None:
        head = issues.masthead(nameplate=("某某市人民政府办公室", "工作简报"))
        lines = lines_of(render(issues.issue(*issues.paragraphs(1), masthead=head)).content)
        first, second, number = (line.baseline for line in lines[:3])
        assert second - first >= 15
        assert number - second >= 5

    def test_marks_stand_in_the_blank_above_it(self) -> None:
        head = issues.masthead(
            security=Security("秘密", "1年"),
            urgency="特急",
            notice="内部资料 注意保存",
            copy_number=1,
        )
        content = render(issues.issue(*issues.paragraphs(1), masthead=head)).content
        texts = [line.text for line in lines_of(content)[:3]]
        assert texts[0].startswith("秘密★1年")
        assert texts[0].endswith("000001")
        assert texts[1:] == ["特急", "内部资料 注意保存"]
        assert rules_of(content)[0].top <= 110
        assert lines_of(content)[3].size_pt >= 36


class TestFolios:
    """GB/T 9704-2012 §7.5."""

    def test_they_stand_7_mm_below_the_type_area_odd_right_even_left(self) -> None:
        content = render(issues.issue(*issues.paragraphs(24))).content
        folios = [line for line in lines_of(content) if line.baseline > FOOT]
        assert [line.text.replace(" ", "") for line in folios] == [
            f"—{page}—" for page in range(1, len(folios) + 1)
        ]
        for folio in folios:
            assert folio.size_pt == pytest.approx(14, abs=0.01)
            top = folio.baseline - 0.88 * 14 / 72 * 25.4
            assert top == pytest.approx(FOOT + 7, abs=TOLERANCE)
            if folio.page % 2:
                assert folio.x1 == pytest.approx(RIGHT - PLACE, abs=TOLERANCE)
            else:
                assert folio.x0 == pytest.approx(LEFT + PLACE, abs=TOLERANCE)


def test_a_proof_says_so_10_mm_above_the_type_area_of_every_page_and_an_edition_does_not() -> None:
    issue = issues.issue(*issues.paragraphs(9))
    pages = render(issue, purpose=Purpose.PROOF)
    marks = [
        line for line in lines_of(pages.content) if "".join(line.text.split()).endswith("校样")
    ]
    assert [mark.page for mark in marks] == list(range(1, pages.count + 1))
    for mark in marks:
        assert mark.x1 == pytest.approx(RIGHT, abs=0.05)
        assert mark.baseline == pytest.approx(TOP - 10, abs=0.05)
        assert mark.x0 == pytest.approx(LEFT, abs=0.2)  # of the date and the digest
        assert mark.text.startswith(str(issue.masthead.issue_date))
    assert "校" not in "".join(line.text for line in lines_of(render(issue).content))


class TestGridAroundBlocks:
    """Headings, tables and the rest take whole lines of the grid."""

    BLOCKS = (
        Heading(1, "一、总体情况"),
        *issues.paragraphs(1),
        Heading(2, "（一）主要做法"),
        *issues.paragraphs(1),
        issues.table(
            ("单位", "完成数", "备注"),
            (("织金县", "5519", "已完成全部任务，正在组织验收" * 3),) * 4,
            ("left", "right", "left"),
            caption="表1 各县完成情况",
        ),
        *issues.paragraphs(2),
        Note("（本期编辑注：数据截至11月20日）"),
        AttachmentList(("某某市城乡环境综合整治三年行动方案" * 3, "任务分解表")),
        *issues.paragraphs(3),
    )

    def test_body_lines_stay_on_it(self) -> None:
        content = render(issues.issue(*self.BLOCKS)).content
        first = TOP + ((28.95 - 15.75) / 2 + 0.88 * 15.75) / 72 * 25.4
        for line in body_lines(content):
            places = (line.baseline - first) / PITCH
            assert places == pytest.approx(round(places), abs=0.01), line

    def test_a_heading_is_never_the_last_line_of_a_page(self) -> None:
        for count in range(8, 34):
            blocks = (
                *issues.lines_of_text(count),
                Heading(1, "一、总体情况"),
                *issues.paragraphs(2),
            )
            lines = body_lines(render(issues.issue(*blocks)).content)
            at = next(i for i, line in enumerate(lines) if line.text.startswith("一、总体"))
            assert lines[at + 1].page == lines[at].page, count

    def test_no_single_line_of_a_paragraph_stands_alone_on_a_page(self) -> None:
        for count in range(6, 16):
            blocks = (*issues.lines_of_text(count), *issues.paragraphs(4))
            lines = body_lines(render(issues.issue(*blocks)).content)
            for at in range(1, len(lines) - 1):
                before, here, after = lines[at - 1], lines[at], lines[at + 1]
                if before.page < here.page and here.x0 < LEFT + 1:
                    assert after.x0 < LEFT + 1 and after.page == here.page, (count, here.text)

    def test_a_table_repeats_its_header_on_the_next_page(self) -> None:
        rows = tuple((f"第{number}个单位", str(number)) for number in range(60))
        content = render(issues.issue(issues.table(("单位", "件数"), rows))).content
        headers = [line for line in lines_of(content) if line.text.replace(" ", "") == "单位件数"]
        assert len({line.page for line in headers}) >= 3

    def test_a_landscape_table_keeps_to_the_type_area(self) -> None:
        rows = tuple((f"第{number}个单位", str(number), "完成") for number in range(30))
        table = issues.table(("单位", "件数", "情况"), rows, landscape=True)
        pages = render(issues.issue(*issues.paragraphs(1), table, *issues.paragraphs(1)))
        assert pages.count >= 4


class TestContents:
    """The contents list."""

    ARTICLES = tuple(
        Article(headline=f"第{number}个县扎实推进城乡环境整治", body=issues.paragraphs(6))
        for number in range(1, 5)
    )

    def test_it_names_every_article_and_the_briefs(self) -> None:
        issue = issues.issue(articles=self.ARTICLES, briefs=issues.briefs("近日，某县开展清扫。"))
        texts = [line.text for line in lines_of(render(issue).content)]
        start = texts.index("目录") if "目录" in texts else texts.index("目 录")
        entries = texts[start + 1 : start + 6]
        assert [entry.lstrip("◆") for entry in entries] == [
            *(article.headline for article in self.ARTICLES),
            "工作简讯",
        ]

    def test_its_folios_are_those_of_the_articles(self) -> None:
        issue = issues.issue(articles=self.ARTICLES, contents=Contents(page_numbers=True))
        lines = lines_of(render(issue).content)
        entries = [line for line in lines if line.text.startswith("◆")]
        for entry, article in zip(entries, self.ARTICLES, strict=True):
            page = next(
                line.page for line in lines if line.text == article.headline and line.size_pt > 20
            )
            assert entry.text.endswith(f"…{page}")
            assert entry.x1 == pytest.approx(RIGHT, abs=0.05)

    @pytest.mark.parametrize("count", range(8, 34))
    def test_it_begins_on_the_first_page_and_goes_on_over_pages_that_it_fills(
        self, count: int
    ) -> None:
        articles = tuple(
            Article(headline=f"第{number}个县扎实推进城乡环境整治", body=issues.paragraphs(1))
            for number in range(count)
        )
        lines = lines_of(render(issues.issue(articles=articles)).content)
        entries = [line.page for line in lines if line.text.startswith("◆")]
        heading = next(line.page for line in lines if line.text.replace(" ", "") == "目录")
        assert heading == 1
        assert len(entries) == count
        assert entries.count(1) >= min(count, 11)
        assert entries.count(entries[-1]) > 1

    def test_one_article_alone_has_none(self) -> None:
        texts = [
            line.text for line in lines_of(render(issues.issue(*issues.paragraphs(1))).content)
        ]
        assert not any(text.startswith("◆") for text in texts)


class TestTableRules:
    """Each rule is one rectangle of the width that the layout names, within the type area.

    Inner rules of 0.15 mm were printed as 0.30.
    """

    FRAME, INNER = 0.35, 0.15
    FAR, OF_A_ROW = 0.01, 0.02  # mm that widths and places may be off

    def areas(self, landscape: bool, rows: int = 4) -> list[list[tuple[float, ...]]]:
        """Return the rectangles of a table on each page in mm: left, top, right and bottom."""
        table = issues.table(("甲", "乙", "丙"), (("一", "二", "三"),) * rows, landscape=landscape)
        content = render(issues.issue(issues.paragraph("国"), table)).content
        return [found for page in filled_areas(content) if (found := of_the_table(page))]

    @pytest.mark.defect(1)
    @pytest.mark.parametrize("landscape", [False, True])
    def test_they_are_as_wide_as_the_layout_says(self, landscape: bool) -> None:
        (areas,) = self.areas(landscape)
        weights = sorted(min(right - left, foot - top) for left, top, right, foot in areas)
        inner = 4 + 2  # between five rows with the header, and between three columns
        assert weights == pytest.approx([self.INNER] * inner + [self.FRAME] * 4, abs=self.FAR)

    @pytest.mark.parametrize("landscape", [False, True])
    def test_they_lie_within_the_type_area(self, landscape: bool) -> None:
        for left, top, right, foot in (one for page in self.areas(landscape, 40) for one in page):
            assert left >= LEFT - self.FAR
            assert right <= RIGHT + self.FAR
            assert top >= TOP - self.FAR
            assert foot <= FOOT + self.FAR

    def test_a_table_over_pages_is_framed_on_each(self) -> None:
        pages = self.areas(landscape=False, rows=60)
        assert len(pages) > 2
        for areas in pages:
            frame = [one for one in areas if min(one[2] - one[0], one[3] - one[1]) > 0.3]
            assert len(frame) == 4

    def test_two_rules_of_one_direction_never_touch(self) -> None:
        (areas,) = self.areas(landscape=False)
        across = sorted(
            (top, foot) for left, top, right, foot in areas if right - left > foot - top
        )
        assert len(across) == 6
        for (_, foot), (top, _) in pairwise(across):
            assert top - foot > 5

    def test_inner_rules_lie_in_the_middle_between_two_rows(self) -> None:
        (areas,) = self.areas(landscape=False)
        edge = min(top for _, top, _, _ in areas)
        inner = [one for one in areas if one[2] - one[0] > 100 and one[3] - one[1] < 0.2]
        middles = sorted((top + foot) / 2 for _, top, _, foot in inner)
        assert middles == pytest.approx(
            [edge + row * PITCH for row in range(1, 5)], abs=self.OF_A_ROW
        )

    @pytest.mark.defect(1)
    def test_they_print_at_that_width(self) -> None:
        """Seen at 1200 dpi, as a printer's RIP would: dark dots on a way down through the rows."""
        table = issues.table(("甲", "乙"), (("", ""),) * 4)
        content = render(issues.issue(issues.paragraph("国"), table)).content
        areas = of_the_table(filled_areas(content)[0])
        top, foot = min(one[1] for one in areas), max(one[3] for one in areas)
        weights = dark_runs(content, RIGHT - 3, top - 1, foot + 1)
        expected = [self.FRAME, *[self.INNER] * 4, self.FRAME]
        assert weights == pytest.approx(expected, abs=25.4 / 1200 + 0.001)


def of_the_table(areas: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
    """Return the rules of the table on a page: those that stand upright, and those between."""
    upright = [one for one in areas if one[3] - one[1] > one[2] - one[0]]
    if not upright:
        return []
    top, foot = min(one[1] for one in upright), max(one[3] for one in upright)
    return [one for one in areas if top - 0.1 < one[1] and one[3] < foot + 0.1]


def filled_areas(content: bytes) -> list[list[tuple[float, ...]]]:
    """Return the filled rectangles of every page, from its content stream, as they are turned."""
    pages = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            height, found = float(page.mediabox[3]), []
            matrices, pending = [pikepdf.Matrix()], None
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        matrices.append(matrices[-1])
                    case "Q":
                        matrices.pop()
                    case "cm":
                        matrices[-1] = pikepdf.Matrix(*map(float, operands)) @ matrices[-1]
                    case "re":
                        x, y, width, up = map(float, operands)
                        pending = pikepdf.Rectangle(x, y, x + width, y + up)
                    case "f":
                        assert pending is not None
                        box = matrices[-1].transform(pending)
                        corners = (box.llx, height - box.ury, box.urx, height - box.lly)
                        found.append(tuple(length / MM for length in corners))
            pages.append(found)
    return pages


def dark_runs(content: bytes, x: float, top: float, foot: float) -> list[float]:
    """Return the lengths of what is dark on the first page straight down from top to foot; mm."""
    dots_per_mm = 1200 / 25.4
    area = {"-x": x, "-y": top, "-H": foot - top}
    options = [word for name, at in area.items() for word in (name, str(round(at * dots_per_mm)))]
    command = ["pdftoppm", "-mono", "-r", "1200", "-l", "1", *options, "-W", "1", "-"]
    run = subprocess.run(command, input=content, capture_output=True, check=True)
    dots = Image.open(io.BytesIO(run.stdout)).convert("L").tobytes()
    runs = groupby(dots, key=lambda dot: dot < 128)
    return [len(list(members)) / dots_per_mm for is_dark, members in runs if is_dark]
