"""The body of an article: lines → paragraphs and blocks of the contract."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from hongtou.bulletin.attendance import attendance_label
from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.dates import DATE, iso_date
from hongtou.importing.figures import read_figure
from hongtou.importing.guessed_titles import ANNEX_LABEL
from hongtou.importing.imported import Account
from hongtou.importing.kinds import TITLES, Kind
from hongtou.importing.lines import (
    BODY_NAME,
    SMALLER,
    SourceLine,
    Standing,
    ends_sentence,
    joined,
    usual_size,
)
from hongtou.importing.paragraphs import MARKED, Part, goes_on, join, with_lead_ins
from hongtou.importing.tables import read_table

ATTACHMENTS = re.compile(r"附件[：:][ \u3000]{0,4}(?:1[.．、][ \u3000]{0,4})?(.+)")
# 附件：1.方案；2.名单
NEXT_ON_LINE = re.compile(r"[；;] ?(?:[2-9]|[1-9][0-9])[.．、][ \u3000]{0,4}")
NEXT_ATTACHMENT = re.compile(r"([0-9]{1,2})[.．、][ \u3000]{0,4}(.+)")
MAX_SALUTATION_CHARS = 60
ADDRESSED = ("各", "尊敬的", "同志们", "有关")
ADDRESSEE = re.compile(
    ".{1,20}(?:委|办|局|厅|部|组|会|府|院|校|处|科|室|中心|街道|公司|单位|部门|代表|委员|同志|[^他她它咱我你]们|来宾|领导)"
)
MAX_SIGNERS = 3
REMARK = re.compile("[（(][^（）()]{1,60}[）)]")
SMALL_TYPE = "字号小于正文：可能是表注、图题"
NO_STOP = "没有句末标点：可能是小标题、图题或署名"

Members = list[str | dict[str, Any]]


def read_body(lines: Sequence[SourceLine], pointer: str, account: Account) -> str | Members:
    """Return the body of an article, and note what its lines were taken for.

    A body without blocks is one string, a paragraph a line.
    """
    parts = parts_of(lines)
    _doubt_odd_ones(parts)
    with_lead_ins(parts)
    values = [part.value for part in parts]
    is_text = all(isinstance(value, str) for value in values)
    for number, part in enumerate(parts):
        _note(part, pointer if is_text else f"{pointer}/{number}", account)
    return "\n".join(map(str, values)) if is_text else values


def parts_of(lines: Sequence[SourceLine]) -> list[Part]:
    """Return the members of a body with the lines of each."""
    parts: list[Part] = []
    at = 0
    while at < len(lines):
        for reader in READERS:
            if part := reader(lines, at, parts):
                parts.append(part)
                at += len(part.all_lines) - _taken_before(part, lines, at)
                break
        else:
            _paragraph(lines[at], parts)
            at += 1
    return _with_signoff(parts)


def _taken_before(part: Part, lines: Sequence[SourceLine], at: int) -> int:
    """Return how many lines of a part stand above the one at which it was found."""
    return sum(line.number < lines[at].number for line in part.lines)


def _doubt_odd_ones(parts: Sequence[Part]) -> None:
    """Doubt paragraphs that do not end as one, and those in smaller type than the others."""
    texts = [part for part in parts if part.kind is Kind.PARAGRAPH]
    sizes = Counter(part.lines[0].size for part in texts)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    for part in texts:
        text = str(part.value)
        if part.lines[0].said:
            continue
        is_open = not ends_sentence(text) and level_number(text) is None
        if is_open and not attendance_label(text):
            part.doubt = NO_STOP
        elif part.lines[0].size < usual * SMALLER:
            part.doubt = SMALL_TYPE


def _note(part: Part, pointer: str, account: Account) -> None:
    account.take(part.lines[0], part.kind, pointer, why=part.why, doubt=part.doubt)
    for at, line in enumerate(part.lines[1:]):
        if at < len(part.joins):
            account.take(line, Kind.CONTINUED, pointer, doubt=part.joins[at])
        else:
            account.take(line, part.kind, pointer, why=part.why)
    for number, one in enumerate(part.inner):
        _note(one, f"{pointer}/body/{number}", account)
    if isinstance(part.value, str) and MARKED in joined(part.lines):
        account.doubt(part.lines[0], "原文有 **，排版时会当作段首提示语的记号")


def _paragraph(line: SourceLine, parts: list[Part]) -> None:
    before = parts[-1] if parts else None
    is_text = before is not None and before.kind is Kind.PARAGRAPH
    if before and (goes_on(before, line) or (is_text and line.said is Kind.CONTINUED)):
        join(before, line)
        return
    fits = line.may_be(Kind.PARAGRAPH)
    doubt = "" if fits or not line.said else f"成不了{TITLES[line.said]}，认作正文"
    parts.append(Part(line.text, [line], doubt=doubt))


def _salutation(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read whom an article addresses: on its first line, or where a person says."""
    line = lines[at]
    guessed = line.said is None and not parts and not line.rows and _addresses(line.text)
    if not guessed and line.said is not Kind.SALUTATION:
        return None
    block = {"type": "salutation", "text": line.text}
    return Part(block, [line], Kind.SALUTATION, "首行以冒号结尾", "认作称呼，请核对")


def _addresses(text: str) -> bool:
    """Tell whether a text names whom an article addresses (各县（区）委、市直各部门：)."""
    if len(text) > MAX_SALUTATION_CHARS or text[-1:] not in "：:" or re.search("[。！？；]", text):
        return False
    names = re.split("[，、]", text[:-1])
    return text.startswith(ADDRESSED) or all(map(ADDRESSEE.fullmatch, names))


