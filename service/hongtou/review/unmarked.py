"""Parts sent as plain text, for which there is a block or a field that prints them otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.bulletin.table import Cell, Table
from hongtou.bulletin.table_grid import first_columns
from hongtou.review.copy import Copy, Text, note_at
from hongtou.review.patterns import HAN, SPACE
from hongtou.review.rule import FieldRemark, Remark

NAME = "附件"
NUMBER = "[0-9一二三四五六七八九十]{1,3}"
LABEL = Late(f"{NAME}[{SPACE}]*(?:{NUMBER})?[：:]?")
HEADLINE = Late(f"{NAME}[{SPACE}]*(?:{NUMBER}(?:[：:{SPACE}\n]|$)|[：:\n])")
ATTACHMENTS = Late(f"{NAME}[{SPACE}]*(?:{NUMBER})?[：:](?=.)")
# 市委书记批示：同意。 An editors' note that quotes a remark goes on with a quotation mark.
LEADERS_REMARK = Late(
    f"[^。！？；：:]{{0,40}}(?:批示|签批|批语|阅批)(?:如下)?[：:](?![{SPACE}]*[“‘「])(?=.)"
)
# 抄送：市委办。, （共印30份）, 市创建办　　2026年3月2日印发, 签发：　　核稿：
CLOSING = Late(
    "(?:报|送|发|抄报|抄送|主送|分送|报送|呈报|本期发|本期增发|主题词)[：:].+"
    f"|[（(]?共印[{SPACE}]*[0-9]{{1,6}}[{SPACE}]*份[）)]?"
    f"|.{{0,40}}[0-9]{{4}}年[0-9]{{1,2}}月[0-9]{{1,2}}日[{SPACE}]*印发"
    f"|(?:签发|核稿|审核|拟稿|编辑|责任编辑)人?[：:][^|｜丨]{{0,80}}[{SPACE}](?:签发|核稿|审核|拟稿|编辑|校对)人?[：:][^|｜丨]*"
)
LABEL_CHARS = 6  # of the longest of these labels, with its colon
TABLE_NOTE = Late("[（(]?(?:注|附注|备注|表注|说明|资料来源|数据来源)[0-9]{0,2}[：:](?=.)")
TABLE_UNIT = Late("[（(]?(?:计量)?单位[：:][^。；：]{1,16}")
# 第一代表团（柳湾区）, “书记领着干”——党建引领聚合力: a line of words without a mark that ends it.
SUBHEADING = Late(
    f"[{HAN}]{{2,16}}(?:（[{HAN}、]{{1,10}}）)?"
    f"|(?=.{{4,26}}$)[“]?[{HAN}]{{2,}}[{HAN}“”—，、：·{SPACE}]*[{HAN}”]"
)
SENTENCE_END = "。！？"
SENTENCE_ENDS = (*SENTENCE_END, "。”", "！”", "？”", "：", "—")  # of a paragraph above a heading
FEWEST_SUBHEADINGS = 2  # of an article: one line may be anything
FIGURE = Late("[-+−±]?[0-9][0-9.,，%％]*")
AS_ANNEX = (
    "如是附件，请放在所附文章的正文末尾，写成附件"
    '（{"type": "annex", "label": "附件1", "title": "…", "body": […]}）'
)


def annexes(copy: Copy) -> Iterator[Remark | FieldRemark]:
    """Find an annex (附件) that is an article or a paragraph, and so begins no page."""
    for at, article in enumerate(copy.issue.articles):
        if article.headline.startswith(NAME) and HEADLINE().match(article.headline):
            message = f"第{at + 1}篇像是附件，现排成一篇文章，不另起一面"
            yield FieldRemark(f"/articles/{at}/headline", message, AS_ANNEX)
    for text in copy.of(Kind.PARAGRAPH):
        if text.chars.startswith(NAME) and LABEL().fullmatch(text.chars):
            message = "像是附件的序号，现按一段正文排，不另起一面"
            yield Remark(text, 0, len(text.chars), message, AS_ANNEX)


def attachment_lists(copy: Copy) -> Iterator[Remark]:
    """Find the names of attachments (附件说明) in a paragraph, whose later lines hang nowhere."""
    for text in copy.of(Kind.PARAGRAPH):
        found = ATTACHMENTS().match(text.chars) if text.chars.startswith(NAME) else None
        if found:
            hint = '请改用附件说明（{"type": "attachments", "items": ["…"]}）'
            yield Remark(text, 0, found.end(), "像是附件说明，现按一段正文排", hint)


def closing_lines(copy: Copy) -> Iterator[Remark]:
    """Find lines of a closing block (报尾) among the paragraphs of an article."""
    for text in copy.of(Kind.PARAGRAPH):
        head, end = text.chars[:LABEL_CHARS], text.chars[-2:]
        if not ("：" in head or ":" in head or "共印" in head or end == "印发"):
            continue  # most texts
        if text.article and CLOSING().fullmatch(text.chars):
            hint = (
                "请写在报尾（closing）的各项里：报（report_to）、送（send_to）、发（issue_to）、"
                "印发机关（imprint_body）、印数（print_run）等，排在末页的末尾"
            )
            yield Remark(text, 0, len(text.chars), "像是报尾的内容，现按一段正文排", hint)


def leaders_remarks(copy: Copy) -> Iterator[Remark]:
    """Find the remark of a leader (批示) that is printed behind the label of an editors' note."""
    begun = ""
    for text in copy.of(Kind.EDITORS_NOTE):
        is_first, begun = text.pointer != begun, text.pointer
        note = note_at(copy, text.pointer)
        if not is_first or note is None or note.label:
            continue
        if found := LEADERS_REMARK().match(text.chars):
            hint = '请在标签里写“领导批示”（{"label": "领导批示", "text": "…", "by": "…"}）'
            yield Remark(text, 0, found.end(), "像是批示，却印在编者按的标签之后", hint)


