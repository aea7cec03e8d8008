"""The type styles of a layout as styles of Word: a name, a face, a size and a place each."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from hongtou.layouts import Layout
from hongtou.layouts.layout import TypeStyle
from hongtou.outputs.docx.markup import Element, half_points, properties, twips, w
from hongtou.plan.galleys import WITH_NEXT

PREFIX = "简报"
NAMES = {
    "nameplate": "名称", "overline": "名称上方", "issue_line": "期号", "issuing_line": "编发单位",
    "masthead_mark": "报头标记", "copy_number": "份号",
    "contents_heading": "目录标题", "contents_entry": "目录", "contents_section": "目录栏目",
    "section": "栏目", "headline": "标题", "kicker": "引题", "subhead": "副题", "byline": "署名",
    "signature": "文末署名", "paragraph": "正文", "heading_1": "一级标题", "heading_2": "二级标题",
    "heading_3": "三级标题", "heading_4": "四级标题", "editors_note": "按语",
    "editors_note_by": "按语署名", "note": "附注", "attachment": "附件说明", "salutation": "称呼",
    "attendance": "出席名单",
    "signoff": "落款", "annex_label": "附件序号", "annex_title": "附件标题",
    "briefs_heading": "简讯栏名", "brief_headline": "简讯标题", "brief": "简讯",
    "caption": "表题", "figure_caption": "图题", "table_header": "表头", "table_cell": "表格文字",
    "table_total": "合计", "table_unit": "表格单位", "table_note": "表注",
    "closing": "报尾", "folio": "页码",
}  # fmt: skip
ROLE_NAMES = {"heading": "黑体", "note": "楷体", "body": "仿宋", "title": "小标宋"}  # within a text
OUTLINE = {  # levels of the outline, from 0
    "section": 0, "headline": 1, "briefs_heading": 1, "annex_title": 2, "brief_headline": 2,
    "heading_1": 2, "heading_2": 3, "heading_3": 4, "heading_4": 5,
}  # fmt: skip
# The faces that offices have under these names, and what stands in where one has not.
FACES = {
    "nameplate": "方正小标宋简体",
    "title": "方正小标宋简体",
    "body": "仿宋_GB2312",
    "note": "楷体_GB2312",
    "heading": "黑体",
    "folio": "宋体",
}
STAND_INS = {
    "方正小标宋简体": "方正小标宋_GBK",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
LATIN = "Times New Roman"
ALIGNED = {
    "justified": "both", "left": "left", "list": "left", "centre": "center", "right": "right",
    "balanced": "center", "spaced": "center",
}  # fmt: skip
PITCHES = {  # where the pitch of a style stands, if not in the style
    "masthead_mark": "masthead.mark_pitch", "copy_number": "masthead.mark_pitch",
    "figure_caption": "figure.caption_pitch", "table_unit": "table.note_pitch",
    "table_note": "table.note_pitch", "table_header": "table.line_pitch",
    "table_cell": "table.line_pitch", "table_total": "table.line_pitch",
    "closing": "closing.line_pitch",
}  # fmt: skip
SPREAD = {"nameplate", "overline"}  # over the width that they are given
TYPE_ON_GRID = "paragraph"  # the style whose characters the grid counts


def pitch_of(style: str, layout: Layout) -> float:
    """Return the pitch of the lines of a style, in points."""
    if style in PITCHES:
        return layout.pt(PITCHES[style])
    return layout.styles[style].pitch * layout.pt("page.line_pitch")


def is_on_grid(style: str, layout: Layout) -> bool:
    """Tell whether the lines of a style stand on the grid of the page.

    Programs would pull others apart to it.
    """
    is_of_size = layout.styles[style].size_pt == layout.styles[TYPE_ON_GRID].size_pt
    return is_of_size and pitch_of(style, layout) == layout.pt("page.line_pitch")


def colour_of(style: TypeStyle, layout: Layout) -> str:
    """Return a colour as Word writes it."""
    return str(layout.amount(f"colour.{style.colour}", "colour")).lstrip("#").upper()


def fonts(role: str, layout: Layout) -> Element:
    """Return the faces of a role: Chinese in its own, Western letters and figures in another."""
    is_own = layout.text("composition.latin") == "latin_fangsong" and role == "body"
    latin = FACES[role] if is_own else LATIN
    return w("rFonts", ascii=latin, hAnsi=latin, eastAsia=FACES[role], cs=LATIN)


def word_styles(layout: Layout) -> Iterator[Element]:
    """Yield the styles of a layout: of paragraphs, then of words within them."""
    for name in NAMES:
        yield _paragraph_style(layout.styles[name], layout)
    for role, title in ROLE_NAMES.items():
        yield w(
            "style",
            w("name", val=PREFIX + title),
            w("qFormat"),
            properties("rPr", [fonts(role, layout)]),
            type="character",
            customStyle=1,
            styleId=role,
        )


def _paragraph_style(style: TypeStyle, layout: Layout) -> Element:
    line = w(
        "spacing",
        before=0,
        after=0,
        line=twips(pitch_of(style.name, layout)),
        lineRule="exact",
    )
    place = [line, w("jc", val="center" if style.name in SPREAD else ALIGNED[style.align])]
    if not is_on_grid(style.name, layout):
        place.append(w("snapToGrid", val=0))
    if style.indent or style.hanging:
        place.append(_indent(style))
    if style.name in WITH_NEXT:
        place.append(w("keepNext"))
    if style.name in OUTLINE:
        place.append(w("outlineLvl", val=OUTLINE[style.name]))
    face = [fonts(style.role, layout), w("color", val=colour_of(style, layout))]
    if style.size_pt:
        size = half_points(style.size_pt)
        face += [w("sz", val=size), w("szCs", val=size)]
    if style.size_pt == layout.styles[TYPE_ON_GRID].size_pt:
        face.append(w("w", val=_narrowed(layout)))
    return w(
        "style",
        w("name", val=PREFIX + NAMES[style.name]),
        w("basedOn", val="Normal"),
        w("qFormat"),
        properties("pPr", place),
        properties("rPr", face),
        type="paragraph",
        customStyle=1,
        styleId=style.name,
    )


def _narrowed(layout: Layout) -> int:
    """Return how wide characters are, in hundredths, so that a line holds those of the grid.

    Word has no 三号 of 15.75 points, only one of 16. A grid of characters would hold them too, but
    LibreOffice gives a character that is wider than its square two of them.
    """
    size = half_points(layout.styles[TYPE_ON_GRID].size_pt) / 2
    return floor(100 * layout.character_pt / size)


def _indent(style: TypeStyle) -> Element:
    """Return the indents of a style, in characters and, for those who count none, in points."""
    if style.align == "right":
        room = style.indent
        return w("ind", rightChars=round(room * 100), right=twips(room * style.size_pt))
    first = style.indent - style.hanging
    side = "firstLine" if first >= 0 else "hanging"
    return w(
        "ind",
        leftChars=round(style.hanging * 100),
        left=twips(style.hanging * style.size_pt),
        **{
            f"{side}Chars": round(abs(first) * 100),
            side: twips(abs(first) * style.size_pt),
        },
    )
