"""Bad inputs, one row each: what comes in, and what the sender is told.

An error class refuses the bytes, a (code, pointer) is a finding, None means: read as it is.
"""

from __future__ import annotations

import json
from typing import Any

from hongtou.bulletin.errors import MalformedDocument, ServiceError, TooLarge
from tests.support.documents import article, document, encoded, masthead

Expected = type[ServiceError] | tuple[str, str] | None

WHOLE = json.dumps(document(), ensure_ascii=False)


def body(text: Any) -> bytes:
    return encoded(document(articles=[article(body=text)]))


def block(**fields: Any) -> bytes:
    return body([fields])


def mast(**fields: Any) -> bytes:
    return encoded(document(masthead=masthead(**fields)))


def with_raw(value: str) -> bytes:
    """Return the whole issue with its issue number written as given."""
    return WHOLE.replace("33", value).encode()


BAD_BYTES: list[tuple[str, bytes, Expected]] = [
    ("empty body", b"", MalformedDocument),
    ("only spaces", b" \n", MalformedDocument),
    ("truncated", WHOLE.encode()[:-5], MalformedDocument),
    ("trailing comma", b'{"masthead": {},}', MalformedDocument),
    ("single quotes", b"{'masthead': {}}", MalformedDocument),
    ("two documents", WHOLE.encode() * 2, MalformedDocument),
    ("line break in a string", WHOLE.replace("推进", "推\n进").encode(), MalformedDocument),
    ("GBK", WHOLE.encode("gbk"), MalformedDocument),
    ("UTF-16", WHOLE.encode("utf-16"), MalformedDocument),
    ("UTF-16 without mark", WHOLE.encode("utf-16-le"), MalformedDocument),
    ("UTF-8 mark", b"\xef\xbb\xbf" + WHOLE.encode(), None),
    ("1000 deep", b"[" * 1_000 + b"]" * 1_000, MalformedDocument),
    ("100000 deep, never closed", b'{"a":' * 100_000, MalformedDocument),
    ("brackets in a string", body("[[[[[[[[[[[[[[[[[[[[[[[[[[。"), None),
    ("5000-digit integer", with_raw("9" * 5_000), MalformedDocument),
    ("19-digit integer", with_raw("9" * 19), MalformedDocument),
    ("18-digit integer", with_raw("9" * 18), ("document/out-of-range", "/masthead/issue_number")),
    ("NaN", with_raw("NaN"), ("document/wrong-type", "/masthead/issue_number")),
    ("Infinity", with_raw("-Infinity"), ("document/wrong-type", "/masthead/issue_number")),
    ("1e400", with_raw("1e400"), ("document/wrong-type", "/masthead/issue_number")),
    (
        "1e400 mm",
        block(type="figure", image="a.png", width_mm=float("inf")),
        ("document/wrong-type", "/articles/0/body/0/width_mm"),
    ),
    ("duplicate key", b'{"closing": {}, "closing": {}}', MalformedDocument),
    ("not an object", b"[]", ("document/wrong-type", "")),
    ("null", b"null", ("document/wrong-type", "")),
]

BAD_CHARACTERS: list[tuple[str, bytes, Expected]] = [
    ("lone surrogate", body("坏\ud800。"), ("text/lone-surrogate", "/articles/0/body")),
    (
        "lone surrogate in a key",
        encoded(document(**{"\ud800": 1})),
        ("text/lone-surrogate", "/\ufffd"),
    ),
    ("pair of surrogates", body("\U00020000字。"), None),
    ("NUL", body("坏\0。"), ("text/control-character", "/articles/0/body")),
    ("NUL in a key", encoded(document(**{"a\0": 1})), ("text/control-character", "/a\0")),
    ("C0 control", body("坏\x1b。"), ("text/control-character", "/articles/0/body")),
    ("C1 control", body("坏\x85。"), ("text/control-character", "/articles/0/body")),
    ("line separator", body("坏\u2028。"), ("text/control-character", "/articles/0/body")),
    ("U+FFFE", body("坏\ufffe。"), ("text/noncharacter", "/articles/0/body")),
    ("U+FDD0", body("坏\ufdd0。"), ("text/noncharacter", "/articles/0/body")),
    ("U+1FFFF", body("坏\U0001ffff。"), ("text/noncharacter", "/articles/0/body")),
    ("bidi override", body("坏\u202e。"), ("text/bidi-control", "/articles/0/body")),
    ("bidi isolate", body("坏\u2066。"), ("text/bidi-control", "/articles/0/body")),
    ("zero-width run", body("坏\u200b\u200d。"), ("text/zero-width-run", "/articles/0/body")),
    ("one zero-width space", body("好\u200b。"), ("text/zero-width", "/articles/0/body")),
    ("one byte order mark", body("\ufeff好。"), ("text/zero-width", "/articles/0/body")),
    (
        "5000 combining marks",
        body("坏" + "\u0301" * 5_000),
        ("text/too-many-marks", "/articles/0/body"),
    ),
    (
        "variation selector",
        body("好\ufe00。"),
        ("text/variation-selector", "/articles/0/body"),
    ),
    ("5 combining marks", body("a" + "\u0301" * 5), ("text/too-many-marks", "/articles/0/body")),
    ("4 combining marks", body("a" + "\u0301" * 4), None),
    (
        "line break in a line",
        mast(issuing_body="某市\n创建办"),
        ("text/line-break", "/masthead/issuing_body"),
    ),
    ("tab in a line", mast(notice="内部\t资料"), ("text/line-break", "/masthead/notice")),
]

