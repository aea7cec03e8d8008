"""Parts sent as plain text, for which there is a block or a field that prints them otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import late
from hongtou.review.copy import Copy, note_at
from hongtou.review.patterns import SPACE
from hongtou.review.rule import FieldRemark, Remark

NAME = "附件"
NUMBER = "[0-9一二三四五六七八九十]{1,3}"
LABEL = late(f"{NAME}[{SPACE}]*(?:{NUMBER})?[：:]?")
HEADLINE = late(f"{NAME}[{SPACE}]*(?:{NUMBER}(?:[：:{SPACE}\n]|$)|[：:\n])")
ATTACHMENTS = late(f"{NAME}[{SPACE}]*(?:{NUMBER})?[：:](?=.)")
# 市委书记批示：同意。 An editors' note that quotes a remark goes on with a quotation mark.
LEADERS_REMARK = late(
    f"[^。！？；：:]{{0,40}}(?:批示|签批|批语|阅批)(?:如下)?[：:](?![{SPACE}]*[“‘「])(?=.)"
)
AS_ANNEX = (
    "如是附件，请放在所附文章的 body 末尾，写成附件块："
    '{"type": "annex", "label": "附件1", "title": "…", "body": […]}'
)


def annexes(copy: Copy) -> Iterator[Remark | FieldRemark]:
    """Find an annex (附件) that is an article or a paragraph, and so begins no page."""
    for at, article in enumerate(copy.issue.articles):
        if article.headline.startswith(NAME) and HEADLINE().match(article.headline):
            message = f"第{at + 1}篇像是附件，现排成一篇文章，不另起一面"
            yield FieldRemark(f"/articles/{at}/headline", message, AS_ANNEX)
    for text in copy.of(Kind.PARAGRAPH):
        if text.chars.startswith(NAME) and LABEL().fullmatch(text.chars):
            message = "像是附件的序号，现按一段正文排，不另起一面"
            yield Remark(text, 0, len(text.chars), message, AS_ANNEX)


def attachment_lists(copy: Copy) -> Iterator[Remark]:
    """Find the names of attachments (附件说明) in a paragraph, whose later lines hang nowhere."""
    for text in copy.of(Kind.PARAGRAPH):
        found = ATTACHMENTS().match(text.chars) if text.chars.startswith(NAME) else None
        if found:
            hint = '请写成附件说明块：{"type": "attachments", "items": ["…"]}'
            yield Remark(text, 0, found.end(), "像是附件说明，现按一段正文排", hint)


def leaders_remarks(copy: Copy) -> Iterator[Remark]:
    """Find the remark of a leader (批示) that is printed behind the label of an editors' note."""
    begun = ""
    for text in copy.of(Kind.EDITORS_NOTE):
        is_first, begun = text.pointer != begun, text.pointer
        note = note_at(copy, text.pointer)
        if not is_first or note is None or note.label:
            continue
        if found := LEADERS_REMARK().match(text.chars):
            hint = '请写上标签：{"label": "领导批示", "text": "…", "by": "…"}'
            yield Remark(text, 0, found.end(), "像是批示，却印在编者按的标签之后", hint)
