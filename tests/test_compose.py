"""Lines as a compositor sets them: what may stand where, and how slack is dealt out."""

from __future__ import annotations

from itertools import pairwise
from math import inf
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hongtou.compose.break_classes import CHARACTERS, Mark
from hongtou.compose.cells import TypeRun
from hongtou.compose.compositor import Compositor
from hongtou.compose.cutting import Cutter
from hongtou.compose.fit import HAN_SHRINK, fit
from hongtou.compose.line_memory import Lengths
from hongtou.compose.lines import SetLine
from hongtou.plan import spacing_of
from tests.support.shop import compositor, faces, layouts

EM = 15.75
SPACING = spacing_of(layouts()["dongtai"])
HAN = "今年来毕节市人社局在全人系统开展创建活动以推进工作实现规范化"
TEXT = st.text(
    alphabet=st.one_of(
        st.sampled_from(HAN),
        st.sampled_from("，。、；：？！“”‘’（）《》〔〕—…·～％%℃0123456789abcPX+.-/★￥ "),
    ),
    min_size=1,
    max_size=160,
)


def set_in(text: str, characters: float, role: str = "body") -> tuple[SetLine, ...]:
    return compositor().justified([TypeRun(text, role)], EM, characters * EM)


def texts(text: str, characters: float) -> list[str]:
    return [line.text for line in set_in(text, characters)]


def ink_end(line: SetLine) -> float:
    """Return where the ink of a line ends: a mark's blank half may hang over the edge."""
    closings = CHARACTERS[Mark.CLOSING] + CHARACTERS[Mark.QUOTE]
    tail = 0.5 * EM if line.text.rstrip()[-1:] in closings else 0.0
    tail = 0.25 * EM if line.text[-1:] in CHARACTERS[Mark.DOT] else tail
    spaces = sum(
        face.advance(glyph) * EM / 1000 + gap
        for text, face, glyph, gap in zip(
            line.texts, line.faces, line.glyphs, line.gaps, strict=True
        )
        if text == " "
    )
    return line.x + line.width - tail - (spaces if line.text.endswith(" ") else 0.0)


@pytest.mark.slow
@given(TEXT, st.integers(6, 60))
@example("“" * 40, 6)
@example("a" * 90, 7)
@example("——" * 30, 9)
def test_composed_lines_joined_give_back_the_text(text: str, characters: int) -> None:
    assert "".join(texts(text, characters)) == text


@pytest.mark.slow
@given(TEXT, st.integers(6, 60))
def test_no_line_breaks_a_rule_while_it_has_a_legal_break(text: str, characters: int) -> None:
    cells = Cutter(faces(), SPACING).cut([TypeRun(text, "body")], EM)
    width = characters * EM
    for span in fit(cells, EM, width, width):
        if span.last == len(cells) or cells.breaks[span.last] < inf:
            continue
        inside = [at for at in range(span.first + 1, span.last) if cells.breaks[at] < inf]
        assert not inside, f"{text[span.first : span.last]!r} could have ended at {inside}"


@pytest.mark.slow
@given(TEXT, st.integers(6, 60))
@example("00%—…0人《", 6)
def test_no_line_is_longer_than_the_measure(text: str, characters: int) -> None:
    for line in set_in(text, characters):
        if len(line.text.strip()) > 1:
            assert ink_end(line) <= characters * EM + 0.01


@pytest.mark.slow
@given(TEXT, st.integers(6, 60))
@example("“" + HAN[:27], 27)
@example("《" + HAN[:12], 12)
def test_no_ragged_line_is_longer_either(text: str, characters: int) -> None:
    """A first mark keeps its blank half at the left, but not where its line is full."""
    for line in compositor().ragged([TypeRun(text, "body")], EM, characters * EM):
        if len(line.text.strip()) > 1:
            assert ink_end(line) <= characters * EM + 0.01
            assert line.x >= -EM / 2 - 0.01


@pytest.mark.slow
@given(TEXT, st.integers(20, 60))
def test_gaps_between_han_close_by_no_more_than_an_eye_can_see(text: str, width: int) -> None:
    for line in set_in(text, width):
        assert line.stretch >= -HAN_SHRINK - 1e-9


