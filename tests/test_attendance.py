"""Who was at a meeting: the names hang under the first, behind their label."""

from __future__ import annotations

import pytest

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.order import Order
from hongtou.plan.attendance import plan_paragraph
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
    text = plan_paragraph(issues.paragraph(f"出席：{NAMES}"), own)
    label, names = text.runs
    first, *others = text.lines
    assert own.style("label").role == label.role != names.role
    assert first.x == pytest.approx(2 * own.layout.character_pt)
    assert {round(line.x, 3) for line in others} == {round(first.x + label.takes, 3)}
    broken = [line.text for line in text.lines]
    assert all(line.endswith("、") for line in broken[:-1])


@pytest.mark.parametrize("parted", ["、", "，", "　", "  "])
def test_no_line_parts_a_name_with_a_point_in_it(parted: str) -> None:
    name = "副市长阿卜杜拉·买买提"
    own = TextSetter(layouts()["dongtai"], compositor())
    for before in range(1, 8):
        names = ["李文斌"] * before + [name, "王建军", name, "孙海洋"]
        lines = plan_paragraph(issues.paragraph(f"出席：{parted.join(names)}"), own).lines
        assert not [line.text for line in lines if line.text.endswith("·")]


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
