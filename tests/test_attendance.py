"""Who was at a meeting: the names hang under the first, behind their label."""

from __future__ import annotations

import pytest

from hongtou.bulletin.attendance import attendance_label, attendance_labels
from hongtou.bulletin.order import Order
from hongtou.plan.attendance import plan_list
from hongtou.plan.texts import TextSetter
from tests.support import issues
from tests.support.documents import article, document, encoded
from tests.support.shop import compositor, layouts, typesetter

NAMES = "、".join(["李文斌", "王建军", "孙海洋", "欧阳振华", "陈玉兰", "司马文静"] * 3)


@pytest.mark.parametrize(
    "label",
    [
        *("出席：", "列席人员：", "请假：", "主持人：", "记录：", "会议地点：", "时间："),
        *("出 席：", "列　席：", "记 录 人：", "地  点："),
    ],
)
def test_a_label_and_names(label: str) -> None:
    assert attendance_label(f"{label}李文斌，市财政局曹志刚") == label


@pytest.mark.parametrize(
    "line",
    [
        "组长：王建军",
        "组　长：王　伟　　市委副书记、市长",
        "副组长：李文斌、孙海洋、欧阳振华",
        "常务副组长：李文斌（市委常委、常务副市长）",
        "副组长：市委常委、副市长孙海洋",
        "成员：市财政局局长曹志刚，市水利局局长何文",
        "成员：市委办公室、市财政局、市水利局主要负责人",
        "成 员：阿卜杜拉·买买提　李文斌",
        "主任：某某某",
        "联络员：各成员单位负责人。",
        "联络员：市财政局王龙　联系电话：0000-8888016",
    ],
)
def test_a_duty_in_a_group_and_who_has_it(line: str) -> None:
    assert attendance_label(line) == line[: line.index("：") + 1]


@pytest.mark.parametrize(
    "text",
    [
        "成员：由市财政局、市水利局、市教育局等单位组成。",
        "组长：负责统筹、协调、督办领导小组各项工作。",
        "组长：全面负责领导小组工作，主持召开领导小组会议。",
        "副主任：协助主任工作、分管农业农村。",
        "成员：市财政局局长担任，任期两年。",
        "成员：学习政策、开展宣传、反馈意见。",
        "成员：每组5人、共20人",
        "组长：王建军。会议决定，由他牵头。",
    ],
)
def test_a_sentence_that_begins_with_a_duty_is_no_list(text: str) -> None:
    assert not attendance_label(text)


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        (["会议定于近日召开。", "时间：11月20日", "请准时参加。"], ["", "", ""]),
        (["记录：各地完成情况，一式两份"], [""]),
        (["时间：11月20日", "地点：市政府"], ["时间：", "地点："]),
        (
            ["出席：李文斌、王建军", "会议强调，要抓落实。", "记录：孙海洋"],
            ["出席：", "", "记录："],
        ),
        (["组长：王建军", "会议要求，抓好落实。", "时间：11月20日"], ["组长：", "", ""]),
        (
            ["副组长：李　明　市委常委", "张小燕　副市长", "欧阳清　市政府秘书长", "王龙　供稿。"],
            ["副组长：", "副组长：", "副组长：", ""],
        ),
        (
            ["出席：顾长青　市长", "亓　青　常务副市长", "展鹏飞　副市长", "艾力江·买买提　副市长"],
            ["出席："] * 4,
        ),
        (["出席：顾长青　市长", "会议要求　抓好落实"], ["出席：", ""]),
        (["张小燕　副市长", "组长：王建军"], ["", "组长："]),
        (["出席：李文斌", "记录：孙海洋", "王龙　供稿"], ["出席：", "记录：", ""]),
    ],
)
def test_a_label_of_anything_needs_another(lines: list[str], labels: list[str]) -> None:
    assert attendance_labels(lines) == labels