@pytest.mark.parametrize(
    "kept",
    [
        "80～90",
        "5+X",
        "〔2017〕",
        "686.5",
        "50%",
        "37℃",
        "——",
        "……",
        "12:30",
        "2017/12",
        "3—5",
        "PPP",
        "10-15",
        "1,200",
    ],
)
def test_what_belongs_together_is_never_parted(kept: str) -> None:
    for before in range(1, 29):
        lines = texts("国" * before + kept + "国" * 60, 28)
        assert any(kept in line for line in lines), (before, lines[:2])


@pytest.mark.parametrize("kept", ["5544.58万元", "3亿元", "150余万元", "1.2万", "300元"])
def test_a_number_stays_with_its_scale_and_its_money(kept: str) -> None:
    words = "县城实际，" * 20
    for before in range(20, 60):
        lines = texts(words[:before] + kept + words, 28)
        assert any(kept in line for line in lines), (before, lines)


@pytest.mark.parametrize("mark", "，。、；：？！）」》〉】〕”’·～％%℃")
def test_a_mark_that_closes_never_starts_a_line(mark: str) -> None:
    for before in range(24, 32):
        for line in texts("国" * before + mark + "国" * 40, 28)[1:]:
            assert not line.startswith(mark)


@pytest.mark.parametrize("mark", "（「《〈【〔“‘￥★")
def test_a_mark_that_opens_never_ends_a_line(mark: str) -> None:
    for before in range(24, 32):
        for line in texts("国" * before + mark + "国" * 40, 28):
            assert not line.endswith(mark)


def test_a_line_may_break_before_an_opening_and_after_a_closing_quotation_mark() -> None:
    assert texts("国" * 28 + "“国”" + "国" * 20, 28)[1].startswith("“")
    assert texts("国" * 26 + "国”" + "国" * 20, 28)[0].endswith("”")


def test_no_paragraph_ends_on_a_line_of_one_character() -> None:
    for length in range(29, 30 + 28 * 4):
        for indent in (0.0, 2 * EM):
            run = TypeRun("国" * length + "。", "body")
            last = compositor().justified([run], EM, 28 * EM, indent=indent)[-1].text
            assert len(last) > 2, (length, indent)


def test_neighbouring_marks_share_one_blank_half() -> None:
    (line,) = set_in("国），国”。“国", 28)
    squares = len(line.text) - 3 * 0.5
    assert line.width == pytest.approx(squares * EM, abs=0.01)


def test_the_dot_between_names_is_half_a_character_wide() -> None:
    (line,) = set_in("园林县城·万花进万户", 28)
    assert line.width == pytest.approx((len(line.text) - 0.5) * EM, abs=0.01)
    assert line.gaps[3:5] == pytest.approx([-0.25 * EM] * 2)  # and stands in the middle of it


def test_an_opening_mark_at_a_line_start_loses_its_blank_half() -> None:
    line = set_in("国" * 28 + "“国”" + "国" * 40, 28)[1]
    assert line.x == pytest.approx(-0.5 * EM)


def test_lines_are_flush_to_a_twentieth_of_a_millimetre() -> None:
    text = (
        "今年来，毕节市人社局在全市人社系统开展“六型”人社创建活动，12月14日至15日完成20%的农户。"
        * 12
    )
    for line in set_in(text, 28)[:-1]:
        end = line.x + line.width
        gap = min(abs(end - 28 * EM), abs(end - 28.5 * EM))
        assert gap < 0.05 * 72 / 25.4


def test_spaces_between_han_and_figures_are_set_as_gaps_and_kept_in_the_text() -> None:
    spaced, plain = set_in("得分在 80 分以上", 28)[0], set_in("得分在80分以上", 28)[0]
    assert spaced.text == "得分在 80 分以上"
    assert spaced.width == pytest.approx(plain.width, abs=0.01)


