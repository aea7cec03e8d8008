"""Hypothesis strategies for whole issues that are valid: every field of the contract, any text."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import category, name

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests.support.shop import faces

Strategy = SearchStrategy[Any]

PICTURE = "图.png"
# What a bulletin is made of. No piece holds "**", which is markup where it pairs.
PHRASES = [
    "各单位要压实工作责任", "群众满意度不断提升", "深入开展城乡环境综合整治", "市委、市政府高度重视",
    "近日", "一要健全机制", "的", "了", "和", "习近平总书记指出", "二〇二六年", "全市",
]  # fmt: skip
MARKS = [
    "，", "。", "、", "；", "：", "？", "！", "……", "——", "·", "～", "“门前三包”", "‘小’", "《条例》",
    "（试行）", "【公告】", "〔2026〕12号", "「」", "”“", "），（", "！？", "﹏", "〇", "※", "→", "★", "●",
]  # fmt: skip
FIGURES = [
    "5544.58吨", "98.6%", "2026年11月23日", "80～90分", "3—5个", "12:30", "1.5万元", "0857-1234567",
    "100", "℃", "±0.5", "1/3", "１２", "①", "Ⅲ", "㎡", "3.14159265358979", "63辆",
]  # fmt: skip
LATIN = [
    "GDP", "AI+", "www.gov.cn", "café", "cafe\u0301", "Ångström", "Ü", "e", "Office 365", "fi ffl",
    "TAVATo", "x@example.cn", "Ж", "α", "https://example.cn/a?b=c&d=e#f", "http://",
]  # fmt: skip
CODE = [
    "<b>", "</p>", "&amp;", "&#60;", "{{ x }}", "{% x %}", "%s", "\\n", "'", '"', "`", "$(x)", "]]>",
    "a*b", "//", "{", "}", "url(x)", "--", "<!--",
]  # fmt: skip
SPACES = [" ", "\u3000", "\u00a0", "\u2003", "\u2009", "字\u200b字", "字\ufeff字"]


@cache
def repertoire() -> list[str]:
    """Return what all roles can set, but for spaces, lone combining marks and the mark of a lead-in."""
    held = [
        frozenset().union(*(face.characters() for face in faces().chain(role)))
        for role in faces().roles
    ]
    chars = map(chr, sorted(frozenset.intersection(*held)))
    return [char for char in chars if category(char)[0] not in "CMZ" and char != "*"]


@cache
def rare_han() -> list[str]:
    return [char for char in repertoire() if name(char, "").startswith("CJK UNIFIED")]


@cache
def pieces() -> Strategy:
    known = [
        st.sampled_from(each) for each in (PHRASES, PHRASES, MARKS, FIGURES, LATIN, CODE, SPACES)
    ]
    return st.one_of(
        *known,
        st.lists(st.sampled_from(rare_han()), min_size=1, max_size=6).map("".join),
        st.sampled_from(repertoire()),
    )


def texts(most: int, pieces_most: int = 12) -> Strategy:
    """Return texts of one line, at most this long, that are not blank."""
    joined = st.lists(pieces(), min_size=1, max_size=pieces_most).map("".join)
    return joined.map(lambda text: _fitted(text, most))


def _fitted(text: str, most: int) -> str:
    """Return a text without the pairs that would hide something of it, and not too long."""
    return text.replace("**", "*").strip()[:most].strip(" \u3000\u00a0\u200b\ufeff") or "字"


def long_texts(most: int) -> Strategy:
    """Return texts that now and then go on for many lines."""
    repeated = st.builds(
        lambda text, times: _fitted(text * times, most), texts(200), st.integers(2, 40)
    )
    return texts(most, 20) | texts(most, 20) | repeated


def maybe(strategy: Strategy) -> Strategy:
    return st.none() | strategy


def part(wanted: dict[str, Strategy], optional: dict[str, Strategy]) -> Strategy:
    """Return objects with the wanted fields and some of the others."""
    return st.fixed_dictionaries(wanted, optional=optional)


DAYS = st.dates().filter(lambda day: 1949 <= day.year < 2200).map(str)
DATES = DAYS | DAYS.map(lambda day: day[:7])
SECTIONS = st.sampled_from(["领导动态", "他山之石", "【调研思考】"])
COUNTS = st.integers(1, 999_999)
NAMES = st.lists(texts(30, 4), max_size=6)


def nameplates() -> Strategy:
    """Return names; two lines alike are one to PDFium, which takes the second for a shadow."""
    two = st.tuples(texts(14, 4), texts(14, 4)).map(lambda lines: f"{lines[0]}\n二{lines[1]}")
    return texts(30, 4) | two


def mastheads() -> Strategy:
    return part(
        {"nameplate": nameplates(), "issue_number": st.integers(1, 9999),
         "issuing_body": texts(200) | st.lists(texts(60), min_size=1, max_size=3), "issue_date": DATES},
        {"overline": texts(40), "year": st.integers(1949, 2199), "issue_label": texts(20),
         "total_number": COUNTS, "series": st.sampled_from(["regular", "supplement", "special"]),
         "notice": texts(200), "copy_number": COUNTS, "urgency": st.sampled_from(["特急", "加急"]),
         "security": part({"class": st.sampled_from(["秘密", "机密", "绝密"])}, {"term": texts(80)})},
    )  # fmt: skip


def headlines() -> Strategy:
    return texts(100) | st.tuples(texts(40), texts(40)).map("\n".join)


@st.composite
def paragraphs(draw: DrawFn) -> str:
    """Return a line of a body: plain, with a lead-in, or with a level number."""
    line = draw(long_texts(5_000))
    lead = draw(
        st.sampled_from(["", "", "", "", "**突出重点。**", "一、健全机制。", "（一）", "1.", "（1）",
                         "九十九、", "（一百零一）"])
    )  # fmt: skip
    return lead + line if len(line) < 4_900 else line


@st.composite
def tables(draw: DrawFn) -> dict[str, Any]:
    columns = draw(st.integers(1, 6))
    cell = st.just("") | texts(60, 3) | st.tuples(texts(30, 2), texts(30, 2)).map("\n".join)
    align = st.sampled_from(["left", "center", "right", "decimal"])
    row = st.lists(
        cell | part({"text": cell}, {"align": align}), min_size=columns, max_size=columns
    )
    tall = st.lists(long_texts(500), min_size=columns, max_size=columns)
    some = st.lists(row, min_size=1, max_size=12)
    behind = st.tuples(some, st.lists(tall, max_size=2)).map(lambda both: [*both[0], *both[1]])
    rows = some | behind | spanning_rows(columns, cell)
    return draw(
        part(
            {"type": st.just("table"), "rows": rows},
            {
                "caption": texts(100),
                "unit": texts(40),
                "header": row
                | st.lists(row, min_size=1, max_size=3)
                | spanning_rows(columns, cell),
                "total_rows": st.integers(0, 1),
                "notes": st.lists(texts(200), max_size=3),
                "align": st.lists(align, max_size=columns),
                "orientation": st.sampled_from(["portrait", "landscape"]),
            },
        )
    )


@st.composite
def spanning_rows(draw: DrawFn, columns: int, cell: Strategy) -> list[Any]:
    """Return rows under a cell at the left, more than a page holds or few, and one of one cell.

    Two below them now and then are as one, of double height: nothing begins in the second.
    """
    height = draw(st.integers(2, 3))
    rows = [[draw(cell) for _ in range(columns - 1)] for _ in range(height)]
    rows = [list(row) for row in rows * draw(st.sampled_from([1, 1, 1, 10]))]
    rows[0].insert(0, {"text": draw(cell), "rowspan": len(rows)})
    if columns == 1:
        rows = [[draw(cell)] for _ in range(height)]
    double = [[{"text": draw(cell), "rowspan": 2} for _ in range(columns)], []]
    return [*rows, *draw(st.sampled_from([[], double])), [{"text": draw(cell), "colspan": columns}]]


def blocks() -> Strategy:
    kinds = [
        part({"type": st.just("paragraph"), "text": long_texts(1_000)}, {}),
        part({"type": st.just("heading"), "level": st.integers(1, 4), "text": texts(100)}, {}),
        tables(),
        part(
            {"type": st.just("figure"), "image": st.just(PICTURE)},
            {"caption": texts(100), "width_mm": st.floats(0.5, 400), "alt": texts(100)},
        ),
        part(
            {
                "type": st.just("figures"),
                "items": st.lists(
                    part({"image": st.just(PICTURE)}, {"caption": texts(60)}),
                    min_size=2,
                    max_size=3,
                ),
            },
            {"caption": texts(100)},
        ),
        part({"type": st.just("note"), "text": texts(300)}, {}),
        part(
            {"type": st.just("attachments"), "items": st.lists(texts(200), min_size=1, max_size=5)},
            {},
        ),
        part({"type": st.just("salutation"), "text": texts(200)}, {}),
        part(
            {"type": st.just("signoff"), "bodies": st.lists(texts(60), min_size=1, max_size=3)},
            {"date": DATES},
        ),
        st.just({"type": "page_break"}),
    ]
    lines = st.lists(paragraphs(), min_size=1, max_size=6).map("\n".join)
    members = st.lists(lines | st.one_of(kinds), min_size=1, max_size=6)
    annex = part(
        {"type": st.just("annex"), "title": texts(60), "body": lines | members},
        {"label": texts(6, 1)},
    )
    return st.tuples(members, st.lists(annex, max_size=2)).map(lambda both: [*both[0], *both[1]])


def notes() -> Strategy:
    text = st.lists(long_texts(800), min_size=1, max_size=3).map("\n".join)
    return text | part({"text": text}, {"label": texts(6, 1), "by": texts(60)})


def articles() -> Strategy:
    lines = st.lists(paragraphs(), min_size=1, max_size=10).map("\n".join)
    return part(
        {"headline": headlines(), "body": lines | blocks()},
        {
            "kicker": texts(200),
            "subhead": texts(200),
            "contents_title": texts(200),
            "byline": texts(200),
            "section": SECTIONS,
            "editors_note": notes(),
        },
    )


def briefs() -> Strategy:
    text = st.tuples(st.sampled_from(["近日，", "★近日，", "● 近日，"]), texts(300)).map("".join)
    lines = text | st.tuples(text, texts(150)).map("\n".join)
    item = lines | part({"text": lines}, {"byline": texts(100), "headline": texts(60)})
    group = part(
        {"items": st.lists(item, min_size=1, max_size=8)},
        {
            "heading": texts(100),
            "section": SECTIONS,
            "mark": st.sampled_from(["■", "※", "★", "【一】"]),
        },
    )
    return group | st.lists(group, min_size=1, max_size=3)


def closings() -> Strategy:
    recipients = long_texts(300)
    return part(
        {},
        {"report_to": recipients, "send_to": recipients, "issue_to": recipients,
         "extra_issue_to": recipients, "imprint_body": texts(200), "imprint_date": DATES,
         "print_run": COUNTS, "approvers": NAMES, "reviewers": NAMES, "editors": NAMES,
         "proofreaders": NAMES, "contact": texts(200) | st.lists(texts(60), max_size=3),
         "recipients": NAMES,
         "labels": part({}, {"report_to": texts(6, 1), "editors": texts(6, 1), "contact": texts(6, 1)})},
    )  # fmt: skip


@st.composite
def issues(draw: DrawFn) -> dict[str, Any]:
    """Return an issue as it is sent."""
    issue: dict[str, Any] = draw(
        part(
            {"masthead": mastheads(), "closing": closings(),
             "layout": st.sampled_from(["dongtai", "jianbao"])},
            {"contents": part({}, {"show": maybe(st.booleans()), "page_numbers": st.booleans(),
                                   "heading": texts(100)}),
             "editors_note": notes(),
             "briefs": briefs()},
        )
    )  # fmt: skip
    least = 0 if "briefs" in issue else 1
    issue["articles"] = draw(st.lists(articles(), min_size=least, max_size=4))
    return issue
