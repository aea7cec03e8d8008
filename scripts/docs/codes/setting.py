"""Codes of setting: characters without a glyph, what fits nowhere, how lines and pages came out."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image

from hongtou.bulletin.order import Order
from scripts.docs.codes.example import Code, article, block, issue, masthead, picture, text

LOOSE = "今年以来全市各县区实施整治项目，累计完成总投资1234567.89万元，同比增长98.6%。"
TIGHT = "今年全市各县区整治完成投资123456.78万元，同比增长明显。"
PARTED = "今年以来全市各县区统筹实施整治项目累计完成1234567.89亩，同比增长98.6%。"
TURNED = {"type": "table", "orientation": "landscape", "rows": [["甲", "乙"]]}


def coarse_picture() -> dict[str, bytes]:
    """Return a picture that is too coarse for its place."""
    return {"a.png": picture(300, 200)}


def sharp_picture() -> dict[str, bytes]:
    """Return a picture that is sharp enough at any width."""
    return {"a.png": picture(3000, 2000)}


def large_picture() -> dict[str, bytes]:
    """Return a picture that is as high as it is wide, and sharp."""
    return {"a.png": picture(2000, 2000)}


def profiled_picture() -> dict[str, bytes]:
    """Return a picture with a profile that is none."""
    return {"a.png": picture(3000, 2000, icc_profile=b"none")}


def coloured_picture() -> dict[str, bytes]:
    """Return a picture that has a colour."""
    written = io.BytesIO()
    Image.new("RGB", (3000, 2000), "red").save(written, "PNG")
    return {"a.png": written.getvalue()}


def picture_named_as_the_issue() -> dict[str, bytes]:
    """Return a picture by the name that the issue has beside it in an archive."""
    return {"issue.json": picture(3000, 2000)}


CODES: dict[str, Code] = {
    "fonts/missing-glyph": text("字库里没有这个字：不印方框，先改稿", "会议由张龘主持。"),
    "fonts/fill-glyph": text("生僻字由补字字体排出", "李堃出席会议。"),
    "fonts/other-letter": article(
        "标题、黑体里的字母只有西文字体有，所在的词用它排出", headline="Škoda汽车来访"
    ),
    "headline/broken-by-length": article(
        "标题里的一个词或名称比一行还长，只好断开",
        headline="乙" * 24,
    ),
    "signoff/byline-too": issue(
        "文末既有落款，版式又在文末印供稿单位",
        layout="jianbao",
        articles=[
            {
                "headline": "倡议书",
                "byline": "某某市创建办",
                "body": ["让我们一起行动起来。", {"type": "signoff", "bodies": ["某某市创建办"]}],
            }
        ],
    ),
    "page-break/idle": article(
        "分页没有作用，未采用", body=["各项工作有序推进。", {"type": "page_break"}]
    ),
    "page-break/under-heading": article(
        "分页紧接在标题后面，标题单独留在页末",
        body=["一、健全机制", {"type": "page_break"}, "各项工作有序推进。"],
    ),
    "masthead/nameplate-small": masthead(
        "报头名称太长，分成两行仍然偏小", nameplate="某某市" + "城乡环境" * 6 + "动态"
    ),
    "masthead/overline-small": masthead(
        "报头名称上方的小字太长，印出来太小",
        nameplate="简报",
        overline="某某市" + "城乡环境" * 8 + "会议",
    ),
    "picture/narrowed": block(
        "图片比所要的印得窄", "", sharp_picture, type="figure", image="a.png", width_mm=500
    ),
    "picture/low-resolution": block(
        "图片印出来太粗", "宽 300 像素的 a.png", coarse_picture, type="figure", image="a.png"
    ),
    "picture/profile-ignored": block(
        "图片的色彩描述文件用不了，没有按它来印",
        "色彩描述文件损坏的 a.png",
        profiled_picture,
        type="figure",
        image="a.png",
    ),
    "picture/grey-in-two-colours": replace(
        block(
            "图片是彩色的，而付印没有四色版",
            "`output=print`、`inks=spot`，彩色的 a.png",
            coloured_picture,
            type="figure",
            image="a.png",
        ),
        order=Order("print", options=(("inks", "spot"),)),
    ),
    "picture/name-not-enclosed": replace(
        block(
            "图片的名称与附件里别的文件相同，或不能作文件名，`archive` 与 `ofd` 附不进去",
            "`output=archive`，名为 issue.json 的图片",
            picture_named_as_the_issue,
            type="figure",
            image="issue.json",
        ),
        order=Order("archive"),
    ),
    "booklet/too-thick": replace(
        article(
            "骑马订的纸太厚",
            "`output=booklet`、`thickness=500`，17 面",
            body=["正文。", *([{"type": "page_break"}, "正文。"] * 16)],
        ),
        order=Order("booklet", options=(("thickness", 500),)),
    ),
    "copies/first-number": replace(
        masthead("报头写的份号没有采用：从另一份编起", copy_number=5),
        shown="`output=copies`，报头写份号 5",
        order=Order("copies"),
    ),
    "copies/not-print-run": replace(
        issue(
            "编号的份数与报尾写的印数不同",
            "`output=copies`、`count=2`，报尾写共印120份",
            closing={"print_run": 120},
        ),
        order=Order("copies", options=(("count", 2),)),
    ),
    "copies/no-count": replace(
        issue("没有写印多少份，只编了一份", "`output=copies`，没有写 count，报尾也没有印数"),
        order=Order("copies"),
    ),
    "copies/not-recipients": replace(
        issue(
            "编号的份数与领受单位共领的份数不同",
            "`output=copies`、`count=2`，领受单位共领 3 份",
            closing={"recipients": [{"name": "市委办公室", "copies": 3}]},
        ),
        order=Order("copies", options=(("count", 2),)),
    ),
    "copies/recipient-too-long": replace(
        issue(
            "领受单位的名称太长，份号旁排不下，只印份号",
            "`output=copies`，单位名称 40 字",
            closing={"recipients": ["某" * 40]},
        ),
        order=Order("copies"),
    ),
    "table/too-narrow": block(
        "表格列太多或太宽，数字要断开转行", type="table", rows=[["12345.67"] * 12]
    ),
    "table/smaller-type": block(
        "表格较宽，改用了小一些的字", type="table", rows=[["1234567.89"] * 7]
    ),
    "table/row-too-tall": block(
        "表格的一行连同表头比一面还高",
        "8 列、每格 500 字的一行",
        type="table",
        rows=[["长" * 500] * 8],
    ),
    "closing/too-tall": issue(
        "报尾比一面还高",
        "报、送、发各写 300 个字",
        closing=dict.fromkeys(("report_to", "send_to", "issue_to"), "长" * 300),
    ),
    "lines/loose": text("一行的字距偏松，或没有排满", LOOSE),
    "lines/tight": text("一行的字距偏紧", TIGHT),
    "lines/parted-number": text("数字在行末，单位在下一行的行首", PARTED),
    "pages/few-lines": issue(
        "末页报尾以上，或者附件、分页以前的一页，只有几行，调整版面也填不满",
        "正文一行，报尾占大半面",
        articles=[{"headline": "全市工作有序推进", "body": "各单位要压实工作责任。"}],
        closing={"report_to": "各有关单位，" * 60, "issue_to": "各有关单位，" * 20},
    ),
    "pages/hole": issue(
        "图片、表格、标题或报尾排不下，页末空出几行",
        "正文一行，图片宽 150 毫米、高 150 毫米",
        large_picture,
        articles=[
            {
                "headline": "全市工作有序推进",
                "body": [
                    "各单位要压实工作责任。",
                    {"type": "figure", "image": "a.png", "width_mm": 150},
                ],
            }
        ],
    ),
    "pages/too-many": issue(
        "全期的页数超过上限",
        "200 个横排的表格，各占一面",
        articles=[{"headline": "全市工作有序推进", "body": [TURNED] * 100} for _ in range(2)],
    ),
}