@pytest.mark.parametrize("role", ["body", "note", "title", "heading"])
def test_the_point_between_lowered_figures_is_as_small_and_as_low_as_they(role: str) -> None:
    (line,) = set_in("PM₂.₅为2.5", 28, role)
    lowered, plain = (at for at, text in enumerate(line.texts) if text == ".")
    figure = line.texts.index("₂")
    face = line.faces[lowered]
    assert face is line.faces[figure]
    advances = [face.advance(line.glyphs[at]) for at in (lowered, plain)]
    assert advances[0] == pytest.approx(0.6 * advances[1], abs=1)
    assert line.text == "PM₂.₅为2.5"


@pytest.mark.parametrize("role", ["body", "note", "title", "heading", "folio"])
@pytest.mark.parametrize("text", ["NOₓ", "Rₙ", "tₘₐₓ", "xᵢⱼ", "C₆H₁₂Oᵤᵥ", "2ⁱ"])
def test_lowered_letters_are_set_and_stay_with_their_word(text: str, role: str) -> None:
    (line,) = set_in(f"的{text}的", 28, role)
    assert line.gaps[1 : len(text)] == pytest.approx([0.0] * (len(text) - 1), abs=0.05 * EM)


def test_combining_marks_stay_on_their_letter() -> None:
    (line,) = set_in("拼音 e\u0301", 28)
    assert line.texts[-1] == "é"


def test_faces_of_a_mixed_line_stand_in_one_line() -> None:
    runs = [TypeRun("整治环境卫生。", "heading"), TypeRun("从县城实际出发，狠抓10处。", "body")]
    (line,) = compositor().justified(runs, EM, 28 * EM)
    assert [face.id for face in line.faces[:1]] == ["heading"]
    assert {"heading", "body", "latin"} == {face.id for face in line.faces}


@pytest.mark.parametrize("before", ["", "近日", "编者按："])
def test_a_word_longer_than_a_line_is_broken_whatever_stands_before_it(before: str) -> None:
    lines = set_in(f"{before}{'x@example.cn' * 20}", 28)
    assert "".join(line.text for line in lines) == f"{before}{'x@example.cn' * 20}"
    assert max(line.width for line in lines) <= 28 * EM + 1e-9


def test_no_squeezed_mark_begins_before_the_character_it_follows() -> None:
    """Readers of a PDF put characters in the order of their places."""
    for text in ("字'·字", "字'《字》" * 12, "字|（字）" * 12, "i·i·i"):
        for line in set_in(text, 20):
            for face, glyph, gap in zip(line.faces, line.glyphs, line.gaps, strict=True):
                assert face.advance(glyph) * EM / 1000 + gap > 0, line.text


def test_spaces_at_which_a_line_breaks_do_not_move_it() -> None:
    text = "市城管局　市住房城乡建设局　市生态环境局　市文明办"
    lines = compositor().ragged([TypeRun(text, "body")], EM, 14 * EM, align="right")
    assert any(line.text.endswith("　") for line in lines[:-1])
    for line in lines:
        inked = line.text.rstrip()
        assert line.x + len(inked) * EM == pytest.approx(14 * EM), inked


@pytest.mark.parametrize("text", [HAN[:9] + "，", HAN[:13] + "）", HAN[:14] + "。"])
def test_a_mark_at_the_right_edge_takes_half_its_square(text: str) -> None:
    (line,) = compositor().ragged([TypeRun(text, "body")], EM, 14.5 * EM, align="right")
    assert line.x >= 0
    assert ink_end(line) == pytest.approx(14.5 * EM)


