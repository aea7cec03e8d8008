"""Markup of other systems, which prints as it stands: Markdown, HTML and its entities."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.bulletin.person_names import SURNAMES
from hongtou.review.copy import RUNNING, Copy, Text
from hongtou.review.patterns import CLOSERS, HAN, OPENERS, SPACE, STOPS
from hongtou.review.rule import Remark

# A single # without a space may open a topic (#最美社工#) or a number (#1机组).
HEADING_MARK = Late(rf"#{{1,6}}[{SPACE}]+(?=\S)|#{{2,6}}(?=[{HAN}{OPENERS}])")
TITLED = RUNNING | {Kind.HEADLINE, Kind.BRIEF_HEADLINE}
LIST_SIGNS = "-*+•"
LIST_MARK = Late(rf"[{LIST_SIGNS}][{SPACE}]+(\[[ xX]\][{SPACE}]+)?(?=[{HAN}{OPENERS}A-Za-z])")
FORMULA = Late(r"\$[^$]{0,60}[\\^_][^$]{1,60}\$|\\\([^()]{1,60}\\\)")
ESCAPE = Late(r"(?<![A-Za-z0-9:\\])\\(?=[\[\]*_#>.~`|-])(?!\* [A-Z])")
QUOTE_MARK = Late(f">+[{SPACE}]*(?=[{HAN}{OPENERS}])")
RULE_LINE = Late(r"(?:\*[ ]?){3,}|(?:-[ ]?){3,}|={3,}|(?:_[ ]?){3,}")
TABLE_LINE = Late(r"\|.*\|")

# Stars that no pair was made of. Beside a figure or a name they may stand for what is not to be
# told (138****5678, 张**).
STARS = Late(r"\*{2,}")
PAIR = Late(rf"(?<!\*)\*\*(?=[^*{STOPS}{CLOSERS}\s])[^*]+\*\*(?!\*)")
_ITALIC = rf"\*(?=[^\s*])[^*]{{0,200}}?[{HAN}][^*]{{0,200}}(?<=[^\s*])\*"
ITALIC = Late(rf"(?<![\w*]){_ITALIC}(?!\*)|(?<!\*){_ITALIC}(?![\w*])")  # not 长*宽*高
UNDERLINED = Late(f"(?<![A-Za-z0-9_])__([^_]{{0,200}}?[{HAN}][^_]{{0,200}})__(?![A-Za-z0-9_])")
STRUCK = Late("~~[^~]+~~")
CODE = Late("`[^`]+`|`{3,}[a-z]*")
LINK = Late(r"(!?)\[([^\[\]]+)\]\(((?:https?://|mailto:)?[^\s()]+\.[^\s()]+)\)")

INLINE_TAGS = "b|i|u|em|strong|span|font|a|small|big|mark|center"
BLOCK_TAGS = (
    "br|p|div|hr|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|img|sup|sub|s|del|blockquote|pre|code"
    "|script|style|o:p"
)
TAG = Late(rf"</?(?:({INLINE_TAGS})|{BLOCK_TAGS})(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE)
ENTITY = Late(r"&(?:[a-zA-Z]{2,8}|#[0-9]{2,6}|#x[0-9a-fA-F]{2,5});")
# After a surname stars are a name.
OF_SURNAMES = frozenset(SURNAMES)
MARKS = frozenset("<>&*_`[]#|")  # what an entity must not turn into markup of another kind


def heading_marks(text: Text) -> Iterator[Remark]:
    """Find # before a heading."""
    found = HEADING_MARK().match(text.chars) if text.kind in TITLED else None
    if found:
        message = "段首有 Markdown 的标题记号，会印出来"
        yield Remark(text, 0, found.end(), message, "请删去；小标题写序数即可", "")


def list_marks(text: Text) -> Iterator[Remark]:
    """Find - * + before an item of a list."""
    if text.chars.startswith(tuple(LIST_SIGNS)):
        yield from _opening(text, LIST_MARK(), "列表记号", "请删去；要编号的请写序数")


def formulas(text: Text) -> Iterator[Remark]:
    """Find formulas of LaTeX ($PM_{2.5}$) and marks behind a backslash, as Markdown needs it."""
    for found in FORMULA().finditer(text.chars):
        hint = "请写成文字，上标下标直接写成 m³、PM₂.₅"
        yield Remark(text, *found.span(), "是 LaTeX 的公式，会原样印出", hint)
    for found in ESCAPE().finditer(text.chars):
        yield Remark(text, *found.span(), "反斜杠是 Markdown 的记号，会印出来", "请删去", "")


def quote_marks(text: Text) -> Iterator[Remark]:
    """Find > before a quotation."""
    yield from _opening(text, QUOTE_MARK(), "引用记号", "请删去")


def rule_lines(copy: Copy) -> Iterator[Remark]:
    """Find lines of --- or ***, which only part other lines."""
    lines = [
        text
        for text in copy.texts
        if len(text.characters) < 3 and RULE_LINE().fullmatch(text.chars)  # quick to see of most
    ]
    if not lines:
        return
    others = Counter(text.pointer for text in copy.texts)
    others.subtract(text.pointer for text in lines)
    for text in lines:
        removed = "" if others[text.pointer] > 0 and "_" not in text.chars else None
        yield Remark(text, 0, len(text.chars), "是分隔线的记号", "请删去这一行", removed)


