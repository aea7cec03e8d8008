"""Every key that a `layout.toml` may have, declared once.

The checks (`check.py`) and the documentation (`docs/layouts.md`) are made from these lists.
Meanings are in Chinese, for authors of layouts; defaults are in `layouts/_shared/layout.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hongtou.layouts.units import LENGTHS, OF_PAPER

LAYOUT, STYLE = "layout", "style"  # the first is the table that is not shared
TITLE_CHARS, SUMMARY_CHARS = 40, 200
ABOUT: Mapping[str, tuple[str, int]] = {  # plain strings of [layout]: meaning, maximum length
    "title": ("版式的名称，列出版式时显示", TITLE_CHARS),
    "summary": ("一句话说明，列出版式时显示", SUMMARY_CHARS),
}


@dataclass(frozen=True, slots=True)
class Key:
    """The declaration of a value: its meaning, its allowed units and its bounds.

    ``low`` and ``high`` are in mm for lengths, in characters for texts, and otherwise in the unit
    of the value. A ``whole`` value is an integer. A text that is printed names its ``style``.
    """

    meaning: str
    units: tuple[str, ...]
    low: float = 0.0
    high: float = 0.0
    choices: tuple[str, ...] = ()
    whole: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The declaration of a table: its title, its place on the page, and its keys."""

    title: str
    place: str
    keys: Mapping[str, Key]


def _length(meaning: str, low: float, high: float, units: tuple[str, ...] = LENGTHS) -> Key:
    return Key(meaning, units, low, high)


def _em(meaning: str, low: float, high: float) -> Key:
    return Key(meaning, ("em",), low, high)


def _count(meaning: str, low: int, high: int) -> Key:
    return Key(meaning, ("count",), low, high, whole=True)


def _share(meaning: str) -> Key:
    return Key(meaning, ("share",), 0, 1)


def _choice(meaning: str, choices: tuple[str, ...]) -> Key:
    return Key(meaning, ("text",), choices=choices)


def _printed(meaning: str, high: int, style: str) -> Key:
    return Key(meaning, ("text",), 1, high, style=style)


def _colour(meaning: str) -> Key:
    return Key(meaning, ("colour",))


def _ink(meaning: str) -> Key:
    return Key(meaning, ("cmyk",), 0, 100)


def _flag(meaning: str) -> Key:
    return Key(meaning, ("flag",))