def test_what_a_meeting_stressed_is_no_label() -> None:
    said = ["强调：要抓好落实。", "会议强调，要抓好落实。", "会议指出：成效明显。"]
    assert attendance_labels(["出席：李文斌、王建军", *said]) == ["出席：", "", "", ""]


def test_lists_in_bodies_and_annexes_hang_and_a_notice_does_not() -> None:
    group = ["组长：王建军", f"成员：{NAMES}"]
    notice = ["时间：11月20日下午3时", "会议在市政府召开。"]
    annex = {"type": "annex", "title": "领导小组名单", "body": group}
    sent = document(articles=[article(body=[*group, "另有通知如下。", *notice, annex])])
    steps = typesetter()
    plan = steps.plan(steps.accept(encoded(sent), Order(), {}))
    styles = [text.style for text in plan.plan.texts if text.text[:2] in ("组长", "成员", "时间")]
    assert styles == ["attendance", "attendance", "paragraph", "attendance", "attendance"]


@pytest.mark.parametrize(
    "text",
    [
        "出席会议的有李文斌。",
        "记录：李文斌。会议结束后，他签了字。",
        "要求：李文斌、王建军",
        "出席：",
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert not attendance_label(text)


def test_lines_begin_where_the_first_name_does() -> None:
    own = TextSetter(layouts()["dongtai"], compositor())
    text = plan_list(issues.paragraph(f"出席：{NAMES}"), "出席：", own)
    label, names = text.runs
    first, *others = text.lines
    assert own.style("label").role == label.role != names.role
    assert first.x == pytest.approx(2 * own.layout.character_pt)
    assert {round(line.x, 3) for line in others} == {round(first.x + label.takes, 3)}
    broken = [line.text for line in text.lines]
    assert all(line.endswith("、") for line in broken[:-1])


def test_the_next_person_on_a_line_of_its_own_stands_under_the_first() -> None:
    own = TextSetter(layouts()["dongtai"], compositor())
    first = plan_list(issues.paragraph("副组长：李　明　市委常委"), "副组长：", own)
    (line,) = plan_list(issues.paragraph("张小燕　副市长"), "副组长：", own).lines
    label = first.runs[0]
    assert line.x == pytest.approx(first.lines[0].x + label.takes)
    assert line.text == "张小燕　副市长"


@pytest.mark.parametrize("parted", ["、", "，", "　", "  "])
def test_no_line_parts_a_name_with_a_point_in_it(parted: str) -> None:
    name = "副市长阿卜杜拉·买买提"
    own = TextSetter(layouts()["dongtai"], compositor())
    for before in range(1, 8):
        names = ["李文斌"] * before + [name, "王建军", name, "孙海洋"]
        line = issues.paragraph(f"出席：{parted.join(names)}")
        lines = plan_list(line, "出席：", own).lines
        assert not [line.text for line in lines if line.text.endswith("·")]


@pytest.mark.parametrize("mark", ["；", "，"])
def test_a_line_ends_between_two_who_have_a_duty_and_not_behind_a_name(mark: str) -> None:
    entries = ["王　龙　数学与统计学院教授", "陈　炜　外国语学院副教授", "司马清　文学院教授"]
    own = TextSetter(layouts()["dongtai"], compositor())
    line = issues.paragraph("副组长：" + mark.join(entries))
    lines = [line.text for line in plan_list(line, "副组长：", own).lines]
    assert len(lines) > 1
    assert all(line.endswith(mark) for line in lines[:-1])


def test_it_needs_no_stop() -> None:
    listed = [f"{label}：市财政局曹志刚，{NAMES}" for label in ("列席", "列　席", "出 席")]
    listed += [f"主持：市长 {NAMES}", f"成  员：{NAMES}"]
    sent = document(
        articles=[article(body=["各项工作有序推进。", *listed, "会议强调，要抓落实。"])]
    )
    checked = typesetter().check(encoded(sent), Order())
    assert not [
        one for one in checked.findings if one.code.split("/")[0] in ("paragraphs", "spacing")
    ]
