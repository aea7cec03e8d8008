"""Characters that no face has, and those that only a fill face has: found before setting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from unicodedata import combining, name, normalize

from hongtou.bulletin.finding import Finding, Severity
from hongtou.bulletin.passage import Kind, Passage
from hongtou.faces.roles import Faces

SPACES = "\t\n \u3000\u00a0"
VARIATION_SELECTORS = range(0xFE00, 0xFE10)
MOST_NAMED = 20  # characters of one passage in one message
COMMON_HAN = "一"  # whatever face has it is the role's own; other Han from others are filled in
HAN = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH")


def glyph_findings(
    passages: Iterable[Passage], role_of: Mapping[Kind, str], faces: Faces
) -> list[Finding]:
    """Return an error for each character without a glyph and a note on fill faces.

    Findings: fonts/missing-glyph, fonts/fill-glyph.
    """
    findings = []
    for passage in passages:
        role = role_of[passage.kind]
        settled = faces.settled(role)
        if settled.issuperset(passage.text):
            continue
        own = faces.face_for(role, COMMON_HAN)
        filled = []
        for char, at in _first_places(passage.text).items():
            face = faces.face_for(role, char) or faces.face_for(role, normalize("NFC", char)[0])
            if face is None:
                findings.append(_missing(passage, char, at))
            elif face is not own and name(char, "").startswith(HAN):
                filled.append(char)
            else:
                settled.add(char)
        settled.update(SPACES)
        if filled:
            findings.append(_filled(passage, filled))
    return findings


def _first_places(text: str) -> dict[str, int]:
    """Return each character that must have a glyph, with where it first stands."""
    places: dict[str, int] = {}
    for char, at in _drawn(text):
        places.setdefault(char, at)
    return places


def _drawn(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character that is drawn by itself: é as e and an accent is drawn as one é."""
    for at, char in enumerate(text):
        if char in SPACES:
            continue
        if at and ord(char) in VARIATION_SELECTORS:
            continue
        if at and combining(char) and len(normalize("NFC", text[at - 1 : at + 1])) == 1:
            continue
        yield char, at


def _missing(passage: Passage, char: str, at: int) -> Finding:
    code_point = f"U+{ord(char):04X}"
    shown = f"“{char}”（{code_point}）" if name(char, "") and not combining(char) else code_point
    return Finding(
        code="fonts/missing-glyph",
        severity=Severity.ERROR,
        pointer=passage.pointer,
        message=f"{passage.place}第{at + 1}字{shown}字库中没有",
        hint="请改用通用字，或由管理员为该字体角色装入含此字的字体",
        source="house style: nothing is printed as a box",
    )


def _filled(passage: Passage, chars: list[str]) -> Finding:
    others = f"等 {len(chars)} 字" if len(chars) > MOST_NAMED else ""
    return Finding(
        code="fonts/fill-glyph",
        severity=Severity.NOTE,
        pointer=passage.pointer,
        message=f"{passage.place}有生僻字用补字字体排出：{'、'.join(chars[:MOST_NAMED])}{others}",
        hint="请在校样上核对字形",
    )
