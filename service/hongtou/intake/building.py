"""The contract's parts → the domain's Issue, and every text of it as a passage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hongtou.bulletin.closing_block import FIELDS, LABELLED, ClosingBlock
from hongtou.bulletin.closing_places import Place
from hongtou.bulletin.issue import (
    Article,
    Brief,
    Briefs,
    Contents,
    EditorsNote,
    Issue,
    Masthead,
    Paragraph,
    Security,
    Series,
)
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.recipient import Recipient
from hongtou.intake import contract, recipients
from hongtou.intake.bodies import read_body
from hongtou.intake.paragraphs import styled_runs, without_brief_mark
from hongtou.intake.pointers import Path, pointer
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
    briefs = _groups_of_briefs(sent.briefs, recorder)
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
    overline = recorder.line(
        sent.overline, (*path, "overline"), Kind.NAMEPLATE, "报头·名称上方的小字"
    )
    nameplate = recorder.lines(
        sent.nameplate, (*path, "nameplate"), Kind.NAMEPLATE, "报头·简报名称"
    )
    return Masthead(
        overline=overline,
        nameplate=nameplate.lines(),
        year=sent_at(sent.year, (*path, "year")),
        issue_number=sent_at(sent.issue_number, (*path, "issue_number")),
        issue_label=recorder.line(
            sent.issue_label, (*path, "issue_label"), Kind.MASTHEAD, "报头·期号"
        ),
        issuing_bodies=_one_or_more(
            sent.issuing_body, (*path, "issuing_body"), Kind.MASTHEAD, "报头·编发单位", recorder
        ),
        issue_date=sent_at(sent.issue_date, (*path, "issue_date")),
        total_number=sent_at(sent.total_number, (*path, "total_number")),
        series=Series(sent.series or Series.REGULAR),
        notice=notice,
        security=security,
        urgency=sent_at(sent.urgency or "", (*path, "urgency")),
        copy_number=sent_at(sent.copy_number, (*path, "copy_number")),
    )


def _one_or_more(
    sent: str | Sequence[str],
    path: Path,
    kind: Kind,
    place: str,
    recorder: PassageRecorder,
    counted: str = "项",
) -> tuple[str, ...]:
    """Return what was sent as one line or as a list of them."""
    if isinstance(sent, str):
        return (recorder.line(sent, path, kind, place),)
    return tuple(
        recorder.line(line, (*path, at), kind, f"{place}第{at + 1}{counted}")
        for at, line in enumerate(sent)
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
    section = recorder.line(sent.section, (*path, "section"), Kind.SECTION, f"{place}栏目")
    kicker = recorder.line(sent.kicker, (*path, "kicker"), Kind.KICKER, f"{place}引题")
    headline = recorder.lines(sent.headline, (*path, "headline"), Kind.HEADLINE, f"{place}标题")
    subhead = recorder.line(sent.subhead, (*path, "subhead"), Kind.SUBHEAD, f"{place}副题")
    byline = recorder.line(sent.byline, (*path, "byline"), Kind.BYLINE, f"{place}供稿单位")
    note = _note(sent.editors_note, (*path, "editors_note"), f"{place}按语", recorder)
    return Article(
        headline=headline,
        body=read_body(sent.body, (*path, "body"), place, recorder),
        section=section,
        kicker=kicker,
        subhead=subhead,
        contents_title=contents_title,
        byline=byline,
        editors_note=note,
    )


def _note(
    sent: str | contract.EditorsNote | None, path: Path, place: str, recorder: PassageRecorder
) -> EditorsNote | None:
    if sent is None or isinstance(sent, str):
        paragraphs = _note_paragraphs(sent or "", path, place, recorder)
        return EditorsNote(paragraphs) if paragraphs else None
    label = recorder.line(sent.label, (*path, "label"), Kind.LABEL, f"{place}标签")
    paragraphs = _note_paragraphs(sent.text, (*path, "text"), place, recorder)
    by = recorder.line(sent.by, (*path, "by"), Kind.EDITORS_NOTE_BY, f"{place}署名")
    return EditorsNote(paragraphs, label, by)


def _note_paragraphs(
    text: str, path: Path, place: str, recorder: PassageRecorder
) -> tuple[Paragraph, ...]:
    return tuple(
        recorder.paragraph(styled_runs(line), path, Kind.EDITORS_NOTE, f"{place}第{number}段")
        for number, line in enumerate(SourceText.of(text).lines(), start=1)
    )


def _groups_of_briefs(
    sent: contract.Briefs | Sequence[contract.Briefs] | None, recorder: PassageRecorder
) -> tuple[Briefs, ...]:
    """Return the groups of short news that hold any; several are counted for people."""
    if sent is None or isinstance(sent, contract.Briefs):
        return _briefs(sent, ("briefs",), "简讯", recorder)
    return tuple(
        group
        for at, one in enumerate(sent)
        for group in _briefs(one, ("briefs", at), f"简讯第{at + 1}组", recorder)
    )


def _briefs(
    sent: contract.Briefs | None, path: Path, place: str, recorder: PassageRecorder
) -> tuple[Briefs, ...]:
    if sent is None or not sent.items:
        return ()
    section = recorder.line(sent.section, (*path, "section"), Kind.SECTION, f"{place}栏目")
    heading = recorder.line(sent.heading, (*path, "heading"), Kind.BRIEFS_HEADING, f"{place}栏名")
    mark = recorder.line(sent.mark, (*path, "mark"), Kind.BRIEF, f"{place}符号")
    items = tuple(
        _brief(item, (*path, "items", at), f"{place}第{at + 1}条", mark, recorder)
        for at, item in enumerate(sent.items)
    )
    return (Briefs(heading or DEFAULT_BRIEFS_HEADING, items, section, mark, pointer(path)),)


def _brief(
    sent: str | contract.Brief, path: Path, place: str, mark: str, recorder: PassageRecorder
) -> Brief:
    if isinstance(sent, str):
        return Brief(_brief_paragraphs(sent, path, place, mark, recorder))
    headline = recorder.line(
        sent.headline, (*path, "headline"), Kind.BRIEF_HEADLINE, f"{place}标题"
    )
    paragraphs = _brief_paragraphs(sent.text, (*path, "text"), place, mark, recorder)
    byline = recorder.line(sent.byline, (*path, "byline"), Kind.BYLINE, f"{place}供稿单位")
    return Brief(paragraphs, byline, headline)


def _brief_paragraphs(
    text: str, path: Path, place: str, mark: str, recorder: PassageRecorder
) -> tuple[Paragraph, ...]:
    sent = SourceText.of(text).lines()
    first, *others = sent
    if mark and first.chars.startswith(mark):
        first = first.cut(len(mark), len(first.chars)).trimmed()
    lines = [line for line in (without_brief_mark(first), *others) if line.chars]
    return tuple(
        recorder.paragraph(styled_runs(line), path, Kind.BRIEF, place)
        for line in lines or sent  # a mark of letters may be all there is
    )


def _closing(sent: contract.Closing, masthead: Masthead, recorder: PassageRecorder) -> ClosingBlock:
    """Read the closing block, whose imprint is the masthead's unless it names another."""
    given = {key: getattr(sent, key) for key in FIELDS}
    values = {
        key: _closing_value(key, value, recorder)
        for key, value in given.items()
        if value is not None
    }
    closing = ClosingBlock(**values, labels=_labels(sent.labels, recorder))
    return replace(
        closing,
        imprint_body=closing.imprint_body or masthead.issuing_bodies[0],
        imprint_date=closing.imprint_date or masthead.issue_date,
    )


