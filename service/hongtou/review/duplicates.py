"""Short news that stands in the issue twice."""

from __future__ import annotations

from collections.abc import Iterator

from hongtou.bulletin.passage import Kind
from hongtou.bulletin.patterns import Late
from hongtou.review.copy import Copy
from hongtou.review.rule import Remark

NO_LETTER = Late(r"[\W_]+")


def duplicate_briefs(copy: Copy) -> Iterator[Remark]:
    """Find a brief whose words, punctuation and spaces aside, an earlier one has."""
    first: dict[str, str] = {}
    for text in copy.texts:
        if text.kind is not Kind.BRIEF:
            continue
        words = NO_LETTER().sub("", text.chars)
        if not words:
            continue
        if words in first:
            message = f"与{first[words]}内容相同"
            yield Remark(text, 0, len(text.chars), message, "请删去其中一条")
        first.setdefault(words, text.place)