def subheadings(copy: Copy) -> Iterator[Remark]:
    """Find lines of a few words among paragraphs (第一代表团) that look like headings.

    They are told of once in an article.
    """
    for texts in subheading_lines(copy).values():
        message = f"像是小标题，现按一段正文排；本篇这样的有{len(texts)}行"
        hint = '如是小标题，请写成标题（{"type": "heading", "level": 2, "text": "…"}）'
        yield Remark(texts[0], 0, len(texts[0].chars), message, hint)


def subheading_lines(copy: Copy) -> dict[str, list[Text]]:
    """Return the lines that look like headings, by article.

    A list of names has no paragraphs between its lines.
    """
    found: dict[str, list[Text]] = {}
    for above, text, below in zip(copy.texts, copy.texts[1:], copy.texts[2:], strict=False):
        if text.opening is not Kind.PARAGRAPH or not SUBHEADING().fullmatch(text.chars):
            continue
        if _is_sentence_of(above, text, SENTENCE_ENDS) and _is_sentence_of(below, text):
            found.setdefault(text.article, []).append(text)
    return {name: texts for name, texts in found.items() if len(texts) >= FEWEST_SUBHEADINGS}


def _is_sentence_of(text: Text, beside: Text, ends: tuple[str, ...] = (*SENTENCE_END, "”")) -> bool:
    """Tell whether it is a paragraph that ends a sentence, of the same article."""
    is_paragraph = text.kind is Kind.PARAGRAPH and text.chars.endswith(ends)
    return is_paragraph and bool(text.article) and text.article == beside.article


def table_notes(copy: Copy) -> Iterator[Remark]:
    """Find the note of a table (表注) in the paragraph below it, in the type of the text."""
    for above, text in pairwise(copy.texts):
        if above.kind is not Kind.TABLE or not _is_paragraph_beside(text, above):
            continue
        if found := TABLE_NOTE().match(text.chars):
            hint = '请写成表注（{"type": "table", …, "notes": ["…"]}），排小字、紧接表格'
            yield Remark(text, 0, found.end(), "像是表注，现按一段正文排", hint)


def table_units(copy: Copy) -> Iterator[Remark]:
    """Find the unit of a table (单位：万元) in the paragraph above it."""
    for text, below in pairwise(copy.texts):
        if below.kind not in (Kind.TABLE, Kind.CAPTION) or not _is_paragraph_beside(text, below):
            continue
        is_above = any(below.pointer.startswith(f"{table.pointer}/") for table in _tables(copy))
        if is_above and TABLE_UNIT().fullmatch(text.chars):
            hint = "请写在表格的单位（unit）里，排在表格右上方"
            yield Remark(text, 0, len(text.chars), "像是表格的单位，现按一段正文排", hint)


def header_rows(copy: Copy) -> Iterator[Remark]:
    """Find the second row of a header among the rows, under the cells that the first left empty."""
    for table in _tables(copy):
        if not _lacks_a_header_row(table):
            continue
        first = next(one for one in copy.texts if one.pointer.startswith(f"{table.pointer}/rows/0"))
        message = "表头有空格，这一行像是表头的第二行，现按表行排"
        hint = (
            "表头可有几行，空格并入左边或上边一格"
            '（"header": [[{"text": "地区", "rowspan": 2}, {"text": "起数", "colspan": 2}], '
            '["本月", "同比"]]）'
        )
        yield Remark(first, 0, len(first.chars), message, hint)


def header_cells(copy: Copy) -> Iterator[FieldRemark]:
    """Find an empty cell of a header under one of its width, which would take its place too."""
    for table in _tables(copy):
        above: dict[int, Cell] = {}
        firsts = first_columns(table.header, table.columns) if len(table.header) > 1 else []
        for number, (row, columns) in enumerate(zip(table.header, firsts, strict=False)):
            cells = dict(zip(columns, row, strict=True))
            for at, (column, cell) in enumerate(cells.items()):
                over = above.get(column)
                if cell.text or over is None or not over.text or over.colspan != cell.colspan:
                    continue
                pointer = f"{table.pointer}/header/{number}/{at}"
                message = f"表头第{number + 1}行有一格空着，与上面“{over.text}”之间会印出一条线"
                hint = '请删去这一格，让上面一格占两行（{"text": "…", "rowspan": 2}）'
                yield FieldRemark(pointer, message, hint)
            above = cells


def _is_paragraph_beside(text: Text, table: Text) -> bool:
    return text.opening is Kind.PARAGRAPH and bool(text.article) and text.article == table.article


def _tables(copy: Copy) -> Iterator[Table]:
    blocks = (block for article in copy.issue.articles for block in article.blocks)
    return (block for block in blocks if isinstance(block, Table))


def _lacks_a_header_row(table: Table) -> bool:
    """Tell whether words fill the empty cells of the header, and blanks or the same the others."""
    if len(table.header) != 1 or len(table.header[0]) != len(table.rows[0]):
        return False
    pairs = [
        (cell.text, below.text) for cell, below in zip(table.header[0], table.rows[0], strict=True)
    ]
    filled = [below for above, below in pairs[1:] if not above]
    others = [not below or below == above for above, below in pairs if above]
    are_words = all(below and not FIGURE().fullmatch(below) for below in filled)
    return bool(filled) and are_words and any(others)
