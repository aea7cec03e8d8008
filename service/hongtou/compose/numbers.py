"""Numbers and addresses: what belongs to them stays with them, and where they may part.

Sources: W3C CLREQ (符号分离禁则: figures, their signs and units of Western letters), GB/T
15834-2011 §5.1.6 (连接号). No standard that was read forbids a line to end between a number and a
Han measure word: that is taste, and has its cost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import inf

from hongtou.bulletin.patterns import Late
from hongtou.bulletin.standard_numbers import STANDARD_NUMBER
from hongtou.compose.break_classes import NO_START
from hongtou.compose.cells import Cells

PARTED_NUMBER = 1000.0  # cost of parting a number and its 万, 亿 or 元: no poor line costs as much
PARTED_WORD = 60.0  # cost of parting a measure word inside
PARTED_UNIT = 1.5  # cost of parting a number and its measure word: a loose line costs more
PARTED_IN_RAGGED = 60.0  # and where no line is stretched, so that nothing is won by it
PARTED_DATE_UNIT = 6.0  # cost of parting the year, month or day of a date: a line may be looser
PARTED_LETTER = 6.0  # cost of parting T细胞, B超 and WBC 14.6 behind the letters: as much
PARTED_DATE = 0.6  # cost of parting a date between its year, month and day
PARTED_FORMULA = 12.0  # cost of parting a formula behind a sign: before gaps that are seen
PARTED_RANGE = 60.0  # cost of parting 65%～90%, 10.0～24.9 behind the ～: before lines that gape
# Of 1 mmHg=0.133 kPa, 2×1860MW, GB/T 24067—2024: before a line that gapes or ends short.
PARTED_AT_LAST = 300.0
BEHIND_YEAR = 1.4  # cost of parting 安科发〔2025〕28号 behind its year: a line may be looser
PARTED_SCHEME = 10000.0  # cost of parting an address behind its ://, only in a narrow column
PARTED_ADDRESS = 1.0  # cost of parting an address behind one of its joints
BROKEN_ADDRESS = 8.0  # and anywhere else: before gaps that an eye sees
TORN_WORD = 40.0  # but inside a word of it: before a line that gapes

# What counts a number goes with it where that costs nothing. The scale of a number and money belong
# to the figure itself: 583.42亿元 is one number (CLREQ 符号分离禁则 says so of ￥ and %).
DIGITS = "0-9０-９½⅓⅔¼¾"
SPACES = " \u00a0\u2009\u202f"  # typed between a number and its unit
SCALE = "[十百万亿]|千(?![米克瓦伏卡帕])"
MONEY = "元|美元|欧元|港元|日元|卢布|英镑"
MEASURE_WORDS = (
    "平方公里|平方千米|平方米|立方米|个百分点|百分点|人次|公里|公斤|公顷|千米|千克|千瓦时|千瓦|千伏|小时|"
    "分钟|周年|年度|学年|季度|毫米|厘米|毫升|毫克|微克|车次|批次|课时|学时|"
    "吨|米|亩|年|月|日|号|时|分|秒|天|周|岁|个|名|人|次|户|条|项|家|株|辆|幅|期|届|级|件|起|场|处|"
    "篇|份|座|栋|幢|套|台|张|本|册|部|种|类|批|组|对|双|只|头|匹|块|片|根|支|枚|颗|棵|盆|车|升|度|克|斤|"
    "倍|成|折|点|步|章|节|款|档|班|所|间|层|排|位|句|字|页|村|镇|乡|县|市|区|省|国|星|强|例|宗|笔|轮|卷|里|代|"
    "楼|室|路|门|口|架|艘|列|箱|瓶|袋|羽|尾|剂|针|粒|趟|遍|校|站|床|型|版|馆|后"
)
OF_ONE_CHARACTER = frozenset(unit for unit in MEASURE_WORDS.split("|") if len(unit) == 1)
NUMBER_AND_UNIT = re.compile(
    rf"[{DIGITS}](?![0-9.,])[{SPACES}]?(?P<about>[余多来]?)(?P<scale>(?:{SCALE}){{0,3}})"
    rf"(?P<more>[余多]?)(?:(?P<money>{MONEY})|(?P<unit>{MEASURE_WORDS})|)"
)
DATE_INSIDE = re.compile("[0-9][年月](?=[0-9])")
DATE_UNIT = re.compile(
    "[0-9月](?:(?<=月)[0-9]{1,2}(?=日)|(?<=[0-9])(?=月[0-9]{1,2}日)"
    "|(?<=[0-9])(?<![0-9].)[0-9]{3}(?=年))"
)
# Digits and letters joined by these make one word: 80～90, 3—5, 5+X, 12:30, 2017/12, 川A·12345,
# Cu(111).
JOINED = re.compile(
    r"[0-9A-Za-z²³₀-₉](?:[～~—–－‐\-+./:,×·](?=[0-9A-Za-z])|\((?=[0-9A-Za-z+-]{1,12}\)))"
)
SIGNED_RANGE = Late("[%％‰℃][～~—–－-](?=[0-9])")
LONG_RANGE = Late("(?<=[0-9. ]{4})～(?=[0-9][0-9. ]{3})")  # 10.0～24.9, 5 000～10 000
LETTER = Late("(?<![0-9A-Za-zα-ω+./&-])[A-Z](?=[\u3400-\u9fff])")
AREA_CODE = Late(r"（(?:0[0-9]{2,3}|\+[0-9]{1,4})） ?(?=[0-9])")  # of （0571）8520
# 三（2）班, 高一（12）班, 小（1）型水库
BRACKETED = Late("(?:[高初][一二三]|[一二三四五六七八九大中小])（[0-9]{1,2}）[班型]")
ISSUED = Late("〔[0-9]{4}〕(?P<number>[0-9]{1,5})(?=号)")  # of 安科发〔2025〕28号
WITHHELD = Late("[0-9]×{2,20}(?=[0-9])")  # 138××××5678
CODE_AND_NUMBER = Late("(?<=[A-Za-z])[ \u00a0](?=[0-9])")  # WBC 14.6, HS 8507, Windows 11
# A formula of several signs parts behind each but the last, and one of a single sign at last.
FORMULA_SIGN = Late("[=＝×÷](?=[^，。；、：（）=<>][^，。；、：（）]{0,20}[=＝×÷])")
ONLY_SIGN = Late("(?<=[0-9A-Za-z ])[=×](?=[0-9A-Za-z][0-9A-Za-z.]{3})")
# 9:00—6月17日: behind the dash a date begins, and a line may.
DATE_AFTER_TIME = Late("[0-9][:：][0-9]{2}[—–～](?=[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}日)")
SCALED_UNIT = re.compile("[万亿](?=[A-Za-zμµ])")  # 亿kW·h, 万m³
# Half-width signs between two things, but for the sign of a number: -5, +3, <60.
BETWEEN = Late(r"(?:[~=*]|[-+<>](?![0-9]))")
SIGNS_BETWEEN = "~=*-+<>"
EITHER_SIDE = frozenset("=*+<>")  # those that end no line either
# A space inside a number (1 860) or before its unit in Western letters (5 km, 25 °C).
TYPED_INSIDE = Late(
    rf"[{SPACES}](?:(?<=[0-9].)(?=[0-9]{{3}}(?![0-9])|°|"
    r"(?:[kcmdnphMGTμµ]?(?:m|g|t|L|l|W|Wh|V|A|Hz|Pa|J|N|K|B|s|mol|cal|bps|eV|var)"
    r"|ha|min|h|dB|℃|Ω|mmHg|mgI|rpm|bar|[mk]?IU|U|lx|lm|cd|Nm)(?![A-Za-z]))"
    r"|(?:(?<=No\..)|(?<=Vol\..)|(?<=[DM]r\..))(?=[0-9A-Z])"
    r"|(?<=(?:CNY|EUR|GBP|HKD|JPY|RMB|USD).)(?=[0-9]))"
)
WIDE_POINT = Late("(?<=w)c(?=w)")  # in a class string: may be the point of ３．５
WIDE_POINTS = "．："
# A web or mail address, which may part where its parts end: it is too long to go over whole.
WESTERN = Late(r"[0-9A-Za-z][!-~]{5,}")  # a run of characters that may be one
# A word so long is a code: it may part anywhere, rather than leave half a line blank before it.
CODE = Late(r"[!-~][!-~]{39}")
# A DOI is one; NO_LOOKUPS_AT_ALL, the name of a setting, parts as one does.
ADDRESS_SIGN = Late(r"://|\.[A-Za-z]|@|(?<![0-9])10\.[0-9]{4,5}/|(?:[0-9A-Za-z]_[^_]*){2}")
ADDRESS_JOINTS = frozenset("/?&=-_.:@#")
SCHEME_END = "://"
ADDRESS_CHARS = frozenset(".@_")  # no address has none of them
# No address parts behind a hyphen, since readers of a PDF take one at a line end for their own and
# drop it from what is copied; nor before it, where it looks like a minus.
HYPHEN = "-"


def keep_numbers(cells: Cells, text: str) -> None:
    """Keep what belongs to a number with it: absolutely inside, at a cost for what it counts.

    ``text`` is that of the cells.
    """
    breaks = cells.breaks
    if "w" in cells.marks:
        _keep_wide(cells)
    elif "d" not in cells.marks and "l" not in cells.marks:
        return
    _keep_whole(cells, text)
    for match in NUMBER_AND_UNIT.finditer(text):
        start, end = match.span()
        if end - start > 2 or (end - start == 2 and text[end - 1] not in OF_ONE_CHARACTER):
            _keep_unit(cells, match)
        elif end - start == 2:  # most of them
            breaks[end - 1] = max(breaks[end - 1], PARTED_UNIT)
    for match in LETTER().finditer(text) if "l" in cells.marks else ():
        breaks[match.end()] = max(breaks[match.end()], PARTED_LETTER)
    for match in SCALED_UNIT.finditer(text) if "l" in cells.marks else ():
        breaks[match.end()] = PARTED_NUMBER
    if "年" in text or "月" in text:
        _keep_dates(breaks, text)
    if "〔" in text or "）班" in text or "）型" in text:
        _keep_bracketed(breaks, text)


def _keep_dates(breaks: list[float], text: str) -> None:
    """Keep the parts of a date together."""
    for match in DATE_UNIT.finditer(text):
        breaks[match.end()] = max(breaks[match.end()], PARTED_DATE_UNIT)
    for match in DATE_AFTER_TIME().finditer(text):
        breaks[match.end()] = PARTED_DATE
    for match in DATE_INSIDE.finditer(text):
        breaks[match.end()] = max(breaks[match.end()], PARTED_DATE)


def costs_in_ragged(breaks: Sequence[float]) -> list[float]:
    """Return what breaks cost where nothing is stretched: measure words stay with their numbers."""
    counted = (PARTED_UNIT, PARTED_DATE_UNIT)
    return [PARTED_IN_RAGGED if cost in counted else cost for cost in breaks]


def _keep_ranges(breaks: list[float], text: str) -> None:
    """Keep the two ends of a range together, but where a line would gape: 65%～90%, 10.0～24.9."""
    for match in SIGNED_RANGE().finditer(text):
        breaks[match.end()] = max(breaks[match.end()], PARTED_RANGE)
    for match in LONG_RANGE().finditer(text):
        breaks[match.end()] = PARTED_RANGE


def _keep_withheld(cells: Cells, text: str) -> None:
    """Keep a number whole of which some figures are withheld."""
    for match in WITHHELD().finditer(text):
        for at in range(match.start() + 1, match.end() + 1):
            cells.breaks[at], cells.stretches[at] = inf, 0


def _keep_area_codes(breaks: list[float], text: str) -> None:
    """Keep the code of an area or a country with the number that it is dialled before."""
    for match in AREA_CODE().finditer(text):
        breaks[match.end()] = inf


def _keep_bracketed(breaks: list[float], text: str) -> None:
    """Keep the name of a class or a type whole that has its number in brackets.

    A document's number stays with its 号, as the figures of a date do, and with its year.
    """
    for match in ISSUED().finditer(text) if "〔" in text else ():
        breaks[match.start("number")] = BEHIND_YEAR
        breaks[match.end()] = max(breaks[match.end()], PARTED_DATE_UNIT)
    for match in BRACKETED().finditer(text):
        for at in range(match.start() + 1, match.end()):
            breaks[at] = max(breaks[at], PARTED_NUMBER)


def _keep_whole(cells: Cells, text: str) -> None:
    """Forbid breaks inside figures and words, and let addresses part."""
    if "l" in cells.marks and any(map(text.__contains__, SIGNS_BETWEEN)):
        _keep_between(cells, text)
    if "r" in cells.marks or "=" in text:
        _part_formulas(cells, text)
    for match in JOINED.finditer(text):
        for at in (match.start() + 1, match.start() + 2):
            cells.breaks[at], cells.stretches[at] = inf, 0
    _part_at_last(cells.breaks, text)
    if "u" in cells.marks or "～" in text:
        _keep_ranges(cells.breaks, text)
    if "×" in text:
        _keep_withheld(cells, text)
    if "（0" in text or "（+" in text:
        _keep_area_codes(cells.breaks, text)
    if not ADDRESS_CHARS.isdisjoint(text) or CODE().search(text):
        _part_addresses(cells, text)
    if "s" in cells.marks:
        _keep_typed_spaces(cells, text)


def _part_formulas(cells: Cells, text: str) -> None:
    """Let formulas part behind their signs."""
    for match in FORMULA_SIGN().finditer(text):
        at = match.end()
        if cells.breaks[at] == inf and cells.marks[at] not in NO_START:
            cells.breaks[at] = PARTED_FORMULA


def _part_at_last(breaks: list[float], text: str) -> None:
    """Let a formula of one sign part behind it, and a standard before its year, at last."""
    for match in ONLY_SIGN().finditer(text) if "=" in text or "×" in text else ():
        breaks[match.end()] = min(breaks[match.end()], PARTED_AT_LAST)
    for match in STANDARD_NUMBER().finditer(text) if "—20" in text or "—19" in text else ():
        if text[match.start("year") - 1] == "—":
            breaks[match.start("year")] = PARTED_AT_LAST


def _keep_typed_spaces(cells: Cells, text: str) -> None:
    """Let no space inside a figure or a standard (1 860, GB/T 15834) part or open as others do."""
    for match in CODE_AND_NUMBER().finditer(text):
        cells.breaks[match.end()] = max(cells.breaks[match.end()], PARTED_LETTER)
    inside = [match.end() for match in TYPED_INSIDE().finditer(text)]
    for match in STANDARD_NUMBER().finditer(text):
        if match["space"]:
            inside.append(match.end("space"))
    for at in inside:
        cells.breaks[at], cells.stretches[at] = inf, 0


def _keep_unit(cells: Cells, match: re.Match[str]) -> None:
    """Give each place inside a number and what it counts the cost of parting it there."""
    about, scale, more, _, _ = match.groups()
    costs = dict.fromkeys(range(match.start("scale"), match.end("scale")), PARTED_NUMBER)
    is_tied = more or (about and not scale)
    for name, cost in (("money", PARTED_NUMBER), ("unit", PARTED_UNIT)):
        if match[name]:
            costs |= dict.fromkeys(range(match.start(name) + 1, match.end(name)), PARTED_WORD)
            costs[match.start(name)] = PARTED_WORD if is_tied else cost
    for name in ("about", "more"):
        if match[name]:
            costs[match.start(name)] = PARTED_NUMBER if scale and name == "about" else PARTED_UNIT
    for at, cost in costs.items():
        cells.breaks[at] = max(cells.breaks[at], cost)


def _keep_between(cells: Cells, text: str) -> None:
    """Keep half-width signs that stand between two things from the ends of lines."""
    for match in BETWEEN().finditer(text):
        at = match.start()
        cells.breaks[at] = inf
        if match[0] in EITHER_SIDE and at + 1 < len(cells):
            cells.breaks[at + 1] = inf


def _keep_wide(cells: Cells) -> None:
    """Keep full-width numbers whole at their points."""
    for match in WIDE_POINT().finditer(cells.marks):
        at = match.start()
        if cells.texts[at] in WIDE_POINTS:
            cells.breaks[at + 1], cells.shrinks[at + 1] = inf, 0.0


def _part_addresses(cells: Cells, text: str) -> None:
    """Let addresses and words of codes part, best behind their joints.

    Elsewhere two characters stay on either side. A scheme is not parted, and stays with what it
    opens wherever a line holds both.
    """
    for match in WESTERN().finditer(text):
        is_address = ADDRESS_SIGN().search(match[0]) is not None
        if not is_address and not CODE().match(match[0]):
            continue
        for at in range(match.start() + 1, match.end()):
            cells.stretches[at], cells.breaks[at] = 0, inf
        first = match.start() + 2
        if (scheme := text.find(SCHEME_END, *match.span())) >= 0:
            opened = scheme + len(SCHEME_END)
            if opened < len(cells.breaks):  # not behind the end, where nothing is opened yet
                cells.breaks[opened] = PARTED_SCHEME
            first = opened + 1
        for at in range(first, match.end() - 1):
            before, after = text[at - 1], text[at]
            if HYPHEN in (before, after):
                continue
            if ADDRESS_JOINTS.isdisjoint(text[at - 2 : at + 2]):
                is_torn = is_address and before.isalpha() and after.isalpha()
                is_torn = is_torn and not (before.islower() and after.isupper())
                cells.breaks[at] = TORN_WORD if is_torn else BROKEN_ADDRESS
            elif before in ADDRESS_JOINTS and after not in ADDRESS_JOINTS:
                cells.breaks[at] = PARTED_ADDRESS
