"""An issue as a clerk would have typed it: paragraphs in the order of print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

NAMES = {"report_to": "报", "send_to": "送", "issue_to": "发", "extra_issue_to": "本期增发"}
DUTIES = {"approvers": "签发", "reviewers": "审核", "editors": "编辑", "proofreaders": "校对"}
BOLD = "**"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a manuscript: its role, its text with marks of bold, or a table's rows."""

    role: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def manuscript(issue: Mapping[str, Any]) -> list[Paragraph]:
    """Return the paragraphs of an issue: masthead, contents, articles, short news, closing."""
    return [*_masthead(issue["masthead"]), *_contents(issue), *_members(issue), *_closing(issue)]


def as_text(paragraphs: Sequence[Paragraph]) -> str:
    """Return a manuscript as a text file: tables with tabs, no bold."""
    lines = []
    for one in paragraphs:
        if one.rows:
            lines += ["\t".join(row) for row in one.rows]
        elif one.role != "picture":
            lines.append(one.text.replace(BOLD, ""))
    return "\n".join(lines) + "\n"


def _masthead(masthead: Mapping[str, Any]) -> Iterator[Paragraph]:
    security = masthead.get("security")
    if security:
        yield Paragraph("mark", "★".join(filter(None, (security["class"], security.get("term")))))
    for key in ("urgency", "notice", "overline"):
        if masthead.get(key):
            yield Paragraph("mark", masthead[key])
    yield Paragraph("nameplate", masthead["nameplate"])
    total = masthead.get("total_number")
    number = f"第{masthead['issue_number']}期" + (f"（总第{total}期）" if total else "")
    yield Paragraph("mark", number)
    yield Paragraph("mark", f"{masthead['issuing_body']}\u3000\u3000{_day(masthead['issue_date'])}")


def _contents(issue: Mapping[str, Any]) -> Iterator[Paragraph]:
    entries: list[str] = []
    before = ""
    for article in issue.get("articles", ()):
        section = article.get("section", "")
        if section and section != before:
            entries.append(section)
        before = section
        entries.append(f"◆{article['headline']}")
    if briefs := issue.get("briefs"):
        entries.append(f"◆{briefs['heading']}")
    if sum(entry.startswith("◆") for entry in entries) >= 2:
        yield Paragraph("contents", "目\u3000录")
        yield from (Paragraph("contents", entry) for entry in entries)


def _members(issue: Mapping[str, Any]) -> Iterator[Paragraph]:
    if note := issue.get("editors_note"):
        yield Paragraph("text", f"编者按：{note}")
    before = ""
    for article in issue.get("articles", ()):
        section = article.get("section", "")
        if section and section != before:
            yield Paragraph("section", section)
        before = section
        yield Paragraph("headline", article["headline"])
        if article.get("byline"):
            yield Paragraph("byline", article["byline"])
        yield from _body(article["body"])
    if briefs := issue.get("briefs"):
        yield Paragraph("section", briefs["heading"])
        yield from (Paragraph("text", f"★{item}") for item in briefs["items"])


def _body(body: str | Sequence[Any]) -> Iterator[Paragraph]:
    for member in body.split("\n") if isinstance(body, str) else body:
        if isinstance(member, str):
            yield Paragraph("text", member)
        else:
            yield from BLOCKS[member["type"]](member)


def _table(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    if block.get("caption"):
        yield Paragraph("caption", block["caption"])
    rows = [block["header"], *block["rows"]]
    yield Paragraph("table", rows=tuple(tuple(row) for row in rows))
    yield from (Paragraph("text", f"注：{note}") for note in block.get("notes", ()))


def _figure(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    yield Paragraph("picture", block["image"])
    yield Paragraph("caption", block["caption"])


def _figures(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    for item in block["items"]:
        yield from _figure(item)
    yield Paragraph("caption", block["caption"])


def _attachments(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    first, *others = block["items"]
    yield Paragraph("text", f"附件：{'1.' if others else ''}{first}")
    yield from (Paragraph("text", f"{number}.{item}") for number, item in enumerate(others, 2))


def _signoff(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    yield from (Paragraph("right", body) for body in block["bodies"])
    yield Paragraph("right", _day(block["date"]))


def _annex(block: Mapping[str, Any]) -> Iterator[Paragraph]:
    yield Paragraph("text", block["label"])
    yield Paragraph("headline", block["title"])
    yield from _body(block["body"])


BLOCKS = {
    "table": _table,
    "figure": _figure,
    "figures": _figures,
    "attachments": _attachments,
    "signoff": _signoff,
    "annex": _annex,
}


def _closing(issue: Mapping[str, Any]) -> Iterator[Paragraph]:
    closing, masthead = issue["closing"], issue["masthead"]
    for key, label in NAMES.items():
        if closing.get(key):
            yield Paragraph("text", f"{label}：{closing[key]}")
    body = closing.get("imprint_body", masthead["issuing_body"])
    day = _day(closing.get("imprint_date", masthead["issue_date"]))
    yield Paragraph("text", f"{body}\u3000\u3000{day}印发")
    staff = [
        f"{label}：{'　'.join(closing[key])}" for key, label in DUTIES.items() if key in closing
    ]
    run = f"\u3000共印{closing['print_run']}份" if closing.get("print_run") else ""
    yield Paragraph("text", "\u3000\u3000".join(staff) + run)
    if closing.get("contact"):
        yield Paragraph("text", f"联系方式：{closing['contact']}")


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.year}年{day.month}月{day.day}日"
