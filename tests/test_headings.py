"""Lines with a level number: headings, text, and what may be either."""

from __future__ import annotations

from typing import Any

import pytest

from hongtou.bulletin.finding import Finding
from hongtou.bulletin.issue import Heading, Paragraph
from hongtou.bulletin.level_numbers import level_number, written
from hongtou.intake import read_issue
from hongtou.review import review
from tests.support.documents import article, document, encoded

STATEMENT = "一、二级重大危险源企业共37家，已全部完成自查。其中11家存在重大隐患。"
LONG = (
    "一、坚持把群众满意作为检验治理成效的根本标准，主要领导带头包保，36名市级领导下沉一线，"
    "累计走访群众4.6万户，逐条建账、挂图作战。截至9月底，办结率达到97%。"
)


def read(*body: Any) -> tuple[list[tuple[str, str]], list[Finding]]:
    """Return the runs of every block that bear a style, and the doubts."""
    sent = document(articles=[article(body=list(body))])
    reading = read_issue(encoded(sent))
    assert reading.issue is not None
    found = []
    for block in reading.issue.articles[0].body:
        if isinstance(block, Heading):
            found.append((f"heading_{block.level}", block.text))
        elif isinstance(block, Paragraph):
            found += [(run.style, run.text) for run in block.runs]
    return found, [each for each in reading.findings if each.code == "heading/doubtful"]


def styles(*lines: Any) -> list[str]:
    return [style for style, _ in read(*lines)[0]]


@pytest.mark.parametrize(
    "line",
    [
        "（一）将第五条修改为：“市人民政府应当加强领导。所需经费列入预算。”",
        "（一）增加一条，作为第十五条：“招牌设置应当符合下列要求：",
        "（一）将第六条修改为：“市城管局”。其余不变，条文顺序相应调整。",
    ],
)
def test_what_quotes_whole_sentences_is_no_heading(line: str) -> None:
    body = (line, "（二）删去第十二条第一款第（三）项。")
    assert styles(*body) == ["text", "text"]


def test_a_heading_may_quote_a_phrase_behind_a_colon() -> None:
    lines = ("一、市统计局：“四轮驱动”推进普查", "全面展开。", "二、市税务局：“一窗通办”")
    assert styles(*lines) == ["heading_1", "text", "heading_1"]


@pytest.mark.parametrize(
    "line",
    [
        STATEMENT,
        LONG,
        "三、四月份气温回升快，农村面源污染容易反弹。各县（区）要提前部署。",
        "二、三产业占比明显上升，拉动税收增长。全年预计新增税收2.3亿元。",
        "一、二级重大危险源企业名单",
        "（一）10月9日，市政府副市长到柳湾区调研，听取对物业服务的意见。他要求年底完工。",
        "（一）近日，市城管局开展夜查。共发现问题37处。",
        "1.全市共排查隐患320处，已整改到位300处。其余正在整改。",
        "（一）" + "坚持问题导向全面排查整治" * 5,
    ],
)
def test_what_may_be_either_is_text_and_told_of(line: str) -> None:
    found, doubts = read(line)
    assert found == [("text", line)]
    assert [each.pointer for each in doubts] == ["/articles/0/body/0"]
    assert "paragraph" in doubts[0].hint and "heading" in doubts[0].hint


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("一、健全机制。各单位要落实。", "一、健全机制。"),
        ("（一）提高政治站位，压实工作责任。各单位要落实。", "（一）提高政治站位，压实工作责任。"),
        ("１．完善制度。出台管理办法。", "１．完善制度。"),
        ("一、总体情况　今年以来，全市上下认真贯彻落实决策部署，成效明显。", "一、总体情况"),
        ("（一）做好“1+3”衔接。各单位要落实。", "（一）做好“1+3”衔接。"),
    ],
)
def test_a_short_wording_before_text_is_a_heading(line: str, title: str) -> None:
    found, doubts = read(line)
    assert found[0][1] == title and found[0][0].startswith("heading_")
    assert "".join(text for _, text in found) == line
    assert doubts == []


@pytest.mark.parametrize("value", [1, 10, 11, 20, 99, 100, 101, 110, 111, 119, 999])
def test_points_of_a_law_go_on_beyond_ninety_nine(value: int) -> None:
    for level in (1, 2, 3, 4) if value < 100 else (1, 2):
        number = level_number(f"{written(level, value)}修改")
        assert number is not None and (number.level, number.value) == (level, value)


@pytest.mark.parametrize("number", ["九十九、", "（九十九）", "一〇一、", "一百零一、", "二〇二、"])
def test_a_high_number_opens_text_or_a_heading_as_a_low_one_does(number: str) -> None:
    assert styles(f"{number}将第一百二十条修改为两款。") == ["text"]
    block = {"type": "heading", "level": 1, "text": f"{number}推动工作走深走实"}
    assert styles(block) == ["heading_1"]


def test_the_order_of_numbers_decides_between_the_readings() -> None:
    first = "一、扎实开展城乡环境综合整治攻坚行动，推动农村生活垃圾治理全面提质。各单位要落实。"
    second = "二、健全机制。各单位要落实。"
    assert styles(first) == ["text"]
    assert styles(first, second)[:2] == ["heading_1", "text"]
    assert styles("一、一季度工作情况", "二、三季度工作安排") == ["heading_1", "heading_1"]
    assert styles("三、四月份工作安排", "四、工作要求") == ["text", "heading_1"]