class TestParagraphsOfNames:
    NAMES = ("王\u3000伟", "李\u3000娜", "欧阳明德", "阿布都热西提·艾力", "吴\u3000昊", "尉迟静")

    @pytest.mark.parametrize("label", ["", "出席："])
    @pytest.mark.parametrize("places", range(12, 29))
    def test_no_name_is_parted_and_none_stretched(self, label: str, places: int) -> None:
        runs = [TypeRun(label + "\u3000".join(self.NAMES * 3), "body")]
        lengths = Lengths(EM, places * EM, 0, 0, 0)
        lines = compositor().aligned(runs, "justified", lengths)
        assert "".join(line.text for line in lines) == runs[0].text
        assert [sum(line.text.count(name) for line in lines) for name in self.NAMES] == [3] * 6
        assert all(gap <= 1e-6 for line in lines for gap in line.gaps)
        assert compositor().recast(runs, lengths, len(lines) + 1, (1, 1)) == ()

    @pytest.mark.parametrize(
        ("label", "names_at"), [("一等奖：", 6), ("", 2), ("字" * 9 + "：", 0)]
    )
    def test_names_stand_under_the_first_behind_a_label(self, label: str, names_at: int) -> None:
        runs = [TypeRun(label + "\u3000".join(self.NAMES * 3), "body")]
        lengths = Lengths(EM, 28 * EM, 2 * EM, 0, 0)
        first, *others = compositor().aligned(runs, "justified", lengths)
        assert first.x == 2 * EM
        assert [line.x for line in others] == [pytest.approx(names_at * EM)] * len(others)
        narrow = compositor().aligned(runs, "justified", lengths._replace(measure=11 * EM))
        assert narrow[-1].x == (0 if label else 2 * EM)

    def test_wider_spaces_part_names_of_which_one_is_spread(self) -> None:
        names = ("努尔艾合买提江·阿卜杜外力", "王\u3000磊", "上官云飞", "玉山江·麦麦提敏")
        runs = [TypeRun("\u3000\u3000".join(names * 3), "body")]
        lines = compositor().aligned(runs, "justified", Lengths(EM, 28 * EM, 2 * EM, 0, 0))
        assert [sum(line.text.count(name) for line in lines) for name in names] == [3] * 4
        assert {line.x for line in lines} == {2 * EM}

    def test_three_entries_are_a_list(self) -> None:
        entries = ("清江市第一中学（内高班）", "清江职业技术学院", "青坪县民族实验小学")
        runs = [TypeRun("\u3000".join(entries), "body")]
        lines = compositor().aligned(runs, "justified", Lengths(EM, 28 * EM, 2 * EM, 0, 0))
        assert lines[-1].text == entries[-1]

    @pytest.mark.parametrize("places", range(12, 29))
    def test_a_bracket_with_a_comma_belongs_to_its_name(self, places: int) -> None:
        names = ("艾华（女，满族）", "石磊", "王芳（女）", "冯程程（女，布依族）", "方圆（女）")
        runs = [TypeRun("\u3000".join(names * 3), "body")]
        lines = compositor().aligned(runs, "justified", Lengths(EM, places * EM, 0, 0, 0))
        found = [name for line in lines for name in line.text.strip().split("\u3000")]
        assert found == [*names * 3]

    def test_a_bracket_may_have_a_space(self) -> None:
        runs = [TypeRun("艾华（女\u3000满族）\u3000石磊\u3000" * 5 + "左文", "body")]
        lines = compositor().aligned(runs, "justified", Lengths(EM, 14 * EM, 0, 0, 0))
        assert not any("（" in line.text.rpartition("）")[2] for line in lines)

    @pytest.mark.parametrize("places", range(12, 29))
    def test_several_spaces_part_names_too(self, places: int) -> None:
        names = ("李  娜", "欧阳明德", "司马南风", "阿布都热西提·艾力")
        runs = [TypeRun("  ".join(names * 3), "body")]
        lines = compositor().aligned(runs, "justified", Lengths(EM, places * EM, 0, 0, 0))
        assert [sum(line.text.count(name) for line in lines) for name in names] == [3] * 4

    def test_a_sentence_with_wide_spaces_is_justified(self) -> None:
        text = "会议由王　伟主持，李　娜、吴　昊、张　明出席，研究了全市重点工作并作出部署。" * 2
        lengths = Lengths(EM, 20 * EM, 0, 0, 0)
        first = compositor().aligned([TypeRun(text, "body")], "justified", lengths)[0]
        assert ink_end(first) == pytest.approx(20 * EM, abs=0.6 * EM)