BAD_SHAPES: list[tuple[str, bytes, Expected]] = [
    ("unknown field", encoded(document(title="x")), ("document/unknown-field", "/title")),
    (
        "misspelt field",
        encoded(document(articles=[article(hedline="x")])),
        ("document/unknown-field", "/articles/0/hedline"),
    ),
    (
        "unknown field with / and ~",
        encoded(document(**{"a/b~c": 1})),
        ("document/unknown-field", "/a~1b~0c"),
    ),
    (
        "unknown field named as a tag",
        block(type="note", text="x", **{"#text": 1}),
        ("document/unknown-field", "/articles/0/body/0/#text"),
    ),
    (
        "unknown field in a brief",
        encoded(document(briefs={"items": [{"text": "x", "by": "y"}]})),
        ("document/unknown-field", "/briefs/items/0/by"),
    ),
    ("number as text", mast(issue_number="3"), ("document/wrong-type", "/masthead/issue_number")),
    (
        "true for a number",
        mast(issue_number=True),
        ("document/wrong-type", "/masthead/issue_number"),
    ),
    (
        "1 for true",
        encoded(document(contents={"show": 1})),
        ("document/wrong-type", "/contents/show"),
    ),
    ("number for text", mast(nameplate=3), ("document/wrong-type", "/masthead/nameplate")),
    (
        "text for a list",
        encoded(document(closing={"editors": "陈炜"})),
        ("document/wrong-type", "/closing/editors"),
    ),
    (
        "null in a list",
        encoded(document(closing={"editors": [None]})),
        ("document/wrong-type", "/closing/editors/0"),
    ),
    ("missing part", b'{"closing": {}, "articles": []}', ("document/missing-field", "/masthead")),
    (
        "null for a wanted field",
        mast(issuing_body=None),
        ("document/missing-field", "/masthead/issuing_body"),
    ),
    (
        "null for a wanted date",
        mast(issue_date=None),
        ("document/missing-field", "/masthead/issue_date"),
    ),
    ("null for a wanted body", body(None), ("document/missing-field", "/articles/0/body")),
    ("null for a field that may be left out", mast(urgency=None, notice=None), None),
    ("unknown choice", mast(urgency="急"), ("document/unknown-choice", "/masthead/urgency")),
    (
        "unknown security class",
        mast(security={"class": "内部"}),
        ("document/unknown-choice", "/masthead/security/class"),
    ),
    (
        "empty headline",
        encoded(document(articles=[article(headline="")])),
        ("text/blank", "/articles/0/headline"),
    ),
    (
        "headline of spaces",
        encoded(document(articles=[article(headline=" \u3000\u200b")])),
        ("text/blank", "/articles/0/headline"),
    ),
    ("body of no text", body(""), ("text/blank", "/articles/0/body")),
    ("body of blank lines", body(["\n \n", "\u3000"]), ("text/blank", "/articles/0/body")),
    ("body of nothing", body([]), ("text/blank", "/articles/0/body")),
    (
        "brief of a mark alone",
        encoded(document(briefs={"mark": "※", "items": ["※"]})),
        ("text/blank", "/briefs/items/0"),
    ),
    (
        "brief with marks alone",
        encoded(document(briefs={"items": ["★★"]})),
        ("text/blank", "/briefs/items/0"),
    ),
    (
        "brief that is its own mark, in letters",
        encoded(document(briefs={"mark": "快讯", "items": ["快讯★"]})),
        None,
    ),
    (
        "brief of nothing",
        encoded(document(briefs={"items": ["★ "]})),
        ("text/blank", "/briefs/items/0"),
    ),
    ("nothing at all", encoded(document(articles=[])), ("issue/empty", "")),
    (
        "no brief, no article",
        encoded(document(articles=None, briefs={"items": []})),
        ("issue/empty", ""),
    ),
    ("briefs alone", encoded(document(articles=None, briefs={"items": ["一条。"]})), None),
]