@pytest.mark.parametrize(("chars", "read_as"), [(40, "heading_2"), (60, "heading_2"), (61, "text")])
def test_a_line_for_itself_whose_number_follows_on_may_be_long(chars: int, read_as: str) -> None:
    long = "（二）" + "推动城乡环境综合整治提质" * 5 + "增"
    lines = ("（一）健全机制", "各单位要落实。", long[: chars + 3], "各单位要落实。")
    assert styles(*lines)[2] == read_as


@pytest.mark.parametrize("line", ["二、强化保障！", "二、为什么要抓？", "二、强化保障。"])
def test_a_sentence_among_headings_may_be_one(line: str) -> None:
    found, doubts = read("一、健全机制", "各单位要落实。", line, "三、严格考核")
    assert ("text", line) in found
    assert [each.pointer for each in doubts] == ["/articles/0/body/2"]
    assert read(line, "三、严格考核")[1] == []


def test_a_sentence_among_sentences_is_text() -> None:
    assert read("一、健全机制。", "二、强化保障！", "三、严格考核。")[1] == []
    assert read("1.甲单位", "2.乙单位。")[1] == []


def test_a_heading_that_a_block_names_counts_in_the_order() -> None:
    block = {"type": "heading", "level": 1, "text": "一、健全机制"}
    line = "二、三季度工作安排"
    assert styles(line) == ["text"]
    assert styles(block, "各单位要落实。", line) == ["heading_1", "text", "heading_1"]


@pytest.mark.parametrize("text", [STATEMENT, LONG, "一、二级重大危险源企业名单"])
def test_an_explicit_block_wins_without_a_word(text: str) -> None:
    assert read({"type": "paragraph", "text": text}) == ([("text", text)], [])
    block = {"type": "heading", "level": 1, "text": text[:60]}
    assert read(block) == ([("heading_1", text[:60])], [])


def test_a_line_that_is_bold_as_a_whole_is_a_heading_of_its_level() -> None:
    assert read("**（一）主要做法**")[0] == [("heading_2", "（一）主要做法")]
    assert styles("**（一）健全机制。各单位要落实。**") == ["lead_in"]


def test_a_number_that_opens_text_is_not_counted() -> None:
    sent = document(articles=[article(body=f"一、健全机制\n{STATEMENT}\n二、强化督查\n{LONG}")])
    assert [each.code for each in review(read_issue(encoded(sent)))] == []


def test_one_among_sentences_has_no_heading_of_its_own() -> None:
    found, doubts = read(
        "一、会议听取了市住房城乡建设局关于《江州市城市更新行动实施方案（2026—2030年）》（送审稿）"
        "起草情况的汇报。会议指出，要抓好落实。",
        "二、会议研究了保障性住房建设有关事宜。会议明确：首批收购不超过1500套。",
        "三、会议强调，要抓紧抓好冬春农田水利建设。",
    )
    assert {style for style, _ in found} == {"text"}
    assert doubts == []


def test_a_colon_may_stand_for_the_stop_of_a_heading() -> None:
    found, doubts = read(
        "一、总体情况：8月24日至30日，全市价格平稳，未见异常波动。",
        "二、后期走势。9月进入旺季，预计上涨3%。",
        "三、会议强调：各单位要抓好落实，确保按期完成。",
        "四、石桥县：建好绿色账本",
    )
    assert [one for one in found if one[0] != "text"] == [
        ("heading_1", "一、总体情况："),
        ("heading_1", "二、后期走势。"),
        ("heading_1", "四、石桥县：建好绿色账本"),
    ]
    assert doubts == []


def test_a_paragraph_that_counts_on_has_no_heading() -> None:
    """Else the first of its measures would be in another face than the others."""
    line = "（一）摸清底数。建立台账127本。（二）压实责任。逐户签订承诺书。"
    assert read(line) == ([("text", line)], [])
    assert styles("（一）摸清底数。建立台账127本。", "（二）压实责任。逐户签订。")[0] == "heading_2"


def test_one_sentence_among_headings_takes_none_of_theirs() -> None:
    """Nothing is to be said against them where they are most."""
    run_in = "{}、健全机制。各单位要压实责任，逐项抓好落实。"
    styled = styles(
        run_in.format("一"), run_in.format("二"), "三、会议强调，要抓紧抓好冬春农田水利建设。"
    )
    assert styled.count("heading_1") == 2


class TestAListOfItems:
    """Lines below one another, of which none has a text of its own."""

    BOOKS = (
        "一、《乡土中国》，费孝通著",
        "二、《万历十五年》，黄仁宇著，中华书局，2006年",
        "三、《习近平谈治国理政》第五卷，外文出版社，2025年，定价80元",
    )
    NOTICE = (
        "一、时间：11月20日上午9:00",
        "二、地点：市委常委会议室",
        "三、参会人员：各县（区）书记",
    )

    @pytest.mark.parametrize("lines", [BOOKS, NOTICE, BOOKS[:2]])
    def test_is_text_without_a_word(self, lines: tuple[str, ...]) -> None:
        assert read(*lines) == ([("text", line) for line in lines], [])

    def test_of_headings_they_are_headings(self) -> None:
        lines = [part for line in self.BOOKS for part in (line, "这本书值得一读。")]
        assert styles(*lines)[0] == "heading_1"
        assert styles("一、健全机制", "二、强化督查") == ["heading_1", "heading_1"]

    def test_needs_no_stops(self) -> None:
        sent = document(articles=[article(body="\n".join(("书目如下：", *self.BOOKS)))])
        assert review(read_issue(encoded(sent))) == []
