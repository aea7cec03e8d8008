"""The fields of the desk's form: every value of an issue beside its articles and short news.

A row of the closing block (`ClosingBlock`) has its field by itself. How a kind is shown and read is
written in ``static/desk/fields.js``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from hongtou.bulletin.closing_block import FIELDS, LABELLED, fields_at
from hongtou.bulletin.closing_places import Place
from hongtou.desk.following import ONCE
from hongtou.layouts import Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """A field: what it stands for in the issue, its label, how it is written.

    ``kind`` is text, number, date, flag, names (in one line), lines (one or more), named (texts
    with their names) or recipients (bodies with their copies), a line each. ``size`` is its width
    in characters, ``rows`` its height; ``choices`` are values and their words, "" those of none.
    """

    pointer: str
    title: str
    kind: str = "text"
    size: int = 12
    rows: int = 1
    unit: str = ""
    placeholder: str = ""
    choices: dict[str, str] = field(default_factory=dict)


CLOSING_KINDS = {
    Place.RECIPIENTS: "text",
    Place.IMPRINT_BODY: "text",
    Place.IMPRINT_DATE: "date",
    Place.PRINT_RUN: "number",
    Place.PEOPLE: "names",
    Place.CONTACT: "lines",
    Place.COPIES: "recipients",
}
WRITTEN_AS = {Place.COPIES: "一行一个单位，份数写在后面，如 市委办公室 3"}
ACCEPTED = ".docx,.doc,.wps,.txt,.pdf"  # the files of an old issue that a browser offers to choose
OF_ONE_ISSUE = {f"/{part}/{key}" for part, keys in ONCE.items() for key in keys}
YES_NO = {"true": "是", "false": "否"}
SERIES = {"regular": "正刊", "supplement": "增刊", "special": "专刊"}

NAMEPLATE = FormField(pointer="/masthead/nameplate", title="简报名称", rows=2, size=20)
ISSUE_LINE = (
    FormField(pointer="/masthead/issue_number", title="第", kind="number", size=3, unit="期"),
    FormField(pointer="/masthead/total_number", title="总第", kind="number", size=4, unit="期"),
    FormField(pointer="/masthead/issuing_body", title="编发单位", kind="lines", rows=1, size=14),
    FormField(pointer="/masthead/issue_date", title="印发日期", kind="date", size=13),
)
MORE_OF_MASTHEAD = (
    FormField(pointer="/masthead/overline", title="名称上方小字", size=18),
    FormField(pointer="/masthead/year", title="年份", kind="number", size=4, placeholder="不印"),
    FormField(
        pointer="/masthead/issue_label", title="期号写法", size=16, placeholder="合刊、汉字期号"
    ),
    FormField(
        pointer="/masthead/series",
        title="刊别",
        choices={"": f"默认（{SERIES['regular']}）", **SERIES},
    ),
    FormField(
        pointer="/masthead/notice", title="保存要求", size=16, placeholder="内部资料 注意保存"
    ),
    FormField(
        pointer="/masthead/security/class",
        title="密级",
        choices={"": "无", **{level: level for level in ("秘密", "机密", "绝密")}},
    ),
    FormField(pointer="/masthead/security/term", title="保密期限", size=6),
    FormField(
        pointer="/masthead/urgency",
        title="紧急程度",
        choices={"": "无", "特急": "特急", "加急": "加急"},
    ),
    FormField(pointer="/masthead/copy_number", title="份号", kind="number", size=6),
    FormField(
        pointer="/contents/show",
        title="目录",
        kind="flag",
        choices={"": "默认（两条起才印）", **YES_NO},
    ),
    FormField(
        pointer="/contents/page_numbers",
        title="目录带页码",
        kind="flag",
        choices={"": "默认（否）", **YES_NO},
    ),
    FormField(pointer="/contents/heading", title="目录标题", size=8, placeholder="目录"),
    FormField(pointer="/editors_note/label", title="按语标签", size=6, placeholder="编者按"),
    FormField(pointer="/editors_note/by", title="按语署名", size=10),
)
NOTE = FormField(pointer="/editors_note/text", title="按语", rows=2, size=40)
MASTHEAD_DEFAULTS = [
    one
    for one in MORE_OF_MASTHEAD
    if one.pointer in ("/masthead/overline", "/masthead/notice")
    or one.pointer.startswith("/contents/")
]


def plan_fields(layouts: Mapping[str, Layout], numberings: Mapping[str, str]) -> list[FormField]:
    """Return the fields of a publication's own plan."""
    titles = {name: layout.title for name, layout in layouts.items()}
    return [
        FormField(pointer="/nameplate", title="简报名称", size=24),
        FormField(pointer="/layout", title="版式", choices=titles),
        FormField(pointer="/issuing_body", title="编发单位", kind="lines", rows=1, size=24),
        FormField(pointer="/numbering", title="期号", choices=dict(numberings)),
        FormField(
            pointer="/first_total",
            title="总期号从",
            kind="number",
            size=5,
            unit="起",
            placeholder="不编",
        ),
    ]


def default_fields(fields: Iterable[FormField]) -> Iterator[FormField]:
    """Yield fields of an issue as those that all issues of a publication begin with."""
    for one in fields:
        if one.pointer not in OF_ONE_ISSUE:
            yield replace(one, pointer=f"/defaults{one.pointer}")


def list_fields() -> Iterator[FormField]:
    """Yield a field for the distribution lists of each row of recipients."""
    for key, printed in fields_at(Place.RECIPIENTS).items():
        yield FormField(
            pointer=f"/lists/{key}",
            title=printed.title,
            kind="named",
            rows=2,
            size=40,
            placeholder="名称：各单位，一份一行，如 县区：各县区创建办",
        )


def closing_fields() -> Iterator[FormField]:
    """Yield the fields of the closing block, in the order of its rows."""
    for key, printed in FIELDS.items():
        is_wide = printed.place in {Place.RECIPIENTS, Place.CONTACT, Place.COPIES}
        yield FormField(
            pointer=f"/closing/{key}",
            title=printed.title,
            kind=CLOSING_KINDS[printed.place],
            rows=2 if is_wide else 1,
            size=40 if is_wide else max(14, 2 * len(printed.description)),
            placeholder=WRITTEN_AS.get(printed.place, printed.description),
        )


def label_fields() -> Iterator[FormField]:
    """Yield the fields for labels of the closing block that are not the usual ones."""
    for key, printed in LABELLED.items():
        yield FormField(
            pointer=f"/closing/labels/{key}",
            title=f"“{printed.title}”改为",
            size=max(6, 2 * len(printed.title) + 1),
            placeholder=printed.title,
        )
