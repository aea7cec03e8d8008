"""The masthead (报头): from the first line to the one with the date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from hongtou.importing.dates import COUNT, DATE, DAY, HOUR, YEAR, iso_date, iso_day
from hongtou.importing.imported import Account
from hongtou.importing.issue_numbers import OF_NUMBER, TOTAL_NUMBER, read_label, read_number
from hongtou.importing.kinds import OF_MASTHEAD, TITLES, Kind
from hongtou.importing.lines import BODY_NAME, SourceLine, bare, ends_sentence, usual_size
from hongtou.importing.masthead_labels import (
    MAX_LABELLED,
    duties_in,
    is_labelled,
    label_of_body,
    without_duties,
)
from hongtou.importing.nameplates import BELOW_NOTICE, read_names

SEARCHED = 14  # lines, in which number and date must be
AFTER_NUMBER = 5  # lines, of which one has the date
MAX_LINE_CHARS = 60  # of a line with who issues and the date
MAX_BODIES = 3  # that issue, as the contract has it
NAMES = (Kind.NAMEPLATE, Kind.OVERLINE, Kind.NOTICE)
NEVER_SECOND = (Kind.UNPLACED, Kind.ISSUING_BODY, Kind.CLOSING, Kind.NAMEPLATE, Kind.OVERLINE)
SECURITY = re.compile(r"(秘密|机密|绝密)(?:[★☆](.{1,8}))?")
URGENCY = re.compile("特急|加急")
COPY_NUMBER = re.compile("(?:编号|份号)[：:]?[ \u3000]{0,4}([0-9]{1,6})|([0-9]{6})")
GAP = re.compile(r"\t+|[ \u3000]{2,}|\u3000")
# 工会工作简报第8期: a name and a number that nothing parts.
GLUED = (
    "(?<=简报|动态|信息|专报|快报|通讯|要情|参考|通报|快讯|月报|周报|日报|纪要)"
    rf"(?=[（(〔\[]?(?:(?:{YEAR})年?[）)〕\]]?)?[（(]?第(?:{COUNT})期)"
)
BETWEEN_PARTS = re.compile(f"{GAP.pattern}|{GLUED}")
ORDER = (  # that of the contract
    "nameplate",
    "overline",
    "issue_number",
    "issue_label",
    "year",
    "total_number",
    "series",
    "issuing_body",
    "issue_date",
    "notice",
    "security",
    "urgency",
    "copy_number",
)
NEEDED = {
    "nameplate": "简报名称",
    "issue_number": "期号",
    "issuing_body": "编发单位",
    "issue_date": "印发日期",
}


Duty = tuple[SourceLine, str]  # who answers for the issue, with the label: 签发：王建国


@dataclass(slots=True)
class Draft:
    """A masthead that is being read: its fields, and lines that are names or bodies.

    ``year`` is that of the closing block, for a date without one; 0 where it is unknown.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    names: dict[SourceLine, str] = field(default_factory=dict)
    usual_size: float = 0  # of the text, in pt: a name is larger
    bodies: list[str] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)  # of the closing block
    year: int = 0


def read_masthead(
    lines: Sequence[SourceLine], account: Account, year: int = 0
) -> tuple[list[SourceLine], dict[str, Any], list[Duty]]:
    """Return the lines below the masthead, its fields, and who answers for the issue.

    ``year`` is that of the imprint.
    """
    draft = Draft(usual_size=usual_size(lines), year=year)
    above = list(takewhile(lambda line: line.may_be(*OF_MASTHEAD), lines))
    guessed = [line for line in above[: _end(above)] if line.said is None and _is_head(line)]
    said = [line for line in lines if line.said in OF_MASTHEAD]
    for line in guessed:
        _read(line, draft, account)
    for line in said:
        _read_said(line, draft, account)
    draft.fields |= read_names(draft.names, draft.usual_size, account)
    _doubt_second_ones([*guessed, *said], draft, account)
    if draft.bodies:
        only = len(draft.bodies) == 1
        draft.fields["issuing_body"] = draft.bodies[0] if only else draft.bodies
    if len(draft.bodies) > MAX_BODIES:
        account.wonder(f"编发单位超过 {MAX_BODIES} 个，请核对", "/masthead/issuing_body")
    for key, title in NEEDED.items():
        if key not in draft.fields:
            account.wonder(f"没有找到{title}，请补上", f"/masthead/{key}")
    fields = {key: draft.fields[key] for key in ORDER if key in draft.fields}
    own = {line.number for line in (*guessed, *said)}
    return [line for line in lines if line.number not in own], fields, draft.duties


