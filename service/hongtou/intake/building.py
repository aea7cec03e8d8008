"""The contract's parts → the domain's Issue, and every text of it as a passage."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hongtou.bulletin.closing_block import FIELDS, ClosingBlock
from hongtou.bulletin.issue import (
    Article,
    Brief,
    Briefs,
    Contents,
    Issue,
    Masthead,
    Paragraph,
    Security,
    Series,
)
from hongtou.bulletin.passage import Kind
from hongtou.intake import contract
from hongtou.intake.bodies import read_body
from hongtou.intake.paragraphs import styled_runs, without_brief_mark
from hongtou.intake.pointers import Path
from hongtou.intake.recorder import PassageRecorder
from hongtou.intake.sent_values import sent_at
from hongtou.intake.source_text import SourceText

DEFAULT_LAYOUT = "dongtai"
DEFAULT_BRIEFS_HEADING = "工作简讯"


def build_issue(sent: contract.Issue, recorder: PassageRecorder) -> Issue:
    """Return the issue; ``recorder`` takes down its texts in reading order."""
    masthead = _masthead(sent.masthead, recorder)
    contents = _contents(sent, recorder)
    note = _note(sent.editors_note, ("editors_note",), "按语", recorder)
    contents_titles = [
        recorder.line(
            article.contents_title,
            ("articles", at, "contents_title"),
            Kind.CONTENTS,
            f"目录第{at + 1}条",
        )
        for at, article in enumerate(sent.articles or ())
    ]
    articles = tuple(
        _article(at, article, contents_titles[at], recorder)
        for at, article in enumerate(sent.articles or ())
    )
    briefs = _briefs(sent.briefs, recorder)
    return Issue(
        masthead=masthead,
        closing=_closing(sent.closing, masthead, recorder),
        layout=(sent.layout or DEFAULT_LAYOUT).strip(),
        contents=contents,
        editors_note=note,
        articles=articles,
        briefs=briefs,
    )


def _masthead(sent: contract.Masthead, recorder: PassageRecorder) -> Masthead:
    path: Path = ("masthead",)
    security = None
    if sent.security is not None:
        term = recorder.line(
            sent.security.term, (*path, "security", "term"), Kind.NOTICE, "报头·保密期限"
        )
        name = sent_at(sent.security.name, (*path, "security", "class"))
        security = Security(name, term)
    notice = recorder.line(sent.notice, (*path, "notice"), Kind.NOTICE, "报头·保存要求")
    nameplate = recorder.lines(
        sent.nameplate, (*path, "nameplate"), Kind.NAMEPLATE, "报头·简报名称"
    )
    return Masthead(
        nameplate=nameplate.lines(),
        issue_number=sent_at(sent.issue_number, (*path, "issue_number")),
        issuing_body=recorder.line(
            sent.issuing_body, (*path, "issuing_body"), Kind.MASTHEAD, "报头·编发单位"
        ),
        issue_date=sent_at(sent.issue_date, (*path, "issue_date")),
        total_number=sent_at(sent.total_number, (*path, "total_number")),
        series=Series(sent.series or Series.REGULAR),
        notice=notice,
        security=security,
        urgency=sent_at(sent.urgency or "", (*path, "urgency")),
        copy_number=sent_at(sent.copy_number, (*path, "copy_number")),
    )


def _contents(sent: contract.Issue, recorder: PassageRecorder) -> Contents:
    if sent.contents is None:
        return Contents()
    heading = recorder.line(
        sent.contents.heading, ("contents", "heading"), Kind.CONTENTS, "目录标题"
    )
    return Contents(sent.contents.show, bool(sent.contents.page_numbers), heading)


def _article(
    at: int, sent: contract.Article, contents_title: str, recorder: PassageRecorder
) -> Article:
    path: Path = ("articles", at)
    place = f"第{at + 1}篇"
    kicker = recorder.line(sent.kicker, (*path, "kicker"), Kind.KICKER, f"{place}引题")
    headline = recorder.lines(sent.headline, (*path, "headline"), Kind.HEADLINE, f"{place}标题")
    subhead = recorder.line(sent.subhead, (*path, "subhead"), Kind.SUBHEAD, f"{place}副题")
    byline = recorder.line(sent.byline, (*path, "byline"), Kind.BYLINE, f"{place}供稿单位")
    note = _note(sent.editors_note, (*path, "editors_note"), f"{place}按语", recorder)
    return Article(
        headline=headline,
        body=read_body(sent.body, (*path, "body"), place, recorder),
        kicker=kicker,
        subhead=subhead,
        contents_title=contents_title,
        byline=byline,
        editors_note=note,
    )


def _note(
    text: str | None, path: Path, place: str, recorder: PassageRecorder
) -> tuple[Paragraph, ...]:
    return tuple(
        recorder.paragraph(styled_runs(line), path, Kind.EDITORS_NOTE, f"{place}第{number}段")
        for number, line in enumerate(SourceText.of(text or "").lines(), start=1)
    )


def _briefs(sent: contract.Briefs | None, recorder: PassageRecorder) -> Briefs | None:
    if sent is None or not sent.items:
        return None
    heading = recorder.line(sent.heading, ("briefs", "heading"), Kind.BRIEFS_HEADING, "简讯栏名")
    items = tuple(_brief(at, item, recorder) for at, item in enumerate(sent.items))
    return Briefs(heading or DEFAULT_BRIEFS_HEADING, items)


def _brief(at: int, sent: str | contract.Brief, recorder: PassageRecorder) -> Brief:
    path: Path = ("briefs", "items", at)
    place = f"简讯第{at + 1}条"
    if isinstance(sent, str):
        return Brief(_brief_paragraphs(sent, path, place, recorder))
    paragraphs = _brief_paragraphs(sent.text, (*path, "text"), place, recorder)
    byline = recorder.line(sent.byline, (*path, "byline"), Kind.BYLINE, f"{place}供稿单位")
    return Brief(paragraphs, byline)


def _brief_paragraphs(
    text: str, path: Path, place: str, recorder: PassageRecorder
) -> tuple[Paragraph, ...]:
    first, *others = SourceText.of(text).lines()
    lines = [without_brief_mark(first), *others]
    return tuple(
        recorder.paragraph(styled_runs(line), path, Kind.BRIEF, place)
        for line in lines
        if line.chars
    )


def _closing(sent: contract.Closing, masthead: Masthead, recorder: PassageRecorder) -> ClosingBlock:
    """Read the closing block, whose imprint is the masthead's unless it names another."""
    given = {key: getattr(sent, key) for key in FIELDS}
    values = {
        key: _closing_value(key, value, recorder)
        for key, value in given.items()
        if value is not None
    }
    closing = ClosingBlock(**values)
    return replace(
        closing,
        imprint_body=closing.imprint_body or masthead.issuing_body,
        imprint_date=closing.imprint_date or masthead.issue_date,
    )


def _closing_value(key: str, value: object, recorder: PassageRecorder) -> Any:
    """Return a value as the domain holds it: its texts noted, a list of names as a tuple."""
    place = f"报尾·{FIELDS[key].title}"
    if isinstance(value, str):
        return recorder.line(value, ("closing", key), Kind.CLOSING, place)
    if isinstance(value, list):
        return tuple(
            recorder.line(name, ("closing", key, at), Kind.CLOSING, f"{place}第{at + 1}人")
            for at, name in enumerate(value)
        )
    return sent_at(value, ("closing", key))
