"""What offices write in manuscripts of many kinds, and what of it the contract would refuse."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hongtou.importing import Imported
from hongtou.importing.lines import Picture, SourceLine, Standing
from hongtou.importing.merged_cells import Cell, Merged, header_rows, opened, parted
from hongtou.importing.reading import read_file
from hongtou.importing.rules import read_lines
from hongtou.intake import read_issue
from tests.support.word import word_file
from tests.test_import_looks import HEAD, line, title
from tests.test_import_looks import LONG as LONG_WORD
from tests.test_importing import LONG, article, imported, issue

TITLE = "全市工作有序推进开新局"


def is_set(found: Imported) -> bool:
    return read_issue(json.dumps(found.issue).encode(), images=["a.png"]).issue is not None


class TestTheContractTakes:
    def test_annexes_one_after_another(self) -> None:
        found = imported(issue(TITLE, LONG, "附件1", "任务分解表", LONG, "附件2", "责任清单", LONG))
        annexes = found.issue["articles"][0]["body"][1:]
        assert [(one["label"], one["body"]) for one in annexes] == [
            ("附件1", [LONG]),
            ("附件2", [LONG]),
        ]
        assert is_set(found)

    @pytest.mark.slow
    def test_any_number_of_them(self) -> None:
        annexes = ["附件1", "任务分解表", LONG] * 2_000
        body = imported(issue(TITLE, LONG, "市创建办", "2026年3月1日", *annexes)).issue["articles"][
            0
        ]["body"]
        assert [one["type"] for one in body[1:3]] == ["signoff", "annex"]
        assert len(body) == 2_002

    def test_texts_without_tabs(self) -> None:
        found = imported(issue(TITLE, LONG, "报：市委\t各常委", "发：各县"))
        assert found.issue["closing"]["report_to"] == "市委　各常委"
        assert is_set(found)

    @pytest.mark.parametrize(
        "line", ["第0期", "总第0期", "第99999期", "（0000）第3期", "第0、1期合刊"]
    )
    def test_no_number_that_is_none(self, line: str) -> None:
        head = f"工作动态\n{line}\n市创建办　2026年3月2日"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert not {"issue_number", "total_number", "year"} & masthead.keys()

    def test_an_item_of_marks_alone_is_none(self) -> None:
        found = imported(issue("工作简讯", f"★{LONG}", "★★"))
        assert found.issue["briefs"]["items"] == [LONG]
        assert any(one.text == "★★" and one.doubt for one in found.lines)

    def test_a_file_with_nothing_in_it_is_told(self) -> None:
        assert any("没有找到文章" in one.message for one in imported("工作动态\n第3期").doubts)

    def test_four_who_issue_are_told(self) -> None:
        head = "工作动态\n第3期\n甲办　乙办　丙办　丁办　2026年3月2日"
        found = imported(issue(TITLE, LONG, head=head))
        assert any("编发单位超过 3 个" in one.message for one in found.doubts)


@pytest.mark.parametrize("remark", ["（此件公开发布）", "（联系人：王某，电话：8220000）"])
def test_a_remark_below_the_date_parts_no_sign_off(remark: str) -> None:
    body = article(LONG, "市创建办", "2026年3月1日", remark)["body"]
    assert [body[1]["type"], body[2]] == ["signoff", remark]


class TestMergedCells:
    def test_a_head_goes_down_as_far_as_its_cells_reach(self) -> None:
        merged = [Merged(0, 0, 1, 2), Merged(1, 0, 2, 1)]
        assert header_rows(merged, 5) == 3

    def test_cells_that_reach_out_of_the_head_are_parted_there(self) -> None:
        assert header_rows([Merged(0, 0, 3, 1)], 2) == 1
        assert parted([Merged(0, 0, 3, 1)], 1) == [Merged(0, 0, 1, 1), Merged(1, 0, 2, 1)]

    def test_a_cell_is_no_wider_than_the_room_beside_one_from_above(self) -> None:
        rows = [[Cell("甲"), Cell("乙"), Cell("丙", rows=2)], [Cell("丁", columns=3)]]
        assert opened(rows)[1] == (Merged(0, 2, 2, 1), Merged(1, 0, 1, 2))

    def test_a_last_row_over_all_columns_may_be_a_note(self) -> None:
        rows = (("指标", "数"), ("甲", "5"), ("注：按现价计算。", ""))
        table = SourceLine(5, "表", rows=rows, merged=(Merged(2, 0, 1, 2),))
        lines = [SourceLine(4, TITLE), SourceLine(6, LONG)]
        (found,) = read_lines([lines[0], lines[1], table]).issue["articles"][-1]["body"][-1:]
        assert (found["notes"], found["rows"]) == (["按现价计算。"], [["甲", "5"]])


@pytest.mark.parametrize("rows", [2, 3])
def test_lines_with_tabs_are_a_table_as_far_as_they_have_them(rows: int) -> None:
    lines = ["县区\t完成率", "东河县\t98%", "西山县\t97%"][:rows]
    [article] = imported(issue(TITLE, LONG, *lines, LONG)).issue["articles"]
    before, table, after = article["body"]
    assert (before, after) == (LONG, LONG)
    assert table["header"] == ["县区", "完成率"] and len(table["rows"]) == rows - 1


class TestBlanksForColumns:
    ROWS = ("县区        应返   完成率", "东河县      1,280  98.3%", "西山县    80    —")

    def test_they_are_a_table_where_a_column_holds_figures(self) -> None:
        lines = (LONG, "各县区进展情况表", "单位：人", *self.ROWS, LONG)
        found = imported(issue(TITLE, *lines))
        [article] = found.issue["articles"]
        before, table, after = article["body"]
        assert (before, after) == (LONG, LONG)
        assert (table["caption"], table["unit"]) == ("各县区进展情况表", "单位：人")
        assert table["header"] == ["县区", "应返", "完成率"]
        assert table["rows"] == [["东河县", "1,280", "98.3%"], ["西山县", "80", "—"]]
        assert any("认作表格" in one.message for one in found.doubts)

    @pytest.mark.parametrize(
        "lines",
        [
            ("王建国    李敏", "陈立      黄河", "吴江      郑东"),  # names
            ("张三  13800000000", "李四  13900000000", "王五  13700000000"),  # no row of titles
            ("县区  应返  已返", "东河县  1280", "西山县  80  70"),  # a cell is missing
            ("县区  应返", "东河县  1280"),
        ],
    )
    def test_others_stay_as_they_are(self, lines: tuple[str, ...]) -> None:
        [article] = imported(issue(TITLE, LONG, *lines)).issue["articles"]
        body = article["body"]
        texts = body.split("\n") if isinstance(body, str) else body
        assert all(isinstance(text, str) for text in texts)
        assert "".join(lines).replace(" ", "") in "".join(texts).replace(" ", "")

    def test_no_row_is_a_headline(self) -> None:
        articles = imported(issue(TITLE, LONG, *self.ROWS, LONG)).issue["articles"]
        assert [article["headline"] for article in articles] == [TITLE]


class TestPictures:
    @pytest.mark.parametrize("above", ["附件1", "编者按：值得各地学习。", "报：市委"])
    def test_where_text_is_wanted_are_no_text(self, above: str) -> None:
        texts = ["工作动态", "第3期", "市创建办　2026年3月2日", TITLE, LONG, above]
        lines = [SourceLine(at, text, Standing.PARAGRAPH) for at, text in enumerate(texts, 1)]
        shown = SourceLine(7, "", Standing.PARAGRAPH, pictures=(Picture("a.png"),))
        found = read_lines([*lines, shown, SourceLine(8, LONG), SourceLine(9, "发：各县")])
        is_told = any(one.number == 7 and one.doubt for one in found.lines)
        assert is_told or "a.png" in json.dumps(found.issue)

    def test_in_a_note_on_the_issue_end_it(self) -> None:
        shown = SourceLine(2, "", pictures=(Picture("a.png"),))
        found = read_lines([SourceLine(1, "编者按：值得学习。"), shown, SourceLine(3, LONG)])
        assert found.issue["editors_note"] == "值得学习。"
        assert "a.png" in json.dumps(found.issue)


class TestSections:
    def test_a_name_in_brackets_above_a_title_is_one(self) -> None:
        text = "".join(
            f"{line(name, 32)}{title(head)}{line(LONG_WORD)}"
            for name, head in (
                ("【学习动态】", "县委举行集体学习"),
                ("【基层实践】", "甲镇把课堂搬到田间"),
            )
        )
        articles = read_file(word_file(HEAD + text)).issue["articles"]
        assert [one["section"] for one in articles] == ["学习动态", "基层实践"]
        assert [one["headline"] for one in articles] == ["县委举行集体学习", "甲镇把课堂搬到田间"]

    @pytest.mark.parametrize(
        ("entry", "heading"),
        [("●简讯4则", "简讯"), ("3.工作简讯（四则）", "工作简讯"), ("◆简　讯", "简　讯")],
    )
    def test_the_briefs_in_the_contents_list_are_none(self, entry: str, heading: str) -> None:
        contents = ("【本期导读】", f"●{TITLE}", entry)
        briefs = (heading, "★3月2日开会。", "★3月5日检查。")
        found = imported(issue(*contents, TITLE, LONG, *briefs))
        assert "section" not in found.issue["articles"][0]
        assert len(found.issue["briefs"]["items"]) == 2

    def test_one_in_the_contents_list_is_no_part_of_the_entry_below(self) -> None:
        head, other = "市政协召开专题协商会", "委员视察重点项目建设"
        found = imported(
            issue("目录", "【专题协商】", head, other, "专题协商", head, LONG, other, LONG)
        )
        assert [(one["section"], one["headline"]) for one in found.issue["articles"]] == [
            ("专题协商", head),
            ("专题协商", other),
        ]

    def test_text_does_not_go_on_in_it(self) -> None:
        assert article(LONG[:40], "【基层实践】")["body"].split("\n") == [LONG[:40], "【基层实践】"]


def test_a_name_behind_a_mark_under_a_title_is_who_wrote_it() -> None:
    found: dict[str, Any] = article("□ 张某某", LONG)
    assert (found["byline"], found["body"]) == ("张某某", LONG)


def test_a_long_text_above_the_number_is_no_name() -> None:
    found = imported(issue(head=f"{LONG * 2}\n工作动态\n第3期\n市创建办　2026年3月2日"))
    assert found.issue["masthead"]["nameplate"] == "工作动态"
    assert "overline" not in found.issue["masthead"]
    assert found.issue["articles"][0]["body"] == LONG * 2


def test_a_body_under_a_title_is_no_title_itself() -> None:
    found: dict[str, Any] = article("甲县县委政法委", LONG)
    assert (found["headline"], found["byline"]) == (TITLE, "甲县县委政法委")


def test_whom_an_article_addresses_stands_between_title_and_text() -> None:
    found: dict[str, Any] = article("市委、市政府：", LONG)
    assert (found["headline"], found["body"][1]) == (TITLE, LONG)


class TestClosing:
    def test_the_print_run_may_stand_behind_recipients(self) -> None:
        closing = imported(issue(TITLE, LONG, "发：各县区党委　　共印60份")).issue["closing"]
        assert closing == {"issue_to": "各县区党委", "print_run": 60}

    def test_also_on_the_second_line_of_them(self) -> None:
        text = issue(TITLE, LONG, "发：各县区党委，", "各乡镇　（共印60份）")
        assert imported(text).issue["closing"] == {
            "issue_to": "各县区党委，各乡镇",
            "print_run": 60,
        }

    def test_text_does_not_go_on_in_it(self) -> None:
        found = imported(issue("工作简讯", f"★{LONG}（甲县）", "呈：市委领导", "（内部）"))
        assert found.issue["briefs"]["items"][0] == {"text": LONG, "byline": "甲县"}

    def test_labels_may_stand_in_a_column_of_their_own(self) -> None:
        rows = [("报：", "市委领导"), ("发：", "各县区")]
        cells = "".join(
            f"<w:tr>{''.join(f'<w:tc>{line(one, 32)}</w:tc>' for one in row)}</w:tr>"
            for row in rows
        )
        text = HEAD + title("整治成效明显") + line(LONG_WORD) + f"<w:tbl>{cells}</w:tbl>"
        closing = read_file(word_file(text)).issue["closing"]
        assert closing == {"report_to": "市委领导", "issue_to": "各县区"}

    def test_who_is_presented_with_an_issue_is_a_label_of_its_own(self) -> None:
        closing = imported(issue(TITLE, LONG, "呈：市委领导")).issue["closing"]
        assert closing == {"report_to": "市委领导", "labels": {"report_to": "呈"}}


def test_an_hour_may_have_a_wide_colon() -> None:
    head = "值班快报\n第3期\n市防指　2026年7月12日8：00"
    assert imported(issue(TITLE, LONG, head=head)).issue["masthead"]["issue_date"] == "2026-07-12"


@pytest.mark.parametrize("hour", ["15时", "8时30分", "8:00", "上午"])
def test_a_day_without_a_year_may_have_an_hour(hour: str) -> None:
    closing = "市防指　　2026年7月12日印发"
    text = issue(TITLE, LONG, closing, head=f"值班快报\n第3期\n市防指　7月12日{hour}")
    found = imported(text)
    assert found.issue["masthead"]["issue_date"] == "2026-07-12"
    (told,) = [one.message for one in found.doubts if "没有年份" in one.message]
    assert f"日期之后的“{hour}”没有取" in told


class TestTextThatIsIndented:
    """Titles begin at the edge of a text file, paragraphs two squares in: none need be long."""

    @pytest.mark.parametrize("indent", ["　　", "\t", "    "])
    def test_short_lines_at_the_edge_are_titles(self, indent: str) -> None:
        lines = ["县防指召开紧急会商会", f"{indent}会议要求，压实责任。", f"{indent}会后，抓落实。"]
        found = imported(issue(*lines, "全县转移群众三千人", f"{indent}无人员伤亡。"))
        assert [(one["headline"], one["body"]) for one in found.issue["articles"]] == [
            ("县防指召开紧急会商会", "会议要求，压实责任。\n会后，抓落实。"),
            ("全县转移群众三千人", "无人员伤亡。"),
        ]

    def test_a_title_may_have_two_lines(self) -> None:
        title = ["全县防汛工作紧急会商会召开", "部署近期强降雨防范应对工作"]
        (one,) = imported(issue(*title, "　　会议要求，压实责任。")).issue["articles"]
        assert "".join(one["headline"].split()) == "".join(title)

    def test_what_is_centred_by_spaces_is_no_paragraph(self) -> None:
        title = "　　　　　　县防指召开紧急会商会"
        (one,) = imported(issue(title, "　　会议要求，压实责任。")).issue["articles"]
        assert one["headline"] == "县防指召开紧急会商会"


def test_a_first_line_above_a_sentence_is_a_title() -> None:
    (one,) = imported(issue("县防指召开紧急会商会", "会议要求，压实责任。")).issue["articles"]
    assert one["headline"] == "县防指召开紧急会商会"


class TestAsOfficesPaste:
    """Plain text as it comes out of an OA system or a web page."""

    def body(self, *lines: str) -> list[str]:
        return str(imported(issue(TITLE, LONG, *lines)).issue["articles"][0]["body"]).split("\n")

    def test_names_that_go_on_below_stay_apart(self) -> None:
        names = ("出    席：李  明  欧阳修文  买买提·艾力", "          赵  敏  诸葛亮亮")
        *_, listed, after = self.body(*names, "请    假：何  平（出差）")
        assert listed == f"{names[0]}\u3000{names[1].strip()}"
        assert after == "请    假：何  平（出差）"

    def test_labels_that_blanks_spread_begin_paragraphs_and_are_not_doubted(self) -> None:
        lines = ("时    间：2026年5月8日下午3:00", "地    点：市委办公楼B座3楼会议室")
        found = imported(issue(TITLE, LONG, *lines, "出    席：李  明  王建国", LONG))
        assert set(lines) < set(found.issue["articles"][0]["body"].split("\n"))
        assert not any("没有句末标点" in doubt.message for doubt in found.doubts)

    def test_verses_are_not_joined(self) -> None:
        verses = ["红花开满坡，", "渠水唱新歌；", "军民一家亲，", "幸福日子多。"]
        assert self.body(*verses)[1:] == verses

    def test_who_sent_an_item_may_stand_below_it(self) -> None:
        briefs = ("工作动态", "●近日，某某镇开会部署。", "（某某镇）", "●某某县组织民兵训练。")
        found = imported(issue(TITLE, LONG, *briefs)).issue["briefs"]
        assert found["items"] == [
            {"text": "近日，某某镇开会部署。", "byline": "某某镇"},
            "某某县组织民兵训练。",
        ]

    def test_what_a_web_page_says_below_the_closing_block_is_told_and_hides_nothing(self) -> None:
        found = imported(issue(TITLE, LONG, "报：市委。", "发：各县。", "点击“阅读原文”查看更多"))
        assert found.issue["closing"] == {"report_to": "市委。", "issue_to": "各县。"}
        assert any("提示语" in doubt.message for doubt in found.doubts)

    def test_a_copy_number_behind_its_label_and_a_notice_on_two_lines(self) -> None:
        head = "内部资料\n注意保存      编号：000017\n工作动态\n第6期\n市创建办　2026年5月12日"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert masthead["notice"] == "内部资料 注意保存"
        assert (masthead["copy_number"], masthead["nameplate"]) == (17, "工作动态")
        assert "overline" not in masthead

    def test_a_leaders_remark_may_stand_above_the_contents(self) -> None:
        remark = ("【领导批示】", "要“事要解决”。", "张某某  5月10日")
        listed = (f"一、{TITLE}……1", "二、基层治理见实效开新篇……3")
        titles = (TITLE, LONG, "基层治理见实效开新篇", LONG)
        found = imported(issue(*remark, "目    录", *listed, *titles))
        assert found.issue["editors_note"] == {
            "label": "领导批示", "text": "要“事要解决”。", "by": "张某某  5月10日",
        }  # fmt: skip
        assert [one["headline"] for one in found.issue["articles"]] == list(titles[::2])
        assert not any("目录里是" in doubt.message for doubt in found.doubts)

    def test_a_note_ends_before_what_may_be_a_title(self) -> None:
        note = "编者按：现将讲话印发，请认真学习。"
        first = "在全县“三级书记”抓落实动员大会上的讲话"
        found = imported(issue(note, first, "东方朔", "同志们：", "今天讲三点。", TITLE, LONG))
        assert found.issue["editors_note"] == "现将讲话印发，请认真学习。"
        assert found.issue["articles"][0]["body"].startswith(first)
        assert any("没有找到标题" in doubt.message for doubt in found.doubts)

    def test_a_telephone_below_the_recipients_has_any_label(self) -> None:
        contact = "24小时值班电话：0831-8230121　　值班员：李明"
        found = imported(issue(TITLE, LONG, "报：市委。", contact)).issue["closing"]
        assert found == {"report_to": "市委。", "contact": contact}
        found = imported(issue(TITLE, LONG, contact, "报：市委。")).issue["closing"]
        assert found == {"report_to": "市委。"}

    def test_recipients_on_one_line_are_parted_behind_a_stop(self) -> None:
        closing = imported(issue(TITLE, LONG, "报：市委办公室。发：各乡（镇）。")).issue["closing"]
        assert closing == {"report_to": "市委办公室。", "issue_to": "各乡（镇）。"}

    def test_attachments_on_one_line_are_parted(self) -> None:
        (found,) = imported(issue(TITLE, LONG, "附件：1. 雨量图；2. 预警图")).issue["articles"]
        assert found["body"][-1]["items"] == ["雨量图", "预警图"]

    def test_a_government_may_sign(self) -> None:
        signers = ("中共某某县委", "某某县人民政府", "2026年7月1日")
        (found,) = imported(issue(TITLE, LONG, *signers)).issue["articles"]
        assert found["body"][-1]["bodies"] == list(signers[:2])

    def test_a_label_without_a_remark_is_no_note(self) -> None:
        (found,) = imported(issue("目录", TITLE, TITLE, "【领导批示】")).issue["articles"]
        assert "editors_note" not in found
        (found,) = imported(issue("目录", TITLE, TITLE, "【领导批示】", LONG, LONG)).issue[
            "articles"
        ]
        assert found["editors_note"] == {"label": "领导批示", "text": LONG}
        assert found["body"] == LONG

    @pytest.mark.parametrize(
        ("line", "byline"),
        [
            ("临河区委信访局  欧阳娜娜", "临河区委信访局  欧阳娜娜"),
            ("来源：县双拥办  作者：买买提·艾力", "县双拥办\u3000买买提·艾力"),
        ],
    )
    def test_a_byline_may_name_a_body_and_a_person(self, line: str, byline: str) -> None:
        (found,) = imported(issue("目录", TITLE, TITLE, line, LONG)).issue["articles"]
        assert found["byline"] == byline


class TestSpeeches:
    TITLE = "在全市义务教育优质均衡发展推进会上的讲话"
    TEXT = "今天，我们召开全市义务教育优质均衡发展推进会。下面，我讲三点意见。"

    @pytest.mark.parametrize(
        ("below", "subhead", "byline"),
        [
            (["（2026年11月18日）", "副市长　王建国"], "（2026年11月18日）", "副市长　王建国"),
            (["县委书记  赵四海", "（9月10日）"], "（9月10日）", "县委书记  赵四海"),
            (["（2026年11月18日）", "赵 四 海"], "（2026年11月18日）", "赵 四 海"),
            (["市政协主席　阿依·古丽"], None, "市政协主席　阿依·古丽"),
        ],
    )
    def test_day_and_speaker_stand_below_the_title(
        self, below: list[str], subhead: str | None, byline: str
    ) -> None:
        first, second = imported(
            issue("全市工作有序推进", LONG, self.TITLE, *below, "老师们、同志们：", self.TEXT)
        ).issue["articles"]
        assert first["headline"] == "全市工作有序推进"
        assert (second["headline"], second["byline"]) == (self.TITLE, byline)
        assert second.get("subhead") == subhead
        assert second["body"] == [{"type": "salutation", "text": "老师们、同志们："}, self.TEXT]

    def test_its_title_may_stand_behind_a_dash(self) -> None:
        lines = [
            "凝心聚力开创新局面",
            f"——{self.TITLE}",
            "（2026年11月18日）",
            "王建国",
            "同志们：",
        ]
        [article] = imported(issue(*lines, self.TEXT)).issue["articles"]
        assert article["headline"] == "凝心聚力开创新局面"
        assert article["subhead"] == f"——{self.TITLE}（2026年11月18日）"
        assert article["byline"] == "王建国"

    def test_a_title_that_ends_in_an_office_is_one(self) -> None:
        [article] = imported(issue("市领导走访慰问老红军和村支部书记", LONG)).issue["articles"]
        assert article["headline"] == "市领导走访慰问老红军和村支部书记"

    @pytest.mark.parametrize(
        "title", ["全市经济平稳增长　态势良好", "人大代表　建言献策", "部分市政协委员　视察项目"]
    )
    def test_a_title_of_two_parts_names_no_speaker(self, title: str) -> None:
        [article] = imported(issue(title, LONG)).issue["articles"]
        assert article["headline"] == title


class TestAListOfBooksAndItsContents:
    """Sections and authors in the contents list, who answers for the issue, and how many copies."""

    SOURCE = (
        "读书与思考\n第3期\n市委党校　　2026年3月2日\n目录\n★学习札记\n"
        "读《〈哲学的贫困〉手稿》札记………………欧阳×× （1）\n★荐书\n推荐书目…………… （4）\n"
        f"★学习札记\n读《〈哲学的贫困〉手稿》札记\n哲学教研部　欧阳××\n{LONG}\n"
        f"★荐书\n推荐书目\n{LONG}\n发：各部门\n本期责编：诸葛明 司马晓燕　　印数：260"
    )

    def test_sections_with_a_mark_are_sections_and_no_part_of_a_title(self) -> None:
        articles = imported(self.SOURCE).issue["articles"]
        assert [(one["section"], one["headline"]) for one in articles] == [
            ("学习札记", "读《〈哲学的贫困〉手稿》札记"),
            ("荐书", "推荐书目"),
        ]

    def test_how_many_copies_is_no_name(self) -> None:
        closing = imported(self.SOURCE).issue["closing"]
        assert closing["print_run"] == 260
        assert closing["editors"] == ["诸葛明", "司马晓燕"]
        assert "reviewers" not in closing and "approvers" not in closing


class TestAParagraphEnds:
    OPEN = "全市上下齐心协力推进各项重点工作的开展并且取得了阶段性的新成效"

    def body(self, *lines: str) -> list[str]:
        found = imported(issue(TITLE, LONG, *lines)).issue["articles"][0]["body"]
        return str(found).split("\n")[1:]

    def test_at_an_empty_line(self) -> None:
        assert self.body(self.OPEN, "", "市财政局安排资金。") == [self.OPEN, "市财政局安排资金。"]

    def test_at_none_where_most_lines_are_parted_by_one(self) -> None:
        text = issue(TITLE, LONG, self.OPEN, "市财政局安排资金。").replace("\n", "\n\n")
        assert f"{self.OPEN}市财政局" in str(imported(text).issue["articles"][0]["body"])

    def test_at_none_around_a_folio(self) -> None:
        lines = self.body(self.OPEN, "", "— 2 —", "", "市财政局安排资金。", *[LONG] * 5)
        assert lines[0] == f"{self.OPEN}市财政局安排资金。"

    def test_behind_who_sent_it_and_behind_a_note_on_its_own(self) -> None:
        passed = "（2026年4月29日江州市人民代表大会常务委员会第三十二次会议通过）"
        sent = "江口县关闭沿江涵闸六十八座，转移低洼地带群众。（县防办）"
        assert self.body(passed, "会议决定修改条例。", sent, "市防办值守。") == [
            passed, "会议决定修改条例。", sent, "市防办值守。",
        ]  # fmt: skip


class TestWhatOfficesWriteInPlainText:
    @pytest.mark.parametrize("text", ["全县普降暴雨，最大雨量213.5mm。", LONG])
    def test_a_title_in_brackets_needs_no_long_text(self, text: str) -> None:
        found = imported(issue("【汛情速报】", text, "【防御工作】", text))
        assert [one["headline"] for one in found.issue["articles"]] == ["汛情速报", "防御工作"]

    @pytest.mark.parametrize(
        ("line", "fields"),
        [
            ("〔2026〕18号", {"issue_number": 18, "issue_label": "〔2026〕18号"}),
            (
                "（2026—2027学年第一学期　第3期）",
                {"issue_number": 3, "issue_label": "（2026—2027学年第一学期第3期）"},
            ),
        ],
    )
    def test_a_number_of_another_form_is_kept_as_it_is(
        self, line: str, fields: dict[str, Any]
    ) -> None:
        head = f"督导简报\n{line}\n市督导组　　2026年3月2日"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert masthead["nameplate"] == "督导简报"
        assert {key: masthead[key] for key in fields} == fields

    def test_a_name_and_a_number_may_be_glued_together(self) -> None:
        head = "工会工作简报第8期\n安澜市总工会\n2026年8月"
        masthead = imported(issue(TITLE, LONG, head=head)).issue["masthead"]
        assert masthead["nameplate"] == "工会工作简报"
        assert (masthead["issue_number"], masthead["issuing_body"]) == (8, "安澜市总工会")

    def test_who_wrote_it_stands_in_brackets_at_the_end(self) -> None:
        assert article(LONG, "（柳湾区信访局）")["byline"] == "柳湾区信访局"
        assert article(LONG, "（办公室  张小平）")["byline"] == "办公室  张小平"
        assert "byline" not in article(LONG, "（此件公开发布）")

    @pytest.mark.parametrize(
        "name", ["市委政研室课题组", "中共市医院委员会", "柳湾派出所", "阳光小学"]
    )
    def test_more_names_are_those_of_bodies(self, name: str) -> None:
        below = article(name, LONG)
        assert (below["headline"], below["byline"]) == (TITLE, name)
        signed = article(LONG, name, "2026年3月1日")["body"][-1]
        assert signed == {"type": "signoff", "date": "2026-03-01", "bodies": [name]}

    @pytest.mark.parametrize("mark", "◎▪◆")
    def test_a_contents_list_has_any_mark(self, mark: str) -> None:
        found = imported(issue("目录", f"{mark}{TITLE}", TITLE, LONG))
        assert found.issue["articles"][0]["headline"] == TITLE
        assert not any("与标题不同" in one.message for one in found.doubts)

    def test_short_news_of_any_place_are_known_by_their_heading(self) -> None:
        found = imported(issue(TITLE, LONG, "市创建办", "2026年3月1日", "校园简讯", LONG, LONG))
        assert found.issue["briefs"] == {"heading": "校园简讯", "items": [LONG, LONG]}
        assert found.issue["articles"][0]["body"][-1]["type"] == "signoff"

    def test_blanks_that_spread_a_label_make_no_column(self) -> None:
        rows = ("县（区）    计划    到位", "柳湾区    30.0    28.5", "合  计    30.0    28.5")
        (table,) = article(*rows)["body"]
        assert table["rows"] == [["柳湾区", "30.0", "28.5"], ["合计", "30.0", "28.5"]]


class TestTheClosingBlock:
    END = ("市创建办　　　　2026年3月2日印发",)

    def closing(self, *lines: str) -> tuple[dict[str, Any], Imported]:
        found = imported(issue(TITLE, LONG, *lines))
        return found.issue["closing"], found

    def test_goes_on_over_a_label_that_nobody_knows(self) -> None:
        closing, found = self.closing(
            "主送：市委办公室。",
            "抄送：各县（区）。",
            "承办单位：信息科　　　　电话：0000-888",
            *self.END,
        )
        assert (closing["report_to"], closing["send_to"]) == ("市委办公室。", "各县（区）。")
        assert closing["contact"] == ["承办单位：信息科", "电话：0000-888"]
        assert any("标签不认识" in one.message for one in found.doubts)

    def test_has_no_subject_words_any_more(self) -> None:
        closing, found = self.closing("主题词：信访　工作", "报：市委。", *self.END)
        assert closing["report_to"] == "市委。"
        assert any("主题词" in one.message for one in found.doubts)
        assert "信访　工作" not in json.dumps(found.issue, ensure_ascii=False)

    def test_parts_several_contacts_on_one_line(self) -> None:
        closing, _ = self.closing("报：市委。", "电话：0000-888    邮箱：a@b.cn")
        assert closing["contact"] == ["电话：0000-888", "邮箱：a@b.cn"]
        closing, _ = self.closing("报：市委。", "电话：0000-888    0000-889")
        assert closing["contact"] == "电话：0000-888    0000-889"