def _end(lines: Sequence[SourceLine]) -> int:
    """Return how many lines the masthead has: to the date, or what has a label below it."""
    end = _end_of_date(lines)
    below = lines[end : end + MAX_LABELLED] if end else ()
    return end + len([*takewhile(lambda line: _is_head(line) and is_labelled(line.text), below)])


def _end_of_date(lines: Sequence[SourceLine]) -> int:
    """Return how many lines there are to the date after the number, or to either."""
    searched = lines[:SEARCHED]
    numbers = [at for at, line in enumerate(searched) if _has_number(line)]
    number = numbers[0] if numbers else -1
    last = number + AFTER_NUMBER if numbers else SEARCHED
    dates = [at for at, line in enumerate(searched[: last + 1]) if _has_date(line)]
    if dates and number <= dates[0]:
        return dates[0] + 1
    end = max([number, *dates[:1]]) + 1
    below = lines[end].text if 0 < end < len(lines) else ""
    return end + 1 if not dates and BODY_NAME.fullmatch(below) else end


def _is_head(line: SourceLine) -> bool:
    """Tell whether a line above the date may be of the masthead: no table, and no paragraph."""
    is_short = len(line.text) <= MAX_LINE_CHARS or _has_number(line)
    return is_short and not line.rows


def _has_number(line: SourceLine) -> bool:
    text = without_duties(line.text)
    parts = (text, *BETWEEN_PARTS.split(text))
    return line.said is Kind.ISSUE_NUMBER or any(read_number(bare(part)) for part in parts)


def _has_date(line: SourceLine) -> bool:
    if line.said:
        return line.said is Kind.ISSUE_DATE
    text = without_duties(line.text)
    found = _day(text)
    rest = text[found.end() :].strip("。 ") if found else ""
    is_last = found is not None and re.fullmatch(f"(?:{HOUR})?", rest) is not None
    return is_last and len(line.text) <= MAX_LINE_CHARS and not ends_sentence(line.text)


def _day(text: str) -> re.Match[str] | None:
    """Find the date of a line, with its year or without."""
    return DATE.search(text) or DAY.search(text)


def _written(day: re.Match[str], draft: Draft) -> tuple[str, str]:
    """Return a date as the contract writes it, "" if it is none, and what is to be told of it."""
    if day.re is DATE:
        written = iso_date(day)
        return written, "" if written else f"没有“{day[0]}”这一天"
    year = draft.fields.get("year", draft.year)
    written = iso_day(day, year) if year else ""
    if written:
        return (
            written,
            f"日期没有年份，按{'期号' if 'year' in draft.fields else '报尾'}补作{year}年",
        )
    return "", f"“{day[0]}”没有年份，没有取"


def _read(line: SourceLine, draft: Draft, account: Account) -> None:
    """Read the parts of a line, which gaps part: a number and a date may share one."""
    text = without_duties(line.text)
    draft.duties += [(line, duty) for duty in duties_in(line.text)]
    if not text:
        account.take(line, Kind.CLOSING, "/closing", why="按职务标签")
        return
    if whole := _field(bare(text), draft):
        account.take(line, whole, f"/masthead/{whole.value}", why="按写法")
        return
    day = _day(text)
    parts = [part.strip() for part in BETWEEN_PARTS.split(text[: day.start()] if day else text)]
    read = [_part(part, line, draft, is_dated=day is not None) for part in filter(None, parts)]
    kinds = [kind for kind in read if kind]
    written, doubt = _written(day, draft) if day else ("", "")
    if written:
        draft.fields["issue_date"] = written
        kinds.append(Kind.ISSUE_DATE)
    if day and (after := text[day.end() :].strip()):
        doubt = "；".join(filter(None, (doubt, f"日期之后的“{after}”没有取")))
    labels = "、".join(f"“{label}：”" for label in map(label_of_body, parts) if label)
    told = f"{labels}没有取，编发单位只写名称" if labels else ""
    _account(line, kinds, "；".join(filter(None, (doubt, told))), account)


