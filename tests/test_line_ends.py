"""Where a line may end and how its slack is dealt out: what stays together, what parts, what opens."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from hongtou.bulletin.standard_numbers import ends_standard_number
from hongtou.compose.break_classes import CHARACTERS, NO_END, NO_START, WESTERN, Mark, mark_of
from hongtou.compose.cells import TypeRun
from hongtou.compose.fit import COMFORT, SEEN, WIDE
from hongtou.compose.lines import SetLine
from hongtou.plan import spacing_of
from tests.support.shop import compositor, layouts

EM = 15.75
WIDEST_LATIN_GAP = spacing_of(layouts()["dongtai"]).widest_latin_gap
HAN = "各单位要压实责任细化举措推动任务落地见效持续巩固整治成果不断提升群众满意程度"


def set_in(text: str, characters: float = 28, role: str = "body") -> tuple[SetLine, ...]:
    return compositor().justified([TypeRun(text, role)], EM, characters * EM)


def texts(text: str) -> list[str]:
    return [line.text for line in set_in(text)]


def at_every_place(text: str) -> list[list[str]]:
    """Return the lines of a text set behind 15 to 32 Han, so that each place in it meets an edge."""
    return [texts((HAN * 2)[:before] + text + HAN * 2) for before in range(15, 33)]


def at_the_end(text: str) -> list[list[str]]:
    """Return the lines of a paragraph that ends with a text: nothing behind it evens lines out."""
    return [texts(HAN[:before] + text + "。") for before in range(15, 33)]


@pytest.mark.parametrize(
    "kept",
    [
        "100.00±2.65", "±0.5%", "−5℃", "≥90%", "≤35", "＞60", "≈5", "§5", "№5",
        "100m²", "3.5km²", "10³", "10⁴", "1½", "½", "PM₂.₅", "CO₂", "35μg/m³",
        "5∶3", "1∶500", "25°C", "5′30″", "N30°15′", "US$500", "500￥", "￥500",
        "Xi’an", "it’s", "──", "３．５", "１００％", "２０２６", "5＋2", "3×5",
        "5 km", "25 °C", "1 860", "5‰", "DB51/T 2875-2022", "JTG D81-2017",
        "USD 0.142", "EUR 438.2",
        "126/78 mmHg", "350 mgI/mL", "kW·h", "m³·s⁻¹", "A·12345", "138××××5678", "No. 12",
        "2.6亿kW·h", "350万m³", "（0571）8520-1234", "（+853）2888",
        "三（2）班", "高一（12）班", "小（1）型",
    ],
)  # fmt: skip
def test_what_is_read_as_one_is_never_parted(kept: str) -> None:
    for lines in at_every_place(kept):
        assert any(kept in line for line in lines), lines[:2]


@pytest.mark.parametrize("standard", ["GB/T 15834—2011", "JTG D81—2017", "GB50016—2014"])
def test_the_number_of_a_standard_parts_before_its_year_where_a_line_would_gape(
    standard: str,
) -> None:
    number = standard[: standard.index("—") + 1]
    found = at_every_place(standard)
    whole = [lines for lines in found if any(standard in line for line in lines)]
    parted = [lines for lines in found if lines[0].endswith(number)]
    assert len(whole) + len(parted) == len(found) and len(whole) > len(parted) > 0


CLAUSES = "各单位要压实责任，细化举措，推动任务落地见效，持续巩固整治成果"


def test_the_number_of_a_document_stays_with_its_measure_word() -> None:
    lines = [texts(f"{CLAUSES[:at]}（安政办发〔2019〕56号）{CLAUSES}。") for at in range(8, 24)]
    assert sum(line.startswith("号") for found in lines for line in found) <= 1


def test_a_formula_of_one_sign_parts_behind_it_before_a_line_gapes() -> None:
    found = at_every_place("1 mmHg=0.133 kPa")
    whole = [lines for lines in found if any("1 mmHg=0.133 kPa" in line for line in lines)]
    parted = [lines for lines in found if lines[0].endswith("1 mmHg=")]
    assert len(whole) + len(parted) == len(found) and len(whole) > len(parted) > 0


def test_a_number_stays_with_the_letters_that_say_what_it_is_of() -> None:
    lines = texts(
        "本例患者，女，67岁，因“咳嗽、咳痰伴发热3 d”于2026年7月6日10:25入院。查体：T 38.7 ℃，P 104次/min，"
        "R 24次/min，BP 138/82 mmHg，SpO2 91%（未吸氧）。实验室检查：WBC 14.6×10^9/L，N% 88.3%，"
        "CRP 126.4 mg/L，PCT 2.31 ng/mL，Scr 132 μmol/L，eGFR 36 mL/(min·1.73m²)。既往有青霉素过敏性休克史。"
    )
    assert any("Scr 132 μmol/L" in line for line in lines), lines


@pytest.mark.parametrize("span", ["22:00—6月17日", "9:00—17日"])
def test_a_span_of_hours_turns_over_before_a_date_not_within(span: str) -> None:
    dash = span.index("—") + 1
    for lines in at_every_place(span + "止"):
        assert not any(line.endswith(span[: dash + 1]) for line in lines), lines[:2]
        assert not any(line.startswith("月") for line in lines), lines[:2]


@pytest.mark.parametrize("kept", ["Cu(111)", "f(x)", "MnO₂(s)"])
def test_a_short_bracket_stays_with_its_word(kept: str) -> None:
    for lines in at_every_place(kept):
        assert any(kept in line for line in lines), lines[:2]


@pytest.mark.parametrize("number", ["C.", "b）", "②"])
def test_hardly_a_line_ends_behind_the_number_of_an_item(number: str) -> None:
    places = at_every_place(f"；{number}耗材费")
    assert sum(any(line.endswith(number) for line in lines) for lines in places) <= 1


def test_a_doi_parts_as_an_address_does() -> None:
    for lines in at_every_place("（DOI:10.1038/s41467-026-03412-x）"):
        assert "10.1038/s41467-026-03412-x" in "".join(lines)
        assert len(lines[0]) > 20, lines[:2]


def test_what_is_too_much_for_the_spaces_is_in_no_single_gap() -> None:
    words = "发表于Nature Communications of the International Genetics Association"
    for before in range(0, 24):
        for line in set_in(HAN[:before] + words + HAN)[:-1]:
            seams = [at for at in range(1, len(line.texts)) if " " in line.texts[at - 1 : at + 1]]
            beside = [gap for at, gap in enumerate(line.gaps[:-1], 1) if at not in seams]
            if seams and beside:
                assert max(beside) <= max(sum(line.gaps[at - 1 : at + 1]) for at in seams) + EM


def test_a_line_of_a_character_and_an_address_is_not_stretched() -> None:
    address = "http://www.lincas.ac.cn/frontiers/2026/callforpapers?lang=zh-CN&vol=17#submission"
    lines = set_in("见" + address + "。" + HAN)
    assert max(lines[0].gaps) < 0.5 * EM


def test_a_name_that_a_space_spreads_is_never_parted() -> None:
    for lines in at_every_place("主席李红梅、王\u3000强、欧阳春晓"):
        assert any("王\u3000强" in line for line in lines), lines[:2]


@pytest.mark.parametrize("amounts", ["65%～90%", "5‰～8‰"])
def test_the_ends_of_a_range_part_only_where_a_line_would_gape(amounts: str) -> None:
    clauses = "各单位要压实责任，细化举措，推动任务落地见效，持续巩固整治成果"
    lines = [texts(f"{clauses[:at]}{amounts}，{clauses}，{clauses}。") for at in range(8, 28)]
    assert sum(not any(amounts in line for line in one) for one in lines) <= 1


def test_a_long_range_parts_behind_its_sign_rather_than_leave_half_a_line() -> None:
    clause = "处置措施：一是对病人及其呕吐物污染区域使用有效氯"
    first, second, *_ = texts(f"{clause}5 000～10 000 mg/L的含氯消毒剂覆盖消毒，保持三十分钟。")
    assert (first, second[:6]) == (f"{clause}5 000～", "10 000")


@pytest.mark.parametrize("kept", ["80～90", "0.5～1.2", "2023—2025"])
def test_a_short_range_never_parts(kept: str) -> None:
    assert all(any(kept in line for line in lines) for lines in at_every_place(kept))


def test_a_letter_stays_with_what_it_is_a_kind_of() -> None:
    clauses = "各单位要压实责任，细化举措，推动任务落地见效，持续巩固整治成果"
    for at in range(8, 28):
        ends = [line[-1] for line in texts(f"{clauses[:at]}，T细胞，{clauses}，{clauses}。")]
        assert "T" not in ends, at


def test_a_long_formula_parts_behind_its_signs_rather_than_leave_half_a_line() -> None:
    formula = "恩格尔系数=食品烟酒支出÷居民消费支出×100%=5632÷18956×100%=29.7%"
    ends = set()
    for lines in at_every_place(formula):
        assert max(len(line) for line in lines) - min(len(line) for line in lines[:-1]) < 14, lines
        ends |= {line[-1] for line in lines[:-1]}
    assert ends & set("=÷×")
    for lines in at_every_place("AQI=48"):
        assert any("AQI=48" in line for line in lines)


@pytest.mark.parametrize(
    ("before", "is_one"), [("按GB/T 9704—2012", True), ("按GB/T 9704—201", False), ("—2012", False)]
)
def test_a_standard_number_ends_behind_its_year(before: str, *, is_one: bool) -> None:
    assert ends_standard_number(f"{before} 党政机关公文格式", len(before)) is is_one


@pytest.mark.parametrize("spaced", ["1 742", "21 384", "GB/T 15834—2011", "5 km"])
def test_a_space_inside_a_figure_opens_no_more_than_a_gap_beside_one(spaced: str) -> None:
    """In a loose line 1 742 would look like two numbers; spaces between words take that room."""
    widths = []
    for before in range(15, 33):
        for line in set_in((HAN * 2)[:before] + spaced + "户（International Genetics）" + HAN):
            at = line.text.find(spaced)
            if at >= 0:
                space = at + spaced.index(" ")
                widths.append(sum(line.gaps[space - 1 : space + 1]))
    most = spacing_of(layouts()["dongtai"]).latin_room * EM
    assert max(widths) - min(widths) <= most + 0.01


def test_the_title_of_a_standard_stands_behind_a_space() -> None:
    """One that stands for no gap beside figures: it is as wide as between Han."""
    standard, figure = "GB 3095—2012 环境空气质量标准", "共计 2012 户"
    of_standard = set_in(f"执行{standard}的规定")[0]
    space = of_standard.text.index("2012 ") + 4
    gap = of_standard.gaps[space - 1] + of_standard.gaps[space]
    advance = of_standard.faces[space].advance(of_standard.glyphs[space]) / 1000 * EM
    assert gap + advance == pytest.approx(spacing_of(layouts()["dongtai"]).han_space * EM, abs=0.1)
    assert set_in(figure)[0].width < set_in(figure.replace(" 户", "  户"))[0].width


@pytest.mark.parametrize("text", ["北京—上海", "1月—10月", "甲／乙", "和/或", "甲 / 乙", "城镇∶乡村",
    "甲方≥乙方", "长五×宽三", "党建+治理", "收入=单价", "秦岭-淮河", "周一~周五", "5元/吨", "甲＝乙", "㎡"])  # fmt: skip
def test_what_joins_two_things_never_starts_a_line(text: str) -> None:
    joint = next(char for char in text if char in "—／/∶≥×+=-~＝㎡")
    for lines in at_every_place(text):
        assert not any(line.startswith(joint) for line in lines[1:])


@pytest.mark.parametrize("text", ["和/或", "甲／乙", "甲 / 乙", "城镇∶乡村", "误差±五", "优良≥良",
    "约≈五", "降−五", "＞五", "￥五", "第§五", "№五", "党建+治理", "收入=单价"])  # fmt: skip
def test_what_leads_on_never_ends_a_line(text: str) -> None:
    joint = next(char for char in text if char in "／/∶±≥≈−＞￥§№+=")
    for lines in at_every_place(text):
        assert not any(line.rstrip().endswith(joint) for line in lines)


@pytest.mark.parametrize("mark", sorted(NO_START - {Mark.SPACE}))
def test_no_character_of_a_class_starts_a_line_against_its_rule(mark: Mark) -> None:
    for char in CHARACTERS[mark]:
        if compositor()._cutter._faces.face_for("body", char) is None:
            continue
        for lines in at_every_place(char)[::3]:
            assert not any(line.startswith(char) for line in lines[1:]), char


@pytest.mark.parametrize("mark", sorted(NO_END))
def test_no_character_of_a_class_ends_a_line_against_its_rule(mark: Mark) -> None:
    for char in CHARACTERS[mark]:
        if compositor()._cutter._faces.face_for("body", char) is None:
            continue
        for lines in at_every_place(char)[::3]:
            assert not any(line.endswith(char) for line in lines), char


def test_a_dash_by_itself_may_end_a_line_and_two_may_start_one() -> None:
    assert any(line.endswith("—") for lines in at_every_place("北京—上海") for line in lines)
    assert any(line.startswith("——") for lines in at_every_place("京——这") for line in lines[1:])


class TestWesternWords:
    def test_an_apostrophe_inside_a_word_is_as_narrow_as_a_comma(self) -> None:
        for role in ("body", "note", "title", "heading"):
            (line,) = set_in("Xi’an", role=role)
            assert line.width < 3 * EM, role
            assert line.text == "Xi’an"

    def test_a_closing_quotation_mark_keeps_its_square(self) -> None:
        (line,) = set_in("‘App’的")
        assert line.width == pytest.approx(set_in("‘App”的")[0].width)

    def test_a_raised_figure_stands_close_to_what_it_belongs_to(self) -> None:
        (line,) = set_in("占地5m²的")
        gaps = dict(zip(line.texts, line.gaps, strict=True))
        assert gaps["m"] == 0.0
        assert gaps["²"] == pytest.approx(0.08 * EM)

    @pytest.mark.parametrize(
        "hyphenated",
        [
            "www.example.gov.cn/world-cities-day-report-2026.htm",
            "https://doi.org/10.1038/s41467-026-12345-6",
        ],
    )
    def test_an_address_parts_at_no_hyphen(self, hyphenated: str) -> None:
        parted = 0
        for lines in at_every_place(hyphenated):
            assert not any(line.endswith("-") for line in lines)
            assert not any(line.startswith("-") for line in lines)
            parted += not any(hyphenated in line for line in lines)
        assert parted > 9

    @pytest.mark.parametrize("joint", "/.=&?_:#")
    def test_an_address_parts_behind_its_joints(self, joint: str) -> None:
        address = f"www.{joint.join(('abcdefghij', 'klmnopqrst', 'uvwxyzabcd', 'efghijklmn'))}"
        for lines in at_every_place(address):
            assert not any(line.startswith(joint) for line in lines)
        ends = {line[-1] for lines in at_every_place(address) for line in lines[:-1]}
        assert joint in ends

    @pytest.mark.parametrize(
        ("code", "parts"),
        [
            ("-Dlog4j2.formatMsgNoLookups=true", ("format", "Msg", "No")),
            ("org/apache/logging/log4j/core/JndiLookup.class", ("Jndi",)),
        ],
    )
    def test_a_code_parts_between_its_words(self, code: str, parts: Sequence[str]) -> None:
        found = [texts(f"{CLAUSES[:at]}：{code}，{CLAUSES}。")[0] for at in range(9, 25)]
        ends = [line for line in found if code not in line and line[-1].isascii()]
        torn = [line for line in ends if not line.endswith((*parts, *"/.="))]
        assert len(ends) > 8
        assert len(torn) <= 1, torn  # where nearly all of the line is the code

    def test_the_name_of_a_setting_parts_behind_its_joints(self) -> None:
        name = "LOG4J_FORMAT_MSG_NO_LOOKUPS"
        found = [texts(f"{CLAUSES[:at]}：{name}，{CLAUSES}。")[0] for at in range(12, 25)]
        assert sum(line.endswith("_") for line in found) > len(found) / 2

    def test_a_code_longer_than_a_line_begins_on_the_line_before_it(self) -> None:
        first, *_ = set_in("长串：" + "ABCDEFGHIJ" * 12 + "结束。")
        assert len(first.text) > 30
        assert first.stretch < SEEN

    def test_a_line_that_would_open_to_a_quarter_is_set_ragged(self) -> None:
        lines = set_in("长串：" + "M" * 30 + "结束。")  # too few for a code: they go over whole
        assert lines[0].text == "长串："
        assert lines[0].gaps[:2] == (0.0, 0.0)


class TestNumbers:
    @pytest.mark.parametrize(
        "kept", ["583.42亿", "5万", "385.5元", "20余万", "3亿元", "１２万", "1234567.89万元"]
    )
    def test_the_scale_of_a_number_and_money_are_never_parted_from_it(self, kept: str) -> None:
        for lines in [*at_every_place(kept), *at_the_end(kept)]:
            assert any(kept in line for line in lines), lines[:2]

    def test_a_measure_word_stays_with_its_number_where_nothing_is_stretched(self) -> None:
        for before in range(4, 16):
            run = TypeRun(HAN[:before] + "1320名" + HAN[:9], "body")
            lines = compositor().ragged([run], EM, 12 * EM)
            assert any("1320名" in line.text for line in lines), before

    @pytest.mark.parametrize("kept", ["5 万元", "20 个", "2026 年", "95.5 %"])
    def test_a_typed_space_changes_nothing(self, kept: str) -> None:
        apart = sum(not any(kept in line for line in lines) for lines in at_every_place(kept))
        tight = kept.replace(" ", "")
        plain = sum(not any(tight in line for line in lines) for lines in at_every_place(tight))
        assert apart == plain

    def test_a_measure_word_goes_over_rather_than_that_a_line_gapes(self) -> None:
        set_lines = at_every_place("近1320名")
        parted = [lines for lines in set_lines if any(line.endswith("1320") for line in lines)]
        assert 1 <= len(parted) <= 2


class TestSlack:
    """CLREQ 拉伸处理的优先顺序: spaces between Western words, gaps beside Latin, then all alike."""

    def test_gaps_beside_latin_open_before_those_between_han(self) -> None:
        opened = 0
        for before in range(15, 33):
            for line in set_in((HAN * 2)[:before] + "583.42亿元" + HAN * 2)[:-1]:
                latin = [gap for pair, gap in gaps_of(line) if is_beside_figure(*pair)]
                if line.stretch > 1e-6 and latin:
                    assert min(latin) >= WIDEST_LATIN_GAP * EM - 1e-6, line.text
                opened += any(gap > 0.1 * EM for gap in latin)
        assert opened > 0

    def test_spaces_between_words_open_before_gaps_beside_latin(self) -> None:
        seen = 0
        for before in range(8, 28):
            text = (HAN * 2)[:before] + "Rural Collective Assets in China" + HAN * 2
            for line in set_in(text)[:-1]:
                latin = [gap for pair, gap in gaps_of(line) if is_beside_letter(*pair)]
                words = [
                    gap
                    for pair, gap in gaps_of(line)
                    if pair[0] == " " and pair[1].isascii() and pair[1].isalpha()
                ]
                if words and latin and max(latin) > 0.09 * EM:
                    assert min(words) > 0.2 * EM, line.text
                    seen += 1
        assert seen > 0

    @pytest.mark.parametrize(
        "text", ["12月14日", "“十四五”规划", "他说“好”，走了", "App（试行）", "——“我", "5%（"]
    )
    def test_no_gap_behind_western_characters_is_copied_as_a_space(self, text: str) -> None:
        """MuPDF does so from 0.15 em on; a line that an eye finds loose is told of instead."""
        for before in range(15, 33):
            for line in set_in(HAN[:before] + text * 3 + HAN):
                for (first, _), gap in gaps_of(line):
                    if line.stretch <= SEEN and mark_of(first) in WESTERN:
                        assert gap < 0.15 * EM, line.text

    def test_nothing_opens_beside_a_joining_dash(self) -> None:
        for before in range(15, 33):
            for line in set_in((HAN * 2)[:before] + "北京—上海" + "，583.42亿元" + HAN * 2):
                for pair, gap in gaps_of(line):
                    assert "—" not in pair or gap == pytest.approx(0.0), line.text

    def test_comfort_is_less_than_what_an_eye_sees(self) -> None:
        assert COMFORT < WIDE


@pytest.mark.parametrize("mark", "，。、；：！？）》”’】．")
def test_a_closing_mark_at_a_line_end_takes_half_its_square(mark: str) -> None:
    """GB/T 15834-2011 §5.1.10, as CLREQ quotes it."""
    ended = 0
    for before in range(15, 33):
        for line in set_in((HAN * 2)[:before] + mark + HAN * 2)[:-1]:
            if line.text.endswith(mark):
                assert line.x + line.width == pytest.approx(28.5 * EM, abs=0.01)
                ended += 1
    assert ended > 0


def gaps_of(line: SetLine) -> list[tuple[tuple[str, str], float]]:
    return list(zip(pairwise(line.texts), line.gaps, strict=False))


def is_beside_figure(first: str, second: str) -> bool:
    return (first.isdigit() and second in HAN + "亿") or (second.isdigit() and first in HAN)


def is_beside_letter(first: str, second: str) -> bool:
    return {first.isascii() and first.isalpha(), second in HAN} == {True} or (
        first in HAN and second.isascii() and second.isalpha()
    )


@pytest.mark.parametrize("full_lines", [0, 1, 3])
def test_a_last_line_whose_stop_just_reaches_the_edge_hangs_its_blank_half_over_it(
    full_lines: int,
) -> None:
    """As every full line does (GB/T 15834-2011 §5.1.10); one that ends sooner is as wide as it is."""
    han = HAN * 4
    reaching = set_in(f"{han[: 28 * full_lines + 27]}。")[-1]
    shorter = set_in(f"{han[: 28 * full_lines + 26]}。")[-1]
    assert reaching.width - EM / 2 == pytest.approx(28 * EM, abs=0.01)
    assert 0 < reaching.stretch <= WIDE
    assert shorter.stretch == 0


def test_a_character_does_not_stand_alone_where_a_line_can_open_a_little() -> None:
    """The way there leads over a dear break, which a patient search follows."""
    lines = set_in("★把服务群众工作做到细致PPP推动各项任“‘顽疾’的做法”。", 26)
    assert [line.text for line in lines][-1] == "做法”。"
    assert lines[0].stretch < SEEN


def test_a_line_of_a_date_does_not_gape_so_that_those_below_are_full() -> None:
    """What gaps beside figures open beyond their room has its cost, as those between Han have."""
    opened = "2026年11月17日6时42分许，青坪县境内G318国道K2874+350m处，一辆号牌为川F·"
    first, *_ = set_in(f"\u3000\u3000{opened}3X825的重型半挂牵引车与一辆核载19人的客车相撞。")
    assert "青坪县" in first.text
    assert max(first.gaps) < 0.7 * EM


def test_a_line_of_western_words_between_quotation_marks_is_flush() -> None:
    """No gap between Han and Latin is there to take what the spaces leave."""
    title = "“On the regularity of weak solutions to the three-dimensional Navier–Stokes equations”"
    for lines in (set_in(HAN[:before] + title + HAN) for before in range(5, 12)):
        for line in lines[:-1]:
            hung = 0.5 * EM if line.text.endswith(("”", "，")) else 0.0
            spaces = len(line.text) - len(line.text.rstrip())
            blank = sum(line.faces[-1].advance(line.glyphs[-1]) for _ in range(spaces)) * EM / 1000
            assert line.x + line.width - hung - blank == pytest.approx(28 * EM, abs=0.1), line.text
