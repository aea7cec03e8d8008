"""The contents list (目录)."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.issue import Article, Issue
from hongtou.bulletin.sent_text import unbroken
from hongtou.compose.cells import TypeRun
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: its text and the anchor it leads to."""

    text: SetText
    anchor: str


@dataclass(frozen=True, slots=True)
class ContentsPlan:
    """The contents list's heading and entries."""

    heading: SetText
    entries: tuple[Entry, ...]


def contents_titles(issue: Issue) -> list[tuple[str, str]]:
    """Return (title, anchor) of every entry, in order of appearance."""
    titles = [
        (_title(article), f"article-{number}")
        for number, article in enumerate(issue.articles, start=1)
    ]
    if issue.briefs is not None and issue.briefs.items:
        titles.append((issue.briefs.heading, "briefs"))
    return titles


def plan_contents(issue: Issue, setter: TextSetter) -> ContentsPlan | None:
    """Set the contents list; None where the issue shows none."""
    layout = setter.layout
    titles = contents_titles(issue)
    show = issue.contents.show
    if show is None:
        show = len(titles) >= layout.count("contents.show_from")
    if not show:
        return None
    heading = issue.contents.heading or layout.text("contents.heading")
    mark = layout.text("contents.mark")
    heading_text = setter.text(
        "contents_heading",
        heading,
        before=layout.lines("contents.space_above"),
        after=layout.lines("contents.space_below"),
    )
    entries = []
    for title, anchor in titles:
        text = _entry(mark, title, setter, _target(issue, anchor))
        entries.append(Entry(text, anchor))
    return ContentsPlan(heading_text, tuple(entries))


def _entry(mark: str, title: str, setter: TextSetter, target: str) -> SetText:
    style = setter.style("contents_entry")
    room = setter.layout.em("contents.folio_room") * style.size_pt if target else 0.0
    return setter.runs(
        "contents_entry",
        [TypeRun(mark, setter.style("contents_mark").role), TypeRun(title, style.role)],
        measure=setter.measure - room,
        target=target,
    )


def _target(issue: Issue, anchor: str) -> str:
    return anchor if issue.contents.page_numbers else ""


def _title(article: Article) -> str:
    return article.contents_title or unbroken(article.headline)
