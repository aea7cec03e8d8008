"""What an issue prints, told from the contract alone: every character in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unicodedata import normalize

Part = dict[str, Any]

# What is set as a gap, and what word processors leave behind and the service drops.
UNPRINTED = re.compile("[\\s\u200b\u2060\ufeff\u00ad]+")
SERIES = {"regular": "", "supplement": "增刊", "special": "专刊"}
DISTRIBUTION = {
    "report_to": "报：",
    "send_to": "送：",
    "issue_to": "发：",
    "extra_issue_to": "本期增发：",
}
STAFF = {
    "approvers": "签发：",
    "reviewers": "审核：",
    "editors": "编辑：",
    "proofreaders": "校对：",
}
NOTE_OPENINGS = ("按语", "编者按", "按：", "【", "〔", "［")
BRIEF_MARK = re.compile(r"[★●■◆·•][ \u3000]*")
SIGNED = {"jianbao"}  # layouts that set who wrote an article at its end
ENTRY_END = r"…*\d+"  # leader and folio of a contents entry


def packed(text: str) -> str:
    """Return the characters that are printed; é and e with an accent are one."""
    return UNPRINTED.sub("", normalize("NFC", text))


def patterns(issue: Part) -> list[str]:
    """Return a pattern for each text of an issue, in the order in which they are read."""
    head = issue["masthead"]
    body = issue.get("articles") or []
    briefs = issue.get("briefs") or {}
    signed = issue.get("layout") in SIGNED
    return [
        *_masthead(head),
        *_contents(issue, body, briefs),
        *_note(issue.get("editors_note")),
        *(each for article in body for each in _article(article, signed)),
        *_briefs(briefs),
        *_closing(issue["closing"], head),
    ]


def _text(text: str | None) -> str:
    return re.escape(packed(text or ""))


def _either(choices: list[str]) -> str:
    return f"(?:{'|'.join(choices)})"


def _masthead(head: Part) -> Iterator[str]:
    marks = [
        *_security(head.get("security")),
        *filter(None, (head.get("urgency"), head.get("notice"))),
    ]
    number = f"{head['copy_number']:06d}" if head.get("copy_number") else ""
    first = packed(marks[0]) if marks else ""
    # The copy number ends the line on which the first mark begins: some readers find it there.
    yield _either([re.escape(first[:at] + number + first[at:]) for at in range(len(first) + 1)])
    yield from map(_text, marks[1:])
    total = f"（总第{head['total_number']}期）" if head.get("total_number") else ""
    yield _text(head["nameplate"])
    yield _text(f"{SERIES[head.get('series', 'regular')]}第{head['issue_number']}期{total}")
    yield _text(head["issuing_body"])
    yield _text(_date(head["issue_date"]))


def _security(security: Part | None) -> list[str]:
    if not security:
        return []
    return [
        f"{security['class']}★{security['term']}" if security.get("term") else security["class"]
    ]


def _date(iso: str) -> str:
    year, month, day = map(int, iso.split("-"))
    return f"{year}年{month}月{day}日"


def _contents(issue: Part, articles: list[Part], briefs: Part) -> Iterator[str]:
    wish = issue.get("contents") or {}
    titles = [one.get("contents_title") or one["headline"] for one in articles]
    titles += [briefs.get("heading") or "工作简讯"] if briefs else []
    show = wish.get("show")
    if not (len(titles) >= 2 if show is None else show):
        return
    yield _text(wish.get("heading") or "目录")
    for title in titles:
        yield "◆" + _text(title) + (ENTRY_END if wish.get("page_numbers") else "")


def _note(note: str | None) -> Iterator[str]:
    for number, line in enumerate((note or "").split("\n")):
        label = "" if number or not note or line.startswith(NOTE_OPENINGS) else "编者按："
        yield _text(label + line)


def _article(article: Part, signed: bool) -> Iterator[str]:
    names = (
        ("kicker", "headline", "subhead") if signed else ("kicker", "headline", "subhead", "byline")
    )
    for name in names:
        yield _text(article.get(name))
    yield from _note(article.get("editors_note"))
    body = article["body"]
    for block in [body] if isinstance(body, str) else body:
        yield from _block({"type": "text", "text": block} if isinstance(block, str) else block)
    if signed:
        yield _text(article.get("byline"))


def _block(block: Part) -> Iterator[str]:
    match block["type"]:
        case "table":
            yield from _table(block)
        case "figure":
            yield _text(block.get("caption"))
        case "attachments":
            yield from _attachments(block["items"])
        case _:
            yield _text(block["text"].replace("**", ""))


def _table(table: Part) -> Iterator[str]:
    """Yield caption, header and rows; a page on which a table goes on begins with the header."""
    yield _text(table.get("caption"))
    header = "".join(map(_text, table.get("header") or []))
    yield header
    for number, row in enumerate(table["rows"]):
        again = f"(?:{header})?" if number and header else ""
        yield again + "".join(map(_text, row))


def _attachments(items: list[str]) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        label = "附件：" if number == 1 else ""
        yield _text(label + (f"{number}．" if len(items) > 1 else "") + item)


def _briefs(briefs: Part) -> Iterator[str]:
    if briefs:
        yield _text(briefs.get("heading") or "工作简讯")
    for item in briefs.get("items", []):
        text, byline = (item, None) if isinstance(item, str) else (item["text"], item.get("byline"))
        yield _text(
            "★" + BRIEF_MARK.sub("", text, count=1) if BRIEF_MARK.match(text) else "★" + text
        )
        yield _text(f"（{byline}）" if byline else "")


def _closing(closing: Part, head: Part) -> Iterator[str]:
    for name, label in DISTRIBUTION.items():
        yield _text(label + closing[name] if closing.get(name) else "")
    yield _text(closing.get("imprint_body") or head["issuing_body"])
    yield _text(_date(closing.get("imprint_date") or head["issue_date"]) + "印发")
    yield _workforce(closing)
    yield _text(f"联系方式：{closing['contact']}" if closing.get("contact") else "")


def _workforce(closing: Part) -> str:
    """Return who answers for the issue; the print run ends the first row, wherever that ends."""
    people = [
        packed(label + "".join(closing[name])) for name, label in STAFF.items() if closing.get(name)
    ]
    run = f"共印{closing['print_run']}份" if closing.get("print_run") else ""
    places = range(1, len(people) + 1) if people else [0]
    return _either([re.escape("".join([*people[:at], run, *people[at:]])) for at in places])


def first_difference(wanted: list[str], text: str) -> str:
    """Return "" where a text is what was wanted, else the first part that is not there."""
    if re.fullmatch("".join(wanted), text):
        return ""
    at = 0
    for pattern in wanted:
        found = re.compile(pattern).match(text, at)
        if found is None:
            return f"wanted {pattern!r}\nfound  {text[at : at + len(pattern) + 20]!r}"
        at = found.end()
    return f"left over: {text[at:]!r}"
