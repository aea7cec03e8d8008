"""What comes from Word, WPS, WeChat, spreadsheets and web pages, through real clipboard events."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.desk import DeskPage

# WPS says that it is Word 14, and marks words, not spaces, with mso-spacerun.
WPS = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 14"><style>p.MsoNormal{mso-style-name:正文;}</style></head><body><!--StartFragment--><p class=MsoNormal style="text-indent:32pt;"><b><span style="mso-spacerun:'yes';font-family:仿宋_GB2312;"><font face="仿宋_GB2312">突出重点整治。</font></span></b><span style="mso-spacerun:'yes';"><font face="仿宋_GB2312">聚焦背街小巷，</font></span><span style="mso-spacerun:'yes';font-family:'Times New Roman';">12</span><span style="mso-spacerun:'yes';"><font face="仿宋_GB2312">月以来清理</font>3<font face="仿宋_GB2312">处。</font></span><span style="mso-spacerun:'yes';"><o:p></o:p></span></p><p class=MsoNormal style="text-indent:32pt;"><span style="mso-spacerun:'yes';"><font face="仿宋_GB2312">　　二是建立机制，明确责任。</font></span></p><!--EndFragment--></body></html>"""
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=ZH-CN><!--StartFragment-->
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span lang=EN-US style='font-family:黑体'><span style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]><span style='font-family:黑体'>健全工作机制<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal><span lang=EN-US style='mso-spacerun:yes'>&nbsp;&nbsp; </span><span style='font-family:仿宋'>各单位要<a name="_Hlk1"></a>高度重视<a href="#_ftn1" name="_ftnref1"><span lang=EN-US>[1]</span></a>，抓好落实。</span><span style='display:none;mso-hide:all'>隐藏文字</span></p>
<table class=MsoTableGrid border=1><tr><td width=120><p class=MsoNormal align=center><b>地区</b></p></td><td colspan=2><p class=MsoNormal><b>户数</b></p></td></tr><tr><td rowspan=2><p class=MsoNormal>毕节</p></td><td><p class=MsoNormal>城区</p></td><td><p class=MsoNormal>5519<o:p></o:p></p></td></tr><tr><td><p>乡镇</p></td><td><p>3007</p></td></tr></table>
<!--EndFragment--></body></html>"""
WECHAT = """<section style="box-sizing:border-box;"><section><p style="white-space:normal;"><span style="letter-spacing:1px;">\u200b近日，纳雍县<strong>组织</strong>志愿者</span><br></p><p><img data-src="http://127.0.0.1:9/x.png"></p><section><span>开展活动&nbsp;&nbsp;&nbsp;共150余人参加。</span></section></section></section>"""
ATTACK = '<p>甲<img src="http://127.0.0.1:9/x" onerror="window.hit=1"><script>window.hit=1</script>乙</p><svg onload="window.hit=1"></svg>'

# A point of one pixel, held in the HTML itself.
POINT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
# what is copied, the blocks that it makes, and what is said of it
COPIED: dict[str, tuple[str, list[Any], str]] = {
    "bold as Word writes it beside Arabic": (
        "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>突出重点整治。</b><span>聚焦背街小巷。</span></p>",
        ["**突出重点整治。**聚焦背街小巷。"],
        "已粘贴",
    ),
    "text behind a picture of Word": (
        "<!--[if gte mso 9]><xml></xml><![endif]--><p>图前。</p><p><!--[if gte vml 1]><v:shape><v:imagedata src='file:///C:/1.jpg'/></v:shape><![endif]--><![if !vml]><img src='file:///C:/1.jpg'><![endif]></p><p>图后。</p>",
        ["图前。", "图后。"],
        "有 1 张图片没有带入",
    ),
    "the code of a field of Word": (
        "<p>表<!--[if supportFields]><span style='mso-element:field-begin'></span> SEQ 表 \\* ARABIC <span style='mso-element:field-separator'></span><![endif]--><span>1</span><!--[if supportFields]><span style='mso-element:field-end'></span><![endif]-->　各县情况</p>",
        ["表1　各县情况"],
        "已粘贴",
    ),
    "changes that are tracked": (
        "<p>今年以来，<span class=msoIns><ins cite='mailto:a'>全市</ins></span><span class=msoDel><del cite='mailto:a'>我市</del></span>扎实推进。</p>",
        ["今年以来，全市扎实推进。"],
        "1 处修订时删去的文字",
    ),
    "comments of Word": (
        "<p><a style='mso-comment-reference:王_1'>成立小组</a><span class=MsoCommentReference><span><![if !supportAnnotations]><a class=msocomanchor id='_anchor_1' href='#_msocom_1' name='_msoanchor_1'>[王1]</a><![endif]><span style='mso-special-character:comment'>&nbsp;</span></span></span>，抓好落实。</p><div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'><p class=MsoCommentText>请核实</p></div></div>",
        ["成立小组，抓好落实。"],
        "处批注和脚注标记",
    ),
    "bullets of Word": (
        "<p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;&nbsp; </span></span></span><![endif]>加强领导。</p><p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>（一）<span>&nbsp; </span></span>压实责任。</p>",
        ["加强领导。", "（一）压实责任。"],
        "1 个项目符号",
    ),
    "signs of Wingdings": (
        "<p>完成<span style='font-family:Wingdings;mso-symbol-font-family:Wingdings'>\u00fc</span>，未完成<span style='font-family:Wingdings'>\uf0fb</span>。</p>",
        ["完成✓，未完成✗。"],
        "有 2 处符号字体的字，请核对",
    ),
    "numbers of a list": (
        "<ol start=3><li>第一项。<ol style='list-style-type:lower-alpha'><li>子项。</li></ol></li><li><p>第二项。</p></li></ol><ol style='list-style-type:cjk-ideographic'><li value=12>另项。</li></ol><ol><li>1.自己写了号。</li></ol><ul><li>无号。</li></ul>",
        ["3.第一项。", "a.子项。", "4.第二项。", "十二、另项。", "1.自己写了号。", "无号。"],
        "已粘贴 6 段",
    ),
    "lines of the source": (
        "<p>今年以来，全市上下\n扎实推进 GDP\ngrowth 核算。</p><pre>甲行\n乙行</pre><div style='white-space: pre-wrap'>丙行\n<span style='white-space: normal'>丁\n行</span></div>",
        ["今年以来，全市上下扎实推进 GDP growth 核算。", "甲行", "乙行", "丙行", "丁行"],
        "已粘贴 5 段",
    ),
    "rows and columns that a spreadsheet hides": (
        "<table><tr><td>县区</td><td style='display:none'>代码</td><td>户数</td></tr><tr style='height:0;display:none'><td>隐</td><td>1</td><td>2</td></tr><tr><td>金沙</td><td style='display:none'>9</td><td>3</td></tr></table>",
        [{"type": "table", "header": ["县区", "户数"], "rows": [["金沙", "3"]]}],
        "3 处隐藏文字",
    ),
    "a table in a frame, with a caption": (
        "<table><tr><td><table><caption>各县\n情况</caption><tr><td>县区</td><td>户数</td></tr><tr><td>金沙</td><td>3</td></tr></table></td></tr></table>",
        [
            {
                "type": "table",
                "caption": "各县情况",
                "header": ["县区", "户数"],
                "rows": [["金沙", "3"]],
            }
        ],
        "已粘贴 1 段",
    ),
    "a title over all columns of a spreadsheet": (
        "<table><tr><td colspan=3>各县区完成情况</td></tr><tr><td>县区</td><td colspan=2>户数</td></tr><tr><td>金沙</td><td>1,234.5</td><td></td></tr></table>",
        [
            {
                "type": "table",
                "caption": "各县区完成情况",
                "header": ["县区", {"text": "户数", "colspan": 2}],
                "rows": [["金沙", "1,234.5", ""]],
            }
        ],
        "已粘贴 1 段",
    ),
    "a picture that the HTML holds": (
        f"<p>图前。<img src='data:image/png;base64,{POINT}'>图后。</p><p><img src='data:image/png;base64,???'></p>",
        ["图前。", {"type": "figure", "image": "图片.png"}, "图后。"],
        "已粘贴 2 段、1 张图片，有 1 张图片没有带入",
    ),
}


def body(desk: DeskPage) -> list[Any]:
    return list(desk.issue()["articles"][0]["body"])


@pytest.fixture
def undone(desk: DeskPage) -> Any:
    """Whatever a test pastes, one undo takes back."""
    before = desk.issue()
    yield
    desk.undo()
    assert desk.issue() == before


@pytest.mark.usefixtures("undone")
class TestPasting:
    def test_words_of_wps_are_not_taken_for_spaces(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.paste(html=WPS)
        assert body(desk)[1:3] == [
            "**突出重点整治。**聚焦背街小巷，12月以来清理3处。",
            "二是建立机制，明确责任。",
        ]
        assert "未带入原格式" in desk.told()

    def test_automatic_numbers_stay_notes_and_hidden_text_go(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.paste(html=WORD)
        assert body(desk)[1:4] == [
            "一、健全工作机制",
            "各单位要高度重视，抓好落实。",
            {
                "type": "table",
                "header": ["地区", {"text": "户数", "colspan": 2}],
                "rows": [[{"text": "毕节", "rowspan": 2}, "城区", "5519"], ["乡镇", "3007"]],
            },
        ]
        assert "1 处隐藏文字" in desk.told()

    def test_nothing_of_a_web_page_is_loaded(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.asked.clear()
        desk.paste(html=WECHAT)
        assert body(desk)[1:3] == ["近日，纳雍县组织志愿者", "开展活动 共150余人参加。"]
        assert "1 张图片没有带入" in desk.told()
        desk.page.wait_for_timeout(200)
        assert not [address for address in desk.asked if ":9/" in address]

    @pytest.mark.parametrize(("html", "made", "said"), COPIED.values(), ids=COPIED)
    def test_what_is_seen_comes_along(
        self, desk: DeskPage, html: str, made: list[Any], said: str
    ) -> None:
        desk.page.evaluate("() => desk.pictures.blobs.clear()")
        desk.select("paragraph", 1)
        desk.paste(html=html)
        assert body(desk)[1 : len(made) + 1] == made
        assert said in desk.told()

    def test_a_picture_in_a_cell_is_told_and_its_words_stay(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        point = f"<img src='data:image/png;base64,{POINT}'>"
        desk.paste(html=f"<table><tr><td>甲{point}</td><td>乙</td></tr></table>")
        assert body(desk)[1]["rows"] == [["甲", "乙"]]
        assert "有 1 张图片没有带入" in desk.told()

    def test_a_title_over_cells_is_not_lost_among_other_cells(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.paste(text="甲\t乙\n1\t2")
        desk.put_caret("cell_text", 0)
        desk.paste(html="<table><caption>情况</caption><tr><td>丙</td><td>丁</td></tr></table>")
        assert "情况" in json.dumps(body(desk), ensure_ascii=False)
        desk.undo()

    def test_lines_of_a_cell_are_one_where_only_one_fits(self, desk: DeskPage) -> None:
        desk.select("briefs_heading", 0)
        desk.paste(html="<table><tr><td>工作<br>简讯</td><td>乙</td></tr></table>")
        assert desk.issue()["briefs"]["heading"] == "工作 简讯 乙"

    def test_a_picture_for_a_line_of_words_is_told(self, desk: DeskPage) -> None:
        desk.select("brief", 0)
        desk.paste(html=f"<p>近日，<img src='data:image/png;base64,{POINT}'></p>")
        assert desk.issue()["briefs"]["items"][0] == "近日，"
        assert "有 1 张图片没有带入" in desk.told()

    def test_html_that_attacks_is_text(self, desk: DeskPage) -> None:
        desk.page.evaluate("() => { window.hit = 0 }")
        desk.select("paragraph", 1)
        desk.paste(html=ATTACK)
        desk.page.wait_for_timeout(200)
        assert desk.page.evaluate("() => window.hit") == 0
        assert body(desk)[1] == "甲乙"

    def test_raised_and_lowered_figures_become_characters(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.paste(html="<p>面积3km<sup>2</sup>，CO<sub>2</sub>下降5%</p>")
        assert body(desk)[1] == "面积3km²，CO₂下降5%"

    def test_a_line_is_an_item_of_short_news_without_its_mark(self, desk: DeskPage) -> None:
        desk.select("brief", 0)
        desk.paste(text="★近日，金沙县开展活动。\n● 12月1日，黔西县召开会议。\n3、纳雍县举办培训。")
        assert desk.issue()["briefs"]["items"][:3] == [
            "近日，金沙县开展活动。",
            "12月1日，黔西县召开会议。",
            "纳雍县举办培训。",
        ]

    def test_a_year_at_the_head_of_short_news_is_no_number(self, desk: DeskPage) -> None:
        desk.select("brief", 0)
        desk.paste(text="2017年完成20%的农户。\n10月以来，全县整治。")
        assert desk.issue()["briefs"]["items"][:2] == [
            "2017年完成20%的农户。",
            "10月以来，全县整治。",
        ]

    def test_a_figure_at_the_head_of_short_news_is_no_number_of_it(self, desk: DeskPage) -> None:
        lines = [
            "3.5亿元项目落地。",
            "12、13日，各县区开展活动。",
            "-5℃低温来袭。",
            "10.1假期旅游收入增长。",
        ]
        desk.select("brief", 0)
        desk.paste(text="\n".join(lines))
        assert desk.issue()["briefs"]["items"][:4] == lines

    def test_cells_of_a_spreadsheet_are_a_table(self, desk: DeskPage) -> None:
        desk.select("paragraph", 1)
        desk.paste(text="地区\t户数\r\n毕节\t5519\r\n金沙\t3007\r\n")
        rows = [["毕节", "5519"], ["金沙", "3007"]]
        assert body(desk)[1] == {"type": "table", "header": ["地区", "户数"], "rows": rows}

    def test_a_headline_takes_one_line(self, desk: DeskPage) -> None:
        desk.select("headline", 0)
        desk.paste(text="某某县：\n健全长效机制\n")
        assert desk.issue()["articles"][0]["headline"] == "某某县： 健全长效机制"

    def test_a_whole_article_in_a_headline_is_parted_from_it(self, desk: DeskPage) -> None:
        before = body(desk)
        desk.select("headline", 0)
        desk.paste(text="某某县健全长效机制\n近日，某某县召开会议。\n一是健全机制。\n")
        article = desk.issue()["articles"][0]
        assert article["headline"] == "某某县健全长效机制"
        assert article["body"] == ["近日，某某县召开会议。", "一是健全机制。", *before]
        assert "第 1 段作标题，其余 2 段放在正文开头" in desk.told()

    @pytest.mark.parametrize("end", ["", "<br>"])
    def test_a_title_of_two_lines_stays_one(self, desk: DeskPage, end: str) -> None:
        before = body(desk)
        desk.select("headline", 0)
        desk.paste(
            html=f"<p align=center><b>某某县扎实推进<br>文明创建工作{end}</b></p><p>近日，<br>开会。</p>"
        )
        article = desk.issue()["articles"][0]
        assert article["headline"] == "某某县扎实推进\n文明创建工作"
        assert article["body"] == ["近日，", "开会。", *before]

    def test_text_without_a_title_leaves_the_headline_as_it_is(self, desk: DeskPage) -> None:
        before = desk.issue()["articles"][0]
        desk.select("headline", 0)
        desk.paste(text="近日，某某县召开会议。\n一是健全机制。\n")
        after = desk.issue()["articles"][0]
        assert after["headline"] == before["headline"]
        assert after["body"] == ["近日，某某县召开会议。", "一是健全机制。", *before["body"]]
        assert "2 段，放在正文开头" in desk.told()

    def test_lines_that_cannot_stand_apart_are_told_to_be_joined(self, desk: DeskPage) -> None:
        desk.select("briefs_heading", 0)
        desk.paste(text="工作\n简讯\n")
        assert desk.issue()["briefs"]["heading"] == "工作 简讯"
        assert "2 段并作一行" in desk.told()


# what stands in an article, a kind of text in it, and the body when two paragraphs came in there
PLACES: dict[str, tuple[Any, str, list[Any]]] = {
    "a heading": (
        {"type": "heading", "level": 1, "text": "旧"},
        "heading",
        [{"type": "heading", "level": 1, "text": "甲"}, "乙"],
    ),
    "a salutation": (
        {"type": "salutation", "text": "旧"},
        "salutation",
        [{"type": "salutation", "text": "甲"}, "乙"],
    ),
    "attachments": (
        {"type": "attachments", "items": ["旧"]},
        "attachment",
        [{"type": "attachments", "items": ["甲", "乙"]}],
    ),
    "a cell": (
        {"type": "table", "header": ["旧", "二"], "rows": [["1", "2"]]},
        "cell_text",
        [{"type": "table", "header": ["甲\n乙", "二"], "rows": [["1", "2"]]}],
    ),
}


@pytest.mark.parametrize(("block", "kind", "made"), PLACES.values(), ids=PLACES)
def test_paragraphs_stay_paragraphs_where_they_can(
    desk: DeskPage, real: Any, block: Any, kind: str, made: list[Any]
) -> None:
    desk.begin_with({**real, "articles": [{"headline": "标题", "body": [block, "末段。"]}]})
    desk.select(kind, 0)
    desk.paste(text="甲\n乙\n")
    assert body(desk) == [*made, "末段。"]
    assert "2 段" in desk.told()
    desk.undo()
    assert body(desk) == [block, "末段。"]


def test_a_new_issue_takes_a_whole_article_where_the_caret_is(desk: DeskPage, real: Any) -> None:
    desk.begin_with({**real, "articles": [{"headline": "", "body": [""]}]})
    desk.put_caret("headline")
    desk.paste(text="某某县健全长效机制\n近日，某某县召开会议。\n")
    desk.type("末")
    article = desk.issue()["articles"][0]
    assert article == {"headline": "某某县健全长效机制", "body": ["近日，某某县召开会议。末"]}


def test_rows_pasted_at_a_new_table_fill_its_cells(desk: DeskPage) -> None:
    """The caret of a new table is in its caption, where the rows were one line of words."""
    desk.put_caret("paragraph", 1, 3)
    desk.page.click("button:text-is('表格')")
    empty = desk.issue()
    desk.paste(text="乡镇\t计划\t完成\n城关镇\t12\t9\n柳林镇\t8\t7\n")
    (table,) = [one for one in desk.issue()["articles"][0]["body"] if isinstance(one, dict)]
    assert table["header"] == ["乡镇", "计划", "完成"]
    assert table["rows"] == [["城关镇", "12", "9"], ["柳林镇", "8", "7"]]
    assert table.get("caption") is None
    desk.undo()
    assert desk.issue() == empty


def test_rows_pasted_at_the_caption_of_a_written_table_write_over_nothing(desk: DeskPage) -> None:
    desk.put_caret("paragraph", 1, 3)
    desk.page.click("button:text-is('表格')")
    desk.put_caret("cell_text", 4)
    desk.type("已写")
    desk.put_caret("table_caption", 0)
    desk.paste(text="乡镇\t计划\n城关镇\t12\n")
    assert desk.words("cell_text", 0) == ""
    assert desk.words("cell_text", 4) == "已写"