def tables(copy: Copy) -> Iterator[Remark]:
    """Find the first of several lines that are a table in Markdown."""
    before = False
    for text in copy.texts:
        is_row = "|" in text.characters and bool(TABLE_LINE().fullmatch(text.chars))
        if is_row and not before:
            hint = '请改用表格（{"type": "table", "header": […], "rows": [[…], …]}）'
            yield Remark(text, 0, len(text.chars), "是 Markdown 的表格，会一行行印出竖线", hint)
        before = is_row


def emphasis(text: Text) -> Iterator[Remark]:
    """Find stars, underscores and tildes for emphasis; those around a lead-in are read before."""
    if RULE_LINE().fullmatch(text.chars):
        return
    paired: set[int] = set()
    for found in PAIR().finditer(text.chars):
        places = (found.start(), found.end() - 2)
        paired.update(places)
        for at in places:
            yield _star(text, at, at + 2, "这里没有粗体，** 会印出来", is_safe=True)
    for found in STARS().finditer(text.chars):
        start, end = found.span()
        if start not in paired and not _is_masked(text.chars, start, end):
            message = "** 没有配成对，会印出来"
            yield _star(text, start, end, message, is_safe=_opens(text.chars, start, end))
    for found in UNDERLINED().finditer(text.chars):
        for start, end in ((found.start(), found.start(1)), (found.end(1), found.end())):
            yield _star(text, start, end, "__ 是 Markdown 的强调记号，会印出来", is_safe=True)
    for shape, mark in ((ITALIC(), "*"), (STRUCK(), "~~")):
        for found in shape.finditer(text.chars):
            hint = "请删去；段首的导语用 **……**"
            yield Remark(text, *found.span(), f"{mark} 是 Markdown 的记号，会印出来", hint)


def code_marks(text: Text) -> Iterator[Remark]:
    """Find grave accents around words."""
    for found in CODE().finditer(text.chars):
        bare = found[0].strip("`")
        is_fence = found[0].startswith("```")
        message = "` 是 Markdown 的记号，会印出来"
        yield Remark(text, *found.span(), message, "请删去", None if is_fence else bare)


def links(text: Text) -> Iterator[Remark]:
    """Find [words](address)."""
    for found in LINK().finditer(text.chars):
        is_image, words, address = found.groups()
        if is_image:
            hint = '请插入图片（{"type": "figure", "image": …}）'
            yield Remark(text, *found.span(), "是 Markdown 的图片", hint)
        else:
            spelt = f"{words}（{address}）"
            hint = f"请改为“{printable(spelt)}”，或只留文字"
            yield Remark(text, *found.span(), "是 Markdown 的链接", hint, spelt)


def tags(text: Text) -> Iterator[Remark]:
    """Find tags of HTML; one that stands for a break or a form cannot simply go."""
    for found in TAG().finditer(text.chars):
        removed = "" if found[1] else None
        hint = "请删去" if found[1] else "请删去，该换行的换行；上标下标直接写成 ² ₂"
        yield Remark(text, *found.span(), "是 HTML 的标签，会原样印出", hint, removed)


def entities(text: Text) -> Iterator[Remark]:
    """Find entities of HTML, e.g. &nbsp; for a space."""
    for found in ENTITY().finditer(text.chars):
        meant = html.unescape(found[0]).replace("\u00a0", " ")
        if meant != found[0]:
            is_safe = MARKS.isdisjoint(meant) and meant.isprintable()
            hint = f"请改为“{printable(meant)}”"
            message = "是 HTML 的字符写法，会原样印出"
            yield Remark(text, *found.span(), message, hint, meant, is_safe)


def _opening(text: Text, shape: re.Pattern[str], name: str, hint: str) -> Iterator[Remark]:
    found = shape.match(text.chars) if text.kind in RUNNING else None
    if found:
        is_safe = found.lastindex is None  # [x] says that something is done
        message = f"段首有{name}，会印出来"
        yield Remark(text, 0, found.end(), message, hint, "" if is_safe else None)


def _star(text: Text, start: int, end: int, message: str, *, is_safe: bool) -> Remark:
    hint = "请删去，或补成一对 **……**"
    return Remark(text, start, end, message, hint, "" if is_safe else None)


def _is_masked(chars: str, start: int, end: int) -> bool:
    """Tell whether stars stand for figures or a name that are not to be told."""
    before, after = chars[max(0, start - 1) : start], chars[end : end + 1]
    return before.isdigit() or after.isdigit() or before in OF_SURNAMES


def _opens(chars: str, start: int, end: int) -> bool:
    """Tell whether stars stand where a lead-in begins, and no name ends: 张**."""
    before, after = chars[max(0, start - 1) : start], chars[end : end + 1]
    return end - start == 2 and (not before or before in STOPS) and after.isalpha()
