"""Proof sheets: lines and pages stay as they were when somebody last looked at them.

Other tests hold the rules; where several lines or places would keep them, small costs decide, and
nobody notices when one changes. ``pytest tests/test_proofs.py --save-golden`` renews the sheets in
`tests/golden/`; what they now say differently is to be looked at before it is committed.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from hongtou.bulletin.order import COPYFIT, EVEN_PAGES, MARGINS, MIRROR, OFF, Order, Purpose
from hongtou.compose.cells import TypeRun
from hongtou.compose.compositor import Compositor
from hongtou.compose.line_memory import Lengths
from hongtou.intake import read_issue
from hongtou.pages.page import Pages
from hongtou.pages.report import drawn_lines, layout_findings
from hongtou.paginate.pagination import paginate
from hongtou.pdf.document import write_pdf
from hongtou.pdf.file import FileForm
from hongtou.pdf.medium import screen_medium
from hongtou.pictures.reading import figures_of, read_pictures
from hongtou.plan import Plan, make_plan, spacing_of
from tests.support.documents import article, document
from tests.support.pictures import village
from tests.support.proofs import GOLDEN, compared, file_proof, page_proof, text_proof
from tests.support.shop import ROOT, compositor, faces, layouts

EM = 16.0
PARAGRAPHS = (
    "今年来，毕节市人社局在全市人社系统开展“六型”人社创建活动，以“提升素质、优化服务、规范管理”"
    "为主线，扎实推进各项工作，群众满意度不断提升。",
    "12月14日至15日，全县共投入资金5544.58万元，完成20%的农户改厕，新增绿地1.5万平方米，栽植"
    "行道树203株，PM2.5平均浓度同比下降3.7%（目标为3%以上）。",
    "会议指出：（一）要“抓早、抓小、抓细”；（二）要落实《关于加强基层治理体系建设的意见》（毕府"
    "发〔2017〕12号）；（三）“门前三包”责任书签订率须达100%——不得漏签、代签……",
    "请登录https://www.gov.cn/zhengce/zhengceku/202611/content_5734567.htm查看，或发邮件至"
    "bijieshi-chuangjianban@example.gov.cn，联系电话：0857-8221234。",
    "阿卜杜拉·买买提·艾山江同志（男，45岁）与玛丽·居里、约翰·史密斯等80～90人参加，时间为12:30—"
    "14:45，地点为A区3—5号楼（Office 365会议室），议程见附件1/2、5+X方案。",
    "“‘双创’工作要‘常抓不懈’！”“是吗？！”他说：“《条例》第三条、第四条（一）、（二）……都要落实。”",
    "得分在 80 分以上的有 12 个 乡镇，其余　空一格　再空一格，Bijie Municipal Government 与 "
    "International Organization for Standardization联合发布。",
    "本次活动共评出①一等奖１２名、②二等奖37℃㎡、￥3亿元、№5、★特别奖，占比98.6%、‰与±0.5。",
    "国" * 29 + "）”。",
    "中华人民共和国" * 9 + "（" + "国" * 5 + "），" + "民" * 40 + "。”",
    "城" * 26 + "“" + "乡" * 27 + "”。" + "统" * 25 + "，" + "筹" * 30,
    "《国》·《民》、·（乡）·和“城”·甲·乙·（一）；附件：https://a.example.cn/办(1)a%20b(c)$d%E4%B8%AD/x。",
    "近日，x@example.cn" + "w" * 70 + "的，已处理。",
)
HEADLINES = (
    "市人社局打造“六型人社”助力文明创建",
    "织金县：美化市容市貌，积极迎接国家卫生县城创建工作评估验收",
    "某某市召开专题会议传达学习《关于加强基层治理体系建设的意见》精神",
    "关于成立毕节市创建全国文明城市工作领导小组及其办公室的通知",
    "市委书记李　明到七星关区碧阳街道调研老旧小区改造和城乡环境综合整治工作",
    "深入学习贯彻习近平新时代中国特色社会主义思想主题教育工作会议精神传达提纲",
    "中国—东盟教育交流周·贵州活动日（第十六届）2026年组委会办公室主任会议召开",
    "国务院办公厅关于进一步优化营商环境更好服务市场主体的实施意见任务分工方案的通知",
    "坚持“一张蓝图绘到底”——黔西市打好“绿色牌”（上篇）\n写在文明城市创建三周年之际",
    "环" * 21,
    "环" * 43 + "境",
    "全国" + "x" * 60 + "大会",
)
LISTS = (
    "省文明办，市委、市政府，市人大常委会办公室，市政协办公室，市纪委监委，市委各部委，军分区",
    "各县（自治县、区）党委、政府，百管委、金海湖新区党工委、管委会，市直各单位，中央、省驻毕单位",
    "签发：杨　明　　审核：陈　炜、王龙　　编辑：欧阳修文、李　四　　联系方式：0857-8221234",
    "市城管局　市住房城乡建设局　市生态环境局　市文明办　市交通运输局",
    "总投资（万元），累计完成投资（万元），完成率83.80%",
    "a" * 50 + "，字",
)
SMALL = (6, 9, 12, 14, 18, 22, 28, 34)  # characters to a line


class TestLines:
    @pytest.mark.slow
    def test_paragraphs(self, request: pytest.FixtureRequest) -> None:
        sheet = ""
        for text in PARAGRAPHS:
            runs = [TypeRun(text[:7], "heading"), TypeRun(text[7:], "body")]
            for width in SMALL:
                lines = compositor().justified(runs, EM, width * EM, indent=2 * EM)
                sheet += text_proof(f"{width}, indented by 2", lines)
            lines = compositor().justified(
                runs, EM, 20.3 * EM, hanging=1.5 * EM, tracking=0.01 * EM
            )
            sheet += text_proof("20.3, hanging by 1.5, tracked by 0.01", lines)
        compared("paragraphs", sheet, request)

    @pytest.mark.slow
    def test_paragraphs_in_a_line_more_or_less(self, request: pytest.FixtureRequest) -> None:
        sheet = ""
        for text in PARAGRAPHS:
            for width in (14, 28):
                runs = [TypeRun(text * 2, "body")]
                count = len(compositor().justified(runs, EM, width * EM, indent=2 * EM))
                for wanted in (count - 1, count, count + 1):
                    lengths = Lengths(EM, width * EM, 2 * EM, 0, 0)
                    lines = compositor().recast(runs, lengths, wanted, limits=(0.06, 0.03))
                    sheet += text_proof(f"{width}, in {wanted} lines", lines)
        compared("recast", sheet, request)

    def test_headlines(self, request: pytest.FixtureRequest) -> None:
        sheet = ""
        for text in HEADLINES:
            for width in (10, 13, 16, 20, 24):
                lines = compositor().balanced(text, "title", EM, width * EM)
                sheet += text_proof(f"{width}", lines)
        compared("headlines", sheet, request)

    @pytest.mark.slow
    def test_lists_and_cells(self, request: pytest.FixtureRequest) -> None:
        sheet = ""
        for text in (*LISTS, *HEADLINES[:5], *PARAGRAPHS[:4]):
            for width in (3, 5, 8, 12, 20, 26):
                for align in ("left", "centre", "right"):
                    keeps, indent = align == "left", EM if width > 5 else 0.0
                    lines = compositor().ragged(
                        [TypeRun(text, "body")],
                        EM,
                        width * EM,
                        align=align,
                        indent=indent,
                        hanging=2 * indent if keeps else 0.0,
                        keeps_items=keeps,
                    )
                    sheet += text_proof(f"{width} {align}", lines)
        compared("ragged", sheet, request)

    def test_spread_and_single_lines(self, request: pytest.FixtureRequest) -> None:
        sheet = ""
        for text in ("目录", "本期要目", "简　讯", "“编者按”", "第3期"):
            sheet += text_proof("spread", [compositor().spread(text, "title", EM, 300, 0.4 * EM)])
            sheet += text_proof("spaced", compositor().spaced(text, "title", EM, 300))
            sheet += text_proof("spaced", compositor().spaced(text * 4, "title", EM, 300))
            sheet += text_proof("single", [compositor().single(text, "body", EM)])
        for text in (*LISTS, *PARAGRAPHS):
            natural = compositor().natural_width(text, "body", EM) / EM
            sheet += f"{natural:.3f} |{text}|\n"
        compared("single", sheet, request)

    def test_marks_in_mixed_width(self, request: pytest.FixtureRequest) -> None:
        mixed = Compositor(faces(), spacing_of(layouts()["dongtai"])._replace(mixed_width=True))
        sheet = "".join(
            text_proof("18", mixed.justified([TypeRun(text, "body")], EM, 18 * EM))
            for text in PARAGRAPHS
        )
        compared("mixed-width", sheet, request)


def issue(name: str, **parts: Any) -> dict[str, Any]:
    return {**json.loads((ROOT / name).read_text(encoding="utf-8")), **parts}


SENTENCE = "各单位要进一步提高政治站位，压实工作责任，细化工作举措，推动各项任务落地见效。"
FIGURE = {"type": "figure", "image": "village.png", "caption": "图1　现场", "width_mm": 120}
TABLE = {
    "type": "table",
    "caption": "表1　进度",
    "header": ["县（区）", "总投资（万元）", "完成率", "备注"],
    "rows": [[f"第{at}县", f"{at}234.5", f"{at}.5%", SENTENCE[: 3 * at % 31]] for at in range(40)],
}
FLOATS = document(
    articles=[
        article(
            [
                *[SENTENCE * 3] * 5,
                FIGURE,
                "一、扎实推进",
                *[SENTENCE * 2] * 4,
                TABLE,
                "（一）细化举措",
                SENTENCE * 5,
                {**TABLE, "orientation": "landscape", "rows": TABLE["rows"][:12]},
                "**一是压实责任。**" + SENTENCE * 2,
                {**FIGURE, "width_mm": 60},
                *[SENTENCE * 4] * 7,
                FIGURE,
                SENTENCE,
            ]
        ),
        article([SENTENCE * 7] * 3, headline="三个县（区）加快推进城乡环境综合整治工作"),
    ],
    closing={"report_to": "市委、市政府", "issue_to": "各县（区）", "print_run": 120},
)
LONG_HEADLINE = "三个县（区）加快推进城乡环境综合整治和文明城市创建工作取得阶段性明显成效"
SECTIONS = document(
    contents={"show": True},
    articles=[
        article([SENTENCE], section="领导讲话", headline=LONG_HEADLINE),
        article([SENTENCE], section="领导讲话", subhead="在全市工作会议上的讲话"),
        article([SENTENCE * 2], section="工作动态", kicker="创建文明城市", byline="张三"),
        article([SENTENCE], headline=LONG_HEADLINE * 2),
        article([SENTENCE], section="工作动态"),
    ],
    briefs=[
        {"section": "工作动态", "items": [SENTENCE, {"headline": "一则", "text": SENTENCE * 2}]},
        {"heading": "县区短讯", "items": [{"text": SENTENCE, "byline": "李四"}]},
    ],
)
ISSUES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "pages-sample": (issue("examples/dongtai.json"), {}),
    "pages-jianbao": (issue("examples/jianbao.json"), {"purpose": Purpose.PROOF}),
    "pages-real": (issue("tests/issues/real-issue.json"), {"options": ((COPYFIT, OFF),)}),
    "pages-every-field": (issue("tests/issues/every-field.json"), {}),
    "pages-every-field-jianbao": (
        issue("tests/issues/every-field.json", layout="jianbao"),
        {"options": ((EVEN_PAGES, True), (MARGINS, MIRROR))},
    ),
    "pages-sections": (SECTIONS, {}),
    "pages-sections-jianbao": ({**SECTIONS, "layout": "jianbao"}, {}),
    "pages-floats": (FLOATS, {}),
    "pages-floats-jianbao": ({**FLOATS, "layout": "jianbao"}, {}),
}


SMALL_ISSUE = document(
    contents={"show": True},
    articles=[
        article(["一、扎实推进", SENTENCE, {**TABLE, "rows": TABLE["rows"][:3]}, FIGURE]),
        article(
            [SENTENCE * 12], headline="三个县（区）加快推进城乡环境综合整治工作", byline="张三"
        ),
    ],
)


def pages_of(sent: dict[str, Any], order: Order) -> Pages:
    return paginate(plan_of(sent, order))


def plan_of(sent: dict[str, Any], order: Order) -> Plan:
    pictures = {"village.png": village()}
    reading = read_issue(json.dumps(sent).encode(), images=pictures)
    assert reading.issue is not None, reading.findings
    used = read_pictures(pictures, reading.issue)[0] if figures_of(reading.issue) else {}
    layout = layouts()[reading.issue.layout]
    plan = make_plan(reading.issue, layout, faces(), order, used)
    return replace(plan, digest="0" * 64)  # a proof shows it, and every number of a layout is in it


@pytest.mark.slow
@pytest.mark.parametrize("name", ISSUES)
def test_pages(name: str, request: pytest.FixtureRequest) -> None:
    sent, asked = ISSUES[name]
    compared(name, page_proof(pages_of(sent, replace(Order(), **asked))), request)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["dongtai", "jianbao"])
def test_how_pages_are_filled(layout: str, request: pytest.FixtureRequest) -> None:
    """Whatever the length of an issue, its last page is well filled, or what was tried is told."""
    sheet = ""
    for count in range(12, 70, 2):
        body = [
            "一、扎实推进",
            *[SENTENCE * 2] * (count // 6),
            *["推动各项任务落地见效。"] * (count % 6),
        ]
        sent = document(
            layout=layout,
            articles=[article(body), article(SENTENCE * (count % 5 + 1), headline=LONG_HEADLINE)],
            closing={"report_to": SENTENCE * 2, "issue_to": "各县（区）"},
        )
        plan = plan_of(sent, Order())
        pages = paginate(plan)
        lines = [[line for text in page.texts for line in text.lines] for page in pages]
        ends = [
            f"{len(there)} lines to {max(one.baseline for one in there):.1f}" for there in lines
        ]
        found = [*plan.remarks, *layout_findings(drawn_lines(pages), plan.layout, even_pages=False)]
        sheet += f"{count}: {', '.join(ends)}\n"
        sheet += "".join(f"  {page} {step}\n" for page, step in plan.copyfit)
        sheet += "".join(f"  {one.code} {one.page} {one.message}\n" for one in found)
    compared(f"filling-{layout}", sheet, request)


@pytest.mark.slow
def test_the_objects_of_a_file(request: pytest.FixtureRequest) -> None:
    plan = plan_of(SMALL_ISSUE, Order(purpose=Purpose.PROOF))
    form = FileForm(object_streams=False, compressed=False)
    written = write_pdf(plan, paginate(plan), screen_medium(plan.layout, form))
    compared("file", file_proof(written), request)


def test_every_sheet_is_compared() -> None:
    sheets = {path.stem for path in GOLDEN.glob("*.txt")}
    assert sheets == {
        *ISSUES, "paragraphs", "recast", "headlines", "ragged", "single", "mixed-width", "file",
        "filling-dongtai", "filling-jianbao",
    }  # fmt: skip