def _read_said(line: SourceLine, draft: Draft, account: Account) -> None:
    """Read a line as what a person says that it is; what cannot be read so is told."""
    kind, text = line.said, bare(line.text)
    assert kind  # the caller has looked
    if kind in NAMES:
        draft.names[line] = line.text
        return
    account.take(line, kind, f"/masthead/{kind.value}")
    day = _day(line.text) if kind is Kind.ISSUE_DATE else None
    written, doubt = _written(day, draft) if day else ("", "")
    if kind is Kind.ISSUING_BODY:
        draft.bodies.append(line.text)
    elif day and written:
        draft.fields["issue_date"] = written
        if doubt:
            account.doubt(line, doubt)
        if beside := f"{line.text[: day.start()]} {line.text[day.end() :]}".strip():
            account.doubt(line, f"日期之外的“{beside}”没有取")
    elif kind is Kind.ISSUE_NUMBER and (number := read_number(text) or read_label(text)):
        others = {key: value for key, value in draft.fields.items() if key not in OF_NUMBER}
        draft.fields = others | number
    elif kind is Kind.ISSUE_DATE or _marks(text, draft) is not kind:
        account.doubt(line, f"读不出{TITLES[kind]}，没有取")


def _doubt_second_ones(lines: Sequence[SourceLine], draft: Draft, account: Account) -> None:
    """Tell of lines that are a second number, date or mark: the last one was taken."""
    seen: set[Kind] = set()
    for line in reversed(lines):
        taken = account.lines.get(line.number)
        if taken is None or taken.kind in NEVER_SECOND:
            continue
        if TOTAL_NUMBER.fullmatch(bare(line.text)) or taken.why == BELOW_NOTICE:
            continue
        if taken.kind in seen:
            account.doubt(line, f"{TITLES[taken.kind]}有两处，取了后面的")
        seen.add(taken.kind)


def _account(line: SourceLine, kinds: list[Kind], doubt: str, account: Account) -> None:
    if kinds and kinds[0] is not Kind.NAMEPLATE:
        account.take(line, kinds[0], f"/masthead/{kinds[0].value}", why="按写法", doubt=doubt)
    elif not kinds:
        account.take(line, Kind.UNPLACED, doubt=doubt or "不知归属，没有取")


def _part(part: str, line: SourceLine, draft: Draft, *, is_dated: bool) -> Kind | None:
    """Read one part; a name is read once more, together with its neighbours."""
    if kind := _field(bare(part), draft):
        return kind
    label = label_of_body(part)
    part = part[len(label) + 1 :] if label else part
    if label or is_dated or "issue_number" in draft.fields:
        if not any(map(str.isalnum, part)):
            return None  # what is left of a period in brackets
        draft.bodies.append(part)
        return Kind.ISSUING_BODY
    draft.names[line] = f"{draft.names[line]} {part}" if line in draft.names else part
    return Kind.NAMEPLATE


def _field(text: str, draft: Draft) -> Kind | None:
    """Read a text that is a number or a mark by itself."""
    if number := read_number(text):
        draft.fields |= number
        return Kind.ISSUE_NUMBER
    return _marks(text, draft)


def _marks(text: str, draft: Draft) -> Kind | None:
    fields = draft.fields
    if found := SECURITY.fullmatch(text):
        fields["security"] = {"class": found[1]} | ({"term": found[2]} if found[2] else {})
        return Kind.SECURITY
    if URGENCY.fullmatch(text):
        fields["urgency"] = text
        return Kind.URGENCY
    if (found := COPY_NUMBER.fullmatch(text)) and (number := int(found[1] or found[2])):
        fields["copy_number"] = number
        return Kind.COPY_NUMBER
    return None
