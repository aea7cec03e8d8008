"""Where the sense of a line may break: behind marks first, then between words, never inside one.

Source: GB/T 9704-2012 §7.3.1: 回行时, 要做到词意完整. What a dictionary does not tell of words,
the characters bound to their neighbours do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import chain
from unicodedata import normalize

from hongtou.bulletin.patterns import Late
from hongtou.compose.cells import Cells
from hongtou.compose.names import SPACED_NAME, places, pointed_names
from hongtou.compose.words.segmentation import HAN, segment
from hongtou.compose.words.word_list import ADJECTIVE, ADVERB, VERB, word_list

STOPS = frozenset("，、；。！？—…·\u3000 ")
QUOTES = frozenset("“《‘")
DASH = "—"  # before one as behind it: a 副题 begins with it
TELLING = frozenset({"强调", "指出"})  # what is said follows, as behind a colon
YEAR_OPENING = "〔"  # of 安科发〔2025〕28号: it goes with those who sent it
JOINING = "暨"  # it begins the second of two meetings or bodies in one
OPENINGS, CLOSINGS = frozenset("“‘《〈（【〔「『"), frozenset("”’》〉）】〕」』")
# Single characters that go with the word before them, and with the one after.
BOUND_TO_PREVIOUS = frozenset(
    "的了着过等们地得之者性化率度力感型式类版期级届次个项件名位人员长家省市县区州盟旗乡镇村社街道路"
    "局厅部委办处科室站所院校馆队组会团党所内外上下中里后前间时年月日号条万亿元"
)
# Behind a mark none is bound to what stands before it (、长｜陵县), nor one of these behind such a
# word (与县｜人民检察院).
LEVELS = frozenset("省市县区州盟旗镇乡村")
LEADING_TO_LEVELS = frozenset("在赴对以将把被与和及或从向由至到")
ENDINGS_OF_BODIES = (
    "中心 公司 集团 学院 小组 专班 支队 大队 代表团 工作组 调研组 督导组 检查组 巡察组 专家组"
)
COMMITTEE = "委员会"  # of a province, a city, a district: 临江市委员会 is one name
ENDINGS_OF_TIMES = "期间 以来 前后 之际 之前 之后 以上 以下 以内"
BOUND_WORDS = frozenset([*ENDINGS_OF_BODIES.split(), *ENDINGS_OF_TIMES.split()])
BOUND_TO_NEXT = frozenset("第不各每为在对以将把被与和及或从向由至到再更最全某该本总副原新暨")
NOT = "不"  # with one character more it makes a word: 鲍曼｜不动杆菌
MODIFIERS, PHRASE_OPENERS = {ADVERB, ADJECTIVE}, {ADVERB, VERB}
# 热依扎·阿不都热合曼, 副市长艾山·买买提: an entry among others, between spaces or marks.
DOTTED_NAME = Late(rf"(?:^|(?<=[\u3000 ：、，]))[{HAN}]+(?:·[{HAN}]+)+(?=[\u3000 、，。]|$)")
PARTS_NAMES = frozenset("\u3000 、，")
# SAP ERP: a space between words in Latin parts none from the other, as one between Han does.
LATIN_SPACE = Late("(?<=[0-9A-Za-z.,]) (?=[0-9A-Za-z])")
# 党的二十届四中全会, 第六次会议, 第九批, （2026）江01民初1234号案, 安科发〔2025〕28号,
# 二〇二五年第三季度, 10日8时: each stays whole.
NUMBERED_SIGNS = frozenset("第届次党〇年号时")
NUMBERED = Late(
    "党的[一二三四五六七八九十]{1,4}(?:大|届(?:[一二三四五六七八九]中全会)?)(?:精神|报告)?"
    "|第?[一二三四五六七八九十百0-9]{1,6}届[一二三四五六七八九]中全会"
    "|第[一二三四五六七八九十百0-9]{1,6}[届次](?:全国|全省|全市|全县|全区)?"
    "(?:人民代表大会|代表大会|人大|政协|全体会议|全会"
    "|(?:常务|常委会|主任|主席|党组|专题)?会议|委员会|常委会)"
    "|第[一二三四五六七八九十百0-9]{1,4}[批轮期版季场站条]"
    "|[一二三四五六七八九]〇[〇一二三四五六七八九]{2}年"
    rf"|[（〔][0-9]{{4}}[）〕][{HAN}0-9]{{1,16}}号(?:[案文]件?)?"
    "|[0-9〇一二三四五六七八九]{4}年(?:第?[一二三四1-4]季度|[上下]半年|度)|[0-9]{1,2}日[0-9]{1,2}时"
)
# 市疾控中心、市第三人民医院成功处置……: a body among others stays whole, the last up to its first
# ending. What tells of something done is none, and what ends otherwise neither.
OF_BODY = f"(?:(?![在赴与对为将把被向率让使])[{HAN}]){{2,17}}"
BODY_ENDING = "[局委厅部办署院校会社行处所站队]|中心|公司|集团|机关|大学|学院"
BODIES = Late(
    f"(?:^|(?<=、)){OF_BODY}(?:{BODY_ENDING})(?=[、：])|(?<=、){OF_BODY}?(?:{BODY_ENDING})(?!议)"
)
# 市委书记周正华在……, 李文斌主持召开……: who does something, behind what he is or first of all.
DOING = frozenset("在到主率赴出会调深强")
PERSON = Late(
    f"(?:^|(?<=书记|市长|县长|区长|州长|省长|主任|主席|局长|部长|院长|校长))(?P<name>[{HAN}]{{2,3}}?)"
    "(?=[在到赴]|(?P<led>率.)|主持|出席|会见|调研|深入|强调)"
)
# “生命通道”, “投、融、建、管、运”: one phrase if it is short; else it may be a sentence.
QUOTED = Late(
    "(?:“(?:[^“”，、；：。！？]{2,8}|.(?:、.){1,7})”|《[^《》]{2,8}》|‘[^‘’，、；：。！？]{2,8}’)"
)
POINT_IN_NAME = Late("(?<=·)(?=[0-9]|[^“”，、；：。！？]{1,7}”)")  # “应急使命·2026”, “锦绣·澜岸”
# A pair of dashes leads on, a single one joins two names or figures.
DASHES = Late("—{1,8}")
# 县（市、区）, 乡镇（街道）: the stops in a short bracket part no bodies from each other.
IN_BRACKETS = Late("（[^（），；：。！？]{1,6}）")
LONG_BRACKET = Late("（[^（）]{7,}）(?=.)")
# 元旦、春节期间, 部分省、市人大代表: short words make two of a kind, and no clauses.
SHORT_HAN = Late(f"[{HAN}]{{1,3}}")
SHOWN = 4  # characters on either side of a break, for a message
MAX_KEPT = 2000  # texts whose boundaries are remembered: those of a table in smaller type, and
# the next issue has many alike
MAX_CHARS = 200  # of a text that is


class Boundary(IntEnum):
    """How close two neighbours are: the closer, the less a line may end between them."""

    STOP = 0  # a mark or a space parts them
    COLON = 1  # what follows is told by what stands before
    PHRASE = 2  # two words, and a phrase begins with the second, or a bracket or quotation
    WORDS = 3  # two words
    BOUND = 4  # two words of which one is bound to the other
    NAME = 5  # an official name or a date, or what may be a person's or a place's
    WORD = 6  # one word


def boundaries(text: str) -> tuple[Boundary, ...]:
    """Return the boundary before each character of a text; the first stands for nothing."""
    return _kept(text) if len(text) <= MAX_CHARS else _found(text)


def _found(text: str) -> tuple[Boundary, ...]:
    found = _between_all(text)
    bodies = [match.span() for match in BODIES().finditer(text)] if "、" in text else []
    whole = [span for span in bodies if span[1] == len(text) or found[span[1]] < Boundary.WORD]
    named = [*places(text)]
    for edge in chain.from_iterable(named):  # 克孜勒陶乡｜曲什曼村: no word goes across it
        if 0 < edge < len(text):
            found[edge] = min(found[edge], Boundary.WORDS)
    doing = () if DOING.isdisjoint(text) else tuple(PERSON().finditer(text))
    for match in doing:
        found[match.end("name")] = min(found[match.end("name")], Boundary.PHRASE)
    persons = [match.span("name") for match in doing] + [match.span("led") for match in doing]
    for start, end in chain(_names_in(text), named, whole, persons):
        for at in range(start + 1, end):
            found[at] = max(found[at], Boundary.NAME)
    if "（" in text:
        _bind_brackets(text, found)
    if DASH in text:
        _bind_dashes(text, found)
    if " " in text:
        for match in LATIN_SPACE().finditer(text):
            found[match.end()] = Boundary.BOUND
    return tuple(found)


def _between_all(text: str) -> list[Boundary]:
    """Return the boundary before each character, by the words around it."""
    found = [Boundary.WORD] * len(text)
    words = list(segment(text))
    at = 0
    for last, before, after in zip(("", *words), words, words[1:], strict=False):
        at += len(before)
        found[at] = _between(before, after)
        if before in BOUND_TO_PREVIOUS and _begins(last, before) and after not in BOUND_TO_PREVIOUS:
            found[at] = max(found[at], Boundary.NAME)
    return found


def _begins(last: str, char: str) -> bool:
    """Tell whether a character that mostly ends a word begins one, by what stands before it."""
    is_behind_mark = not last or last in STOPS or last in OPENINGS
    return is_behind_mark or (char in LEVELS and last in LEADING_TO_LEVELS)


def _names_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every official name, listed or numbered, and of persons in a list."""
    yield from word_list().names_in(text)
    if "·" in text:
        yield from pointed_names(text)
        yield from ((match.end() - 1, match.end() + 1) for match in POINT_IN_NAME().finditer(text))
    if "·" in text and not PARTS_NAMES.isdisjoint(text):
        yield from (match.span() for match in DOTTED_NAME().finditer(text))
    if "\u3000" in text or "  " in text:
        yield from ((match.end() - 2, match.end()) for match in SPACED_NAME().finditer(text))
    if not NUMBERED_SIGNS.isdisjoint(text):
        yield from (match.span() for match in NUMBERED().finditer(text))