TABLES: Mapping[str, Table] = {
    LAYOUT: Table("版式自身", "列出版式时；每篇文章末尾", {
        "byline_at_end": _flag("署名是否放在文末右侧（右空二字）；否则在标题之下"),
    }),
    "page": Table("纸张、版心与版面网格", "每一页", {
        "width": _length("纸宽", 100, 450, OF_PAPER),
        "height": _length("纸高", 100, 450, OF_PAPER),
        "head_margin": _length("天头，版心上边到纸的上边", 5, 150, OF_PAPER),
        "binding_margin": _length("订口，版心左边到纸的左边", 5, 100, OF_PAPER),
        "type_area_width": _length("版心宽", 80, 420, OF_PAPER),
        "type_area_height": _length("版心高", 60, 420, OF_PAPER),
        "lines": _count("每面行数；须是版心高除以行距所得的整数", 8, 60),
        "characters": _count("每行字数；版心宽除以它，就是网格的一字", 10, 60),
        "line_pitch": _length("行距，上一行基线到下一行基线；网格的一行", 3, 20, OF_PAPER),
    }),
    "colour": Table("颜色", "样式里的 colour 以这里的名称指明颜色", {
        "text": _colour("正文、表格线、报尾线"), "red": _colour("报头名称、报头下的红线"),
    }),
    "ink": Table("油墨", "付印用 PDF（输出 `print`）；名称与 [colour] 相同", {
        "text": _ink("正文、表格线、报尾线"), "red": _ink("报头名称、报头下的红线"),
        "red_name": Key("专色版的名称，印刷软件照此显示；只用英文字母、数字与空格",
                        ("text",), high=31),
    }),
    "press": Table("付印", "付印用 PDF（输出 `print`）的页外，与对油墨、线条的要求", {
        "bleed": _length("出血，BleedBox 超出成品的宽度", 0, 20, OF_PAPER),
        "mark_gap": _length("成品边到裁切线的距离；不小于出血", 0, 30, OF_PAPER),
        "mark_length": _length("裁切线的长度", 1, 30, OF_PAPER),
        "mark_weight": _length("裁切线、套准线的粗细", 0.05, 1, OF_PAPER),
        "target": _length("套准标记的圆的半径", 0.5, 5, OF_PAPER),
        "edge": _length("成品边到纸边的距离；不小于 mark_gap 与 mark_length 之和", 1, 50, OF_PAPER),
        "fold_mark": _length("拼版（输出 `booklet`）折线处的短线的长度", 0, 20, OF_PAPER),
        "most_stapled": _length("骑马订的纸，摊开叠起来至多多厚；更厚的提醒", 0.1, 10, OF_PAPER),
        "slug_size": _length("页外说明行的字号", 1, 5, OF_PAPER),
        "least_rule": _length("线条至少多粗；更细的印不稳", 0.02, 1, OF_PAPER),
        "most_ink": Key("一处的油墨总量至多多少", ("percent",), 100, 400),
    }),
    "composition": Table("字与行", "所有文字", {
        "punctuation": _choice("标点宽度：full_width 全角式，mixed_width 开明式",
                               ("full_width", "mixed_width")),
        "latin": _choice("正文、楷体里西文与数字的字体：latin Times 式，latin_light 细，"
                         "latin_fangsong 仿宋自己的", ("latin", "latin_light", "latin_fangsong")),
        "latin_gap": _em("汉字与西文、数字之间的空隙", 0, 0.5),
        "widest_latin_gap": _em("为使一行排满，这空隙至多拉到多宽", 0, 0.5),
        "han_space": _em("稿件里汉字之间打的空格印成多宽", 0, 2),
        "spaced_gap": _em("疏排的标题（目录、工作简讯）字间至多空多少", 0, 4),
        "baseline": _em("字框上边到基线的距离；fonts/ 的字体照此制作", 0.5, 1),
        "gap": _em("同一行里左右两端文字之间至少空多少", 0, 10),
        "fewest_at_foot": _count("一段分在两页时，页末至少留几行", 1, 6),
        "fewest_at_head": _count("一段分在两页时，页首至少留几行", 1, 6),
        "least_last_line": _share("一段的末行满版心宽的几成，就可以独自排在页首"),
        "fewest_under_headline": _count("标题在页末时，下面至少带几行正文", 1, 6),
        "most_left": _length("图片排不下时，页末空白多于这么高，就把图片移到文中", 0, 60),
        "most_together": _share("不拆到两页的内容至多占版心高的几成；更高的照拆"),
    }),
    "masthead": Table("报头", "第一页上方，红线及以上；各 top 从版心上边量起", {
        "height": Key("报头占的行数，红线在内", ("lines",), 2, 20, whole=True),
        "mark_pitch": _length("左上角密级、紧急程度等各行的行距", 3, 20),
        "recipient_gap": _em("份号左边的领受单位与份号空多少，与左上角的字至少空多少", 0, 6),
        "nameplate_blank": _length("名称上下至少各空多少", 0, 40),
        "least_nameplate_blank": _length("红线会太低时，名称上下至少各空多少", 0, 40),
        "nameplate_least": _length("名称小于这一字号时分成两行，仍小就提醒", 5, 50, OF_PAPER),
        "nameplate_smallest": _length("红线会太低时，名称小到哪里为止，并提醒", 5, 50, OF_PAPER),
        "nameplate_width": _length("报头名称至多排多宽", 20, 420),
        "nameplate_size": _length("名称为一行时的最大字号", 5, 50, OF_PAPER),
        "nameplate_size_two": _length("名称为两行时的最大字号", 5, 50, OF_PAPER),
        "overline_share": _share("名称上方的小字至多是名称字号的几成"),
        "overline_least": _length("名称上方的小字小于多少就提醒", 3, 50, OF_PAPER),
        "overline_below": _length("名称上方的小字与名称之间至少空多少", 0, 40),
        "nameplate_alike": _share("名称两行字号之比不小于此数时，两行同用较小的字号"),
        "nameplate_subordinate": _share("名称第二行加括号时，至多是第一行字号的几成"),
        "nameplate_tracking": _em("名称字少时，字间至多空多少", 0, 4),
        "short_name": _count("名称不超过几字，算字少的", 1, 10),
        "short_tracking": _em("那样的名称，字间至多空多少", 0, 6),
        "equal_tracking": _em("名称两行排成一样宽，短的一行字间至多空多少；不够就两行同空", 0, 4),
        "nameplate_pitch": _em("名称的行高", 0.8, 3),
        "issue_line_top": _length("期号行上边的位置", 0, 200),
        "issuing_line_top": _length("编发单位与日期一行上边的位置", 0, 200),
        "least_issuing_pitch": _length("编发单位占几行、红线会太低时，各行的行距", 3, 20),
        "rule_top": _length("红线上边的位置", 0, 200),
        "lowest_rule": _length("红线因报头内容多而下移时，至多到哪里；名称先缩小", 0, 250),
        "rule_weight": _length("红线的粗细", 0.05, 5),
        "side_indent": _length("编发单位左边、日期右边空出的宽度", 0, 25),
    }),
    "contents": Table("目录", "报头之下", {
        "heading": _printed("目录的标题，稿件另有指定时除外", 20, "contents_heading"),
        "mark": _printed("每条前的符号", 4, "contents_mark"),
        "show_from": _count("稿件未说明时，满几条才排目录", 1, 1000),
        "space_above": _length("目录标题之上的空白", 0, 60),
        "space_below": _length("目录标题之下的空白", 0, 60),
        "section_indent": _length("目录里，栏目之下的各条缩进多少", 0, 60),
        "folio_room": _em("每条右端给页码和点线留的宽度", 1, 10),
        "leader_gap": _em("点线两端的空隙，合计不少于它的两倍", 0, 5),
    }),
    "section": Table("栏目", "栏目的第一篇文章之上", {
        "space_above": _length("栏目名之上的空白", 0, 60),
    }),
    "headline": Table("文章标题", "每篇文章的引题、标题、副题、署名，合为一组", {
        "space": _length("一组上下空白合计至少多少；再补足到整行", 0, 60),
        "above": _share("空白中放在上方的份额：大于一半，标题便靠近正文"),
    }),
    "signature": Table("文末署名", "文章末尾，byline_at_end 为 true 时", {
        "space_above": _length("署名之上的空白", 0, 60),
    }),
    "briefs": Table("工作简讯", "文章之后", {
        "mark": _printed("每条前的符号", 4, "brief_mark"),
    }),
    "editors_note": Table("编者按", "目录之后，或文章标题之下", {
        "label": _printed("按语前的字样，稿件自己写了的除外", 20, "label"),
        "space": _length("按语与标题、目录之间的空白", 0, 60),
    }),
    "attachments": Table("附件说明", "文章之后", {
        "label": _printed("第一个附件名称前的字样", 20, "attachment"),
        "space_above": _length("附件说明之上的空白", 0, 60),
    }),
    "signoff": Table("落款", "文末的署名与成文日期", {
        "space_above": _length("落款之上的空白", 0, 60),
        "date_shift": _length("日期首字比署名首字右移多少", 0, 100),
    }),
    "annex": Table("附件", "另起一页的附件", {
        "label": _printed("稿件未写序号时印的字样", 20, "annex_label"),
        "title_above": _length("序号与标题之间的空白", 0, 60),
        "title_below": _length("标题之下的空白至少多少；再补足到整行", 0, 60),
    }),
    "table": Table("表格", "正文里的表格", {
        "rule_weight": _length("表内线的粗细", 0.05, 3),
        "frame_weight": _length("表框线的粗细", 0.05, 3),
        "line_pitch": _length("格内文字的行距", 3, 20),
        "cell_padding": _length("格内文字左右各空多少", 0, 20),
        "least_cell_padding": _length("数字要断开时，格内文字左右至少空多少", 0, 20),
        "row_padding": _em("格内文字上下至少各空多少", 0, 2),
        "whole_rows": _count("至多几行的表格不拆到两页", 1, 100),
        "whole": _share("不拆到两页的表格至多占版心高的几成；更高的照拆"),
        "whole_group": _share("合并格所合的各行至多占版心高的几成不拆；更高的在行末拆开，次页重印"),
        "smaller_size": _length("排不下时先改用的字号", 2, 10, OF_PAPER),
        "smallest_size": _length("仍断开数字时再改用的字号", 2, 10, OF_PAPER),
        "tall_rows": _count("很高的表格，平均每行多于几行的，可改用小些的字号", 1, 20),
        "pooled": _share("几列让出的宽度归一列后，至多剩原来几成的行数才让"),
        "shorter": _share("改用小些的字号后，至多剩原来几成的行数才改"),
        "continued": _printed("表格接排处上方的字样；表题有“表1”的，加序号", 10, "table_continued"),
        "note_pitch": _length("单位与表注的行距", 2, 20),
        "note_gap": _length("表框到表注的距离", 0, 20),
        "whole_notes": _count("至多几行的表注不离开表格；更多的可转页", 1, 15),
        "space_above": _length("表题之上空多少；没有表题的，表格之上空多少", 0, 30),
        "space_below": _length("表格之下至少空多少；再补足到整行", 0, 60),
        "column_step": _length("列宽是它的整数倍", 1, 10),
        "label_width": _count("合并几行的格，多少字以内排一行；更长的转行", 1, 30),
        "narrowest_column": _count("一列至少几个字宽", 1, 10),
    }),
    "figure": Table("图片", "正文里的图片", {
        "width": _length("稿件未说明时的图宽", 10, 420),
        "height": _length("稿件未说明图宽时，图至多多高", 10, 300),
        "resolution": _count("每英寸少于这么多像素就提醒", 36, 2400),
        "most_resolution": _count("每英寸多于这么多像素就缩小", 72, 2400),
        "reduced_resolution": _count("缩小到每英寸这么多像素", 72, 2400),
        "space": _length("图片与图题上下空白合计至少多少；再补足到整行", 0, 60),
        "caption_gap": _length("图片下边到图题字上边的距离", 0, 30),
        "caption_pitch": _length("图题的行距", 2, 20),
        "row_gap": _length("并排的图片之间的距离", 0, 60),
        "row_narrowest": _length("并排的图片，图题至少排多宽", 10, 100),
        "row_height": _length("并排的图片至多多高", 10, 300),
    }),
    "copyfit": Table("版面调整", "使各面排满、末页报尾以上不致太空，或少印一页；够了就停", {
        "last_page_lines": _count("末页报尾以上应有几行", 1, 20),
        "closing_pitch": _length("报尾行距先改为多少", 3, 20),
        "least_closing_pitch": _length("再改为多少", 3, 20),
        "pages_together": _count("为排满一页，往前至多改动几页（连本页）", 1, 10),
        "most_recast_together": _count("为排满一页，至多几处一起多排或少排一行", 1, 5),
        "line_gives": _em("段落一行约可让出几个字，据此挑选可增一行的段落", 0, 4),
        "line_takes": _em("段落一行约可挤进几个字，据此挑选可减一行的段落", 0, 4),
        "least_headline_space": _length("标题上下空白合计至少留多少", 0, 60),
        "most_headline_space": _length("标题上下空白合计至多加到多少", 0, 80),
        "least_picture": _share("为排满一页，未指定宽度的图片至少缩到几成"),
        "most_figure_space": _length("为排满一页，图片上下空白各至多加到多少", 0, 60),
        "most_row_space": _length("一页排不满时，页末的表格各行或整张表格各行至多增高多少", 0, 30),
        "least_contents_pitch": _length("第一面差几行排得下正文时，目录行距至少多少", 3, 20),
        "least_contents_space": _length("那时目录标题上下空白合计至少多少", 0, 60),
        "least_note_space": _length("那时编者按之上的空白至少多少", 0, 40),
        "most_note_space": _length("第一面排不下正文时，为排满编者按之上的空白至多多少", 0, 80),
        "most_contents_pitch": _length("第一面排不下正文时，为排满目录行距至多多少", 3, 30),
        "most_contents_space": _length("那时目录标题上下空白合计至多多少", 0, 80),
        "shorter_each": _count("末页以前几页，各至多少排几行", 0, 6),
        "shorter_alone": _count("只有末页以前一页少排时，至多少排几行", 0, 10),
    }),
    "folio": Table("页码", "每页版心之下", {
        "offset": _length("版心下边到页码上边的距离", 0, 60),
        "indent": _length("单页码距版心右边、双页码距版心左边", 0, 100),
    }),
    "proof": Table("校样", "校样的天头、检查结果的框，与末尾的检查结果", {
        "mark": _printed("印的字样", 20, "proof_mark"),
        "offset": _length("标记的基线到版心上边的距离", 0, 100),
        "required": _colour("约束力为“规定”的框与序号"),
        "general": _colour("约束力为“一般”的"),
        "recommended": _colour("约束力为“推荐”的"),
        "practice": _colour("约束力为“实务”的"),
        "paper": _colour("付印检查图上的序号，印在约束力的颜色上"),
        "frame_weight": _length("框线的粗细", 0.05, 2, OF_PAPER),
        "frame_gap": _length("框线到文字的距离", 0, 2, OF_PAPER),
        "number_size": _length("框旁序号的字号", 1, 5, OF_PAPER),
        "list_heading": _printed("末尾检查结果的标题", 20, "proof_heading"),
        "list_pitch": _length("末尾检查结果的行距", 3, 20, OF_PAPER),
    }),
    "closing": Table("报尾", "末页版心底部", {
        "outer_rule": _length("首末两条线的粗细", 0.05, 3),
        "inner_rule": _length("中间各线的粗细", 0.05, 3),
        "side_indent": _length("文字左右各空多少", 0, 25),
        "line_pitch": _length("行距", 3, 20),
        "people_gap": _count("审核、编辑等各项之间空几字", 1, 10),
        "even_page": _flag("报尾是否总放在双页码上，不足时前面加一张空白页"),
    }),
    "report": Table("排版报告", "检查结果，不印出", {
        "loose": _em("汉字之间比平常宽出这么多，提醒偏松", 0.01, 0.5),
        "tight": _em("汉字之间比平常窄了这么多，提醒偏紧", 0.005, 0.5),
        "few_lines": _count("末页报尾以上不足几行时提醒", 1, 30),
        "hole": _length("其他各页末尾空白达到多高时提醒", 0, 100),
        "hole_before_headline": _length("下面是标题时，末尾空白达到多高才提醒", 0, 100),
    }),
}  # fmt: skip
