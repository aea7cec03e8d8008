"""Titles: where articles, groups of short news and sections begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from hongtou.bulletin.level_numbers import level_number
from hongtou.importing.contents import (
    ENOUGH_LIKE,
    Entry,
    Span,
    best_span,
    spans_of,
)
from hongtou.importing.guessed_titles import (
    MAX_SECTION_CHARS,
    guessed_titles,
    is_annex_label,
    is_wording,
)
from hongtou.importing.imported import Account
from hongtou.importing.kinds import Kind
from hongtou.importing.lines import (
    BRACKETED,
    BRIEF_MARK,
    DASH,
    IN_BRACKETS,
    SourceLine,
    Standing,
    bare,
    ends_sentence,
    is_marked_name,
    joined,
    unmarked,
    usual_size,
)
from hongtou.importing.titles import Member, Opens, Title, as_said, with_said_briefs

BRIEFS_HEADING = re.compile(
    "(?:工作|县区|部门|基层|一周|信息|综合)?(?:动态|要闻|信息快递|快递)(?:集锦|摘要|选登)?"
    "|[\u3400-\u9fff]{0,4}(?:简讯|短讯|快讯)(?:集锦|摘要|选登)?"
)
LARGER = 1.1  # of a title's type beside that of the text


def outlined(
    lines: Sequence[SourceLine], entries: Sequence[Entry], account: Account
) -> tuple[list[SourceLine], list[Member]]:
    """Return the lines above the first title, and what begins at every title."""
    spans = spans_of(lines)
    larger = [*_larger(lines)]
    if titles := [*_named(lines, entries, spans)]:
        titles = [*_sections_above(titles, larger), *titles]
    else:
        titles = larger or [*guessed_titles(lines)]
    titles += _marked_sections(lines, titles)
    titles = _with_briefs(lines, titles)
    if any(line.said for line in lines):
        titles = as_said(lines, titles)
    titles = [_with_kicker(number, titles, lines) for number in range(len(titles))]
    titles = [_judged(number, titles, lines) for number in range(len(titles))]
    titles = with_said_briefs(lines, titles)
    _account_for(entries, titles, account)
    members: list[Member] = []
    sections: tuple[tuple[Title, tuple[SourceLine, ...]], ...] = ()
    for number, title in enumerate(titles):
        heading = tuple(lines[title.start : title.end])
        kicker = tuple(lines[title.begin : title.start])
        end = titles[number + 1].begin if number + 1 < len(titles) else len(lines)
        if title.opens is Opens.SECTION:
            sections = (*sections, (title, heading))
            if end > title.end:  # text without a title of its own
                members.append(Member(None, (), tuple(lines[title.end : end]), sections))
                sections = ()
            continue
        members.append(Member(title, heading, tuple(lines[title.end : end]), sections, kicker))
        sections = ()
    return list(lines[: titles[0].begin] if titles else lines), members


def _sections_above(named: Sequence[Title], larger: Sequence[Title]) -> Iterator[Title]:
    """Yield the titles right above one that the contents list names: it need not name sections."""
    taken = {at for title in named for at in range(title.start, title.end)}
    starts = {title.start for title in named}
    for title in reversed(larger):
        if title.end in starts and title.start not in taken:
            starts.add(title.start)
            yield replace(title, opens=Opens.SECTION, doubt="不在目录里，认作栏目，请核对")


def _marked_sections(lines: Sequence[SourceLine], titles: Sequence[Title]) -> list[Title]:
    """Return the short marked lines right above a title, not centred as it is: ★工作要闻."""
    taken = {at for title in titles for at in range(title.start, title.end)}
    found = []
    for title in titles:
        at = title.start - 1
        if at < 0 or at in taken or lines[at].said:
            continue
        text = unmarked(lines[at].text)
        if lines[at].standing is Standing.TITLE and not BRACKETED.fullmatch(lines[at].text):
            continue
        if text != lines[at].text and lines[at].is_short and len(text) <= MAX_SECTION_CHARS:
            doubt = "认作栏目，请核对"
            found.append(Title(at, at + 1, text, Opens.SECTION, "以符号开头的短行", doubt))
    return found


def _with_kicker(number: int, titles: Sequence[Title], lines: Sequence[SourceLine]) -> Title:
    """Return a headline with the line above it that is centred like it, or that a person names."""
    title = titles[number]
    above = title.start - 1
    after = titles[number - 1].end if number else 0
    if title.opens is not Opens.ARTICLE or above < after:
        return title
    line = lines[above]
    is_centred = line.standing is lines[title.start].standing is Standing.TITLE and line.size > 0
    guessed = line.said is None and is_centred and is_wording(line)
    return replace(title, kicker=1) if guessed or line.said is Kind.KICKER else title


def _named(
    lines: Sequence[SourceLine], entries: Sequence[Entry], spans: Sequence[Span]
) -> Iterator[Title]:
    """Yield the titles that the contents list names, in its order."""
    at = 0
    for entry in entries:
        words = bare(entry.text)
        span = best_span(words, [span for span in spans if span.start >= at], ENOUGH_LIKE)
        if span:
            at = span.end
            yield _title_of(entry, span, lines)


def _account_for(entries: Sequence[Entry], titles: Sequence[Title], account: Account) -> None:
    """Tell of entries that are no title below."""
    for entry in entries:
        if all(title.entry is not entry for title in titles):
            for line in entry.lines:
                account.take(line, Kind.CONTENTS_ENTRY)
                account.doubt(line, "下文没有找到这个题目")


def _title_of(entry: Entry, span: Span, lines: Sequence[SourceLine]) -> Title:
    heading = lines[span.start : span.end]
    text = joined(heading)
    if BRACKETED.fullmatch(heading[0].text) or bare(unmarked(text)) == bare(entry.text):
        text = unmarked(text)
    if len(heading) > 1 and bare(entry.text) == span.words:
        text = entry.text  # with the space at which the title was broken
    listed, closed = "".join(entry.text.split()), "".join(text.split())
    is_same = listed == closed or (listed.endswith(closed) and level_number(listed) is not None)
    doubt = "" if is_same else f"目录里是“{entry.text}”，与标题不同，取标题"
    return Title(span.start, span.end, text, why="目录里有", doubt=doubt, entry=entry)


def _larger(lines: Sequence[SourceLine]) -> Iterator[Title]:
    """Yield the titles that their type or style tells: lines that stand alone in larger type."""
    usual = usual_size(lines)

    def size_of(at: int) -> float:
        line = lines[at]
        is_title = line.standing is Standing.TITLE and line.size >= usual * LARGER
        is_wording = line.text and not level_number(line.text)
        if at and DASH.match(line.text) and lines[at - 1].standing is Standing.TITLE:
            return 0  # it goes with the title above it
        return line.size or 1 if is_title and is_wording else 0

    for size, run in groupby(range(len(lines)), key=size_of):
        numbers = list(run)
        if size and not (numbers[0] and is_annex_label(lines[numbers[0] - 1])):
            start, end = numbers[0], numbers[-1] + 1
            doubt = (
                "没有目录，按字号和位置认作标题"
                if end - start == 1
                else "没有目录，几行合为一个标题"
            )
            text = unmarked(joined(lines[start:end]))
            yield Title(start, end, text, why="字号大于正文", doubt=doubt)


def _with_briefs(lines: Sequence[SourceLine], titles: Sequence[Title]) -> list[Title]:
    """Add the headings of short news that no contents list names."""
    taken = {at for title in titles for at in range(title.start, title.end)}
    added = [
        Title(at, at + 1, unmarked(line.text), Opens.BRIEFS, why="其后各段以★等开头")
        for at, line in enumerate(lines)
        if at not in taken and _opens_briefs(lines, at)
    ]
    return sorted([*titles, *added], key=lambda title: title.start)


def _opens_briefs(lines: Sequence[SourceLine], at: int) -> bool:
    line = lines[at]
    is_followed = at + 1 < len(lines) and _is_item(lines, at + 1)
    if at + 2 < len(lines) and BRIEFS_HEADING.fullmatch(bare(unmarked(line.text))):
        is_followed = is_followed or all(ends_sentence(one.text) for one in lines[at + 1 : at + 3])
    if at and IN_BRACKETS.fullmatch(line.text) and _is_item(lines, at - 1):
        return False  # who sent the item above
    if not is_followed or len(line.text) > 2 * MAX_SECTION_CHARS:
        return False
    if line.text[:1] == lines[at + 1].text[:1] and not BRACKETED.fullmatch(line.text):
        return False
    return is_wording(replace(line, text=unmarked(line.text)))


def _is_item(lines: Sequence[SourceLine], at: int) -> bool:
    """Tell whether a line is an item of short news: marked, and no name above a text."""
    is_last = at + 1 == len(lines) or BRIEF_MARK.match(lines[at + 1].text)
    is_name = is_marked_name(lines[at]) and not is_last
    return BRIEF_MARK.match(lines[at].text) is not None and not is_name


def _judged(number: int, titles: Sequence[Title], lines: Sequence[SourceLine]) -> Title:
    """Return a title with what begins there."""
    title = titles[number]
    if title.is_said:
        return title
    follows = titles[number + 1].begin if number + 1 < len(titles) else len(lines)
    has_text = follows > title.end
    is_named = BRIEFS_HEADING.fullmatch(bare(title.text)) is not None
    if has_text and (is_named or _is_item(lines, title.end)):
        return replace(title, opens=Opens.BRIEFS, text="".join(title.text.split()))
    if not has_text and number + 1 < len(titles):
        why = "紧接着另一个标题"
        return replace(title, opens=Opens.SECTION, why=why)
    return title
