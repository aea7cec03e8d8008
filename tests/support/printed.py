"""What an issue prints, told from the contract alone: every character in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple
from unicodedata import normalize

from hongtou.bulletin.table_grid import first_columns
from hongtou.pages.page import Pages
from hongtou.plan.structure import Element

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
GOES_ON = r"续表[0-9一二三四五六七八九十—.-]*"
ENTRY_END = r"…*\d+"  # leader and folio of a contents entry


def packed(text: str) -> str:
    """Return the characters that are printed; é and e with an accent are one."""
    return UNPRINTED.sub("", normalize("NFC", text))


def patterns(issue: Part) -> list[str]:
    """Return a pattern for each text of an issue, in the order in which they are read."""
    head = issue["masthead"]
    body = issue.get("articles") or []
    sent = issue.get("briefs") or []
    briefs = [group for group in (sent if isinstance(sent, list) else [sent]) if group.get("items")]
    signed = issue.get("layout") in SIGNED
    return [
        *_masthead(head),
        *_contents(issue, body, briefs),
        *_note(issue.get("editors_note")),
        *_sections(body, briefs, signed),
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
    told = packed("".join(marks))
    # The copy number ends the line on which the first mark begins, where others may stand beside
    # it: some readers find it there.
    yield _either([re.escape(told[:at] + number + told[at:]) for at in range(len(told) + 1)])
    total = f"（总第{head['total_number']}期）" if head.get("total_number") else ""
    yield _text(head.get("overline"))
    yield _text(head["nameplate"])
    year = f"{head['year']}年" if head.get("year") else ""
    label = head.get("issue_label") or f"第{head['issue_number']}期"
    yield _text(f"{year}{SERIES[head.get('series', 'regular')]}{label}{total}")
    yield from map(_text, _bodies(head))
    yield _text(_date(head["issue_date"]))


def _bodies(head: Part) -> list[str]:
    bodies = head["issuing_body"]
    return [bodies] if isinstance(bodies, str) else bodies


def _security(security: Part | None) -> list[str]:
    if not security:
        return []
    return [
        f"{security['class']}★{security['term']}" if security.get("term") else security["class"]
    ]


def _date(iso: str) -> str:
    year, month, *day = map(int, iso.split("-"))
    return f"{year}年{month}月" + "".join(f"{one}日" for one in day)


def _sections(articles: list[Part], briefs: list[Part], signed: bool) -> Iterator[str]:
    """Yield articles and short news, each section under its name, which is printed once."""
    before = ""
    for part in (*articles, *briefs):
        section = part.get("section") or ""
        yield _text(section if section != before else "")
        before = section
        yield from _article(part, signed) if "headline" in part else _briefs(part)


def _contents(issue: Part, articles: list[Part], briefs: list[Part]) -> Iterator[str]:
    wish = issue.get("contents") or {}
    titles = [one.get("contents_title") or one["headline"] for one in articles]
    titles += [group.get("heading") or "工作简讯" for group in briefs]
    show = wish.get("show")
    if not (len(titles) >= 2 if show is None else show):
        return
    yield _text(wish.get("heading") or "目录")
    before = ""
    for part, title in zip((*articles, *briefs), titles, strict=True):
        section = part.get("section") or ""
        yield _text(section if section != before else "")
        before = section
        yield "◆" + _text(title) + (ENTRY_END if wish.get("page_numbers") else "")


def _note(sent: str | Part | None) -> Iterator[str]:
    if isinstance(sent, dict):
        if not sent.get("label"):
            yield from _note(sent["text"])
        else:
            yield _text(f"{sent['label']}：{sent['text']}")
        yield _text(sent.get("by"))
        return
    note = sent
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
    blocks = _blocks(article["body"])
    at = next((at for at, one in enumerate(blocks) if one["type"] == "annex"), len(blocks))
    body = [one for one in blocks[:at] if one["type"] != "page_break"]
    end = len(body)
    while end and body[end - 1]["type"] == "note":
        end -= 1
    for block in body[:end]:
        yield from _block(block)
    notes = "".join(_text(block["text"]) for block in body[end:])
    byline = _text(article.get("byline")) if signed else ""
    # Notes at the end stand under the signature, but for those that a page break follows.
    yield _either([byline + notes, notes + byline])
    for block in blocks[at:]:
        yield from _block(block)


def _blocks(body: str | list[Any]) -> list[Part]:
    members = [body] if isinstance(body, str) else body
    return [{"type": "text", "text": one} if isinstance(one, str) else one for one in members]


def _block(block: Part) -> Iterator[str]:
    match block["type"]:
        case "table":
            yield from _table(block)
        case "figure":
            yield _text(block.get("caption"))
        case "figures":
            yield from (_text(item.get("caption")) for item in block["items"])
            yield _text(block.get("caption"))
        case "attachments":
            yield from _attachments(block["items"])
        case "signoff":
            yield from map(_text, block.get("bodies") or [])
            yield _text(_date(block["date"]) if block.get("date") else "")
        case "annex":
            yield _text(block.get("label") or "附件")
            yield _text(block["title"])
            for one in _blocks(block["body"]):
                yield from _block(one)
        case "page_break":
            return
        case _:
            yield _text(block["text"].replace("**", ""))


def _table(table: Part) -> Iterator[str]:
    """Yield what stands over the rows, the rows and the notes.

    A page on which a table goes on begins with what says so, the unit, the header, and cells that
    reach into its first row.
    """
    header = table.get("header") or []
    rows = header if header and isinstance(header[0], list) else [header]
    head = _text(table.get("unit")) + "".join(_row(row) for row in rows)
    yield _text(table.get("caption"))
    yield head
    for number, (row, again) in enumerate(zip(table["rows"], _again(table["rows"]), strict=True)):
        here = _row(row)
        yield f"(?:{GOES_ON}{head}{again}|{here})" if number else here
    yield from map(_text, table.get("notes") or [])


def _row(cells: list[Any]) -> str:
    return "".join(map(_cell, cells))


def _cell(cell: Any) -> str:
    return _text(cell["text"] if isinstance(cell, dict) else cell)


def _again(rows: list[list[Any]]) -> Iterator[str]:
    """Yield every row as it stands at the head of a page: cells that reach into it may stand again."""
    spans = [
        [SpanOf.of(cell) if isinstance(cell, dict) else SpanOf() for cell in row] for row in rows
    ]
    places = first_columns(spans, sum(span.colspan for span in spans[0]))
    reaching: list[tuple[int, int, str]] = []
    for number, (row, columns) in enumerate(zip(rows, places, strict=True)):
        own = [(column, _cell(cell)) for column, cell in zip(columns, row, strict=True)]
        above = [(column, f"(?:{text})?") for column, end, text in reaching if end > number]
        yield "".join(text for _, text in sorted(own + above))
        for (column, text), span in zip(own, spans[number], strict=True):
            if span.rowspan > 1:
                reaching.append((column, number + span.rowspan, text))


class SpanOf(NamedTuple):
    """How many columns and rows a sent cell takes."""

    colspan: int = 1
    rowspan: int = 1

    @classmethod
    def of(cls, cell: Part) -> SpanOf:
        """Read them from a cell."""
        return cls(cell.get("colspan", 1), cell.get("rowspan", 1))


def _attachments(items: list[str]) -> Iterator[str]:
    for number, item in enumerate(items, start=1):
        label = "附件：" if number == 1 else ""
        yield _text(label + (f"{number}." if len(items) > 1 else "") + item)


def _briefs(briefs: Part) -> Iterator[str]:
    yield _text(briefs.get("heading") or "工作简讯")
    mark = briefs.get("mark") or "★"
    for sent in briefs["items"]:
        item = {"text": sent} if isinstance(sent, str) else sent
        text = item["text"].removeprefix(mark).strip()
        text = BRIEF_MARK.sub("", text, count=1) if BRIEF_MARK.match(text) else text
        yield _text(mark + (item.get("headline") or ""))
        yield _text(text)
        yield _text(f"（{item['byline']}）" if item.get("byline") else "")


def _closing(closing: Part, head: Part) -> Iterator[str]:
    own = {key: f"{label}：" for key, label in (closing.get("labels") or {}).items() if label}
    for name, label in (DISTRIBUTION | own).items():
        if name in DISTRIBUTION:
            yield _text(label + closing[name] if closing.get(name) else "")
    yield _text(closing.get("imprint_body") or _bodies(head)[0])
    yield _text(_date(closing.get("imprint_date") or head["issue_date"]) + "印发")
    yield _workforce(closing, STAFF | own)
    contacts = closing.get("contact") or []
    contacts = [contacts] if isinstance(contacts, str) else contacts
    label = own.get("contact", "联系方式：" if len(contacts) == 1 else "")
    yield _text((label if contacts else "") + "".join(contacts))


def _workforce(closing: Part, labels: dict[str, str]) -> str:
    """Return who answers for the issue; the print run ends the first row, wherever that ends."""
    people = [packed(labels[name] + "".join(closing[name])) for name in STAFF if closing.get(name)]
    run = f"共印{closing['print_run']}份" if closing.get("print_run") else ""
    places = range(1, len(people) + 1) if people else [0]
    return _either([re.escape("".join([*people[:at], run, *people[at:]])) for at in places])


def in_reading_order(text: str, pages: Pages) -> str:
    """Return what a reader copied page by page in the order of the tags: what floats moves back.

    A page gives its texts in the order in which they stand, and none is longer or shorter for it.
    """
    order = {key: at for at, key in enumerate(_keys(pages.structure))}
    pieces: list[tuple[int, str]] = []
    at = place = 0
    for page in pages:
        for placed in page.texts:
            lines = [line.line.text for line in placed.lines]
            lines += [placed.ending.line.text] if placed.ending else []
            length = len(packed("".join(lines)))
            place = place if placed.repetition else order.get(placed.text.key, place)
            pieces.append((place, text[at : at + length]))
            at += length
    return "".join(piece for _, piece in sorted(pieces, key=itemgetter(0))) + text[at:]


def _keys(element: Element) -> Iterator[int]:
    """Yield the keys of texts in the order of reading."""
    yield from element.texts
    for part in element.parts:
        yield from _keys(part)


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
