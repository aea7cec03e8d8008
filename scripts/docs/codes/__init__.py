"""Every code of a finding, declared once: ``docs/findings.md`` is written from here.

Severity, strength, source and remedy stand where a finding is made; the page takes them from the
finding that the example causes.
"""

from __future__ import annotations

from scripts.docs.codes import document, finished, review, setting
from scripts.docs.codes.example import Code

SUBJECTS = {
    # One spelling each, by which a client can tell findings apart.
    "issue": "整期",
    "layout": "版式",
    "document": "稿件的写法",
    "body": "正文的块",
    "masthead": "报头",
    "nameplate": "简报名称",
    "date": "日期",
    "text": "字符",
    "fonts": "字库",
    "section": "栏目",
    "headline": "标题",
    "heading": "小标题",
    "byline": "署名",
    "briefs": "简讯",
    "contents": "目录",
    "paragraphs": "段落",
    "markup": "别处的记号",
    "pasted": "复制来的版式",
    "unmarked": "没有用块或字段标明的部分",
    "punctuation": "标点",
    "pairs": "成对的标点",
    "spacing": "空格",
    "numerals": "数字",
    "numbering": "层次序数",
    "document-numbers": "发文字号",
    "duplicates": "重复",
    "table": "表格",
    "picture": "图片",
    "notes": "附注",
    "attachments": "附件说明",
    "annex": "附件",
    "salutation": "称呼",
    "signoff": "落款",
    "page-break": "分页",
    "editors-note": "按语",
    "labels": "标签",
    "security": "密级",
    "closing": "报尾",
    "booklet": "拼版",
    "copies": "份数",
    "lines": "行",
    "pages": "页",
    "findings": "检查结果",
    "preflight": "成品",
}

CODES: dict[str, Code] = {
    **document.CODES,
    **review.CODES,
    **setting.CODES,
    **finished.CODES,
}

__all__ = ["CODES", "SUBJECTS", "Code"]
