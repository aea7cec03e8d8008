"""A small issue that uses everything, so that nothing is left to load for other issues."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any


def rehearsal(layout: str, pictures: Iterable[str]) -> bytes:
    """Return the JSON of an issue in a layout, with these pictures."""
    text = "排演一遍，数字 12.5、字母 Abc 与标点“……”都有。"
    body: list[Any] = [
        {"type": "salutation", "text": "各单位："},
        f"**{text}**",
        {"type": "heading", "level": 1, "text": "一、标题"},
        {"type": "table", "caption": "表", "header": ["甲", "乙"], "rows": [["一", "2"]]},
        *({"type": "figure", "image": name, "caption": "图"} for name in pictures),
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
        "articles": [article, {**article, "editors_note": text}],
        "briefs": {"mark": "■", "items": [text, {"headline": "标题", "text": text}]},
        "closing": {"report_to": "上级", "send_to": "同级", "issue_to": "下级", "print_run": 1},
    }
    return json.dumps(issue, ensure_ascii=False).encode()
