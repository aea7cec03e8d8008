"""Characters that no text of an issue may hold: found in every string before it is read.

The engine sets all of them without complaint, as nothing, as a box or in the wrong order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from unicodedata import category

from hongtou.bulletin.finding import Finding, Severity, Suggestion, printable
from hongtou.intake.document import JsonValue
from hongtou.intake.extent import Extent
from hongtou.intake.pointers import Path, pointer

# Dropped where one stands alone: word processors and web pages leave them behind, and they
# say nothing. Grapheme joiner, Mongolian separator, zero-width space, non-joiner and joiner, word
# joiner, the unseen signs of formulas, byte order mark, soft hyphen.
DROPPED = "\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad"

# Spaces of widths that faces need not have, as Word, Excel and web pages leave them: set as a plain
# space. The no-break space and the full-width one are set as they are.
ODD_SPACES = "\t\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f"

MAX_FINDINGS = 100  # of one document: the rest comes when these are mended
MAX_MARKS = 4  # combining marks on one base; a Vietnamese or pinyin letter has at most two

FORBIDDEN = (
    # Code, shape, what it is called, what to do.
    (
        "text/lone-surrogate",
        re.compile("[\ud800-\udfff]"),
        "半个字符",
        "请重新输入这个字：它在转换编码时坏了",
    ),
    (
        "text/control-character",
        re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb]"),
        "控制字符",
        "请删去这个看不见的字符，换行请用 \\n",
    ),
    (
        "text/noncharacter",
        re.compile(
            "[\ufdd0-\ufdef\ufffe\uffff"
            + "".join(chr(plane << 16 | low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
            + "]"
        ),
        "非字符",
        "请删去这个看不见的字符",
    ),
    (
        "text/bidi-control",
        re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"),
        "改变文字方向的控制字符",
        "请删去这个看不见的字符",
    ),
    (
        "text/zero-width-run",
        re.compile(f"[{DROPPED}]{{2,}}"),
        "连续的零宽字符",
        "请删去这些看不见的字符，或把这段文字先粘贴成纯文本",
    ),
)
# What nearly all text consists of. Nothing that is looked for here is among it, and to see that a
# text holds nothing else takes a twentieth of looking for each.
PLAIN = re.compile(
    "[\n\r\x20-\x7e\u00b7\u2010-\u2027\u2605\u3000-\u3029\u3030-\u303f\u4e00-\u9fff\uff01-\uff5e]*"
)
SUSPECTS = re.compile("|".join(shape.pattern for _, shape, _, _ in FORBIDDEN))
STRANGERS = re.compile(r"[^\w\s\x21-\x7e\u2010-\u205e\u3000-\u3029\u3030-\u303f\uff01-\uff65]{5,}")
ZERO_WIDTH = re.compile(f"[{DROPPED}]")
INNER_SPACES = re.compile(r"(?<=\S)[^\S\r\n]++(?=\S)")  # not those around a line, which are dropped
ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
# They ask for one of several shapes of the character before them; faces have one. Those beyond
# the first plane have no glyph, and are errors.
VARIATION_SELECTOR = re.compile("[\ufe00-\ufe0f]")


def character_findings(document: JsonValue) -> tuple[list[Finding], Extent]:
    """Return what is wrong with the characters of every string and key, and how much they hold.

    Errors come first, each kind in document order; at most 100 errors, and as many of the rest.

    Findings: text/lone-surrogate, text/control-character, text/noncharacter, text/bidi-control,
    text/zero-width-run, text/too-many-marks, text/zero-width, text/odd-space,
    text/variation-selector.
    """
    errors: list[Finding] = []
    slight: list[Finding] = []
    extent = Extent()
    for path, text in strings_of(document, ()):
        extent.add(text)
        if not PLAIN.fullmatch(text):
            _keep(_of_string(pointer(path), text), errors, slight)
    for path, key in _keys(document, ()):
        found = _of_string(pointer(path), key)
        _keep((each for each in found if each.severity is Severity.ERROR), errors, slight)
    return [*errors, *slight], extent


def _keep(found: Iterable[Finding], errors: list[Finding], slight: list[Finding]) -> None:
    for finding in found:
        kept = errors if finding.severity is Severity.ERROR else slight
        if len(kept) < MAX_FINDINGS:
            kept.append(finding)


def strings_of(value: JsonValue, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every string with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for at, member in enumerate(value):
            yield from strings_of(member, (*path, at))
    elif isinstance(value, dict):
        for key, member in value.items():
            yield from strings_of(member, (*path, key))


def _keys(value: JsonValue, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield every key that is not plain with the path of its member."""
    if isinstance(value, dict):
        for key, member in value.items():
            if not PLAIN.fullmatch(key):
                yield (*path, key), key
            yield from _keys(member, (*path, key))
    elif isinstance(value, list):
        for at, member in enumerate(value):
            yield from _keys(member, (*path, at))


