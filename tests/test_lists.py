"""Lists hang straight: 附件, 报 and 送, and those who answer for an issue."""

from __future__ import annotations

import pytest

from hongtou.bulletin.closing_rows import staff
from hongtou.bulletin.measure import PT_PER_MM
from hongtou.compose.break_classes import TRIMMED_BEFORE, mark_of
from hongtou.compose.lines import SetLine
from hongtou.plan.articles import _attachments
from hongtou.plan.closing import plan_closing
from hongtou.plan.set_text import SetText
from hongtou.plan.tables import TablePlan, plan_table
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.shop import compositor, layouts

STRAIGHT = 0.1 * PT_PER_MM


def setter() -> TextSetter:
    return TextSetter(layouts()["dongtai"], compositor())


def edge(line: SetLine, at: int) -> float:
    """Return where the ink of a character begins, but for its side bearing; points."""
    advances = zip(line.faces[:at], line.glyphs[:at], line.gaps[:at], strict=True)
    x = sum(face.advance(glyph) * line.size / 1000 + gap for face, glyph, gap in advances)
    return line.x + x + TRIMMED_BEFORE.get(mark_of(line.texts[at]), 0.0) * line.size


class TestAttachments:
    LONG = "某某市城乡环境综合整治三年行动方案及任务分解表和责任清单"
    ITEMS = (f"《{LONG}》（2026—2028年）", "“门前三包”考核办法", LONG, *["名单"] * 8)

    def test_names_and_their_further_lines_begin_at_one_edge(self) -> None:
        texts = _attachments(self.ITEMS, setter())
        edges = []
        for number, text in enumerate(texts, start=1):
            lead = ("附件：" if number == 1 else "") + f"{number}."
            edges += [edge(text.lines[0], len(lead)), *(edge(line, 0) for line in text.lines[1:])]
        assert len(edges) > len(self.ITEMS)
        assert edges == pytest.approx([edges[0]] * len(edges), abs=STRAIGHT)

    def test_numbers_begin_at_one_edge(self) -> None:
        first, *others = _attachments(self.ITEMS, setter())
        edges = [edge(first.lines[0], len("附件：")), *(edge(one.lines[0], 0) for one in others)]
        assert edges == pytest.approx([edges[0]] * len(edges), abs=STRAIGHT)

    def test_a_name_that_begins_with_a_figure_stands_off_its_number(self) -> None:
        def gap(first: str) -> float:
            line = _attachments((first, "名单"), setter())[0].lines[0]
            at = len("附件：1.")
            return edge(line, at) - edge(line, at - 1)

        size = setter().style("attachment").size_pt
        assert gap("2026年方案") - gap("年方案") == pytest.approx(0.14 * size, abs=STRAIGHT)


class TestTableNotes:
    """注：1.… and 2.… of a table."""

    NOTES = (
        "注：1.户数为2026年9月末数，由各乡镇（街道）报送。" * 2,
        "2.完成率按年度任务计算。" * 5,
    )

    def notes(self, *notes: str) -> list[SetText]:
        table = issues.table(("甲", "乙"), (("1", "2"),), notes=notes)
        (planned,) = plan_table(table, setter())
        assert isinstance(planned, TablePlan)
        return list(planned.notes)

    def test_numbers_begin_at_one_edge_and_words_behind_them_at_another(self) -> None:
        first, second = self.notes(*self.NOTES)
        numbers = [edge(first.lines[0], len("注：")), edge(second.lines[0], 0)]
        assert numbers[1] == pytest.approx(numbers[0], abs=STRAIGHT)
        words = [edge(first.lines[0], len("注：1.")), edge(second.lines[0], len("2."))]
        words += [edge(line, 0) for line in (*first.lines[1:], *second.lines[1:])]
        assert len(words) > 3
        assert words == pytest.approx([words[0]] * len(words), abs=STRAIGHT)

    @pytest.mark.parametrize(
        "notes", [("1.甲", "2.乙"), ("注：甲", "2.乙"), ("注：1.甲", "说明：乙")]
    )
    def test_what_numbers_no_further_note_begins_at_the_left(self, notes: tuple[str, ...]) -> None:
        first, second = self.notes(*notes)
        assert edge(second.lines[0], 0) == pytest.approx(edge(first.lines[0], 0), abs=STRAIGHT)


class TestClosingBlock:
    def rows(self, **fields: object) -> list[list[SetLine]]:
        """Return the lines at the left of the rows that tell of people, and of recipients."""
        plan = plan_closing(issues.closing(**fields), setter())
        return [list(row.left.lines) for group in plan.groups for row in group if row.left]

    @pytest.mark.parametrize("opening", ["", "《条例》起草组，", "“双创”办，"])
    def test_further_lines_stand_under_the_text_after_the_label(self, opening: str) -> None:
        lines, *_ = self.rows(report_to=opening + "市直各单位，" * 20)
        assert len(lines) > 1
        edges = [edge(lines[0], 2), *(edge(line, 0) for line in lines[1:])]
        assert edges == pytest.approx([edges[0]] * len(edges), abs=STRAIGHT)

    def test_the_second_duty_of_a_row_begins_in_the_middle(self) -> None:
        rows = self.rows(
            approvers=("叶怀谷",), reviewers=("沈砚",), editors=("江月白",), proofreaders=("赵敏",)
        )
        own = setter()
        half = own.measure / 2 - own.layout.pt("closing.side_indent")
        both = [(line, line.text) for (line, *_) in rows if "　" in line.text]
        assert len(both) == 2
        for line, text in both:
            at = max(text.find("审核"), text.find("校对"))
            assert edge(line, at) == pytest.approx(half, abs=STRAIGHT)

    def test_names_stand_further_apart_than_the_characters_of_a_spread_name(self) -> None:
        (row,) = staff(issues.closing(reviewers=(), editors=("杨　明", "王　龙", "司马清")))
        assert row.text == "杨　明　　王　龙　　司马清"
        (row,) = staff(issues.closing(reviewers=(), editors=("杨明", "王龙")))
        assert row.text == "杨明　王龙"
