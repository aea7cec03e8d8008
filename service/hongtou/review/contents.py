"""Titles in the contents list (目录) against the headlines they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.finding import printable
from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.bulletin.sent_text import in_one_line
from hongtou.review.copy import Copy
from hongtou.review.rule import Remark

NO_LETTER = Late(r"[\W_]+")


def differing_titles(copy: Copy) -> Iterator[Remark]:
    """Find a title that differs from its headline in punctuation or spaces alone.

    A title in other words is a short form that someone chose.
    """
    for text in copy.texts:
        if text.kind is not Kind.CONTENTS or not text.article:
            continue
        article = copy.issue.articles[int(text.article.rpartition("/")[2])]
        wanted = article.headline.replace("\n", "")
        as_broken = article.headline.replace("\n", " ")
        taken = (wanted, as_broken, in_one_line(article.headline))
        if text.chars not in taken and _letters(text.chars) == _letters(wanted):
            message = f"与标题「{printable(wanted)}」只有标点或空格不同"
            yield Remark(text, 0, len(text.chars), message, "请把两处统一", wanted)


def _letters(text: str) -> str:
    return NO_LETTER().sub("", text)
