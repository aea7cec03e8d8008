"""Articles and groups of short news: what stands under their titles, as issue JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.body import read_body
from hongtou.importing.imported import Account
from hongtou.importing.kinds import TITLES, Kind
from hongtou.importing.lines import (
    BODY_NAME,
    BRIEF_MARK,
    DASH,
    IN_BRACKETS,
    SMALL_TEXT,
    SourceLine,
    Standing,
    is_marked_name,
    joined,
    unmarked,
)
from hongtou.importing.notes import note_end, note_on, notes_in
from hongtou.importing.paragraphs import Part, goes_on, join
from hongtou.importing.speeches import day_of, is_day, is_speaker, stands_below_title
from hongtou.importing.titles import Member, Opens, Title

USUAL_MARK = "★"
BYLINE = re.compile(
    r"[（(]?(?:供稿|来源|作者|撰稿|报送单位|供稿单位)[：:][ \u3000]{0,4}([^）)]+)[）)]?"
    r"|[（(]([^（）()]{2,24}?)[ \u3000]{0,4}(?:供稿|报送|提供)[）)]"
)
OTHER_LABEL = re.compile("[ \u3000]{1,4}(?:供稿|来源|作者|撰稿)[：:][ \u3000]{0,4}")
PARTED = re.compile("[ \u3000]{1,4}")
PERSON = re.compile("[\u3400-\u9fff·]{2,12}")
MOST_PERSONS = 3
WORDS = re.compile(r"[\w \u3000]{2,24}")
# A brief ends with its sender in brackets, behind its full stop.
SENDER = re.compile(r"(?<=[。！？…])[ \u3000]{0,4}[（(]([^（）()。]{2,20})[）)]$")


def read_members(members: Sequence[Member], account: Account) -> dict[str, Any]:
    """Return articles and short news as the contract has them."""
    articles: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    briefs = [member for member in members if member.title and member.title.opens is Opens.BRIEFS]
    section = ""
    for member in members:
        own = " ".join(title.text for title, _ in member.sections)
        is_brief = any(member is one for one in briefs)
        section = own or ("" if is_brief else section)
        if is_brief:
            pointer = f"/briefs/{len(groups)}" if len(briefs) > 1 else "/briefs"
            groups.append(_briefs(member, section, pointer, account))
        else:
            articles.append(_article(member, section, f"/articles/{len(articles)}", account))
    parts: dict[str, Any] = {"articles": articles} if articles else {}
    if groups:
        parts["briefs"] = groups if len(groups) > 1 else groups[0]
    return parts


def read_opening(lines: Sequence[SourceLine], account: Account) -> tuple[Any, Member | None]:
    """Return the note on the whole issue, and what else stands above the first title.

    The latter is an article whose headline somebody must add.
    """
    if not lines:
        return None, None
    note = lines[: note_end(lines)]
    rest = lines[len(note) :]
    if rest:
        account.wonder(f"第 {rest[0].number} 行起没有找到标题，请补上", "/articles/0/headline")
    return (
        note_on(note, "/editors_note", account) if note else None,
        Member(None, (), tuple(rest)) if rest else None,
    )


def _article(member: Member, section: str, pointer: str, account: Account) -> dict[str, Any]:
    article = _heading(member, section, pointer, account)
    rest = list(member.lines)
    if below := _subheads(rest):
        article["subhead"] = joined(below)
        for line in below:
            account.take(line, Kind.SUBHEAD, f"{pointer}/subhead", why="标题下居中或以破折号开头")
        if below[0].said is None:
            account.doubt(below[0], "认作副题，请核对")
        rest = [line for line in rest if line not in below]
    for line in _senders(rest, is_speech=any(map(is_day, below))):
        own = _byline(line) or line.text
        article["byline"] = "、".join(filter(None, (article.get("byline"), own)))
        is_sure = member.title is not None and member.title.entry is not None and _names_body(line)
        doubt = "" if is_sure else "按单位名称、职务或居中认作供稿单位"
        account.take(
            line, Kind.BYLINE, f"{pointer}/byline", why="标题下或文末的单位名称", doubt=doubt
        )
        rest.remove(line)
    if noted := notes_in(rest):
        article["editors_note"] = note_on(noted, f"{pointer}/editors_note", account)
        if noted[0].said is None:
            account.doubt(noted[0], "按语只取了一段，请核对")
        rest = [line for line in rest if line not in noted]
    article["body"] = read_body(rest, f"{pointer}/body", account)
    if not article["body"]:
        account.wonder(f"“{article['headline']}”没有正文", f"{pointer}/body")
    return article


def _heading(member: Member, section: str, pointer: str, account: Account) -> dict[str, Any]:
    article: dict[str, Any] = {"headline": ""}
    if section:
        article = {"section": section, **article}
    _section(member, pointer, account)
    title = member.title
    if title is None:
        if member.sections:
            account.wonder(f"“{section}”下没有标题，请补上", f"{pointer}/headline")
        return article
    if member.kicker:
        article["kicker"] = joined(member.kicker)
        for line in member.kicker:
            account.take(line, Kind.KICKER, f"{pointer}/kicker", why="标题上居中的一行")
        if member.kicker[0].said is None:
            account.doubt(member.kicker[0], "认作引题，请核对")
    article["headline"] = title.text
    for line in member.heading:
        account.take(line, Kind.HEADLINE, f"{pointer}/headline", why=title.why)
    if title.doubt and not title.entry:
        account.doubt(member.heading[0], title.doubt)
    _entry(title, f"{pointer}/headline", account)
    return article


def _section(member: Member, pointer: str, account: Account) -> None:
    for title, lines in member.sections:
        for line in lines:
            account.take(line, Kind.SECTION, f"{pointer}/section", why=title.why)
        if title.doubt and not title.entry:
            account.doubt(lines[0], title.doubt)
        _entry(title, f"{pointer}/section", account)


def _entry(title: Title, pointer: str, account: Account) -> None:
    for line in title.entry.lines if title.entry else ():
        account.take(line, Kind.CONTENTS_ENTRY, pointer, why="下文另有此题")
        if title.doubt:
            account.doubt(line, title.doubt)


def _subheads(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """Return the lines below a title that go with it: as a person says, or by their dash."""
    if said := [line for line in lines if line.said is Kind.SUBHEAD]:
        return said
    first = [*filter(_is_subhead, lines[:1])]
    day = day_of(lines[len(first) :])
    return [*first, *([day] if day else [])]


def _is_subhead(first: SourceLine) -> bool:
    if first.said or not first.is_short or SMALL_TEXT.match(first.text) or _byline(first):
        return False
    return DASH.match(first.text) is not None or first.standing is Standing.TITLE


def _senders(lines: Sequence[SourceLine], *, is_speech: bool) -> list[SourceLine]:
    """Return the lines of an article that name its sender: as a person says, the first or last."""
    said = [line for line in lines if line.said is Kind.BYLINE]
    last = lines[1:][-1:]  # which may have it below the text: on a page, in brackets, in words
    is_page = len(lines) > 2 and any(line.size for line in last)
    is_named = is_page or any(IN_BRACKETS.fullmatch(line.text) for line in last)
    below = [one for one in last if BYLINE.fullmatch(one.text) or (is_named and _names_body(one))]
    named = [line for line in (*lines[:1], *below) if line.said is None and _byline(line)]
    speaker = [line for line in lines[:1] if is_speech and stands_below_title(line)]
    return said or [*speaker, *named][:1]


def _byline(line: SourceLine) -> str:
    """Return the sender that a line under a title names, or ""."""
    if line.said is None and (line.rows or level_number(line.text)):
        return ""
    if found := BYLINE.fullmatch(line.text):
        return OTHER_LABEL.sub("\u3000", (found[1] or found[2]).strip())
    inner = IN_BRACKETS.fullmatch(line.text)
    name = inner[1] if inner else line.text
    if is_marked_name(line):
        return unmarked(line.text)
    is_one = line.said or BODY_NAME.fullmatch(name) or _is_centred_name(line)
    is_one = is_one or _is_member_of_body(name) or is_speaker(line)
    return name if is_one else ""


def _is_member_of_body(name: str) -> bool:
    """Tell whether a name has the body before it: 临河区委信访局　欧阳娜娜."""
    body, *persons = PARTED.split(name)
    is_person = 0 < len(persons) <= MOST_PERSONS and all(map(PERSON.fullmatch, persons))
    return is_person and BODY_NAME.fullmatch(body) is not None


def _names_body(line: SourceLine) -> bool:
    """Tell whether a line names who wrote an article by its words, not by its place alone."""
    inner = IN_BRACKETS.fullmatch(line.text)
    name = inner[1] if inner else line.text
    is_body = BODY_NAME.fullmatch(name) is not None or (inner and _is_member_of_body(name))
    return bool(is_body) or BYLINE.fullmatch(line.text) is not None


def _is_centred_name(line: SourceLine) -> bool:
    """Tell whether a line is centred and words without marks, as who wrote an article is."""
    is_words = WORDS.fullmatch(line.text) and not SMALL_TEXT.match(line.text)
    return line.standing is Standing.TITLE and bool(is_words)


def _briefs(member: Member, section: str, pointer: str, account: Account) -> dict[str, Any]:
    assert member.title  # a group of short news is known by it
    group: dict[str, Any] = {"heading": unmarked(member.title.text)}
    if section:
        group["section"] = section
    _section(member, pointer, account)
    for line in member.heading:
        account.take(line, Kind.BRIEFS_HEADING, f"{pointer}/heading", why=member.title.why)
    _entry(member.title, f"{pointer}/heading", account)
    if not member.heading:
        account.wonder(f"简讯没有栏名，写作“{member.title.text}”", f"{pointer}/heading")
    items: list[Any] = []
    for part in _brief_parts(member.lines):
        items.append(_item(part, f"{pointer}/items/{len(items)}", account))
    if mark := _mark(member.lines):
        group["mark"] = mark
    group["items"] = items
    if not items:
        account.wonder(f"“{member.title.text}”下没有简讯", f"{pointer}/items")
    return group


def _mark(lines: Sequence[SourceLine]) -> str:
    """Return what all marked items begin with; "" for what layouts print by themselves."""
    marks = {line.text[0] for line in lines if BRIEF_MARK.match(line.text)}
    return marks.pop() if len(marks) == 1 and USUAL_MARK not in marks else ""


def _brief_parts(lines: Sequence[SourceLine]) -> list[Part]:
    parts: list[Part] = []
    for line in lines:
        if line.pictures:  # short news have none
            continue
        before = parts[-1] if parts else None
        is_sender = line.said is None and IN_BRACKETS.fullmatch(line.text) is not None
        if before and (goes_on(before, line) or line.said is Kind.CONTINUED or is_sender):
            join(before, line)
            continue
        text = unmarked(line.text)
        if line.said and line.said is not Kind.BRIEF:
            doubt = f"在简讯里成不了{TITLES[line.said]}，认作一条简讯"
            parts.append(Part(text, [line], Kind.BRIEF, doubt=doubt))
            continue
        doubt = "" if text != line.text or not parts else "没有★，认作另一条简讯"
        if text == line.text and not doubt:
            doubt = "没有★，认作一条简讯"
        parts.append(Part(text, [line], Kind.BRIEF, "以★等开头", doubt))
    return [part for part in parts if any(map(str.isalnum, str(part.value)))]


def _item(part: Part, pointer: str, account: Account) -> Any:
    text = str(part.value)
    account.take(part.lines[0], Kind.BRIEF, pointer, why=part.why, doubt=part.doubt)
    for line, how in zip(part.lines[1:], part.joins, strict=True):
        account.take(line, Kind.CONTINUED, pointer, doubt=how)
    sender = SENDER.search(text)
    if not sender:
        return text
    account.doubt(part.lines[-1], f"句末的（{sender[1]}）认作供稿单位")
    return {"text": text[: sender.start()].rstrip(), "byline": sender[1]}
