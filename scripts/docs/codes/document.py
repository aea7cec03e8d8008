"""Codes of the issue JSON itself: its shape, its extent, what its characters are."""

from __future__ import annotations

from scripts.docs.codes.example import Code, article, block, issue, masthead, picture, text

CELLS = [["甲"] * 12] * 300
TABLE = {"type": "table", "rows": [["甲", "乙"]]}
FIGURE = {"type": "figure", "image": "a.png"}
LARGE = 6_000  # pixels; six such pictures are over the limit of an issue, one is not
LARGE_ONES = "abcdef"


def small_picture() -> dict[str, bytes]:
    """Return a picture that is fine."""
    return {"a.png": picture(2000, 1000)}


def telephone_picture() -> dict[str, bytes]:
    """Return a picture of a format that cannot be printed."""
    return {"a.heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"}


def moving_picture() -> dict[str, bytes]:
    """Return a GIF of two frames."""
    return {"a.gif": picture(2000, 1000, "GIF")}


def large_pictures() -> dict[str, bytes]:
    """Return six pictures that have too many pixels together."""
    return {f"{name}.png": picture(LARGE, LARGE) for name in LARGE_ONES}


def _articles(*blocks: object) -> list[dict[str, object]]:
    """Return articles of a hundred blocks each."""
    return [
        {"headline": "全市工作有序推进", "body": blocks[start : start + 100]}
        for start in range(0, len(blocks), 100)
    ]


CODES: dict[str, Code] = {
    "issue/empty": issue("稿件里没有文章，也没有简讯", articles=[]),
    "layout/unknown": issue("没有这个名称的版式", layout="gongwen"),
    "document/missing-field": masthead("必填的字段没有填写", issuing_body=None),
    "document/unknown-field": article("字段名不认得，多半是写错了", hedline="标题"),
    "document/wrong-type": masthead("值的类型不对，如数字写成了文字", issue_number="33"),
    "document/unknown-choice": masthead("只能从几个值里选，而这个值不在其中", urgency="急"),
    "document/out-of-range": masthead("数字超出范围", issue_number=0),
    "document/empty-list": block("列表里至少要有一项", type="attachments", items=[]),
    "document/too-long": article(
        "文字太长，或列表的项数太多，超过服务的上限", "一个 101 字的 headline", headline="长" * 101
    ),
    "body/unknown-block": block("正文里的这一块不是可用的段落块", type="video"),
    "nameplate/too-long": masthead("简报名称超过 30 字", nameplate="城乡环境工作动态" * 4),
    "nameplate/too-many-lines": masthead(
        "简报名称超过两行", nameplate="某某市\n城乡环境\n工作动态"
    ),
    "date/unreadable": masthead("日期字段不是 年-月-日 的写法", issue_date="2026年2月3日"),
    "date/impossible": masthead("日期字段里的这一天不存在", issue_date="2026-02-30"),
    "date/out-of-range": masthead("日期字段的年份不像是真的", issue_date="9999-01-01"),
    "table/no-columns": block("表格没有列", type="table", rows=[[]]),
    "table/ragged-row": block("表格各行的格数不一样", type="table", rows=[["甲", "乙"], ["丙"]]),
    "table/spans": block(
        "合并的格与别的格相叠，或留下空缺",
        type="table",
        rows=[[{"text": "甲", "rowspan": 2}, "乙"], ["丙", "丁"]],
    ),
    "table/total-rows": block(
        "合计的行数比表格的行还多", type="table", rows=[["甲", "1"]], total_rows=2
    ),
    "table/align": block(
        "表格的对齐比列还多", type="table", rows=[["甲"]], align=["left", "right"]
    ),
    "table/indent-dropped": block(
        "表格里有几行的项目前有空格，排版时略去",
        type="table",
        rows=[["总产值", "100"], ["　　其中：种植业", "60"]],
    ),
    "table/too-many": issue(
        "全期的表格太多", "全期有 201 个表格", articles=_articles(*[TABLE] * 201)
    ),
    "table/too-many-cells": issue(
        "全期表格的格子太多",
        "两个表格，各 300 行 12 列",
        articles=_articles(*[{"type": "table", "rows": CELLS}] * 2),
    ),
    "picture/not-a-name": block(
        "图片名不是随稿上传的部分的名称", type="figure", image="https://example.org/a.png"
    ),
    "picture/not-sent": block("这个名称的图片没有随稿上传", type="figure", image="a.png"),
    "picture/row-count": block(
        "并排的图片不是两张或三张",
        "",
        small_picture,
        type="figures",
        items=[{"image": "a.png"}],
    ),
    "picture/unreadable": block(
        "图片打不开，或格式不能印",
        "手机拍的 a.heic",
        telephone_picture,
        type="figure",
        image="a.heic",
    ),
    "picture/first-only": block(
        "文件里不止一幅图片，只印第一幅",
        "两帧的动图 a.gif",
        moving_picture,
        type="figure",
        image="a.gif",
    ),
    "picture/too-many": issue(
        "全期放图片的地方太多",
        "全期有 201 处图片",
        small_picture,
        articles=_articles(*[FIGURE] * 201),
    ),
    "picture/too-many-pixels": issue(
        "全期图片的像素合起来太多",
        "六张各 3600 万像素的图片",
        large_pictures,
        articles=_articles(*({"type": "figure", "image": f"{name}.png"} for name in LARGE_ONES)),
    ),
    "text/blank": article("必填的文字是空的", headline=" "),
    "text/line-break": masthead("只能写一行的字段里有换行或制表符", issuing_body="某某市\n创建办"),
    "text/lone-surrogate": text("编码转换留下的半个字符", "坏\ud800。"),
    "text/control-character": text("看不见的控制字符", "坏\x1b。"),
    "text/noncharacter": text("Unicode 永不分配给文字的码位", "坏\ufdd0。"),
    "text/bidi-control": text("改变文字方向的控制字符，会让人看错次序", "坏\u202e。"),
    "text/zero-width-run": text("连成一串的零宽字符", "坏\u200b\u200d。"),
    "text/too-many-marks": text("一个字上叠了太多符号", "a" + "\u0301" * 5),
    "text/zero-width": text("单个的零宽字符，排版时略去", "好\u200b事。"),
    "text/odd-space": text("制表符或特殊宽度的空格，排版时作一个空格", "A\u2003B"),
    "text/variation-selector": text("选择字形的控制字符，排版时略去", "好\ufe00事。"),
    "heading/doubtful": text(
        "序数后面的话可作正文，也可作小标题：按正文排",
        "一、二级重大危险源企业共37家，已完成自查。其中11家已整改。",
    ),
    "findings/more": issue(
        "问题太多，只列出最要紧的一千条",
        "全期有一千多处问题",
        articles=[{"headline": "全市工作有序推进", "body": "甲，，乙；；丙、、丁。\n" * 200}] * 3,
    ),
}
