"""The rules by which lines of an old issue become issue JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongtou.bulletin.errors import ImportRefused
from hongtou.importing import Imported, Kind
from hongtou.importing.contents import SEARCHED, spans_of
from hongtou.importing.lines import SourceLine
from hongtou.importing.reading import read_file
from tests.support.shop import ROOT

RAW = (ROOT / "tests" / "issues" / "real-issue.txt").read_text(encoding="utf-8")
SAMPLE = json.loads((ROOT / "tests" / "issues" / "real-issue.json").read_text(encoding="utf-8"))
LONG = "今年以来，全市各级各部门聚焦重点任务，压实工作责任，健全长效机制，各项工作有序推进，取得明显成效，群众满意度不断提升。"


def imported(text: str) -> Imported:
    return read_file(text.encode())


def issue(*body: str, head: str = "工作动态\n第3期\n市创建办　　2026年3月2日") -> str:
    return "\n".join([head, *body])


def article(*lines: str) -> dict[str, Any]:
    (one,) = imported(issue("全市工作有序推进开新局", *lines)).issue["articles"]
    return one


def kinds(found: Imported) -> dict[str, Kind]:
    return {line.text: line.kind for line in found.lines}


class TestTheSample:
    """The ways in which people get such a text."""

    @pytest.mark.parametrize(
        "text",
        [
            re.sub(r"\n\s*\n", "\n", RAW),
            RAW.replace("\n", "\r\n"),
            RAW.replace("毕节市创建办\n\n2017 年 12 月 22 日\n", "毕节市创建办　　　2017年12月22日\n", 1),
            RAW.replace("2017 年 12 月 22 日", "二〇一七年十二月二十二日"),
            RAW.replace(
                "审核：杨春明\n\n编辑：陈炜 王龙", "审核：杨春明　　编辑：陈炜　王龙"
            ),
            RAW.replace("指挥部指挥长、市相关领导\n\n发", "指挥部\n指挥长、市相关领导\n\n发"),
            "\n".join(
                line + ("\n— 3 —" if at % 9 == 8 else "")
                for at, line in enumerate(RAW.split("\n\n"))
            ),
        ],
        ids=["close", "windows", "one line", "Han date", "one staff line", "wrapped", "folios"],
    )  # fmt: skip
    def test_gives_the_same_issue_each_time(self, text: str) -> None:
        assert imported(text).issue == SAMPLE

    def test_comes_in_the_encoding_of_old_programs_too(self) -> None:
        assert read_file(RAW.encode("gb18030")).issue == SAMPLE
        assert read_file(RAW.encode("utf-16")).issue == SAMPLE

    def test_without_a_contents_list_every_title_is_doubtful(self) -> None:
        found = imported(re.sub(r"(?m)^- .*\n", "", RAW))
        assert [one["headline"] for one in found.issue["articles"]] == [
            one["headline"] for one in SAMPLE["articles"]
        ]
        titles = [line for line in found.lines if line.kind is Kind.HEADLINE]
        assert len(titles) == 3 and all(line.doubt for line in titles)

    def test_tells_of_every_line_what_it_was_taken_for_and_where_it_went(self) -> None:
        found = imported(RAW)
        assert [line.number for line in found.lines] == [
            at for at, line in enumerate(RAW.splitlines(), 1) if line.strip()
        ]
        first = next(line for line in found.lines if line.kind is Kind.HEADLINE)
        assert (first.pointer, first.why) == ("/articles/0/headline", "目录里有")


@pytest.mark.slow
def test_a_text_of_like_lines_is_compared_within_bounds() -> None:
    lines = [f"市人社局打造六型人社助力文明创建{number:05d}" for number in range(3_000)]
    spans = spans_of([SourceLine(number, line) for number, line in enumerate(lines, 1)])
    assert len(spans) <= 3 * SEARCHED
    assert len(imported("\n".join(lines)).lines) == len(lines)


class TestMasthead:
    @pytest.mark.parametrize(
        ("line", "fields"),
        [
            ("第3期", {"issue_number": 3}),
            ("第三十三期（总第612期）", {"issue_number": 33, "total_number": 612}),
            ("2026年第42期", {"issue_number": 42, "year": 2026}),
            ("增刊第2期", {"issue_number": 2, "series": "supplement"}),
            ("第12、13期（合刊）", {"issue_number": 12, "issue_label": "第12、13期（合刊）"}),
            ("2026年第5、6期合刊", {"issue_number": 5, "issue_label": "2026年第5、6期合刊"}),
            ("（2026）第12期", {"issue_number": 12, "year": 2026}),
            ("〔2026〕第12期（总第88期）", {"issue_number": 12, "year": 2026, "total_number": 88}),
            ("2026年 第12期 总第88期", {"issue_number": 12, "year": 2026, "total_number": 88}),
            ("第12期\n（总第88期）", {"issue_number": 12, "total_number": 88}),
            ("（第12期）", {"issue_number": 12}),
        ],
    )
    def test_reads_the_number_as_it_is_written(self, line: str, fields: dict[str, Any]) -> None:
        head = f"工 作 动 态\n{line}\n市创建办　　2026年3月2日"
        assert imported(issue("标题标题标题", LONG, head=head)).issue["masthead"] == {
            "nameplate": "工作动态",
            "issuing_body": "市创建办",
            "issue_date": "2026-03-02",
            **fields,
        }

    def test_who_issues_may_stand_above_the_number_with_the_date(self) -> None:
        head = "工作动态\n市创建办　　2026年3月2日\n第3期"
        masthead = imported(issue("标题标题标题", LONG, head=head)).issue["masthead"]
        assert (masthead["nameplate"], masthead["issuing_body"]) == ("工作动态", "市创建办")

    def test_an_hour_behind_the_date_is_told(self) -> None:
        found = imported(
            issue("标题标题标题", LONG, head="工作动态\n第3期\n市防指　2026年7月12日8时")
        )
        assert found.issue["masthead"]["issue_date"] == "2026-07-12"
        assert any("8时" in one.message for one in found.doubts)

    @pytest.mark.parametrize("drawn", ["━━━━━━━━", "————★————", "_ _ _ _ _", "＊＊＊＊＊"])
    def test_a_rule_of_characters_is_no_text(self, drawn: str) -> None:
        found = imported(issue(drawn, "全市工作有序推进开新局", LONG, drawn))
        assert [one["headline"] for one in found.issue["articles"]] == ["全市工作有序推进开新局"]
        assert found.issue["articles"][0]["body"] == LONG

    def test_reads_the_marks_above_the_name(self) -> None:
        head = "秘密★1年\n特急\n000012\n内部资料 注意保存\n工作动态\n第3期\n市创建办\n2026年3月"
        masthead = imported(issue("标题标题标题", LONG, head=head)).issue["masthead"]
        assert masthead["security"] == {"class": "秘密", "term": "1年"}
        assert (masthead["urgency"], masthead["copy_number"]) == ("特急", 12)
        assert (masthead["notice"], masthead["issue_date"]) == ("内部资料 注意保存", "2026-03")

    def test_what_is_missing_is_told(self) -> None:
        found = imported(LONG)
        assert [one.pointer for one in found.doubts if one.pointer.startswith("/masthead")] == [
            "/masthead/nameplate",
            "/masthead/issue_number",
            "/masthead/issuing_body",
            "/masthead/issue_date",
        ]

    def test_a_day_that_is_none_is_told(self) -> None:
        head = "工作动态\n第3期\n市创建办　　2026年2月30日"
        found = imported(issue("标题标题标题", LONG, head=head))
        assert any("没有“2026年2月30日”这一天" in one.message for one in found.doubts)


class TestArticles:
    def test_a_body_under_a_title_is_its_byline(self) -> None:
        assert article("市人社局", LONG) == {
            "headline": "全市工作有序推进开新局",
            "byline": "市人社局",
            "body": LONG,
        }

    def test_a_note_of_the_editors_stands_above_the_text(self) -> None:
        assert article("编者按：值得各地学习。", LONG)["editors_note"] == "值得各地学习。"
        assert article("【编者按】值得各地学习。", LONG)["editors_note"] == "值得各地学习。"
        assert article("领导批示：值得学习。", LONG)["editors_note"] == {
            "label": "领导批示",
            "text": "值得学习。",
        }

    def test_a_numbered_heading_is_no_byline(self) -> None:
        assert article("一、做好全市", LONG)["body"] == f"一、做好全市\n{LONG}"

    def test_a_paragraph_that_a_page_parted_is_joined_and_told(self) -> None:
        found = imported(issue("全市工作有序推进开新局", LONG[:40], LONG[40:]))
        assert found.issue["articles"][0]["body"] == LONG
        (joined,) = (line for line in found.lines if line.kind is Kind.CONTINUED)
        assert joined.doubt.startswith("上一行没有收尾")

    @pytest.mark.parametrize("second", ["一、健全机制", "（一）健全机制", "★健全机制。"])
    def test_no_line_goes_on_in_a_heading(self, second: str) -> None:
        assert article(LONG, LONG[:40], second)["body"].split("\n")[1] == LONG[:40]

    def test_bodies_and_a_date_at_the_end_sign(self) -> None:
        assert article(LONG, "市创建办", "2026年3月1日")["body"][-1] == {
            "type": "signoff",
            "bodies": ["市创建办"],
            "date": "2026-03-01",
        }

    def test_whom_an_article_addresses_is_a_salutation(self) -> None:
        for text in (
            "各县（区）委、市直各部门：",
            "市委办公室、市政府办公室：",
            "尊敬的各位代表：",
        ):
            assert article(text, LONG)["body"][0] == {"type": "salutation", "text": text}

    @pytest.mark.parametrize("text", ["会议要求，抓好以下工作：", "一是抓好落实。各单位："])
    def test_what_announces_something_is_none(self, text: str) -> None:
        assert article(text, LONG)["body"] == f"{text}\n{LONG}"

    def test_who_signs_above_an_annex_signs(self) -> None:
        body = article(LONG, "市创建办", "2026年3月1日", "附件", "任务表", LONG)["body"]
        assert [one["type"] for one in body[1:]] == ["signoff", "annex"]

    def test_who_sent_it_may_stand_below_the_text_in_brackets(self) -> None:
        assert article(LONG, "（市生态环境局供稿）") == {
            "headline": "全市工作有序推进开新局",
            "byline": "市生态环境局",
            "body": LONG,
        }

    def test_lines_with_tabs_are_a_table_with_a_doubt(self) -> None:
        found = imported(
            issue("全市工作有序推进开新局", LONG, "进展情况", "单位\t户数", "甲县\t5", LONG)
        )
        assert found.issue["articles"][0]["body"][1] == {
            "type": "table",
            "caption": "进展情况",
            "header": ["单位", "户数"],
            "rows": [["甲县", "5"]],
        }
        assert any("认作表格" in one.message for one in found.doubts)

    def test_names_of_attachments_are_listed(self) -> None:
        assert article(LONG, "附件：1.任务分解表", "2.名单")["body"][-1] == {
            "type": "attachments",
            "items": ["任务分解表", "名单"],
        }

    def test_a_line_without_a_stop_is_doubtful(self) -> None:
        found = imported(issue("全市工作有序推进开新局", LONG, "图：清扫现场"))
        assert any("没有句末标点" in line.doubt for line in found.lines)

    def test_text_above_the_first_title_is_kept(self) -> None:
        found = imported(issue(LONG))
        assert found.issue["articles"] == [{"headline": "", "body": LONG}]
        assert any("没有找到标题" in one.message for one in found.doubts)


class TestContents:
    @pytest.mark.parametrize("heading", ["【本期要目】", "目　录", "本期导读："])
    def test_it_is_known_by_its_heading(self, heading: str) -> None:
        title = "全市工作有序推进开新局"
        found = imported(
            issue(
                heading,
                f"● {title}",
                "● 市人社局打造六型人社",
                title,
                LONG,
                "市人社局打造六型人社",
                LONG,
            )
        )
        assert len(found.issue["articles"]) == 2
        assert "briefs" not in found.issue


class TestBriefs:
    def test_a_marked_line_above_marked_items_is_their_heading(self) -> None:
        found = imported(issue("★党建简讯", f"◆{LONG}", f"◆{LONG}"))
        assert found.issue["briefs"] == {"heading": "党建简讯", "mark": "◆", "items": [LONG, LONG]}

    def test_a_sender_behind_the_stop_is_the_byline(self) -> None:
        found = imported(issue("工 作 简 讯", f"★ {LONG}（市生态环境局）", f"★{LONG}"))
        assert found.issue["briefs"] == {
            "heading": "工作简讯",
            "items": [{"text": LONG, "byline": "市生态环境局"}, LONG],
        }

    @pytest.mark.parametrize("mark", ["■", "※", "◎", "▶"])
    def test_a_group_of_another_name_is_known_by_its_marks(self, mark: str) -> None:
        found = imported(issue("县区动态", f"{mark}{LONG}", "部门动态", f"★{LONG}", f"★{LONG}"))
        assert found.issue["briefs"] == [
            {"heading": "县区动态", "mark": mark, "items": [LONG]},
            {"heading": "部门动态", "items": [LONG, LONG]},
        ]


class TestClosing:
    def test_other_labels_are_kept(self) -> None:
        text = issue(
            "全市工作有序推进开新局", LONG, "报送：省文明办", "市创建办　2026年3月2日印发", "责任编辑：杨明"
        )  # fmt: skip
        assert imported(text).issue["closing"] == {
            "report_to": "省文明办",
            "imprint_body": "市创建办",
            "imprint_date": "2026-03-02",
            "editors": ["杨明"],
            "labels": {"report_to": "报送", "editors": "责任编辑"},
        }

    def test_several_ways_to_reach_the_editors_and_the_print_run(self) -> None:
        text = issue(
            "标题标题标题", LONG, "发：各县", "共印120份", "电话：0857-1", "投稿邮箱：a@b.cn"
        )
        closing = imported(text).issue["closing"]
        assert closing["print_run"] == 120
        assert closing["contact"] == ["电话：0857-1", "投稿邮箱：a@b.cn"]

    @pytest.mark.parametrize(
        ("written", "names"),
        [
            ("李　　敏", ["李敏"]),
            ("李 敏  王 磊", ["李敏", "王磊"]),
            ("王小  明", ["王小明"]),
            ("李敏 王磊", ["李敏", "王磊"]),
            ("李敏、王　磊", ["李敏", "王磊"]),
        ],
    )
    def test_a_space_within_a_name_parts_nobody(self, written: str, names: list[str]) -> None:
        found = imported(issue("标题标题标题", LONG, "发：各县", f"编辑：{written}"))
        assert found.issue["closing"]["editors"] == names
        assert not any(one.pointer.startswith("/closing/editors") for one in found.doubts)

    def test_four_parts_of_three_and_one_are_doubtful(self) -> None:
        found = imported(issue("标题标题标题", LONG, "发：各县", "编辑：欧阳修 明"))
        assert any("一个字的人名" in one.message for one in found.doubts)

    def test_one_line_may_hold_all_recipients(self) -> None:
        last = "报：市委领导  送：市直各单位  发：各县"
        assert imported(issue("标题标题标题", LONG, last)).issue["closing"] == {
            "report_to": "市委领导",
            "send_to": "市直各单位",
            "issue_to": "各县",
        }

    def test_two_labels_for_one_field_print_as_they_stand(self) -> None:
        found = imported(
            issue("标题标题标题", LONG, "发：各县", "主编：李敏　审核：王磊　编辑：周伟")
        )
        closing = found.issue["closing"]
        assert (closing["reviewers"], closing["editors"]) == (["王磊"], ["周伟"])
        assert closing["labels"]["approvers"] == "主编"
        assert any("“主编”记作签发" in one.message for one in found.doubts)

    def test_a_label_that_nobody_knows_beside_one_that_is_known_prints_as_it_stands(self) -> None:
        found = imported(issue("标题标题标题", LONG, "发：各县", "值班：赵 勇　审核：钱伟"))
        assert found.issue["closing"] == {
            "issue_to": "各县",
            "approvers": ["赵勇"],
            "reviewers": ["钱伟"],
            "labels": {"approvers": "值班"},
        }
        assert any("“值班”记作签发" in one.message for one in found.doubts)

    def test_no_list_goes_on_in_a_line_with_a_label(self) -> None:
        text = issue("标题标题标题", LONG, "发：各县", "编辑：李敏  编辑：王磊")
        found = imported(text)
        assert found.issue["closing"] == {}
        assert any("没有找到报尾" in one.message for one in found.doubts)

    def test_one_line_may_hold_staff_contact_and_print_run(self) -> None:
        last = "审核：周 伟    编辑：孙晓梅    电 话：0857-1    印数：60份"
        assert imported(issue("标题标题标题", LONG, "发：各县", last)).issue["closing"] == {
            "issue_to": "各县",
            "reviewers": ["周伟"],
            "editors": ["孙晓梅"],
            "contact": "电 话：0857-1",
            "print_run": 60,
        }

    def test_the_print_run_may_stand_behind_the_date(self) -> None:
        last = "市创建办　2026年3月2日印发　（共印500份）"
        closing = imported(issue("标题标题标题", LONG, "发：各县", last)).issue["closing"]
        assert (closing["imprint_date"], closing["print_run"]) == ("2026-03-02", 500)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "没有文字"),
        (b" \n\n ", "没有文字"),
        (b"\0\1\2\3", "不是文本"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "不是 Word 文件"),
        (b"{\\rtf1 text}", "旧的 Word 文件"),
        (b"%PDF-1.7\n%broken", "PDF 打不开"),
        ("字".encode() * 300_001, "超过 300000 字"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(content: bytes, message: str) -> None:
    with pytest.raises(ImportRefused, match=message) as refused:
        read_file(content)
    assert refused.value.hint


# Words of every part of an issue and what nobody expects, in any order.
LINES = st.one_of(
    st.sampled_from(
        [
            *(line for line in RAW.splitlines() if line.strip()),
            "目录", "编者按：很好。", "附件1", "附件：名单", "甲\t乙", "丙\t丁", "市创建办", "— 3 —", "12",
            "2026年3月2日", "秘密★1年", "注：数据截至月底。", "**甲**乙", "报：甲", "★", "审 核：甲", "共印3份",
        ]
    ),
    st.text(st.sampled_from("一二（）1.、。，：；甲乙丙丁戊年月日期第报送发★ \t"), min_size=1, max_size=60),
)  # fmt: skip


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=40))
def test_no_word_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        found = imported(text)
    except ImportRefused:
        assert not text.strip()
        return
    assert len(found.lines) == sum(bool(line.strip()) for line in text.splitlines())
    printed = words(json.dumps(found.issue, ensure_ascii=False))
    told = " ".join(one.message for one in found.doubts)
    for line in found.lines:
        is_folio = line.kind is Kind.FOLIO and "页码" in told
        assert is_kept(line.text, printed) or line.doubt or is_folio, line


def is_kept(line: str, printed: str) -> bool:
    """Tell whether all words of a line are among those of an issue."""
    spread = "".join(line.split())
    return any(all(part in printed for part in parts_of(text)) for text in (line, spread))


def words(text: str) -> str:
    return re.sub(r"[\s*]|\\[ntr]", "", text)


def parts_of(line: str) -> list[str]:
    """Return the words of a line without figures, dates, labels and marks, which become fields."""
    label = r"第|期|总|年|月|日|印发|共印|份|目录|[报送发]|审核|编辑|签发|校对|编者按|附件|注|★"
    parts = re.split(rf"[^\w]|[\d零〇一二三四五六七八九十百]|{label}", line)
    return [part for part in parts if part]


@pytest.mark.slow
class TestTheCommand:
    def run(self, *arguments: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "hongtou", "import", *arguments]
        return subprocess.run(command, input=content, capture_output=True, check=False)

    def test_writes_the_issue_to_standard_output_and_doubts_to_standard_error(self) -> None:
        done = self.run("-", content=RAW.encode())
        assert (done.returncode, json.loads(done.stdout)) == (0, SAMPLE)
        doubts = done.stderr.decode().splitlines()
        assert doubts[1].startswith("13 /articles/2/headline 目录里是")
        assert doubts[-1].endswith("49 行，10 处待核对")

    def test_with_lines_it_writes_one_document(self) -> None:
        told = json.loads(self.run("-", "--lines", content=RAW.encode()).stdout)
        assert [*told] == ["issue", "lines", "doubts"]
        assert len(told["lines"]) == 49

    def test_a_file_that_cannot_be_imported_is_at_fault(self) -> None:
        done = self.run("-", content=b"\0\1\2")
        assert (done.returncode, done.stdout) == (3, b"")
        assert "请在 Word 或 WPS 里另存为 .docx" in done.stderr.decode()
