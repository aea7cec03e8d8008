"""The character sets that the faces are built for."""

from __future__ import annotations

from pathlib import Path

from composed import MADE_OF_FIGURES

HERE = Path(__file__).parent / "charsets"


def between(first: int, last: int) -> set[int]:
    """Return the code points from first to last, both included."""
    return set(range(first, last + 1))


def encoded(encoding: str, leads: range, trails: range) -> set[int]:
    """Return the characters of a double-byte encoding."""
    found = set()
    for lead in leads:
        for trail in trails:
            try:
                text = bytes([lead, trail]).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.add(ord(text))
    return found


def is_han(char: int) -> bool:
    """Tell whether a code point is a Chinese character."""
    return (
        0x3400 <= char <= 0x4DBF
        or 0x4E00 <= char <= 0x9FFF
        or 0xF900 <= char <= 0xFAFF
        or char >= 0x20000
        or char == 0x3007
    )


def is_chinese_mark(char: int) -> bool:
    """Tell whether a code point is Chinese punctuation, which every Han face sets itself."""
    return char in CHINESE_MARKS


def is_latin(char: int) -> bool:
    """Tell whether a code point is set in the Latin face, also between Han."""
    return char in LATIN


def is_number_series(char: int) -> bool:
    """Tell whether a code point is one of ①-⑳ ⑴-⒇ ⒈-⒛ ㈠-㈩ Ⅰ-Ⅻ ⅰ-ⅻ."""
    return char in NUMBER_SERIES


def is_sign_of_forms(char: int) -> bool:
    """Tell whether a code point is a box, tick, arrow or the like that the CJK sources lack."""
    return char in DINGBATS


def standard_characters() -> set[int]:
    """Return the 8105 characters of 通用规范汉字表 (State Council, 2013)."""
    text = (HERE / "standard-characters.txt").read_text(encoding="utf-8")
    return {ord(char) for char in text if not char.isspace()}


GB2312 = encoded("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
GBK = {char for char in encoded("gbk", range(0x81, 0xFF), range(0x40, 0xFF)) if is_han(char)}
GB18030_LEVEL_1 = between(0x4E00, 0x9FEF) | between(0x3400, 0x4DB5)

CHINESE_MARKS = set(
    map(ord, "，。、；：！？“”‘’（）《》〈〉【】〔〕「」『』〖〗［］｛｝—―…·々〇\u3000")
)
# Between Han these are Chinese marks and signs, not Latin ones.
CHINESE_IN_LATIN_1 = {0xA7, 0xB1, 0xB7, 0xD7, 0xF7}
GREEK = between(0x391, 0x3A1) | between(0x3A3, 0x3A9) | between(0x3B1, 0x3C9)
CYRILLIC = between(0x410, 0x44F) | {0x401, 0x451}
# Letters of pinyin (ǹ ḿ ɑ ɡ), of Vietnamese and of other names.
FURTHER_LATIN = between(0x180, 0x24F) | {0x251, 0x261} | between(0x1E00, 0x1EFF)
LATIN = (
    between(0x20, 0x7E) | between(0xA0, 0x17F) | FURTHER_LATIN | GREEK | CYRILLIC
    | {0x2010, 0x2011, 0x2013, 0x2022, 0x2032, 0x2033, 0x2044, 0x20AC, 0x2122} | MADE_OF_FIGURES
) - CHINESE_IN_LATIN_1  # fmt: skip
DINGBATS = between(0x2600, 0x27BF)  # and Miscellaneous Symbols, with the boxes ☐ ☑ ☒
TICKS = set(map(ord, "☐☑☒✓✔✗✘"))  # the CJK sources have ✓ alone, and another hand shows
NUMBER_SERIES = between(0x2460, 0x249B) | between(0x3220, 0x3229) | between(0x2160, 0x217F)
SYMBOLS = (
    between(0x20, 0x7E) | between(0xA0, 0xFF) | between(0x2010, 0x2027) | between(0x2030, 0x205E)
    | between(0x20A0, 0x20BF) | between(0x2100, 0x214F) | between(0x2150, 0x218B)
    | between(0x2190, 0x21FF) | between(0x2200, 0x22FF) | between(0x2460, 0x24FF)
    | between(0x2500, 0x25FF) | DINGBATS | between(0x3000, 0x303F) | {0x2B24, 0x30FC}
    | between(0x3200, 0x33FF) | between(0xFE10, 0xFE6F) | between(0xFF01, 0xFFEF)
    | between(0x391, 0x3C9) | {0x2E3A}
)  # fmt: skip


def core_charset() -> set[int]:
    """Return what the committed files hold: 通用规范汉字表, GB 2312 and symbols."""
    return standard_characters() | GB2312 | SYMBOLS | LATIN


def full_charset() -> set[int]:
    """Return the larger profile: core, GBK and GB 18030 up to level 2."""
    return core_charset() | GBK | GB18030_LEVEL_1