BAD_SIZES: list[tuple[str, bytes, Expected]] = [
    ("2 MiB and a byte", b" " * (2 * 1024 * 1024 + 1), TooLarge),
    ("paragraph of 10^6", body("长" * 300_001), ("document/too-long", "/articles/0/body")),
    ("headline of 101", encoded(document(articles=[article(headline="长" * 101)])),
     ("document/too-long", "/articles/0/headline")),
    ("201 paragraphs", body("段。\n" * 201), ("document/too-long", "/articles/0/body")),
    ("200 paragraphs", body("段。\n" * 200), None),
    ("10000 articles", encoded(document(articles=[{}] * 10_000)),
     ("document/too-long", "/articles")),
    ("10000 rows", block(type="table", rows=[["1"]] * 10_000),
     ("document/too-long", "/articles/0/body/0/rows")),
    ("17 columns", block(type="table", rows=[["1"] * 17]),
     ("document/too-long", "/articles/0/body/0/rows/0")),
    ("101 briefs", encoded(document(briefs={"items": ["一条。"] * 101})),
     ("document/too-long", "/briefs/items")),
    ("brief of 501", encoded(document(briefs={"items": ["长" * 501]})),
     ("document/too-long", "/briefs/items/0")),
    ("nameplate of 31", mast(nameplate="长" * 31), ("nameplate/too-long", "/masthead/nameplate")),
    ("nameplate of three lines", mast(nameplate="城乡\n工作\n动态"),
     ("nameplate/too-many-lines", "/masthead/nameplate")),
]  # fmt: skip

BAD_VALUES: list[tuple[str, bytes, Expected]] = [
    ("markup", body("<script>alert(1)</script><style>@import 'x'</style></p><link rel=attachment>。"),
     None),
    ("templates", body("{{7*7}} {% include 'x' %} ${x} %s \\22 ;url()。"), None),
    ("30 February", mast(issue_date="2026-02-30"), ("date/impossible", "/masthead/issue_date")),
    ("year 0", mast(issue_date="0000-01-01"), ("date/impossible", "/masthead/issue_date")),
    ("year 9999", mast(issue_date="9999-01-01"), ("date/out-of-range", "/masthead/issue_date")),
    ("Chinese date", mast(issue_date="2026年2月3日"), ("date/unreadable", "/masthead/issue_date")),
    ("lunar date", mast(issue_date="腊月廿三"), ("date/unreadable", "/masthead/issue_date")),
    ("full-width digits", mast(issue_date="２０２６-０２-０３"),
     ("date/unreadable", "/masthead/issue_date")),
    ("week date", mast(issue_date="2026-W01-1"), ("date/unreadable", "/masthead/issue_date")),
    ("date as a number", mast(issue_date=20260203), ("document/wrong-type", "/masthead/issue_date")),
    ("issue number 0", mast(issue_number=0), ("document/out-of-range", "/masthead/issue_number")),
    ("issue number -1", mast(issue_number=-1), ("document/out-of-range", "/masthead/issue_number")),
    ("issue number 10000", mast(issue_number=10_000),
     ("document/out-of-range", "/masthead/issue_number")),
    ("unknown block", block(type="video"), ("body/unknown-block", "/articles/0/body/0")),
    ("block without a type", block(text="x"), ("body/unknown-block", "/articles/0/body/0")),
    ("heading of level 5", block(type="heading", level=5, text="x"),
     ("document/out-of-range", "/articles/0/body/0/level")),
    ("ragged table", block(type="table", header=["甲", "乙"], rows=[["1"]]),
     ("table/ragged-row", "/articles/0/body/0")),
    ("table without rows", block(type="table", rows=[]),
     ("document/empty-list", "/articles/0/body/0/rows")),
    ("table without columns", block(type="table", rows=[[]]),
     ("table/no-columns", "/articles/0/body/0")),
    ("number in a table", block(type="table", rows=[[1]]),
     ("document/wrong-type", "/articles/0/body/0/rows/0/0")),
    *(
        (f"image {name!r}", block(type="figure", image=name),
         ("picture/not-a-name", "/articles/0/body/0/image"))
        for name in ("https://example.cn/a.png", "../../etc/passwd", "..", "\\\\host\\a.png",
                     "asset:../x", "data:image/png;base64,AA", "file:///etc/passwd", "a/b.png", "")
    ),
    ("image not sent", block(type="figure", image="CON"),
     ("picture/not-sent", "/articles/0/body/0/image")),
    ("image sent", block(type="figure", image="a.png"), None),
    ("width of 0 mm", block(type="figure", image="a.png", width_mm=0),
     ("document/out-of-range", "/articles/0/body/0/width_mm")),
]  # fmt: skip

ROWS = [*BAD_BYTES, *BAD_CHARACTERS, *BAD_SHAPES, *BAD_SIZES, *BAD_VALUES]
