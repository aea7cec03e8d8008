"""Each rule of review, with texts that break it and texts that only look so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.bulletin.equivalents import EQUIVALENTS, equivalent
from hongtou.bulletin.finding import Finding, Severity, Strength
from hongtou.bulletin.passage import Kind
from hongtou.intake import read_issue
from hongtou.review import RULES, normalized, review
from hongtou.review.copy import Text
from hongtou.review.rule import EachText
from tests.support.documents import article, document, encoded, masthead
from tests.support.wordings import BROKEN, SOUND

# Texts that break rules, and the characters that they are broken with.
PIECES = [
    *(line for _, line, _ in BROKEN),
    *"，。、；：？！,.;:?!()（）“”《》 　0-－–…１一是年月中ａB〔］【",
]
PASSING = [rule for rule in RULES if isinstance(rule.check, EachText) and rule.check.needs]
SAMPLE = Path(__file__).parent / "issues" / "real-issue.json"


def findings(**parts: Any) -> list[Finding]:
    reading = read_issue(encoded(document(**parts)))
    assert reading.issue is not None, reading.findings
    return review(reading)


def of_body(body: str) -> list[Finding]:
    return findings(articles=[article(body=body)])


def corrected(text: str, finding: Finding) -> str:
    assert finding.suggestion is not None
    change = finding.suggestion
    return text[: change.start] + change.text + text[change.end :]


@pytest.mark.parametrize(("code", "line", "suggested"), BROKEN)
def test_a_broken_rule_is_found(code: str, line: str, suggested: str | None) -> None:
    found = [finding for finding in of_body(line) if finding.code == code]
    assert found
    assert all(finding.pointer == "/articles/0/body" for finding in found)
    assert all("第1篇第1段" in finding.message and finding.hint for finding in found)
    if suggested is None:
        assert all(finding.suggestion is None for finding in found)
    else:
        assert corrected(line, found[0]) == suggested


@pytest.mark.parametrize("line", SOUND)
def test_a_sound_line_raises_nothing(line: str) -> None:
    assert [(finding.code, finding.message) for finding in of_body(line)] == []


def test_brackets_are_widened_one_by_one() -> None:
    line = "织金县(市)创卫。"
    left, right = of_body(line)
    assert corrected(corrected(line, right), left) == "织金县（市）创卫。"


def test_straight_quotes_are_paired_in_turn() -> None:
    line = '开展"创卫"活动。'
    left, right = of_body(line)
    assert {left.code, right.code} == {"pairs/straight-quotes"}
    assert corrected(corrected(line, right), left) == "开展“创卫”活动。"


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("《安澜市＂三清单＂办法》。", "《安澜市“三清单”办法》。"),
        ("不搞'一刀切'，不做'两张皮'。", "不搞‘一刀切’，不做‘两张皮’。"),
        ("印发<<实施方案>>和《意见》。", "印发《实施方案》和《意见》。"),
        ("《关于加强《网格化》管理的意见》。", "《关于加强〈网格化〉管理的意见》。"),
    ],
)
def test_marks_that_stand_for_others_are_paired(line: str, right: str) -> None:
    for finding in reversed(of_body(line)):
        line = corrected(line, finding)
    assert line == right


class TestFormulas:
    @staticmethod
    def suggested(body: str) -> list[str]:
        return [
            one.text
            for each in of_body(body)
            if each.code == "numerals/flat-subscript"
            for one in each.suggestions
        ]

    def test_an_ambiguous_one_is_read_beside_a_sure_one(self) -> None:
        assert self.suggested("监测O3和N2。") == []
        assert self.suggested("监测SO2、O3和N2。") == ["SO₂", "O₃", "N₂"]

    def test_dust_is_told_of_where_other_figures_are_lowered(self) -> None:
        assert self.suggested("PM2.5、PM10达标。") == []
        assert self.suggested("PM2.5达标。\nCO₂下降。") == ["PM₂.₅"]
        assert self.suggested("PM10达标。\nCH4下降。") == ["PM₁₀", "CH₄"]

    def test_what_holds_together_is_one_finding(self) -> None:
        assert len(of_body("CO2、CH4、N2O和SF6。")) == 1


def test_a_title_above_a_report_is_no_part_of_it() -> None:
    title = "津门海关查获旅客违规携带活体动物入境"
    (found,) = of_body(f"{title}\n11月2日，津门海关查获甲虫12只。")
    assert found.code == "paragraphs/no-final-stop" and "小标题" in found.hint
    assert len(of_body("关于民生实事推进情况的督查通报\n各县（区）政府：\n现通报如下。")) == 1
    (found,) = of_body(f"今年以来，{title}，截至\n11月2日，共12只。")
    assert found.code == "paragraphs/cut-in-two"


def test_a_blank_behind_a_heading_is_no_blank_too_many() -> None:
    line = "一、指导思想 全面贯彻落实会议精神，抓好各项工作。"
    (found,) = of_body(line)
    assert found.code == "spacing/between-han" and "小标题" in found.message
    assert corrected(line, found) == "一、指导思想。全面贯彻落实会议精神，抓好各项工作。"


def test_the_weekday_of_a_date_without_a_year_is_that_of_the_issue() -> None:
    """2026-11-23 is a Monday; a date far from it may be of another year."""
    near = findings(
        masthead=masthead(issue_date="2026-11-23"),
        articles=[article(body="11月23日（周二）召开。")],
    )
    assert [one.code for one in near] == ["date/weekday"]
    assert "周一" in near[0].message
    far = findings(
        masthead=masthead(issue_date="2026-11-23"), articles=[article(body="1月23日（周二）召开。")]
    )
    assert far == []


class TestATableOfBlanks:
    ROWS = "县（区）    计划    完成\n柳湾区    30.0    95.0%\n合  计    30.0    95.0%"

    @pytest.mark.parametrize("body", [ROWS, "名次\t单位\t得分\n1\t柳湾区\t96.3\n2\t石桥县\t95.1"])
    def test_is_told_of_once(self, body: str) -> None:
        (found,) = of_body(f"各县（区）完成情况如下：\n{body}")
        assert found.code == "unmarked/table" and "共3行" in found.message

    @pytest.mark.parametrize(
        "body",
        [
            "王建国　　李　明　　赵红梅\n欧阳正华　　陈　炜　　沈　砚\n陆一鸣　　方若兰　　司马清",
            "采用PPP模式。\n共计80户。\n完成10%。",
        ],
    )
    def test_is_no_list_of_names(self, body: str) -> None:
        assert of_body(body) == []


class TestAQuotationOfSeveralParagraphs:
    """Each begins with “, and only the last is closed: so laws are amended."""

    FIRST = "将第五条修改为：“市人民政府应当加强领导。"
    LAST = "“镇人民政府负责本辖区内的工作。”"

    @staticmethod
    def unpaired(*lines: str) -> list[Finding]:
        return [one for one in of_body("\n".join(lines)) if one.code == "pairs/unpaired"]

    def test_is_sound(self) -> None:
        assert self.unpaired(self.FIRST, "“（一）牢固、安全、整洁；", self.LAST) == []

    def test_is_told_of_where_it_is_never_closed(self) -> None:
        (found,) = self.unpaired(self.FIRST, self.LAST.rstrip("”"), "以上规定即日起施行。")
        assert "第2段" in found.message

    def test_hides_no_bracket_that_stays_open(self) -> None:
        (found,) = self.unpaired("将第五条（草案修改为：“市人民政府应当加强领导。", self.LAST)
        assert "（ 缺少右边的 ）" in found.message


def test_an_odd_straight_quote_has_no_suggestion() -> None:
    (finding,) = of_body('开展"创卫活动。')
    assert finding.suggestion is None


def test_an_entry_in_columns_needs_no_stop() -> None:
    entries = (
        "热孜万古丽·吾买尔江（维吾尔族）　　伊宁市“古丽”刺绣农民专业合作社理事长",
        "葛秀英（锡伯族）　　察布查尔锡伯自治县爱新色里镇中心小学教师",
    )
    assert of_body("\n".join(entries)) == []
    assert of_body("丁一　王　芳（女）　艾华（女，满族）　石磊　龙飞（苗族）") == []
    codes = {finding.code for finding in of_body("\n".join(entries).replace("　　", ""))}
    assert codes == {"paragraphs/cut-in-two", "paragraphs/no-final-stop"}


def test_minutes_and_seconds_are_no_quotation_marks() -> None:
    assert of_body("视频两段（时长分别为0'47\"和1'12\"）。") == []


@pytest.mark.parametrize("cited", ["[2017]", "［2017］", "(2017)", "（2017）", "【2017】"])
def test_the_year_of_a_document_number_stands_in_tortoise_shell_brackets(cited: str) -> None:
    line = f"按照毕府发{cited}12号文件执行。"
    found = of_body(line)
    assert {finding.code for finding in found} == {"document-numbers/year-brackets"}
    for finding in reversed(found):
        line = corrected(line, finding)
    assert line == "按照毕府发〔2017〕12号文件执行。"


@pytest.mark.parametrize(
    "parts",
    [
        {"articles": [article(headline="美化市容市貌 积极迎接评估 2017")]},
        {"masthead": masthead(notice="内部资料  注意保存")},
        {"masthead": masthead(issuing_body="某市 创建办")},
        {"closing": {"contact": "电话 8222222  邮箱 a@b.cn"}},
        {"briefs": {"heading": "工 作 简 讯", "items": ["近日开会。"]}},
    ],
)
def test_a_space_may_separate_outside_of_running_text(parts: dict[str, Any]) -> None:
    assert findings(**parts) == []


def test_spaces_of_one_text_are_one_finding() -> None:
    (finding,) = of_body("城乡 环境 整治有序 推进。")
    assert "等 3 处" in finding.message
    assert len(finding.suggestions) == 3


@pytest.mark.parametrize(
    "line", ["柳湾区 96.3　石桥县 95.1", "杨明　85分，王龙　90分。", "PPP  BOT  EPC"]
)
def test_a_space_that_may_part_entries_is_left_to_the_editor(line: str) -> None:
    found = of_body(line)
    assert found and not any(one.safe for finding in found for one in finding.suggestions)


class TestCharacters:
    @pytest.mark.parametrize(
        ("code", "text", "right"),
        [
            ("text/radical", "治理⼯作取得⼀定成效，⼈⺠群众满意。", "治理工作取得一定成效，人民群众满意。"),
            ("text/radical", "⼾外⻓效⽔利⻔店。", "户外长效水利门店。"),
            ("text/private-use", "李\ue863、张\ue831到会\ue78e", "李䶮、张𡗗到会。"),
            ("text/compatibility-form", "\uf9e7侧︰ﬁle﹐甲\uff65乙。", "裏侧：file，甲·乙。"),
        ],
    )  # fmt: skip
    def test_what_only_looks_like_it_is_named_with_the_right_one(
        self, code: str, text: str, right: str
    ) -> None:
        found = [each for each in of_body(text) if each.code == code]
        assert len(found) == 1
        assert "应为" in found[0].message
        assert all(one.safe for one in found[0].suggestions)
        assert normalized({"a": text}, [replace(found[0], pointer="/a")]) == {"a": right}

    def test_every_equivalent_is_another_character_that_stays(self) -> None:
        rights = [right for chars in EQUIVALENTS.values() for right in chars.values()]
        assert [right for right in rights if equivalent(right)] == []
        assert all(ord(right[0]) not in range(0xE000, 0xF900) for right in rights)


class TestWhatComesFromElsewhere:
    def test_markdown_is_told_of_line_by_line_and_taken_out(self) -> None:
        body = (
            "# 一、总体情况\n今年以来，**上下齐心，**稳步推进。\n- 建立清单。\n***\n"
            "__注意__：详见[附表](http://example.com/t)。\n— 1 —\n`注`：数据。"
        )
        sent = document(articles=[article(body=body, headline="**柳湾区：**抓落实")])
        reading = read_issue(encoded(sent))
        value = normalized(reading.document, review(reading))
        assert value["articles"][0] == {  # type: ignore[index, call-overload]
            "headline": "柳湾区：抓落实",
            "body": "一、总体情况\n今年以来，**上下齐心，**稳步推进。\n建立清单。\n\n"
            "注意：详见附表（http://example.com/t）。\n\n注：数据。",
        }

    def test_a_table_is_told_of_once(self) -> None:
        found = of_body("| 县区 | 完成率 |\n|---|---|\n| 柳湾区 | 94% |\n完。")
        assert [each.code for each in found].count("markup/table") == 1

    def test_a_body_and_a_date_below_one_another_look_like_a_sign_off(self) -> None:
        found = of_body("继续抓好落实。\n安澜市治理办公室\n2026年10月16日")
        assert [each.code for each in found] == ["pasted/sign-off"]

    def test_a_folio_that_is_all_there_is_stays(self) -> None:
        (finding,) = (each for each in of_body("— 1 —") if each.code == "pasted/folio")
        assert finding.suggestion is None


class TestNumbering:
    def codes(self, *lines: str) -> list[str]:
        return [finding.code for finding in of_body("\n".join(lines))]

    def test_numbers_that_run_on_are_sound(self) -> None:
        lines = ["一、甲", "（一）乙", "1.丙", "2.丁", "（二）戊", "1.己", "二、庚", "（一）辛"]
        assert self.codes(*lines) == []

    def test_a_gap_is_found_with_the_expected_number(self) -> None:
        (finding,) = of_body("一、甲\n三、乙")
        assert finding.code == "numbering/gap"
        assert finding.suggestion is not None
        assert finding.suggestion.text == "二、"

    def test_a_number_with_another_mark_is_counted(self) -> None:
        assert self.codes("一、甲", "二．乙", "三、丙") == ["numbering/level-mark"]
        assert self.codes("一、甲", "二．乙", "四、丙") == ["numbering/level-mark", "numbering/gap"]

    def test_a_repeated_number_is_found(self) -> None:
        assert self.codes("（一）甲", "（二）乙", "（二）丙") == ["numbering/gap"]
        assert self.codes("一、甲", "一、乙") == ["numbering/gap"]

    def test_a_new_section_begins_with_one(self) -> None:
        assert self.codes("一、甲", "（一）乙", "二、丙", "（二）丁") == ["numbering/gap"]

    def test_measures_may_be_numbered_over_headings(self) -> None:
        """As articles of a rule are: only a third one shows that they are meant to go on."""
        lines = ["一、甲", "（一）乙", "（二）丙", "二、丁", "（三）戊", "（四）己"]
        assert self.codes(*lines) == []
        assert self.codes(*lines[:-2], "（四）戊") == ["numbering/gap"]

    def test_numbers_go_on_from_those_of_sentences(self) -> None:
        found = self.codes(
            "一、会议传达学习了省委全会精神。会议要求，抓好落实。",
            "二、会议听取了汇报。会议明确，同意印发。",
            "三、会议听取2025年度评审情况汇报，同意给予5家单位奖励。",
        )
        assert found == []

    def test_every_article_counts_anew(self) -> None:
        articles = [article(body="一、甲"), article(body="二、乙")]
        (finding,) = findings(articles=articles)
        assert finding.pointer == "/articles/1/body"

    def test_a_number_counts_before_a_date(self) -> None:
        assert self.codes("1.停用设备；", "2.6月20日前完成检查；", "3.2027年起更新。") == []

    def test_run_in_headings_are_counted(self) -> None:
        assert self.codes("一、甲。乙。", "三、丙。丁。") == ["numbering/gap"]


class TestParagraphs:
    def test_a_paragraph_that_the_next_continues_is_found_once(self) -> None:
        (finding,) = of_body("各单位要按照要求，重点依法\n解决群众反映强烈的难点问题。")
        assert finding.code == "paragraphs/cut-in-two"

    def test_a_verse_is_not_one_paragraph(self) -> None:
        verse = (
            "晨曦里，我们穿上一身青绿，\n在场馆入口，把微笑递给你。\n汗水滴落的地方，\n花开得无声。"
        )
        assert of_body(verse) == []

    def test_lines_that_look_like_headings_are_told_as_such_alone(self) -> None:
        (finding,) = of_body(
            "变化从这里开始。\n“书记领着干”——党建引领聚合力\n村党总支三下贵州。\n"
            "“群众跟着干”——技术服务解难题\n县里开展“田间课堂”。"
        )
        assert finding.code == "unmarked/subheading"

    def test_names_by_themselves_are_a_list(self) -> None:
        names = ("市公安局交警支队直属一大队党支部", "江州师范学院数学与统计学院教师党支部")
        assert (
            of_body(
                "决定表彰下列集体。\n" + "\n".join([*names, "国网江州供电公司变电运维中心党支部"])
            )
            == []
        )

    @pytest.mark.parametrize(
        "following", ["一、健全机制", "**健全机制。**各单位要落实。", "“三评”有序推进。"]
    )
    def test_a_heading_or_lead_in_continues_nothing(self, following: str) -> None:
        (finding,) = of_body(f"各单位要按照要求，重点依法\n{following}")
        assert finding.code == "paragraphs/no-final-stop"

    @pytest.mark.parametrize(
        "lines",
        [
            "组长：王　龙　市委常委、副市长\n成员：杨　明　陈　炜　司马清　欧阳若兰",
            "（联系人：王龙；电话：0000-8888016）",
            "附件：1.任务分解表",
            "联系人：王　龙　　联系电话：0000-8888016",
            "责任单位：市城管局、市住房城乡建设局、各县（区）人民政府\n甲单位落实。",
            "王建国（男，汉族，1975年3月生，中共党员）\n甲单位落实。",
            "案例1：“10·17”高处坠落事故\n案例2：“11·02”火灾事故",
            "一、健全机制\n二：强化督查",
            "**甲。**乙。\n（此件公开发布，并送市直各单位主要负责同志传阅）",
            "附：常用服务电话\n报警：110　火警：119　急救：120　交通事故：122",
            "供水：0000-2222345；供电：95598；公积金：12329；市场监管：12315",
            "上联：一枚印章管审批，跑出服务加速度\n下联：六大平台助企业，优化环境暖人心",
            "市生态环境局、河东新区管委会、市公安局交警支队",
            "王建国、李明、赵红梅、欧阳正华、买买提·吐尔逊",
            "执行《GB 3095—2012 环境空气质量标准》和WS/T 510—2016 病区医院感染管理规范。",
            "各县（区）防汛值班电话：水东区8123001　云溪区8123002　青坪县5123003",
            "24小时值班电话：0000—8456000（转2、3），传真：0000—8456010",
            "本报讯（记者　潘玥）　10月21日下午，决赛举行。",
            "4月7日—9日　国家信访局调研组来市调研，先后走访三县。",
            "是月　市政协获评先进单位，受到通报表扬。",
            "七月上旬（夏收）　市委书记到江北区调研，走访农户。",
            "落实《财政部 税务总局 海关总署关于深化改革的公告》和财政部 税务总局公告2023年第7号。",
            "要与《中共中央　国务院关于深化养老服务改革发展的意见》（中发〔2024〕20号）一致。",
        ],
        ids=[
            "names with offices",
            "a note in brackets",
            "a list of annexes",
            "two labels",
            "offices",
            "a person",
            "cases",
            "a number with another mark",
            "a longer note",
            "telephone numbers in columns",
            "telephone numbers in a row",
            "a couplet",
            "bodies",
            "persons",
            "titles of standards",
            "numbers behind a long label",
            "numbers between commas",
            "a dateline",
            "an entry of a diary",
            "one without a date",
            "one without days",
            "bodies that issued a document together",
            "the highest two",
        ],
    )
    def test_what_needs_no_stop_is_left_alone(self, lines: str) -> None:
        assert [
            finding.code
            for finding in of_body(lines)
            if finding.code.startswith(("paragraphs/", "spacing/"))
        ] == []

    @pytest.mark.parametrize(
        "line", ["市财政局 完成任务，市税务局也完成。", "截至4月　共完成三项任务。"]
    )
    def test_other_spaces_between_han_are_still_found(self, line: str) -> None:
        assert [finding.code for finding in of_body(line)] == ["spacing/between-han"]

    @pytest.mark.parametrize("line", ["抓排查、抓整改，抓好各项工作落实", "全市完成 8户"])
    def test_what_lacks_one_is_still_found(self, line: str) -> None:
        codes = {finding.code for finding in of_body(f"{line}\n甲单位落实。")}
        assert codes & {
            "paragraphs/no-final-stop",
            "paragraphs/cut-in-two",
            "spacing/beside-digits",
        }

    def test_a_nameplate_is_not_to_be_spread_by_hand(self) -> None:
        for name, bare in (("简　报", "简报"), ("工 作 动 态", "工作动态")):
            (finding,) = findings(masthead=masthead(nameplate=name))
            assert (finding.code, finding.pointer) == ("spacing/between-han", "/masthead/nameplate")
            assert finding.suggestion is not None and finding.suggestion.text == bare
        assert findings(masthead=masthead(nameplate="安澜 简报")) == []

    def test_a_level_mark_makes_no_sentence_of_a_heading(self) -> None:
        assert [finding.code for finding in of_body("3、压实责任")] == ["numbering/comma-for-point"]

    def test_a_number_with_a_comma_counts_all_the_same(self) -> None:
        assert [finding.code for finding in of_body("1、压实责任\n2.细化清单\n3.严格考核")] == [
            "numbering/comma-for-point"
        ]

    def test_two_numbers_beside_each_other_count_nothing(self) -> None:
        assert of_body("1、2号楼已经竣工，3号楼明年开工。") == []

    def test_a_point_before_a_figure_would_make_a_decimal(self) -> None:
        (finding,) = of_body("1、2026年全市新增绿地12公顷。")
        assert (finding.code, finding.suggestion) == ("numbering/comma-for-point", None)

    def test_the_next_article_continues_nothing(self) -> None:
        articles = [article(body="各单位要按照要求，重点依法"), article(body="解决问题。")]
        assert [finding.code for finding in findings(articles=articles)] == [
            "paragraphs/no-final-stop"
        ]


class TestWholeIssue:
    def test_a_contents_title_that_differs_by_a_mark_is_found(self) -> None:
        sent = article(headline="赫章县：创新方法", contents_title="赫章县 创新方法")
        (finding,) = findings(articles=[sent])
        assert finding.code == "contents/differing-title"
        assert finding.pointer == "/articles/0/contents_title"
        assert finding.suggestion is not None
        assert finding.suggestion.text == "赫章县：创新方法"

    @pytest.mark.parametrize("title", ["创新农村工作方法", "赫章县创新", "赫章县 创新方法"])
    def test_a_short_title_and_a_wished_break_are_sound(self, title: str) -> None:
        sent = article(headline="赫章县\n创新方法", contents_title=title)
        assert findings(articles=[sent]) == []

    def test_dates_of_masthead_and_closing_block_agree(self) -> None:
        (finding,) = findings(closing={"imprint_date": "2017-12-23"})
        assert (finding.code, finding.pointer) == ("date/disagreeing", "/closing/imprint_date")

    def test_a_brief_that_stands_twice_is_found(self) -> None:
        items = ["★近日开会。", "另一条。", {"text": "近日，开会。"}]
        (finding,) = findings(briefs={"items": items})
        assert (finding.code, finding.pointer) == ("duplicates/brief", "/briefs/items/2/text")
        assert "简讯第1条" in finding.message


class TestSuggestionsAndMarkup:
    def test_offsets_are_those_of_the_string_as_sent(self) -> None:
        body = "　　第一段。\n**重点。**完成\u200b 80户。"
        (finding,) = of_body(body)
        assert corrected(body, finding) == "　　第一段。\n**重点。**完成\u200b80户。"

    def test_a_suggestion_never_takes_the_marks_of_a_lead_in(self) -> None:
        body = "完成，**  甲**乙。"
        found = of_body(body)
        assert {finding.code for finding in found} == {"spacing/beside-marks"}
        assert corrected(body, found[0]) == "完成，**甲**乙。"


def test_an_issue_with_errors_is_not_reviewed() -> None:
    assert review(read_issue(b"{}")) == []


def test_findings_come_in_reading_order() -> None:
    articles = [article(headline="甲县:好"), article(body="共计 8户，完成 9户。")]
    found = findings(articles=articles, masthead=masthead(notice="甲,乙"))
    assert [finding.pointer for finding in found] == [
        "/masthead/notice",
        "/articles/0/headline",
        "/articles/1/body",
        "/articles/1/body",
    ]


def test_a_real_issue_raises_its_true_faults_and_no_other() -> None:
    found = [
        (finding.code, finding.pointer, finding.suggestion.start if finding.suggestion else None)
        for finding in review(read_issue(SAMPLE.read_bytes()))
    ]
    assert found == [
        ("punctuation/half-width", "/articles/1/headline", 3),
        ("spacing/beside-digits", "/articles/2/body", 333),
        ("spacing/beside-digits", "/articles/2/body", 336),
        ("spacing/beside-digits", "/articles/2/body", 509),
        ("spacing/beside-digits", "/articles/2/body", 529),
        ("spacing/beside-digits", "/articles/2/body", 687),
        ("numerals/hyphened-amounts", "/articles/2/body", 690),
        ("spacing/beside-digits", "/articles/2/body", 693),
        ("spacing/beside-digits", "/articles/2/body", 705),
    ]


def in_sections(*names: str) -> list[dict[str, Any]]:
    """Return an article in each of these sections, "" for none."""
    return [article(section=name) for name in names]


NOTE, LIST = {"type": "note"}, {"type": "attachments"}
ANNEX = {"type": "annex", "body": "甲。"}
TABLE = {"type": "table", "rows": [["某某区", "3", "-1"]]}
# Rule, parts of an issue that break it, the string that is faulty, the string as suggested.
FIELDS: list[tuple[str, dict[str, Any], str, str | None]] = [
    ("byline/twice", {"briefs": {"items": [{"text": "近日开会。（供稿：王龙）", "byline": "市城管局"}]}}, "", None),
    ("briefs/number-twice", {"briefs": {"items": ["★1．近日开会。"]}}, "★1．近日开会。", "★近日开会。"),
    ("closing/label-twice", {"closing": {"report_to": "报：省文明办"}}, "报：省文明办", "省文明办"),
    ("closing/label-twice", {"closing": {"issue_to": "发: 各县"}}, "发: 各县", "各县"),
    ("closing/label-twice", {"closing": {"reviewers": ["李四", "审核：杨明"]}}, "审核：杨明", "杨明"),
    ("security/star-twice",
     {"masthead": masthead(security={"class": "秘密", "term": "★1年"}, copy_number=1)}, "★1年", "1年"),
    ("security/no-copy-number", {"masthead": masthead(security={"class": "秘密"})}, "", None),
    ("attachments/behind-signers",
     {"articles": [article(["甲。", {"type": "signoff", "bodies": ["某某市创建办"], "date": "2026-11-20"},
                            {"type": "attachments", "items": ["名单", "方案"]}])]}, "", None),
    ("attachments/number-twice",
     {"articles": [article(["甲。", {**LIST, "items": ["1.方案", "2.名单"]}])]}, "1.方案", "方案"),
    ("attachments/final-mark", {"articles": [article(["甲。", {**LIST, "items": ["《名单》。"]}])]}, "《名单》。", "《名单》"),
    ("notes/no-brackets", {"articles": [article(["甲。", {**NOTE, "text": "此件公开"}])]}, "此件公开", "（此件公开）"),
    ("closing/label-twice",
     {"closing": {"labels": {"editors": "责任编辑"}, "editors": ["责任编辑：杨明"]}}, "责任编辑：杨明", "杨明"),
    ("closing/label-twice", {"closing": {"reviewers": ["审\u3000核：杨明"]}}, "审\u3000核：杨明", "杨明"),
    ("closing/label-in-text", {"closing": {"report_to": "报送：省文明办"}}, "", None),
    ("closing/label-in-text", {"closing": {"contact": "联系电话：0000-8888016"}}, "", None),
    ("closing/label-in-text", {"closing": {"editors": ["陈炜", "责任编辑：王龙"]}}, "", None),
    ("closing/same-label",
     {"closing": {"report_to": "省文明办", "issue_to": "各县", "labels": {"issue_to": "报"}}}, "", None),
    ("closing/same-label",
     {"closing": {"reviewers": ["李明"], "editors": ["王龙"], "labels": {"editors": "审\u3000核"}}}, "", None),
    ("closing/contact-unlabelled", {"closing": {"contact": ["联系电话：0000", "a@b.cn"]}}, "", None),
    ("closing/recipients", {"closing": {"recipients": ["市委办", "市委办"]}}, "", None),
    ("closing/recipients", {"closing": {"recipients": ["市委办", "省文明办"], "print_run": 1}}, "", None),
    ("closing/recipients", {"closing": {"recipients": ["市委办", "省文明办"], "print_run": 3}}, "", None),
    ("closing/recipients", {"closing": {"recipients": [{"name": "市委办", "copies": 4}], "print_run": 3}}, "", None),
    ("labels/colon", {"closing": {"labels": {"report_to": "报送："}}}, "报送：", "报送"),
    ("labels/colon", {"editors_note": {"label": "批示:", "text": "同意。"}}, "批示:", "批示"),
    ("editors-note/label-twice",
     {"editors_note": {"label": "批示", "text": "批示：同意。"}}, "批示：同意。", "同意。"),
    ("annex/label-twice",
     {"articles": [article([{**ANNEX, "label": "附件1", "title": "附件1 方案"}])]}, "附件1 方案", "方案"),
    ("unmarked/annex", {"articles": [article(headline="附件1\n考评得分表")]}, "", None),
    ("unmarked/annex", {"articles": [article(headline="附件：考评得分表")]}, "", None),
    ("unmarked/annex", {"articles": [article(["甲。", "附件 2"])]}, "", None),
    ("unmarked/attachments", {"articles": [article(["甲。", "附件1：方案"])]}, "", None),
    ("unmarked/attachments", {"articles": [article(["甲。", "附件：1.考评得分表"])]}, "", None),
    ("unmarked/table-note", {"articles": [article(["甲。", TABLE, "注：数据截至10月底。"])]}, "", None),
    ("unmarked/table-note", {"articles": [article(["甲。", TABLE, "数据来源：市统计局。"])]}, "", None),
    ("unmarked/table-unit", {"articles": [article(["甲。", "单位：万元", TABLE])]}, "", None),
    ("unmarked/table-unit", {"articles": [article(["（单位：万元、%）", {**TABLE, "caption": "表1"}])]}, "", None),
    ("table/unit-unlabelled", {"articles": [article([{**TABLE, "unit": "万元、%"}])]}, "万元、%", "单位：万元、%"),
    ("table/unit-unlabelled", {"articles": [article([{**TABLE, "unit": "（万元）"}])]}, "（万元）", "单位：万元"),
    ("unmarked/header-row",
     {"articles": [article([{**TABLE, "header": ["地区", "起数", ""], "rows": [["", "本月", "同比"]]}])]}, "", None),
    ("unmarked/header-cell",
     {"articles": [article([{**TABLE, "header": [["地区", {"text": "起数", "colspan": 2}], ["", "本月", "同比"]],
                             "rows": [["柳湾区", "3", "1"]]}])]}, "", None),
    ("unmarked/leaders-remark", {"editors_note": "市委书记顾承远批示：同意。"}, "", None),
    ("unmarked/leaders-remark",
     {"articles": [article(editors_note={"text": "11月3日，市长温如玉同志批示如下：请推广。"})]}, "", None),
    ("unmarked/subheading",
     {"articles": [article(["甲。", "第一代表团（柳湾区）", "乙。", "第二代表团", "丙。"])]}, "", None),
    ("unmarked/subheading",
     {"articles": [article(["变化从这里开始——", "“书记领着干”——党建引领聚合力", "乙。", "“群众跟着干”——技术服务解难题",
                            "“姜能卖钱。”"])]}, "", None),
    ("pasted/salutation", {"articles": [article(["市委、市政府：", "甲。"])]}, "", None),
    ("pasted/salutation", {"articles": [article(["各县（市、区）人民政府，市政府各部门：", "甲。"])]}, "", None),
    ("pasted/salutation", {"articles": [article(["各县（市、区）人民政府，江州经济技术开发区、江州国家高新技术产业开发区管委会，市级各部门：", "甲。"])]}, "", None),
    ("masthead/bodies-in-one-line",
     {"masthead": masthead(issuing_body="某某市住房和城乡建设局、某某市生态环境局")}, "", None),
    ("masthead/number-differs", {"masthead": masthead(issue_label="第五、六期")}, "", None),
    ("masthead/number-differs", {"masthead": masthead(issue_label="第134期")}, "", None),
    ("masthead/label-repeats", {"masthead": masthead(year=2017, issue_label="2017年第33期")}, "", None),
    ("masthead/label-repeats",
     {"masthead": masthead(total_number=612, issue_label="第33期（总第612期）")}, "", None),
    ("masthead/label-repeats",
     {"masthead": masthead(series="supplement", issue_label="增刊第33期")}, "", None),
    ("masthead/year-differs", {"masthead": masthead(year=2016)}, "", None),
    ("masthead/year-in-nameplate", {"masthead": masthead(nameplate="动态\n2017年")}, "", None),
    ("section/apart", {"articles": in_sections("甲", "乙", "甲")}, "", None),
    ("section/left-open", {"articles": in_sections("甲", "甲", "")}, "", None),
    ("section/alone", {"articles": in_sections("", "甲")}, "", None),
    ("section/kicker", {"articles": [article(kicker="【要闻】"), article(kicker="【要闻】")]}, "", None),
    ("section/kicker", {"articles": [article(section="要闻", kicker="【要闻】")]}, "", None),
    ("briefs/heading-twice", {"briefs": [{"items": ["近日。"]}, {"items": ["昨日。"]}]}, "", None),
    ("salutation/no-colon",
     {"articles": [article([{"type": "salutation", "text": "各县"}])]}, "各县", "各县："),
    ("signoff/date-among-bodies",
     {"articles": [article(["甲。", {"type": "signoff", "bodies": ["2017年12月22日"]}])]}, "", None),
]  # fmt: skip
SOUND_FIELDS: list[dict[str, Any]] = [
    {"closing": {"report_to": "报社，省文明办", "issue_to": "发改委", "editors": ["编辑部"]}},
    {"masthead": masthead(security={"class": "秘密", "term": "1年"}, copy_number=1)},
    {"articles": [article(["甲。", {**LIST, "items": ["3.5版方案", "2026年计划"]}])]},
    {"articles": [article(["甲。", {**LIST, "items": ["1.方案"]}])]},
    {"articles": [article(["甲。", {**NOTE, "text": "（此件公开）"}])]},
    {"closing": {"labels": {"report_to": "报送"}, "report_to": "省文明办"}},
    {"closing": {"contact": ["联系电话：0000", "投稿邮箱：a@b.cn"]}},
    {"closing": {"contact": ["0000", "a@b.cn"], "labels": {"contact": "联系方式"}}},
    {"closing": {"contact": ["0000", "投稿邮箱：a@b.cn"], "labels": {"contact": "联系电话"}}},
    {"closing": {"recipients": ["市委办", "省文明办"], "print_run": 2}},
    {"closing": {"recipients": ["市委办", {"name": "省文明办", "copies": 2}], "print_run": 3}},
    {"closing": {"recipients": [{"name": "省文明办", "copies": 2}]}},
    {"editors_note": {"label": "批示", "text": "同意。\n批示：略。"}},
    {"articles": [article(["甲。", {**ANNEX, "label": "附件", "title": "方案"}])]},
    {
        "articles": [
            article(["甲。", "附件审核由各县（区）负责，见附件1。"], headline="附件2022版修订")
        ]
    },
    {"articles": [article([{"type": "note", "text": "（附件：另发）"}])]},
    {"articles": [article(["甲。", TABLE, "上表说明：各县（区）均有进展。", "注：略。"])]},
    {"articles": [article(["甲。", TABLE]), article("注：略。")]},
    {"articles": [article(["甲。", "单位：万元。", "见下表。", TABLE])]},
    {"articles": [article([{**TABLE, "notes": ["注：略。"], "unit": "单位：万元"}])]},
    {"articles": [article([{**TABLE, "unit": "（金额单位：万元）"}])]},
    {"articles": [article([{**TABLE, "unit": "截至11月30日"}])]},
    {
        "articles": [
            article(
                [
                    "1.倒排工期",
                    {**ANNEX, "title": "甲", "body": ["1.换点", "2.拍照"]},
                    {**ANNEX, "title": "乙", "body": "1.甲\n2.乙"},
                ]
            )
        ]
    },
    {
        "articles": [
            article(
                [
                    "甲。",
                    {"type": "attachments", "items": ["名单"]},
                    {"type": "signoff", "bodies": ["某某市创建办"]},
                ]
            )
        ]
    },
    {"articles": [article([{**TABLE, "header": ["", "起数", "同比"]}])]},
    {"articles": [article([{**TABLE, "header": ["地区", "起数", ""]}])]},
    {
        "articles": [
            article([{**TABLE, "header": ["地区", "起数", ""], "rows": [["某某区", "3", "持平"]]}])
        ]
    },
    {"editors_note": "近日，市委书记批示：“做法很好。”现予刊发。"},
    {"editors_note": "请各地认真学习贯彻市委批示，抓好落实。"},
    {"editors_note": {"label": "领导批示", "text": "市委书记顾承远批示：同意。"}},
    {"masthead": masthead(issue_label="第32—34期（合刊）", year=2017)},
    {"masthead": masthead(issue_label="第三十三期")},
    {"masthead": masthead(issue_number=108, issue_label="第一百零八期")},
    {"masthead": masthead(issue_label="创刊号")},
    {"masthead": masthead(issuing_body=["某某市住房和城乡建设局", "某某市生态环境局"])},
    {"masthead": masthead(issuing_body="某某市文明办、创建办")},
    {"masthead": masthead(issue_date="2017-12"), "closing": {"imprint_date": "2017-12-25"}},
    {"articles": in_sections("", "甲", "甲", "乙")},
    {"articles": in_sections("甲", "乙"), "briefs": {"items": ["近日。"]}},
    {"articles": [article(kicker="要闻"), article(kicker="短波")]},
    {"briefs": [{"items": ["近日。"]}, {"heading": "县区动态", "items": ["昨日。"]}]},
    {"articles": [article(["甲。", "第一代表团", "乙。"])]},
    {"articles": [article(["名单如下。", "王建国", "李明", "赵红梅", "完毕。"])]},
    {
        "articles": [
            article(["甲。", {"type": "heading", "level": 2, "text": "第一代表团"}, "乙。"] * 2)
        ]
    },
    {"articles": [article([{"type": "salutation", "text": "各县："}, "甲。"])]},
    {"closing": {"report_to": "省文明办", "labels": {"issue_to": "报"}}},
    {
        "articles": [
            article(["甲。", {"type": "table", "rows": [["某某区", "…"], ["某某县", "3"]]}])
        ]
    },
    {"closing": {"contact": ["24小时值班电话：0000", "投稿邮箱：a@b.cn"]}},
    {
        "articles": [
            article(["甲。", {"type": "signoff", "bodies": ["甲办"], "date": "2017-12-22"}])
        ]
    },
]


@pytest.mark.parametrize(("code", "parts", "text", "suggested"), FIELDS)
def test_what_a_layout_prints_itself_is_found_in_a_field(
    code: str, parts: dict[str, Any], text: str, suggested: str | None
) -> None:
    found = [finding for finding in findings(**parts) if finding.code == code]
    assert found
    if suggested is not None:
        assert corrected(text, found[0]) == suggested


@pytest.mark.parametrize("parts", SOUND_FIELDS)
def test_a_sound_field_raises_nothing(parts: dict[str, Any]) -> None:
    assert findings(**parts) == []


class TestRules:
    def test_codes_are_named_once(self) -> None:
        codes = [rule.code for rule in RULES]
        assert len(codes) == len(set(codes))

    def test_no_rule_keeps_an_issue_from_being_set(self) -> None:
        assert all(rule.severity is not Severity.ERROR for rule in RULES)

    def test_a_standard_is_claimed_only_where_a_clause_is_named(self) -> None:
        for rule in RULES:
            assert (rule.strength is Strength.PRACTICE) == (rule.source == "house style")
            assert rule.strength is not Strength.REQUIRED
            assert rule.source == "house style" or "§" in rule.source

    def test_every_rule_has_a_text_here_that_breaks_it(self) -> None:
        tested = {code for code, _, _ in BROKEN} | {
            "pairs/straight-quotes",
            "document-numbers/year-brackets",
            "numbering/gap",
            "date/disagreeing",
            "contents/differing-title",
            "paragraphs/cut-in-two",
            "duplicates/brief",
            "pasted/sign-off",
            "unmarked/table",
            "pairs/angle-brackets",
            "pairs/nested-titles",
            *(code for code, *_ in FIELDS),
        }
        assert {rule.code for rule in RULES} == tested


def test_most_rules_say_what_they_look_for() -> None:
    of_texts = [rule for rule in RULES if isinstance(rule.check, EachText)]
    assert len(PASSING) > len(of_texts) / 2


# A number stands for one of the lines that break the rule that is tried.
@pytest.mark.slow
@given(st.lists(st.one_of(st.integers(0, 9), st.sampled_from(PIECES)), min_size=1, max_size=4))
@settings(max_examples=3 * settings.default.max_examples)
def test_without_what_it_needs_a_rule_finds_nothing(pieces: list[int | str]) -> None:
    """All rules are tried with a text: to make one takes far longer than to look at it."""
    assert [rule.code for rule in PASSING if finds_without(rule, pieces)] == []


def finds_without(rule: Any, pieces: list[int | str]) -> bool:
    own = [line for code, line, _ in BROKEN if code == rule.code] or PIECES
    put = [own[one % len(own)] if isinstance(one, int) else one for one in pieces]
    chars = "".join(char for char in "".join(put) if char not in rule.check.needs)
    text = Text(
        "/a", "", Kind.PARAGRAPH, Kind.PARAGRAPH, chars, range(len(chars)), frozenset(chars)
    )
    return bool(list(rule.check.check(text)))
