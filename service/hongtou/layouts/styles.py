"""All type styles of a `layout.toml` and their keys, declared once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ROLES: Mapping[str, str] = {  # of `fonts/manifest.toml`
    "nameplate": "报头名称",
    "title": "小标宋",
    "body": "仿宋",
    "note": "楷体",
    "heading": "黑体",
    "folio": "宋体",
    "latin": "西文与数字",
    "latin_light": "细的西文与数字",
    "latin_fangsong": "仿宋的西文与数字",
}
ALIGNMENTS: Mapping[str, str] = {
    "justified": "两端对齐，末行除外",
    "left": "左齐",
    "list": "左齐，名单里的单位和人名不断开",
    "centre": "居中",
    "right": "右齐，缩进在右",
    "balanced": "居中，几行长短相近",
    "spaced": "居中，字间拉开",
}


@dataclass(frozen=True, slots=True)
class StyleKey:
    """A key of a type style: its meaning, unit, default and, for numbers, its bounds.

    ``default`` is "" if the key is required.
    """

    meaning: str
    unit: str
    default: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class StyleName:
    """A type style: its use, its place, and its keys besides role, strength and source."""

    meaning: str
    place: str
    keys: tuple[str, ...]


STYLE_KEYS: Mapping[str, StyleKey] = {
    "role": StyleKey("字体角色", "角色名"),
    "size": StyleKey("字号", "字号名，如 三号"),
    "align": StyleKey("怎样对齐", "对齐名"),
    "pitch": StyleKey("行距", "网格的行", "1", 0.5, 6),
    "indent": StyleKey("首行缩进；右齐的为右空", "字，以本样式字号计", "0", 0, 10),
    "hanging": StyleKey("第二行起的缩进", "字，以本样式字号计", "0", 0, 10),
    "colour": StyleKey("颜色", "[colour] 里的名称", "text"),
    "strength": StyleKey("约束力", "规定、一般、推荐、实务"),
    "source": StyleKey("出处", "文字"),
}
ALWAYS = ("role", "strength", "source")  # the keys of every style

PARAGRAPH = ("size", "align", "pitch", "indent", "hanging", "colour")
LINE = ("size", "align", "indent", "hanging", "colour")  # its pitch stands in the table of its part
HANGS_BY_LABEL = (
    "size",
    "align",
    "indent",
    "colour",
)  # further lines stand under the text after it
CELL = ("size", "align", "colour")  # its indent would be wider than a column may be
FOLIO = ("size", "colour")  # placed by the table of its part
SIGNOFF = ("size", "pitch", "indent", "colour")  # the longest line ends at its place
BESIDE = ("size",)  # in the colour of what it stands beside
NAMEPLATE = ("colour",)  # as large as fits, spread over its width
WITHIN: tuple[str, ...] = ()  # another face within a text that has a style already


def _style(meaning: str, place: str, keys: tuple[str, ...] = PARAGRAPH) -> StyleName:
    return StyleName(meaning, place, keys)


STYLES: Mapping[str, StyleName] = {
    "nameplate": _style("报头名称", "报头", NAMEPLATE),
    "overline": _style("名称上方的小字，太宽时缩小", "报头", FOLIO),
    "issue_line": _style("期号", "报头"),
    "issuing_line": _style("编发单位", "报头"),
    "issuing_date": _style("印发日期", "报头"),
    "masthead_mark": _style("密级、紧急程度、内部资料等", "报头左上角"),
    "copy_number": _style("份号", "报头右上角"),
    "recipient": _style("份号领受单位，颜色同份号", "份号左边", BESIDE),
    "contents_heading": _style("目录标题", "目录"),
    "contents_entry": _style("目录的一条", "目录"),
    "contents_section": _style("目录里的栏目名", "目录"),
    "contents_mark": _style("目录每条前的符号", "目录", WITHIN),
    "section": _style("栏目名", "栏目的第一篇文章之上"),
    "headline": _style("标题", "文章"),
    "kicker": _style("引题", "文章标题之上"),
    "subhead": _style("副题", "文章标题之下"),
    "byline": _style("标题下的署名", "文章标题之下"),
    "signature": _style("文末的署名", "文章末尾"),
    "paragraph": _style("正文；网格的一字由它的字号加空隙而成", "文章"),
    "heading_1": _style("一、层次标题", "文章"),
    "heading_2": _style("（一）层次标题", "文章"),
    "heading_3": _style("1．层次标题", "文章"),
    "heading_4": _style("（1）层次标题", "文章"),
    "lead_in": _style("段首导语", "文章、简讯", WITHIN),
    "editors_note": _style("按语", "目录之后或文章标题之下"),
    "editors_note_by": _style("按语的署名", "按语之后"),
    "label": _style("“编者按：”等字样", "按语之前", WITHIN),
    "note": _style("附注", "文章"),
    "attachment": _style("附件说明", "文章之后", (*HANGS_BY_LABEL, "pitch")),
    "attendance": _style(
        "出席、列席、组长、成员等名单；字样用“label”的字体", "文章", (*HANGS_BY_LABEL, "pitch")
    ),
    "salutation": _style("称呼、主送机关", "文章"),
    "signoff": _style("落款的署名与日期；缩进为右空", "文章", SIGNOFF),
    "annex_label": _style("附件的序号", "附件第一行"),
    "annex_title": _style("附件的标题", "附件第三行"),
    "briefs_heading": _style("工作简讯的标题", "工作简讯"),
    "brief_headline": _style("简讯的标题", "工作简讯"),
    "brief": _style("简讯", "工作简讯"),
    "brief_mark": _style("简讯前的符号", "工作简讯", WITHIN),
    "brief_byline": _style("简讯末尾的署名", "工作简讯", WITHIN),
    "caption": _style("表题", "表格之上", LINE),
    "figure_caption": _style("图题、总图题", "图片之下", LINE),
    "table_header": _style("表头", "表格", CELL),
    "table_cell": _style("格内文字；对齐是稿件未说明时的", "表格", CELL),
    "table_total": _style("合计行的文字", "表格", CELL),
    "table_unit": _style("单位", "表格右上方", CELL),
    "table_note": _style("表注", "表格之下", CELL),
    "table_continued": _style("“续表”字样", "表格转页后的上方", CELL),
    "closing": _style("报尾左端的文字", "报尾", HANGS_BY_LABEL),
    "closing_right": _style("报尾右端的文字", "报尾", LINE),
    "proof_heading": _style("“检查结果”字样", "校样末尾", FOLIO),
    "proof_entry": _style("一条检查结果；天头的日期与摘要也用此字号", "校样末尾", FOLIO),
    "proof_mark": _style("校样标记", "校样每页上方", FOLIO),
    "folio": _style("页码", "每页下方", FOLIO),
}


def keys_of(style: StyleName) -> tuple[str, ...]:
    """Return the keys that a style has, in the order of `STYLE_KEYS`."""
    return tuple(key for key in STYLE_KEYS if key in ALWAYS or key in style.keys)
