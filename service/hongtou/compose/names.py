"""Names of persons with a point, a space or a mask, and of villages and towns.

No line parts them needlessly. No standard that was read forbids it: that is taste, and has
its cost.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hongtou.bulletin.patterns import Late
from hongtou.compose.cells import Cells
from hongtou.compose.words.segmentation import HAN, segment
from hongtou.compose.words.word_list import word_list

PARTED_NAME = 150.0  # cost of parting 吐尔逊: only a line that an eye sees at once costs more
PARTED_SPREAD = 1000.0  # of 王　强: what follows the space looks like a name of its own
PARTED_AT_POINT = 1.5  # of 买买提· and 吐尔逊, 迈耶- and 布兰迪斯: as a number and its measure word
PARTED_MASK = 6.0  # of 张×× behind 张, and of 王×平
PARTED_PLACE = 6.0  # of 曲什曼村: as a number and the 月 of its date

POINT, HYPHEN = "·", "-"
JOINTS = POINT + HYPHEN
# What names from Uyghur, Kazakh, Tibetan, Mongolian and Western languages are written in.
TRANSCRIBING = (
    "阿艾爱安昂敖奥巴白拜班邦宝贝本比毕宾博伯卜布才策查茨次措达丹旦道德登迪丁顿多朵尔恩法菲费芬夫弗"
    "嘎噶盖甘戈格葛根古哈海汗翰赫亨胡华怀霍基吉加贾简杰金卡凯坎康柯科克肯孔库拉莱兰朗劳雷勒里丽莉利林"
    "琳龙隆卢鲁伦罗洛马玛迈麦买曼蒙米密摩莫姆木穆纳娜奈尼涅宁努诺欧帕潘佩彭皮普其奇恰强乔琴琼曲热仁茹"
    "儒瑞萨塞赛桑瑟森沙莎珊绍申史什舒斯松苏素孙索塔泰坦汤唐特提廷图吐托娃瓦万旺威韦维魏温翁沃乌吾西希"
    "杜锡夏肖谢辛雪逊雅亚央扬耶叶伊依益尹英尤玉约泽扎詹珍卓孜兹宗佐不都合衣再"
    "山力江则明敏甫义司如铁居肉外因冯齐罕默宋扬欣娅茜妮蒂黛琪露芭芙芒珠嘉纽"
    "梅蕾薇珀鲍波戴厄冈哥圭豪昆吕蓬钦圣席若休福荷东"
)
POINTED = Late(f"[{TRANSCRIBING}]{{1,7}}(?:[·-][{TRANSCRIBING}]{{1,7}})+")
# 李　明: a wide space, or two, between two single characters stands inside a name.
SPACED_NAME = Late(rf"(?<![{HAN}])[{HAN}](?:\u3000|  )[{HAN}](?![{HAN}])")
MASKED = Late(f"[{HAN}]×[{HAN}]?(?!×)|[{HAN}]?×{{2,8}}")  # 王×平, 张××
SHORTEST_NAME = 5  # characters, the point among them

# 农村, 乡镇, 小镇, 村民 and 镇长 name no village. Each begins with its ending, which is found fast.
PLACE_ENDING = Late(
    f"村(?<=[{HAN}]村)(?<![农乡山水渔]村)(?![民里口头务落史级规集貌容镇])"
    f"|镇(?<=[{HAN}]镇)(?<![城乡集小村]镇)(?![长定静压守])"
    f"|乡(?<=[{HAN}]乡)(?<![城家老]乡)(?![镇村亲情愁土间音贤下])"
    f"|社区(?<=[{HAN}]社区)"
)
BEFORE = 8  # characters before an ending that tell its words
LONGEST_PLACE = 6
MAX_KEPT = 500  # names that are remembered: an issue has the same ones often
# What stands before a place or counts it, and what ends a word that is no part of its name.
NO_NAME = frozenset(
    "的了着过在到从向往对为与和及或等是有由把被将使让以于至各全每个该本某这那其赴驻进入出访"
    "一二三四五六七八九十百千两几多数我你他县市区州镇乡村支书民年月日号府委局会部办院"
)


def keep_names(cells: Cells, text: str) -> None:
    """Give the places inside names the cost of ending a line there.

    ``text`` is that of the cells.
    """
    breaks = cells.breaks
    for start, end in pointed_names(text) if POINT in text else ():
        for at in range(start + 1, end):
            cost = PARTED_AT_POINT if text[at - 1] in JOINTS else PARTED_NAME
            breaks[at] = max(breaks[at], cost)
            if HYPHEN in text[at - 1 : at + 1]:
                cells.rooms[at] = 0.0  # 迈耶-布兰迪斯 is one name: no gap opens in it
    for match in SPACED_NAME().finditer(text) if "s" in cells.marks else ():
        for at in range(match.start() + 1, match.end()):
            breaks[at] = max(breaks[at], PARTED_SPREAD)
    if "×" in text:
        _keep_masked(breaks, text)
    for start, end in places(text):
        for at in range(start + 1, end):
            breaks[at] = max(breaks[at], PARTED_PLACE)


def _keep_masked(breaks: list[float], text: str) -> None:
    """Keep what hides a name together, and with what is told of it."""
    for match in MASKED().finditer(text):
        for at in range(match.start() + 1, match.end()):
            cost = PARTED_NAME if text[at - 1] == text[at] else PARTED_MASK
            breaks[at] = max(breaks[at], cost)


def pointed_names(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each name with a point.

    Where it begins and ends its characters tell: 村民｜买买提·吐尔逊｜说. In 交流周·贵州 they are
    none of a name.
    """
    for match in POINTED().finditer(text):
        if len(match[0]) >= SHORTEST_NAME:
            yield match.span()


def places(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every name of a village, a town or a community (曲什曼村)."""
    first = 0
    for match in PLACE_ENDING().finditer(text):
        ending, end = match.span()
        length = 0
        if text[ending - 1] not in NO_NAME:
            length = _name_before(text[max(first, ending - BEFORE) : ending], end - ending)
        if length:
            yield ending - length, end
        first = end


@lru_cache(MAX_KEPT)
def _name_before(text: str, ending: int) -> int:
    """Return how long the name is that ends a text, before an ending of so many characters.

    It is single characters that make no word, and one word; what is done or how something is
    (试点, 贫困) is none.
    """
    length = 0
    for word in reversed([*segment(text)]):
        is_long = ending + length + len(word) > LONGEST_PLACE
        if word[-1] in NO_NAME or word[0] < "\u3400" or is_long:
            break
        if len(word) > 1:
            return length if word_list().speech(word) else length + len(word)
        length += 1
    return length
