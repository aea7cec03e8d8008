"""Characters that only look like another one: radicals, compatibility forms, private use.

Text copied out of a PDF has ⼴ (a radical) where 广 was printed; text from older machines has the
private-use code points that GB 18030 gave to characters such as 䶮 before Unicode had them.
"""

from __future__ import annotations

from enum import Enum
from unicodedata import normalize


class Origin(Enum):
    """Where a character comes from that is to be replaced."""

    RADICAL = "部首专用字"
    PRIVATE_USE = "旧国标造字区的字"
    COMPATIBILITY = "兼容字形"


# Source: Unicode 15.0, EquivalentUnifiedIdeograph.txt (Debian's unicode-data 15.0.0-1), U+2E80 to
# U+2EF3; ？ where it names none. The 214 of Kangxi have their equivalent as decomposition.
RADICALS_SUPPLEMENT = (
    "？厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵？旡日"
    "月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝"
    "雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
KANGXI = range(0x2F00, 0x2FD6)
# Two whose equivalent is a form that the mainland does not write: copied text means the other.
MAINLAND = str.maketrans("戶靑", "户青")

# Source: bytes FE50 to FEA0 of GB 18030, which older systems hold as U+E815 to U+E864: as Python's
# codec reads them, and 14 that Unicode took in later as the Encoding Standard's index gb18030.
PRIVATE_USE = (
    "厂𠂇𠂉𠃌乙㑳㑇刀㔾龴㖞㘚㘎小心㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠"
    "牛𡗗龸𤴔䁖䅟𥫗䌷㓁羊𦍌𢦏䎱䎬聿䏝䓖䙡䙌龹䜣䜩䝼䞍𧾷䥇䥺"
    "䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
PRIVATE_MARKS = "，。、：；！？〖〗…"  # bytes A6D9 to A6F3, held as U+E78D to U+E796

VERTICAL = "：—–"  # U+FE30 to U+FE32, whose decomposition is another mark
UNITS = range(0x3380, 0x33DE)  # in one square: ㎡, ㎏, ㎞
IN_UNITS = str.maketrans("23∕", "²³/")
FORMS = (
    range(0xF900, 0xFB00),  # ideographs for round trips with other standards
    range(0xFB00, 0xFB07),  # ligatures, as copied from a PDF
    range(0xFE10, 0xFE1A),  # marks of vertical lines
    range(0xFE33, 0xFE45),
    range(0xFE47, 0xFE49),
    range(0xFE50, 0xFE6C),  # small forms
    range(0xFF61, 0xFF66),  # half-width marks of Japanese
    UNITS,
)
# Whose decomposition is no mark of Chinese, or no unit.
OWN = {"\ufe19": "……", "\uff65": "·", "\u33ce": "km", "\u301d": "“", "\u301e": "”", "\u301f": "”"}
FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")


def _radicals() -> dict[str, str]:
    supplement = {
        chr(code): right for code, right in enumerate(RADICALS_SUPPLEMENT, 0x2E80) if right != "？"
    }
    kangxi = {chr(code): normalize("NFKC", chr(code)).translate(MAINLAND) for code in KANGXI}
    return supplement | kangxi


def _compatibility() -> dict[str, str]:
    forms = {chr(code): right for code, right in enumerate(VERTICAL, 0xFE30)}
    for code in (code for block in FORMS for code in block):
        right = normalize("NFKC", chr(code))
        if code in UNITS:
            right = right.translate(IN_UNITS)
        if right != chr(code):
            forms[chr(code)] = right.translate(FULL_WIDTH)
    return forms | OWN


EQUIVALENTS: dict[Origin, dict[str, str]] = {
    Origin.RADICAL: _radicals(),
    Origin.PRIVATE_USE: {
        **{chr(code): right for code, right in enumerate(PRIVATE_USE, 0xE815)},
        **{chr(code): right for code, right in enumerate(PRIVATE_MARKS, 0xE78D)},
    },
    Origin.COMPATIBILITY: _compatibility(),
}


def equivalent(char: str) -> str:
    """Return the character that is meant by one that only looks like it; "" if it is none."""
    return next((chars[char] for chars in EQUIVALENTS.values() if char in chars), "")