def _attachments(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    found = ATTACHMENTS.fullmatch(lines[at].text)
    is_said = lines[at].said is Kind.ATTACHMENTS
    if not is_said and (lines[at].said or not found):
        return None
    items, taken = NEXT_ON_LINE.split(found[1] if found else lines[at].text), [lines[at]]
    for line in lines[at + 1 :]:
        named = NEXT_ATTACHMENT.fullmatch(line.text)
        follows = named is not None and int(named[1]) == len(items) + 1
        if not follows and line.said is None and _hangs(line):
            items[-1] += line.text
            taken.append(line)
            continue
        if line.said is not Kind.ATTACHMENTS and (line.said or not follows):
            break
        items.append(named[2] if named else line.text)
        taken.append(line)
    block: dict[str, Any] = {"type": "attachments", "items": items}
    return Part(block, taken, Kind.ATTACHMENTS, "以“附件：”开头")


def _hangs(line: SourceLine) -> bool:
    """Tell whether a row of a PDF goes on with the name of an attachment, below its beginning."""
    others = (ANNEX_LABEL, DATE, BODY_NAME)
    is_free = line.size and line.standing is Standing.LINE and "\t" not in line.text
    is_other = any(one.fullmatch(line.text) for one in others) or ends_sentence(line.text)
    return bool(is_free) and not is_other and not line.rows


def _annex(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read an annex: its label, its title, and what follows as far as the next one."""
    if not _opens_annex(lines, at):
        return None
    titles = [lines[at + 1]]
    for line in lines[at + 2 : at + 4]:
        is_free = _is_free(line)
        if (
            is_free
            and line.standing is Standing.TITLE
            and line.size == titles[0].size > usual_size(lines)
        ):
            titles.append(line)
    label = "".join(lines[at].text.split()).rstrip("：:")
    start = at + 1 + len(titles)
    others = (other for other in range(start, len(lines)) if _opens_annex(lines, other))
    inner = parts_of(lines[start : next(others, len(lines))])
    with_lead_ins(inner)
    body = [part.value for part in inner]
    block: dict[str, Any] = {"type": "annex", "label": label, "title": joined(titles), "body": body}
    doubt = "附件的题目和内容，请核对"
    own = [lines[at], *titles]
    return Part(block, own, Kind.ANNEX, "“附件”独占一行", doubt, inner=inner)


def _opens_annex(lines: Sequence[SourceLine], at: int) -> bool:
    """Tell whether a line is the label of an annex, and its title and more follow."""
    is_label = ANNEX_LABEL.fullmatch(lines[at].text) is not None and _is_free(lines[at])
    return is_label and at + 2 < len(lines) and _is_free(lines[at + 1])


def _is_free(line: SourceLine) -> bool:
    return line.may_be(Kind.ANNEX) and not (line.rows or line.pictures)


def _said_signoff(lines: Sequence[SourceLine], at: int, parts: list[Part]) -> Part | None:
    """Read the lines that a person says sign: bodies and a date."""
    taken = list(takewhile(lambda line: line.said is Kind.SIGNOFF, lines[at:]))
    days = [day for line in taken if (day := DATE.fullmatch(line.text)) and iso_date(day)]
    bodies = [line.text for line in taken if not DATE.fullmatch(line.text)]
    if not days or len(days) + len(bodies) < len(taken) or len(days) > 1:
        return None  # without its one date it is none: its lines stay text
    block: dict[str, Any] = {"type": "signoff", "date": iso_date(days[0])}
    if bodies:
        block["bodies"] = bodies
    return Part(block, taken, Kind.SIGNOFF)


def _with_signoff(parts: list[Part]) -> list[Part]:
    """Make a sign-off of bodies and a date, where they stand last, or above annexes and remarks."""
    end = len(parts)
    while end and (parts[end - 1].kind is Kind.ANNEX or _is_remark(parts[end - 1])):
        end -= 1
    parts, below = parts[:end], parts[end:]
    last = parts[-1] if parts else None
    day = DATE.fullmatch(last.lines[0].text) if last and isinstance(last.value, str) else None
    if last is None or day is None or not iso_date(day) or last.lines[0].said:
        return [*parts, *below]
    start = len(parts) - 1
    while start and len(parts) - start <= MAX_SIGNERS and _is_body(parts[start - 1]):
        start -= 1
    signed = parts[start:]
    block: dict[str, Any] = {"type": "signoff", "date": iso_date(day)}
    if bodies := [part.value for part in signed[:-1]]:
        block["bodies"] = bodies
    lines = [line for part in signed for line in part.lines]
    return [*parts[:start], Part(block, lines, Kind.SIGNOFF, "文末的单位和日期"), *below]


def _is_remark(part: Part) -> bool:
    """Tell whether a part is a remark below a date: （此件公开发布）, （联系人：王某）."""
    return isinstance(part.value, str) and REMARK.fullmatch(part.value) is not None


def _is_body(part: Part) -> bool:
    if part.lines[0].said:
        return False
    return isinstance(part.value, str) and BODY_NAME.fullmatch(part.value) is not None


Reader = Callable[[Sequence[SourceLine], int, list[Part]], Part | None]
READERS: tuple[Reader, ...] = (
    _salutation,
    read_table,
    read_figure,
    _attachments,
    _annex,
    _said_signoff,
)