def _closing_value(key: str, value: object, recorder: PassageRecorder) -> Any:
    """Return a value as the domain holds it: its texts noted, a list of names as a tuple."""
    place = f"报尾·{FIELDS[key].title}"
    path: Path = ("closing", key)
    if FIELDS[key].place is Place.CONTACT and isinstance(value, str):
        return tuple(filter(None, _one_or_more(value, path, Kind.CLOSING, place, recorder)))
    if FIELDS[key].place is Place.COPIES and isinstance(value, list):
        return tuple(
            _recipient(member, (*path, at), f"{place}第{at + 1}项", recorder)
            for at, member in enumerate(value)
        )
    if isinstance(value, str):
        return recorder.line(value, path, Kind.CLOSING, place)
    if isinstance(value, list):
        counted = "人" if FIELDS[key].place is Place.PEOPLE else "项"
        return _one_or_more(value, path, Kind.CLOSING, place, recorder, counted)
    return sent_at(value, path)


def _recipient(
    sent: str | recipients.Recipient, path: Path, place: str, recorder: PassageRecorder
) -> Recipient:
    """Read who gets numbered copies; a name alone gets one."""
    if isinstance(sent, str):
        return Recipient(recorder.line(sent, path, Kind.RECIPIENT, place))
    name = recorder.line(sent.name, (*path, "name"), Kind.RECIPIENT, place)
    return Recipient(name, sent_at(sent.copies or 1, (*path, "copies")))


def _labels(sent: contract.Labels | None, recorder: PassageRecorder) -> tuple[tuple[str, str], ...]:
    """Return the labels that are given, in the order of the fields."""
    given = {key: getattr(sent, key, None) for key in LABELLED}
    return tuple(
        (
            key,
            recorder.line(
                label, ("closing", "labels", key), Kind.CLOSING, f"报尾·{LABELLED[key].title}的标签"
            ),
        )
        for key, label in given.items()
        if label and label.strip()
    )
