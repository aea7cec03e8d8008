"""Characters that no face has, and those that only a fill face has: found before setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import category, combining, name, normalize

from hongtou.bulletin.equivalents import equivalent
from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.passage import Kind, Passage
from hongtou.faces.roles import Faces

SPACES = "\t\n \u3000\u00a0"
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
MOST_NAMED = 20  # characters of one passage in one message
COMMON_HAN = "一"  # whatever face has it is the role's own; other Han from others are filled in
HINT = "请改用通用字，或由管理员为该字体角色装入含此字的字体"
PRIVATE_HINT = "这是造字区的字，换一台机器就不是它了：请换成规范字"
LATIN = "LATIN"
# Code, what is to be said of the characters, and what to do.
FILLED = ("fonts/fill-glyph", "有生僻字用补字字体排出", "请在校样上核对字形")
BORROWED = (
    "fonts/other-letter",
    "有西文字母这种字体里没有，所在的词用正文的西文字体排出",
    "请在校样上核对；可改用通行的中文译名，或请管理员装入含这些字母的字体",
)
HAN = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")


def glyph_findings(
    passages: Iterable[Passage], role_of: Mapping[Kind, str], faces: Faces
) -> list[Finding]:
    """Return an error for each passage that has characters without a glyph, a note on other faces.

    Findings: fonts/missing-glyph, fonts/fill-glyph, fonts/other-letter.
    """
    findings: list[Finding] = []
    for passage in passages:
        role = role_of[passage.kind]
        settled = faces.settled(role)
        if settled.issuperset(passage.text):
            continue
        own = faces.face_for(role, COMMON_HAN)
        filled, borrowed, missing = [], [], []
        for char, at in _first_places(passage.text).items():
            face = faces.face_for(role, char)
            if face is None:
                missing.append((char, at))
            elif face is not own and name(char, "").startswith(HAN):
                filled.append((char, at))
            elif faces.borrows(role, face) and name(char, "").startswith(LATIN):
                borrowed.append((char, at))
            else:
                settled.add(char)
        settled.update(SPACES)
        findings += _missing(passage, missing)
        if filled:
            findings.append(_from_other(passage, filled, *FILLED))
        if borrowed:
            findings.append(_from_other(passage, borrowed, *BORROWED))
    return findings


def missing_characters(
    passages: Iterable[Passage], role_of: Mapping[Kind, str], faces: Faces
) -> set[str]:
    """Return the characters of some passages that their role has no glyph for."""
    return {
        char
        for passage in passages
        for char, _ in drawn_characters(passage.text)
        if faces.face_for(role_of[passage.kind], char) is None
    }


def _first_places(text: str) -> dict[str, int]:
    """Return each character that must have a glyph, with where it first stands."""
    places: dict[str, int] = {}
    for char, at in drawn_characters(text):
        places.setdefault(char, at)
    return places


def drawn_characters(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character that is drawn by itself: u with ¨ and ˇ is drawn as one ǚ."""
    at = 0 if any(map(combining, text)) else len(text)
    if at:
        yield from _bare(text, 0)
    while at < len(text):
        end = at + 1
        while end < len(text) and combining(text[end]):
            end += 1
        composed = normalize("NFC", text[at:end])
        drawn = composed if len(composed) == 1 else text[at:end]
        yield from _bare(drawn, at)
        at = end


def _bare(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Yield each character but spaces and what asks for a shape of the one before it."""
    for at, char in enumerate(text, start):
        if char not in SPACES and not (at and ord(char) in VARIATION_SELECTORS):
            yield char, at


def _missing(passage: Passage, chars: list[tuple[str, int]]) -> Iterator[Finding]:
    """Yield a finding for those that no face has and one for those whose right one is known."""
    known = [(char, at) for char, at in chars if equivalent(char)]
    if known:
        hint = "请换成括号里的字，也可以自动改正（normalize）"
        yield _refused(passage, known, hint)
    unknown = [(char, at) for char, at in chars if not equivalent(char)]
    if unknown:
        is_private = all(category(char) == "Co" for char, _ in unknown)
        yield _refused(passage, unknown, PRIVATE_HINT if is_private else HINT)


def _refused(passage: Passage, chars: list[tuple[str, int]], hint: str) -> Finding:
    named = "、".join(f"第{at + 1}字{named_character(char)}" for char, at in chars[:MOST_NAMED])
    others = f"等 {len(chars)} 字" if len(chars) > MOST_NAMED else ""
    return Finding(
        code="fonts/missing-glyph",
        severity=Severity.ERROR,
        pointer=passage.pointer,
        message=f"{passage.place}{named}{others}字库中没有",
        hint=hint,
        source="house style: nothing is printed as a box",
    )


def named_character(char: str) -> str:
    """Return a character with its code point, and the right one in its place if it is known."""
    code_point = f"U+{ord(char):04X}"
    if not name(char, "") or combining(char):
        right = equivalent(char)
        return f"{code_point}（应为“{right}”）" if right else code_point
    right = f"，应为“{equivalent(char)}”" if equivalent(char) else ""
    return f"“{char}”（{code_point}{right}）"


def _from_other(
    passage: Passage, chars: list[tuple[str, int]], code: str, what: str, hint: str
) -> Finding:
    shown = chars[:MOST_NAMED]
    named = "、".join(char for char, _ in shown)
    others = f"等 {len(chars)} 字" if len(chars) > MOST_NAMED else ""
    return Finding(
        code=code,
        severity=Severity.NOTE,
        pointer=passage.pointer,
        message=f"{passage.place}{what}：{named}{others}",
        hint=hint,
        spans=tuple((passage.start + at, passage.start + at + 1) for _, at in shown),
    )