def _bind_brackets(text: str, found: list[Boundary]) -> None:
    """Bind what short brackets hold, and them to what they explain: 洛杉矶分校（UCLA）教授.

    What follows a long one is bound to none of its words.
    """
    for match in IN_BRACKETS().finditer(text):
        inside = range(match.start() + 2, match.end() - 1)
        is_amid = text[match.start() - 1].isalnum() and match.end() < len(text)
        for at in (*inside, match.start()) if is_amid else inside:
            found[at] = max(found[at], Boundary.BOUND)
    for match in LONG_BRACKET().finditer(text):
        found[match.end()] = min(found[match.end()], Boundary.WORDS)


def _bind_word_before(at: int, text: str, found: list[Boundary]) -> None:
    """Bind the word that ends here to a single character before it: 北莱茵—威斯特法伦州."""
    first = at - 1
    while first > 0 and found[first] is Boundary.WORD:
        first -= 1
    is_single = first > 0 and text[first - 1] >= "\u3400" and found[first - 1] < Boundary.WORD
    if is_single and at - first > 1:
        found[first] = Boundary.NAME


def _bind_dashes(text: str, found: list[Boundary]) -> None:
    """Let lines begin with a pair of dashes rather than end, and none part at a single one."""
    for match in DASHES().finditer(text):
        start, end = match.span()
        if end - start == 1 and start:
            found[start] = Boundary.NAME
            _bind_word_before(start, text, found)
        if end < len(text):
            found[end] = Boundary.PHRASE if start and end - start > 1 else Boundary.NAME
            if text[start - 1 : end].startswith("时—") and text[end].isdigit():
                found[end] = Boundary.BOUND  # 10日8时—｜11日8时