class TestHeadlines:
    def test_no_character_stands_by_itself_where_its_line_has_room_for_another(self) -> None:
        lines = compositor().balanced("县乡村组", "title", 22, 3 * 22)
        assert [line.text for line in lines] == ["县乡", "村组"]

    def test_a_word_longer_than_a_line_fills_its_lines(self) -> None:
        lines = compositor().balanced("关于" + "a" * 150 + "的通知", "title", 22, 440)
        assert lines[0].text.startswith("关于")
        assert 2 <= len(lines) <= 6
        assert max(line.width for line in lines) <= 440

    def test_a_spaced_heading_closes_up_before_it_is_set_on_two_lines(self) -> None:
        short, long = (
            compositor().spaced("本期要目" * count, "heading", EM, 440) for count in (1, 6)
        )
        assert [len(short), len(long)] == [1, 1]
        assert short[0].gaps[0] == pytest.approx(EM)
        assert 0 < long[0].gaps[0] < EM / 4
        assert long[0].width == pytest.approx(440)
        assert len(compositor().spaced("本期要目" * 8, "heading", EM, 440)) == 2

    @pytest.mark.parametrize("text", ["【领导批示】", "县（市、区）动态", "2026年要闻"])
    def test_marks_and_figures_of_a_heading_do_not_stand_apart(self, text: str) -> None:
        lengths = Lengths(EM, 440, 0, 0, 0)
        (line,) = compositor().aligned([TypeRun(text, "heading")], "spaced", lengths)
        assert line.width <= len(text) * EM

    """Headlines: as few lines as fit, of like length, broken where the sense allows."""

    @staticmethod
    def lines(text: str) -> list[str]:
        return [line.text for line in compositor().balanced(text, "title", 22.0, 442.2)]

    def test_a_short_headline_is_one_line(self) -> None:
        assert self.lines("市人社局打造“六型人社”助力文明创建") == [
            "市人社局打造“六型人社”助力文明创建"
        ]

    def test_a_long_headline_breaks_after_its_colon(self) -> None:
        first = self.lines("织金县：美化市容市貌，积极迎接国家卫生县城创建工作评估验收")[0]
        assert first.endswith(("：", "，"))

    def test_a_title_in_brackets_is_not_broken(self) -> None:
        text = "某某市召开专题会议传达学习《关于加强基层治理体系建设的意见》精神"
        assert any("《关于加强基层治理体系建设的意见》" in line for line in self.lines(text))

    @pytest.mark.slow
    @given(st.text(alphabet=HAN, min_size=21, max_size=60))
    def test_no_line_of_a_headline_is_one_character(self, text: str) -> None:
        assert all(len(line) > 1 for line in self.lines(text))

    def test_a_newline_is_a_wished_break(self) -> None:
        assert self.lines("上一行\n下一行") == ["上一行", "下一行"]


class TestPunctuationStyles:
    """全角式 sets every mark a full square wide; 开明式 only those that end a sentence."""

    @staticmethod
    def width(text: str, mixed: bool) -> float:
        (line,) = Compositor(faces(), SPACING._replace(mixed_width=mixed)).justified(
            [TypeRun(text, "body")], EM, 60 * EM
        )
        return line.width / EM

    @pytest.mark.parametrize("mark", "，、；：")
    def test_marks_inside_a_sentence_are_half_as_wide_in_mixed_width(self, mark: str) -> None:
        assert self.width(f"国{mark}国", mixed=False) == pytest.approx(3)
        assert self.width(f"国{mark}国", mixed=True) == pytest.approx(2.5)

    @pytest.mark.parametrize("mark", "。！？")
    def test_marks_that_end_a_sentence_keep_their_square(self, mark: str) -> None:
        assert self.width(f"国{mark}国", mixed=True) == pytest.approx(3)


ADDRESSES = (
    "https://www.gov.cn/zhengce/zhengceku/202611/content_5734567.htm",
    "www.gjzwfw.gov.cn/art/2026/11/20/art_5734_567.html?taskid=12345678",
    "bijieshi-chuangjianban@example.gov.cn",
)


def pair_gaps(line: SetLine) -> list[tuple[str, str, float]]:
    """Return every two neighbours of a line and the gap between them."""
    return [(*pair, gap) for pair, gap in zip(pairwise(line.texts), line.gaps, strict=False)]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("before", range(1, 29))
