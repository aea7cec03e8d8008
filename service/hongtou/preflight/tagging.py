"""Rules on the tags of a file, by which readers who do not see take it in.

The tree of structure holds every text once, in an order with headings that lead, and says what
cannot be heard: pictures, headers of columns, where a link goes. Sections are those of ISO 32000-1.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, pairwise

from hongtou.preflight.inspected_pdf import InspectedPdf
from hongtou.preflight.rule import Fault, Rule, on_page

MARK = re.compile(rb"/MCID (\d+)>> BDC")
HEADING = re.compile(rb"/H([1-6])")
NAMED = re.compile(rb"(\((?:[^()\\]|\\.)*\)|<[0-9a-f]*>) \[", re.S)
SILENT = {b"()", b"<>", b"<feff>"}  # strings that say nothing


def _out_of_the_tree(inspected: InspectedPdf) -> Iterator[Fault | str]:
    """Yield what a reader of tags would miss, or be told twice."""
    count = len(inspected.objects.matches["element"])
    if not len(inspected.tags) == sum([len(tag.parts) for tag in inspected.tags]) + 1 == count:
        yield "有标签不在结构树里，或在里面两次"
    held = Counter(chain.from_iterable([tag.marks for tag in inspected.tags]))
    for page in inspected.pages:
        numbers = MARK.findall(page.own)
        there = [held.pop((page.reference, number), 0) for number in numbers]
        if there.count(1) < len(numbers):
            yield on_page(page.number, "有文字不在结构树里，或在里面两次")
    if held:
        yield "结构树里有页面上没有的文字"


def _skipping(inspected: InspectedPdf) -> Iterator[str]:
    """Yield headings that do not lead to one another, as in `web_page.py`."""
    found = (HEADING.fullmatch(tag.role) for tag in inspected.tags)
    levels = [int(heading[1]) for heading in found if heading]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield "一级标题不是唯一的一个，或不在最前"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"标题从 {above} 级跳到 {below} 级"


def _without_alternative(inspected: InspectedPdf) -> Iterator[str]:
    for match in inspected.objects.matches["element"].values():
        if match["S"] == b"/Figure" and (match["Alt"] or b"()") in SILENT:
            yield "有图片没有替代文字"


def _without_headers(inspected: InspectedPdf) -> Iterator[str]:
    """Yield cells of a table's head that are no headers of their columns."""
    rows = {
        number: inspected.objects.matches["element"].get(parent)
        for number, match in inspected.objects.matches["element"].items()
        if match["S"] == b"/TR" and (parent := inspected.objects.referred(match["P"]))
    }
    for match in inspected.objects.matches["element"].values():
        if match["S"] == b"/TH" and b"/Scope /Column" not in (match["A"] or b""):
            yield "有表头没有写明是哪一列的"
        elif match["S"] == b"/TD":
            part = rows.get(inspected.objects.referred(match["P"]))
            if part and part["S"] == b"/THead":
                yield "表头的格子没有标成表头"


def _unread_links(inspected: InspectedPdf) -> Iterator[str]:
    """Yield links that say nothing, lead nowhere, or are in no element that is a link."""
    (catalogue,) = inspected.objects.matches["catalogue"].values()
    names = {*NAMED.findall(catalogue["Names_Dests_Names"])}
    links = inspected.objects.matches["link"]
    if not links:
        return
    tagged = {link for tag in inspected.tags if tag.role == b"/Link" for link in tag.links}
    for number, match in links.items():
        if match["Contents"] in SILENT:
            yield "有链接没有文字"
        if match["Dest"] not in names:
            yield "有链接不知通向哪里"
        if number not in tagged:
            yield "有链接不在结构树里"


TAGS = Rule("preflight/tags", _out_of_the_tree)
HEADINGS = Rule("preflight/headings", _skipping)
ALTERNATIVES = Rule("preflight/alternatives", _without_alternative)
TABLE_HEADERS = Rule("preflight/table-headers", _without_headers)
LINKS = Rule("preflight/links", _unread_links)
TAG_RULES = (TAGS, HEADINGS, ALTERNATIVES, TABLE_HEADERS, LINKS)
