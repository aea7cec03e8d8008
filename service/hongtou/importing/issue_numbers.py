"""The number of an issue (期号): 第3期, 〔2026〕第12期（总第88期）, 第5、6期合刊."""

from __future__ import annotations

import re
from typing import Any

from hongtou.bulletin.issue import MOST_NUMBER, YEARS
from hongtou.importing.dates import COUNT, YEAR, value

ISSUE_NUMBER = re.compile(
    rf"(?:[（(〔\[【]?(?P<year>{YEAR})年?[）)〕\]】]?)?[（(]?(?P<series>增刊|专刊)?[）)]?"
    rf"[（(]?第(?P<number>{COUNT})期[）)]?(?:[·，、]?[（(]?总第?(?P<total>{COUNT})期[）)]?)?"
)
TOTAL_NUMBER = re.compile(rf"[（(]?总第?({COUNT})期[）)]?")
ISSUE_LABEL = re.compile(r"(?:\d{4}年)?第.{1,16}期(?:合刊)?(?:[（(].{1,10}[）)])?")
# （2026—2027学年第一学期第3期）, 〔2026〕18号, 第18号
OTHER_LABEL = re.compile(
    rf"[（(][^（）()]{{1,24}}第(?:{COUNT})期[）)]"
    rf"|(?:[〔\[（(](?:{YEAR})[〕\]）)]第?|第)(?:{COUNT})号"
)
OF_LABEL = re.compile(f"(?:第|[〕\\]）)])({COUNT})[期号]")
FIRST_COUNT = re.compile(f"第({COUNT})")  # not the year before it
OF_NUMBER = ("issue_number", "issue_label", "year", "total_number", "series")
SERIES = {"增刊": "supplement", "专刊": "special"}


def read_number(text: str) -> dict[str, Any]:
    """Return the fields of the masthead that a text is; nothing of a text that is no number."""
    if found := ISSUE_NUMBER.fullmatch(text):
        numbers = {"issue_number": "number", "year": "year", "total_number": "total"}
        fields = {key: value(found[group]) for key, group in numbers.items() if found[group]}
        is_one = all(fields.values()) and fields.get("year", YEARS.start) in YEARS
        if not is_one or fields["issue_number"] > MOST_NUMBER:
            return {}
        return fields | ({"series": SERIES[found["series"]]} if found["series"] else {})
    if found := TOTAL_NUMBER.fullmatch(text):
        return {"total_number": value(found[1])} if value(found[1]) else {}
    is_label = ISSUE_LABEL.fullmatch(text) or OTHER_LABEL.fullmatch(text)
    return read_label(text) if is_label else {}


def read_label(text: str) -> dict[str, Any]:
    """Return a text of any form as the number of an issue, if a number is in it."""
    found = OF_LABEL.search(text) or FIRST_COUNT.search(text) or re.search(f"({COUNT})", text)
    number = value(found[1]) if found else 0
    return {"issue_number": number, "issue_label": text} if 0 < number <= MOST_NUMBER else {}