_kept = lru_cache(MAX_KEPT)(_found)


def boundaries_of(cells: Cells) -> tuple[Boundary, ...]:
    """Return the boundary before each cell."""
    return boundaries("".join(text[0] for text in cells.texts))


def inside_quotes(cells: Cells) -> Iterator[int]:
    """Yield the cells before which a break is inside a short phrase in quotation marks."""
    text = "".join(text[0] for text in cells.texts)
    if not QUOTES.isdisjoint(text):
        for match in QUOTED().finditer(text):
            yield from range(match.start() + 1, match.end())


def between_two_of_a_kind(cells: Cells) -> int:
    """Return the cell before which a line would part the only two things that 、 joins, or 0."""
    if cells.texts.count("、") != 1:
        return 0
    text = "".join(text[0] for text in cells.texts)
    at = text.index("、") + 1
    if any(match.end() == at - 1 for match in BODIES().finditer(text)):
        return 0
    words = [*segment(text)]
    number = words.index("、")
    around = words[number - 1 : number] + words[number + 1 : number + 2]
    return at if len(around) == 2 and all(map(SHORT_HAN().fullmatch, around)) else 0


def torn_words(text: str, lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands before and after each break of a headline inside a word or a name.

    ``lines`` are the texts of its lines. A wished break, at a newline, is asked for.
    """
    text, at = normalize("NFC", text), 0  # as cells hold it
    for line in lines[:-1]:
        start = text.find(line, at)
        if start < 0:
            return
        at = start + len(line)
        if text[at : at + 1].isspace() or text[at - 1].isspace():
            continue
        if boundaries(text)[at] >= Boundary.NAME:
            yield text[:at][-SHOWN:], text[at:][:SHOWN]


def _between(before: str, after: str) -> Boundary:
    """Return the boundary between two words."""
    if before in STOPS or after == DASH:
        return Boundary.STOP
    if before == "：" or (before in TELLING and after not in STOPS and after != "："):
        return Boundary.COLON
    if before == NOT and len(after) == 1 and after not in STOPS:
        return Boundary.NAME
    if after in BOUND_TO_PREVIOUS or before in BOUND_TO_NEXT or before[-1].isdigit():
        return Boundary.BOUND
    if after == COMMITTEE and before[-1] in LEVELS:
        return Boundary.NAME
    if after in BOUND_WORDS and before >= "\u3400":
        return Boundary.BOUND
    return _between_marks(before, after) or _between_words(before, after)


def _between_marks(before: str, after: str) -> Boundary | None:
    """Return the boundary beside a bracket or a quotation: none where there is neither.

    What it names goes with it: “散乱污”企业, 《办法》的.
    """
    if after in OPENINGS:
        return Boundary.BOUND if after == YEAR_OPENING else Boundary.PHRASE
    if before in CLOSINGS:
        begins = word_list().speech(after) in PHRASE_OPENERS
        return Boundary.PHRASE if begins else Boundary.BOUND
    return None


def _between_words(before: str, after: str) -> Boundary:
    speech = word_list().speech
    if len(before) == 1 and before not in BOUND_TO_PREVIOUS:
        is_unlisted = len(after) == 1 and after not in BOUND_TO_NEXT
        return Boundary.NAME if is_unlisted else Boundary.BOUND
    if speech(before) in MODIFIERS:
        return Boundary.BOUND
    if speech(before) == VERB:  # 推进｜切实减轻: a clause begins with an adverb, hardly with a verb
        begins = speech(after) == ADVERB and len(after) > 1
    else:
        begins = speech(after) in PHRASE_OPENERS or after == JOINING
    return Boundary.PHRASE if begins else Boundary.WORDS
