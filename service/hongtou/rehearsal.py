"""A small issue that uses everything, so that nothing is left to load for other issues."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hongtou.bulletin.errors import EngineFault, ReviewFailed
from hongtou.bulletin.order import Order, Purpose

MOST_TOLD = 5  # of what is wrong with a layout
Produce = Callable[[bytes, Order, Mapping[str, bytes]], object]


def rehearse(
    produce: Produce, layout: str, pictures: Mapping[str, bytes], outputs: Iterable[str]
) -> None:
    """Make every output of an issue that uses every field, whatever the limits are.

    Raises:
        ServiceError: the layout is faulty.
    """
    document = rehearsal(layout, pictures)
    try:
        for output in outputs:
            produce(document, Order(output, Purpose.PROOF, normalize=True), pictures)
    except (ReviewFailed, EngineFault) as cause:
        if not cause.findings:
            raise
        told = dict.fromkeys(f"{one.message}（{one.code}）" for one in cause.findings)
        raise EngineFault(
            f"版式“{layout}”排不出样稿：{'；'.join([*told][:MOST_TOLD])}",
            hint="请照 docs/layouts.md 改这个版式，或把它移出版式目录",
        ) from cause


def rehearsal(layout: str, pictures: Iterable[str]) -> bytes:
    """Return the JSON of an issue in a layout, with these pictures."""
    text = "排演一遍，数字 12.5、字母 Abc 与标点“……”都有。"
    body: list[Any] = [
        {"type": "salutation", "text": "各单位："},
        f"**{text}**",
        {"type": "heading", "level": 1, "text": "一、标题"},
        {"type": "table", "caption": "表", "header": ["甲", "乙"], "rows": [["一", "2"]]},
        *({"type": "figure", "image": one, "caption": "图", "width_mm": 20} for one in pictures),
        {"type": "note", "text": text},
        {"type": "attachments", "items": ["附件"]},
        {"type": "page_break"},
        {"type": "signoff", "bodies": ["编发单位"], "date": "2026-11"},
        {"type": "annex", "title": "附件", "body": text},
    ]
    headline = "排演的标题要长到排成两行，因为只有回行的标题才查词表"
    titles = {"headline": headline, "kicker": "引题", "subhead": "副题", "byline": "作者"}
    article = {**titles, "section": "栏目", "body": body}
    note = {"label": "批示", "text": text, "by": "作者"}
    issue = {
        "layout": layout,
        "masthead": {
            "overline": "会议",
            "nameplate": "工作简报",
            "year": 2026,
            "issue_number": 1,
            "total_number": 1,
            "issuing_body": "编发单位",
            "issue_date": "2026-11-01",
            "notice": "内部资料",
            "security": {"class": "秘密", "term": "1年"},
            "urgency": "特急",
            "copy_number": 1,
        },
        "contents": {"show": True, "page_numbers": True},
        "editors_note": note,
        "articles": [article, {**article, "editors_note": text, "body": text}],
        "briefs": {"mark": "■", "items": [text, {"headline": "标题", "text": text}]},
        "closing": {
            **{"report_to": "上级", "send_to": "同级", "issue_to": "下级", "print_run": 2},
            "recipients": ["领受单位", {"name": "另一单位", "copies": 1}],
        },
    }

    return json.dumps(issue, ensure_ascii=False).encode()
