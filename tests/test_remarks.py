"""What an editor is told, whole: places, words and suggestions, as they were when last looked at.

Other tests hold which rule finds what. ``pytest tests/test_remarks.py --save-golden`` renews the
sheets in `tests/golden/remarks/`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from hongtou.bulletin.equivalents import EQUIVALENTS
from hongtou.bulletin.errors import ServiceError
from hongtou.bulletin.finding import Finding
from hongtou.bulletin.limits import Limits
from hongtou.intake import read_issue
from hongtou.review import normalized, review
from tests.support.bad_inputs import ROWS
from tests.support.documents import article, document, encoded
from tests.support.proofs import compared
from tests.support.wordings import BROKEN, SOUND
from tests.test_review import FIELDS, SOUND_FIELDS

BEFORE, AFTER = "各单位要压实工作责任，细化工作举措。", "会议强调，要推动各项任务落地见效。"
LONG = 160  # characters of a message that are shown: some quote what was sent


# What is only just one thing and not another: stars that hide a figure, a folio that may be text.
NEAR = (
    "收入12**元", "收入**12元", "收入***元", "张**说。", "会议**强调。", "**强调。", "近日，**强调。", "近日，***强调。",
    "近日，**强调**，**一是", "__甲__乙__", "a*b*c", "甲*乙*丙", "~~删~~", "`x`甲`", "```x```", "[甲](b)", "![甲](b)",
    "<b>甲</b>", "a<br>b", "x<y>z", "&nbsp;甲&lt;乙&amp;x;&copy;&#9733;&#8203;", "# 甲", "#甲", "> 甲", "- 甲", "* 甲",
    "1. 甲", "---", "***", "___", "甲\n---\n乙", "甲\n___\n乙", "|甲|乙|\n|--|--|\n|1|2|\n丙\n|3|4|",
    "— 1 —", "甲。\n— 1 —", "甲。\n第 2 页，共 5 页", "甲。\n第2页", "甲。\n-12-", "甲。\n— 1234 —",
    "同志们：\n甲。", "甲。\n同志们：", "尊敬的各位领导、各位代表：", "全市各级各部门各单位的主要负责同志：", "同志们：甲。",
    "甲。\n某某市创建办\n2017年12月22日", "甲。\n某某市创建办。\n2017年12月22日", "某某市创建办\n二〇一七年十二月二十二日",
    f"{'办' * 30}\n2017年12月22日", f"{'办' * 31}\n2017年12月22日", "2017年12月22日", "甲办\n2017 年 12 月 22 日",
    "字" * 45 + ",", "，" + "字" * 45 + ",乙。", "甲" * 7 + "," + "乙" * 7, "甲，，乙", "甲。。", "甲……。", "（甲（乙）丙）", "“甲“乙”",
    "一、甲", "一、甲\n三、乙", "（一）甲\n（三）乙", "一是甲；三是乙。", "第一，甲；第三，乙。",
)  # fmt: skip


def shown(findings: Iterable[Finding]) -> str:
    rows = ""
    for one in findings:
        changes = "".join(
            f" [{change.start}:{change.end}→{change.text}{'' if change.safe else '?'}]"
            for change in one.suggestions
        )
        rows += (
            f"  {one.severity} {one.code} {one.pointer[:60] if one.pointer else ''!r} "
            f"{one.message[:LONG]!r} {one.hint[:LONG]!r} {one.strength} {one.source}{changes}\n"
        )
    return rows


def remarked(sent: bytes, limits: Limits | None = None) -> str:
    try:
        reading = read_issue(sent, limits or Limits(), images=["a.png"])
    except ServiceError as refusal:
        return f"  {type(refusal).__name__} {refusal.message!r} {refusal.hint!r}\n"
    return shown(reading.findings) + (shown(review(reading)) if reading.issue else "")


@pytest.mark.slow
def test_of_wordings(request: pytest.FixtureRequest) -> None:
    """Each alone and amid other text, where places are counted from the begin of the string."""
    sheet = ""
    for line in NEAR:
        sheet += f"{line!r}\n{remarked(encoded(document(articles=[article(line)])))}"
    for line in dict.fromkeys([*(line for _, line, _ in BROKEN), *SOUND]):
        for body in (line, f"{BEFORE}\n**{line[:4]}**{line[4:]}{AFTER}{line}"):
            issue = document(articles=[article("一、开头"), article(body=body, headline=line[:60])])
            sheet += f"{body!r}\n{remarked(encoded(issue))}"
    compared("remarks/wordings", sheet, request)


@pytest.mark.slow
def test_of_fields(request: pytest.FixtureRequest) -> None:
    every = [*(parts for _, parts, _, _ in FIELDS), *SOUND_FIELDS]
    sheet = "".join(
        f"{json.dumps(parts, ensure_ascii=False)}\n{remarked(encoded(document(**parts)))}"
        for parts in every
    )
    compared("remarks/fields", sheet, request)


@pytest.mark.slow
def test_of_bad_inputs(request: pytest.FixtureRequest) -> None:
    sheet = "".join(f"{name}\n{remarked(sent)}" for name, sent, _ in ROWS)
    compared("remarks/bad-inputs", sheet, request)


@pytest.mark.parametrize("over", [False, True])
def test_of_limits(over: bool, request: pytest.FixtureRequest) -> None:
    """What just keeps every limit is no fault, and one more is."""
    more = int(over)
    limits = Limits(
        articles=2, paragraphs=3, paragraph_chars=20, headline_chars=10, line_chars=8,
        closing_chars=12, table_rows=2, table_columns=3, cell_chars=4, tables=1, total_cells=9,
        figures=1, briefs=2, brief_chars=10, names=2, total_chars=400, total_paragraphs=60,
    )  # fmt: skip
    table = {"type": "table", "header": ["甲"] * 3, "rows": [["乙" * (4 + more)] * 3] * (2 + more)}
    figure = {"type": "figure", "image": "a.png"}
    issue = document(
        articles=[
            article(["字" * (20 + more)] * (3 + more), headline="题" * (10 + more)),
            article([table, *[figure] * (1 + more)], byline="名" * (8 + more)),
            *[article()] * more,
        ],
        briefs={"items": ["讯" * (10 + more)] * (2 + more)},
        closing={"report_to": "报" * (12 + more), "editors": ["编"] * (2 + more)},
    )
    compared(
        f"remarks/limits-{'over' if over else 'kept'}", remarked(encoded(issue), limits), request
    )


def test_of_characters_that_look_like_others(request: pytest.FixtureRequest) -> None:
    sheet = ""
    for origin, pairs in EQUIVALENTS.items():
        sheet += f"{origin}\n"
        sheet += "".join(f"  U+{ord(one):04X} {right}\n" for one, right in sorted(pairs.items()))
    compared("remarks/equivalents", sheet, request)


@pytest.mark.slow
def test_of_normalizing(request: pytest.FixtureRequest) -> None:
    """What is put right at once, and what is left to the editor."""
    sheet = ""
    for line in dict.fromkeys(line for _, line, _ in BROKEN):
        reading = read_issue(encoded(document(articles=[article(body=[line, AFTER])])))
        made = json.dumps(normalized(reading.document, review(reading)), ensure_ascii=False)
        sheet += f"{line!r}\n  {made[made.find('body') :][:300]}\n"
    compared("remarks/normalized", sheet, request)