def _of_string(where: str, text: str) -> Iterator[Finding]:
    faulty = SUSPECTS.search(text) is not None
    for code, shape, name, remedy in FORBIDDEN if faulty else ():
        if found := shape.search(text):
            yield _error(code, where, text, found.start(), name, remedy)
    if (at := _piled_marks(text)) is not None:
        name = f"{MAX_MARKS} 个以上叠加符号"
        yield _error("text/too-many-marks", where, text, at, name, "请删去多余的符号")
    for found in islice(ZERO_WIDTH.finditer(text), MAX_FINDINGS):
        if not faulty:
            yield _zero_width(where, text, found.start())
    if ODD_SPACE.search(text):
        yield from _odd_space(where, text)
    if found := VARIATION_SELECTOR.search(text):
        yield _variation_selector(where, text, found.start())


def _piled_marks(text: str) -> int | None:
    """Return where a character stands that bears too many combining marks."""
    for found in STRANGERS.finditer(text):
        run = 0
        for at in range(found.start(), found.end()):
            run = run + 1 if category(text[at]).startswith("M") else 0
            if run > MAX_MARKS:
                return at
    return None


def _error(code: str, where: str, text: str, at: int, name: str, remedy: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        pointer=where,
        message=f"{_position(text, at)}是{name}（U+{ord(text[at]):04X}）",
        hint=remedy,
    )


def _zero_width(where: str, text: str, at: int) -> Finding:
    return Finding(
        code="text/zero-width",
        severity=Severity.WARNING,
        pointer=where,
        message=f"{_position(text, at)}是看不见的零宽字符（U+{ord(text[at]):04X}），排版时略去",
        hint="请删去",
        suggestion=Suggestion(at, at + 1, "", safe=True),
    )


def _odd_space(where: str, text: str) -> Iterator[Finding]:
    """Yield a finding for the first space of an odd width inside a line."""
    odd = (
        spaces.start() + found.start()
        for spaces in INNER_SPACES.finditer(text)
        if (found := ODD_SPACE.search(spaces[0]))
    )
    at = next(odd, None)
    if at is None:
        return
    name = "制表符" if text[at] == "\t" else "特殊宽度的空格"
    yield Finding(
        code="text/odd-space",
        severity=Severity.NOTE,
        pointer=where,
        message=f"{_position(text, at)}是{name}（U+{ord(text[at]):04X}），排版时作一个空格",
        hint="如不是有意分隔，请删去；列成表的请用表格（table）",
        spans=((at, at + 1),),
    )


def _variation_selector(where: str, text: str, at: int) -> Finding:
    return Finding(
        code="text/variation-selector",
        severity=Severity.NOTE,
        pointer=where,
        message=f"{_position(text, at)}是选择字形的控制字符（U+{ord(text[at]):04X}），排版时略去",
        hint="前一个字按常用的字形印出；如不是有意选用，请删去",
        spans=((at - 1, at),) if at else (),
    )


def _position(text: str, at: int) -> str:
    before = text[max(0, at - 6) : at]
    return f"第 {at + 1} 个字符" + (f"（“{printable(before)}”之后）" if before.strip() else "")
