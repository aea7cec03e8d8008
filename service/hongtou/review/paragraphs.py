"""Ends of paragraphs: a missing full stop, a paragraph cut in two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.level_numbers import level_number
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import PROSE, Copy, Text
from hongtou.review.numbering import LEVEL_MARK
from hongtou.review.pasted import ADDRESSED
from hongtou.review.patterns import CLOSERS, FINAL, HAN, SPACE, STOPS
from hongtou.review.rule import Remark
from hongtou.review.spacing import is_list
from hongtou.review.unmarked import subheading_lines

LEAST_CHARS = 15  # a shorter line without a mark is a salutation, a name or a date
LEAST_ENTRIES = 3  # lines without a mark that follow one another: a list of names
LONGEST_ENTRY = 28  # characters: a line of the page
LONGEST_ITEM = 60  # characters of a numbered one
LONGEST_VERSE = 16  # characters, its mark with them: many more make a line of prose
ENDINGS = tuple(f"{FINAL}；：:;.!?—>")
ASIDE = Late("[（(][^（()）]*[）)]$")  # （市人社局供稿） after the last sentence
ANY_STOP = Late(f"[{STOPS}]")
# What is before the words of a short line, and has a mark that makes no sentence of it.
LEAD = Late(
    r"[#>*\-+ ]*(?:附件[0-9]{0,2}[：:]\s*)?"
    r"(?:[一二三四五六七八九十]{1,3}[、．.，,：:]|[0-9０-９]{1,2}[、.．)）])?"
)
BRACKETED = Late("[（(][^（()）]*[）)]")
# 葛秀英（锡伯族）　　爱新色里镇中心小学教师: who, and what of, as in columns.
COLUMNS = Late(f"(?<=[^{SPACE}])[{SPACE}]{{2}}")
SENTENCE_STOP = Late("[，。；：？！]")  # what a list of offices behind its label has not
PARTS_ENTRIES = Late("[；，]")
# 成员：, 成　员：, 案例2：, the next entry of a list
# A telephone number, which stands behind the name of who answers it.
TELEPHONE = Late("[0-9][0-9—－（）() -]{4,20}")
LABELLED = Late(
    f"(?:[0-9]{{0,2}}[{HAN}]{{2,6}}[0-9]{{0,2}}|附|[{HAN}][{SPACE}]{{1,3}}[{HAN}])[：:]"
)
COUPLET = Late("(?:上联|下联|横批)[：:]")
# 市生态环境局、市城投集团, 王建国、李明、赵红梅、欧阳正华: names and nothing else.
BODY_ENDING = "[局委厅部办署院校会社行处所站队室村镇乡县区市]|中心|公司|集团|大学|政府"
BODY = f"[{HAN}（）]{{1,30}}(?:{BODY_ENDING})"
NAMES = Late(f"{BODY}(?:、{BODY}){{1,60}}|[{HAN}·]{{2,4}}(?:、[{HAN}·]{{2,14}}){{3,60}}")
# What begins a report: a line of words above it is its title, and no part of it.
REPORTED = Late("(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}日|近日|日前|今年以来|近年来|连日来|截至")
# 2026年11月18日9时30分 below a report.
MOMENT = Late(
    f"(?:[0-9]{{4}}年)?[0-9]{{1,2}}月[0-9]{{1,2}}日[{SPACE}]?[0-9]{{1,2}}(?:[时点：:](?:[0-9]{{1,2}}分?)?)?"
)
OPEN_END = Late(f"[{HAN}0-9A-Za-z，、{CLOSERS}]")
PLAIN_START = Late(f"[{HAN}0-9A-Za-z，、。；：{CLOSERS}]")


def no_final_stop(copy: Copy) -> Iterator[Remark]:
    """Find a paragraph that ends without a mark and is not continued by the next."""
    for text, following in _unended(copy):
        if not _continues(text, following):
            end = len(text.chars)
            hint = "如是完整的一段，请补上“。”"
            if not ANY_STOP().search(text.chars):
                hint = f"如是标题或小标题，请写成标题；{hint}"
            yield Remark(text, end, end, "段末没有标点", hint, "。")


def cut_in_two(copy: Copy) -> Iterator[Remark]:
    """Find a paragraph that the next one seems to continue, as when a page break was copied."""
    for text, following in _unended(copy):
        if following and _continues(text, following):
            message = f"与下一段「{following.chars[:8]}」似乎本是一段"
            end = len(text.chars)
            yield Remark(text, end, end, message, "如是一段，请删去两段之间的换行")


def _unended(copy: Copy) -> Iterator[tuple[Text, Text | None]]:
    """Yield each paragraph of sentences that no mark ends, with the text behind it."""
    unended = [pair for pair in _pairs(copy) if not _is_ended(pair[0]) and _is_prose(pair[0])]
    headings = subheading_lines(copy).values() if unended else ()
    told = {(text.pointer, text.place) for texts in headings for text in texts}
    yield from (pair for pair in unended if (pair[0].pointer, pair[0].place) not in told)


def _pairs(copy: Copy) -> Iterator[tuple[Text, Text | None]]:
    """Yield each text that is no entry of a list and no verse, with the one behind it."""
    following: list[Text | None] = [*copy.texts[1:], None]
    groups = groupby(zip(copy.texts, following, strict=False), key=_of_short_lines)
    for lines, pairs in groups:
        found = list(pairs)
        if lines is None or len(found) < LEAST_ENTRIES:
            yield from found


def _of_short_lines(pair: tuple[Text, Text | None]) -> tuple[str, str] | None:
    """Return the article of an item, a verse or a name by itself, and which it is; else nothing.

    A name has no mark, a verse ends with one; an item (二、《万历十五年》，黄仁宇著) is numbered.
    """
    text = pair[0]
    if text.kind is not Kind.PARAGRAPH or len(text.chars) > LONGEST_ITEM:
        return None
    if not _has_ending(text.chars) and level_number(text.chars):
        return text.article, "item"
    if len(text.chars) <= LONGEST_VERSE and text.chars[-1:] in STOPS:
        return text.article, "verse"
    is_name = len(text.chars) <= LONGEST_ENTRY and not ANY_STOP().search(text.chars)
    return (text.article, "name") if is_name else None


def _is_prose(text: Text) -> bool:
    """Tell a paragraph of sentences from a short line; a brief is always of sentences."""
    if text.kind not in PROSE or is_list(text) or attendance_label(text.chars):
        return False
    lead = LEAD().match(text.chars)
    bare = BRACKETED().sub("", text.chars[lead.end() if lead else 0 :])
    if COUPLET().match(bare) or NAMES().fullmatch(bare) or MOMENT().fullmatch(bare):
        return False
    first, *others = PARTS_ENTRIES().split(bare)
    if _is_labelled(first) and all(_is_labelled(one) or _is_telephone(one) for one in others):
        return False
    if ANY_STOP().search(bare):
        return True
    return len(bare) >= LEAST_CHARS and not COLUMNS().search(bare)


def _is_labelled(entry: str) -> bool:
    """Tell whether an entry has a label and no sentence behind it: 供水：0000-2222345."""
    label = LABELLED().match(entry)
    return label is not None and not SENTENCE_STOP().search(entry, label.end())


def _is_telephone(entry: str) -> bool:
    return TELEPHONE().fullmatch(entry) is not None


def _is_ended(text: Text) -> bool:
    if _has_ending(text.chars):
        return True
    aside = ASIDE().search(text.chars)
    if aside is None:
        return False
    return aside.start() == 0 or _has_ending(text.chars[: aside.start()])


def _has_ending(chars: str) -> bool:
    return chars.rstrip(CLOSERS).endswith(ENDINGS)


def _is_title_above(text: Text, following: Text) -> bool:
    """Tell whether a line without a mark stands above what begins a report or a letter."""
    begins = REPORTED().match(following.chars) or ADDRESSED().fullmatch(following.chars)
    return begins is not None and ANY_STOP().search(text.chars) is None


def _continues(text: Text, following: Text | None) -> bool:
    """Tell whether the next paragraph may be the rest of this one."""
    return (
        following is not None
        and following.kind is Kind.PARAGRAPH
        and following.opening is Kind.PARAGRAPH
        and text.kind is Kind.PARAGRAPH
        and text.article == following.article
        and bool(OPEN_END().fullmatch(text.chars[-1:]))
        and bool(PLAIN_START().match(following.chars))
        and level_number(following.chars) is None
        and not LEVEL_MARK().match(following.chars)
        and not LABELLED().match(following.chars)
        and not _is_title_above(text, following)
    )
