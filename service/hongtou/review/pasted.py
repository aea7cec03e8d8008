"""What was pasted from a finished document or a web page, and stands there for other readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import RUNNING, Copy, Text
from hongtou.review.patterns import SPACE, STOPS
from hongtou.review.rule import Remark

DASHED = Late(f"[—–－-]{{1,2}}[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*[—–－-]{{1,2}}")
COUNTED = Late(
    f"第[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*页[{SPACE}，,/]*(?:共[{SPACE}]*[0-9]{{1,3}}[{SPACE}]*页)?"
)
DATE = Late(
    f"(?:[0-9]{{4}}|[一二三四五六七八九〇○零O]{{4}})[{SPACE}]*年[{SPACE}]*"
    f"[0-9一二三四五六七八九十]{{1,2}}[{SPACE}]*月[{SPACE}]*"
    f"[0-9一二三四五六七八九十]{{1,3}}[{SPACE}]*日"
)
# 广大市民朋友们：, 市委、市政府：, 各县（市、区）人民政府，市政府各部门：
ADDRESSED = Late(
    f"[^{STOPS.replace('、', '')}]{{0,16}}(?:们|同志|先生|女士|领导|代表|委员|单位|部门)[：:]"
    "|[^。；：？！:]{1,90}(?:委|政府|厅|局|办公室|办事处|管委会|法院|检察院|部门|单位)[：:]"
)
ANY_STOP = Late(f"[{STOPS}]")
# What programs leave where a reference or a formula does not hold any more. Word's wordings are
# those of its Chinese and English interface.
BROKEN = Late(
    "错误[!！] ?(?:未找到引用源|未定义书签|文档中没有指定样式的文字|链接无效|超链接引用无效)[。.]?"
    r"|Error! (?:Reference source not found|Bookmark not defined)\.?"
    r"|#(?:REF!|DIV/0!|VALUE!|NUM!|NULL!|NAME\?|N/A)"
)
# What stands in a field of Word, and shows where it was copied as text.
FIELD_CODE = Late(
    r"(?:PAGE|NUMPAGES|PAGEREF|SEQ|TOC|DATE|REF)(?: [^，。；\\]{0,20})? ?\\[*@#a-z][^，。；]{0,24}"
    r'|HYPERLINK ["“”][^"“”]*["“”]|\\\* MERGEFORMAT|INCLUDEPICTURE [^，。；]{1,60}'
    r"|EMBED [A-Z][A-Za-z.0-9]{2,30}"
)
# 一、总体情况……………3
CONTENTS_ENTRY = Late(
    rf"(?:[0-9]{{1,2}}[.．])?[^.…·．]{{2,60}}+[.…·．]{{5,120}}+[{SPACE}]{{0,9}}+[（(]?[0-9]{{1,3}}[）)]?"
)
# What a program that writes for somebody says to him, before the text and behind it.
CHAT = Late(
    "(?:好的|当然|没问题|可以)[，,！!。].{0,40}(?:以下是|下面是|这是|为[您你]|给[您你]).{0,40}"
    "|(?:以下|下面|这)是(?:我)?(?:根据|按照|为|给)[您你].{0,60}"
    "|希望(?:以上|这[份些篇]|本|上述).{0,16}对[您你]有所?帮助.{0,60}"
    "|.{0,40}(?:随时告诉我|请告诉我|我可以(?:继续|帮[您你]|进一步)|需要我).{0,40}[。！？!?]?"
)
LONGEST_CHAT = 120  # characters
# A line of its own that speaks to readers of a page in 微信 and the like. Source: house style.
_NO_STOP = f"[^{STOPS}]"
ON_SCREEN = Late(
    f"^(?:[↑↓▲▼△▽]*[{SPACE}]*(?:点击|长按|扫描|扫码|识别|轻触){_NO_STOP}{{0,16}}"
    f"(?:关注|原文|蓝字|二维码|查看更多|查看详情|小程序){_NO_STOP}{{0,8}}"
    f"|[{SPACE}]*[↑↓▲▼△▽][↑↓▲▼△▽{SPACE}]*"
    f"|[—\\-·{SPACE}]*(?:END|End)[—\\-·{SPACE}]*"
    "|往期(?:推荐|回顾|精选)|推荐阅读|(?:分享|收藏|点赞|在看|转发)"
    f"(?:[{SPACE}、]*(?:分享|收藏|点赞|在看|转发))+"
    rf"|(?:来源|编辑|责编|审核|初审|复审|终审|监制|校对|排版|供稿|图文?|文)"
    rf"(?:[{SPACE}]*[|｜丨]|[：:][^|｜丨{STOPS}]{{1,12}}[|｜丨]).{{1,60}}"
    "|[（(]?图片?(?:均)?(?:来源|源|来自)(?:于|[：:])?网络.{0,12}"
    f"|[（(](?:图文?|文|编辑|责编|审核)/.{{2,60}}[）)]|收录于.{{0,4}}(?:合集|话题|专辑).{{0,30}}"
    f"|阅读[{SPACE}]*[0-9.万+]{{1,8}}[{SPACE}]*(?:点?赞|在看|分享).{{0,30}}|0[1-9])"
)
FOLIO_CHARS = 20  # the longest folio, as 第 2 页，共 5 页
NAME_CHARS = 30  # the longest name of a body that signs


def folios(copy: Copy) -> Iterator[Remark]:
    """Find a folio of another document (— 1 —, 第2页 共5页) in a paragraph of its own."""
    found = [
        text
        for text in copy.texts
        if len(text.chars) <= FOLIO_CHARS and text.kind is Kind.PARAGRAPH and _is_folio(text)
    ]
    if not found:
        return
    others = Counter(text.pointer for text in copy.texts)
    others.subtract(text.pointer for text in found)
    for text in found:
        is_sure = "页" not in text.characters or "共" in text.characters
        removed = "" if is_sure and others[text.pointer] > 0 else None
        message = "像是复制来的页码，会印在正文里"
        yield Remark(text, 0, len(text.chars), message, "请删去这一段，页码由版式印出", removed)


def sign_offs(copy: Copy) -> Iterator[Remark]:
    """Find a body and a date below one another, which sign what stands above."""
    for text, following in pairwise(copy.texts):
        if len(following.chars) > NAME_CHARS or not _is_date(following):
            continue
        is_name = len(text.chars) <= NAME_CHARS and not ANY_STOP().search(text.chars)
        if is_name and _is_paragraph(text) and _is_paragraph(following):
            message = f"与下一段「{following.chars}」像是落款，现按两段正文排"
            hint = '请改用落款（{"type": "signoff", "bodies": […], "date": "…"}）'
            yield Remark(text, 0, len(text.chars), message, hint)


def salutations(copy: Copy) -> Iterator[Remark]:
    """Find the salutation of a letter, which stands flush left."""
    article = ""
    for text in copy.texts:
        if text.kind is not Kind.PARAGRAPH or text.article == article:
            continue
        if ADDRESSED().fullmatch(text.chars):
            hint = '称呼应顶格，请改用称呼（{"type": "salutation", "text": "…"}）'
            yield Remark(text, 0, len(text.chars), "像是称呼，现缩进两字排", hint)
        article = text.article


def broken_references(text: Text) -> Iterator[Remark]:
    """Find what Word and Excel write where a reference or a formula is broken."""
    for found in BROKEN().finditer(text.chars):
        message = "是 Word 或 Excel 的出错信息，会印出来"
        yield Remark(text, *found.span(), message, "请对照原件，补上应有的文字或数字")


def field_codes(text: Text) -> Iterator[Remark]:
    """Find what stands in a field of Word: MERGEFORMAT, HYPERLINK "…"."""
    for found in FIELD_CODE().finditer(text.chars):
        message = "是 Word 的域代码，会印出来"
        yield Remark(text, *found.span(), message, "请删去，只留该印的文字或数字")


def contents_entries(text: Text) -> Iterator[Remark]:
    """Find an entry of a contents list, which the layout makes: 一、总体情况……………3."""
    if text.kind in RUNNING and CONTENTS_ENTRY().fullmatch(text.chars):
        message = "像是复制来的目录，会印在正文里"
        yield Remark(text, 0, len(text.chars), message, "请删去这一段，目录由版式印出")


def lines_of_a_chat(text: Text) -> Iterator[Remark]:
    """Find what a writing program says to who asked it: 希望以上内容对您有所帮助。."""
    is_short = text.kind is Kind.PARAGRAPH and len(text.chars) <= LONGEST_CHAT
    if is_short and CHAT().fullmatch(text.chars):
        message = "像是写作软件对您说的话，会印在正文里"
        yield Remark(text, 0, len(text.chars), message, "请删去这一段")


def lines_for_a_screen(text: Text) -> Iterator[Remark]:
    """Find a line that only a reader of a web page can use: 点击“阅读原文”, 编辑 | 张三."""
    if text.kind is Kind.PARAGRAPH and ON_SCREEN().fullmatch(text.chars):
        message = "像是公众号页面上的文字，会印在正文里"
        yield Remark(text, 0, len(text.chars), message, "请删去；要印的请写成正文或写在报尾")


def _is_date(text: Text) -> bool:
    return text.chars.endswith("日") and DATE().fullmatch(text.chars) is not None


def _is_folio(text: Text) -> bool:
    return bool(DASHED().fullmatch(text.chars) or COUNTED().fullmatch(text.chars))


def _is_paragraph(text: Text) -> bool:
    return text.kind is Kind.PARAGRAPH and bool(text.article)
