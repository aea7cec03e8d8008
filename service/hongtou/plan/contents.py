"""The contents list (目录)."""

from __future__ import annotations

from dataclasses import dataclass

from hongtou.bulletin.issue import Article, Issue, section_openings
from hongtou.bulletin.sent_text import in_one_line
from hongtou.compose.cells import TypeRun
from hongtou.plan.briefs import briefs_anchor
from hongtou.plan.set_text import SetText
from hongtou.plan.texts import TextSetter


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: its text, the anchor it leads to, the section that it opens.

    The entries of a section stand indented under its name.
    """

    text: SetText
    anchor: str
    section: SetText | None = None
    is_sectioned: bool = False


@dataclass(frozen=True, slots=True)
class ContentsPlan:
    """The contents list's heading and entries."""

    heading: SetText
    entries: tuple[Entry, ...]


def contents_titles(issue: Issue) -> list[tuple[str, str]]:
    """Return (title, anchor) of every entry, in order of appearance."""
    return [
        *(
            (_title(article), f"article-{number}")
            for number, article in enumerate(issue.articles, start=1)
        ),
        *(
            (group.heading, briefs_anchor(number))
            for number, group in enumerate(issue.briefs, start=1)
        ),
    ]


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
    sections = [member.section for member in issue.members]
    entries = []
    for (title, anchor), section, opens in zip(
        titles, sections, section_openings(issue), strict=True
    ):
        above = setter.text("contents_section", section) if opens else None
        text = _entry(mark, title, setter, _target(issue, anchor), is_sectioned=bool(section))
        entries.append(Entry(text, anchor, above, bool(section)))
    return ContentsPlan(heading_text, tuple(entries))


def _entry(
    mark: str, title: str, setter: TextSetter, target: str, *, is_sectioned: bool
) -> SetText:
    style = setter.style("contents_entry")
    room = setter.layout.em("contents.folio_room") * style.size_pt if target else 0.0
    under = setter.layout.pt("contents.section_indent") if is_sectioned else 0.0
    return setter.runs(
        "contents_entry",
        [TypeRun(mark, setter.style("contents_mark").role), TypeRun(title, style.role)],
        measure=setter.measure - room,
        indent=under + style.indent * setter.layout.character_pt if under else None,
        hanging=under + style.hanging * setter.layout.character_pt if under else None,
        target=target,
    )


def _target(issue: Issue, anchor: str) -> str:
    return anchor if issue.contents.page_numbers else ""


def _title(article: Article) -> str:
    return article.contents_title or in_one_line(article.headline)