def test_an_address_parts_before_a_line_gapes(address: str, before: int) -> None:
    han = "各单位要压实责任细化举措推动任务落地见效" * 3
    for line in set_in(f"{han[:before]}{address}{han}", 28)[:-1]:
        for first, second, gap in pair_gaps(line):
            assert gap < 0.2 * EM or not {first, second} <= set(han), line.text


@pytest.mark.parametrize("text", ["网址：http://", "www.://", "详见www.gov.cn://"])
def test_an_address_that_is_only_begun_is_set(text: str) -> None:
    whole = "联系人：张三，电话：010-12345678；" + text
    for measure in (3 * EM, 8 * EM, 40 * EM):
        lines = compositor().ragged([TypeRun(whole, "body")], EM, measure)
        assert "".join(line.text for line in lines) == whole
    (line,) = compositor().balanced(text, "body", EM, 40 * EM)
    assert line.text == text


@pytest.mark.parametrize("before", range(1, 29))
def test_no_line_ends_behind_the_scheme_of_an_address(before: int) -> None:
    lines = texts(f"{HAN[:before]}{ADDRESSES[0]}{HAN}", 28)
    assert not [line for line in lines if line.endswith("://")]


# Sentences whose lines could end within a date, a little tighter or looser.
DATED = (
    "租期最长的达70年（1998年1月1日—2067年12月31日），租金最低的每亩每年仅3.5元。",
    "过去一年全市地区生产总值增长6.2%，成绩来之不易。进一步扩大有效投资，2026年重点推进128个项目。",
    "10月28日，市档案馆新馆建成开馆，馆藏档案42.7万卷（件），最早的一件为清康熙四十三年（1704年）的地契。",
)


@pytest.mark.parametrize("sentence", DATED)
def test_year_month_and_day_stay_with_their_figures(sentence: str) -> None:
    for before in range(8):
        lines = texts(f"{HAN[2 : 2 + before]}，{sentence}", 28)
        assert not [line for line in lines if line[0] in "年月日"], lines


def test_an_address_is_not_stretched_inside() -> None:
    for line in set_in("请登录" + ADDRESSES[1] + "查看，" + HAN, 24):
        for first, second, gap in pair_gaps(line):
            assert abs(gap) < 0.1 * EM or not (first + second).isascii(), line.text


def test_a_word_with_a_point_inside_is_no_address() -> None:
    for before in range(10):
        assert any("v1.2.3" in line for line in texts(HAN[:before] + "v1.2.3版" + HAN, 10))


def test_a_loose_line_opens_after_a_comma_and_not_before_it() -> None:
    line = set_in("供应周边果蔬，为村，增收的" + "a" * 22, 15)[0]
    gaps = {(first, second): gap for first, second, gap in pair_gaps(line)}
    assert gaps["，", "为"] > gaps["蔬", "，"] + 0.05 * EM
    assert gaps["蔬", "，"] == pytest.approx(gaps["周", "边"])


def test_a_space_before_a_date_at_the_right_edge_is_kept() -> None:
    runs = [TypeRun("李明 2026年11月20日", "note")]
    right, left = (
        compositor().ragged(runs, EM, 28 * EM, align=align)[0] for align in ("right", "left")
    )
    assert right.width - left.width == pytest.approx((0.5 - 0.08) * EM)


def test_a_ragged_line_is_as_wide_as_its_text() -> None:
    for line in compositor().ragged(
        [TypeRun("总投资（万元），总投资（万元）", "body")], EM, 6 * EM
    ):
        assert max(line.gaps) <= 1e-9, line.text


def test_a_headline_is_broken_after_a_title_in_it_as_after_any_word() -> None:
    headline = "市政府关于印发《实施办法》贯彻执行情况的通报"
    lines = [line.text for line in compositor().balanced(headline, "title", 22, 442)]
    assert lines == ["市政府关于印发《实施办法》", "贯彻执行情况的通报"]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["a" * 40_000 + " .", "a." * 20_000, "@" * 40_000])
def test_looking_for_addresses_takes_time_in_proportion(text: str) -> None:
    began = process_time()
    Cutter(faces(), SPACING).cut([TypeRun(text, "body")], EM)
    assert process_time() - began < 3  # 0.1 s; a shape that began anew at each took 10
