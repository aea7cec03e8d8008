"""Where words end: the division of a text that is likeliest by how common its words are.

The method is that of jieba (`jieba.cut` without its model of unlisted words): of all divisions
into listed words and single characters the one whose words have the highest common probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hongtou.bulletin.patterns import Late
from hongtou.compose.words.word_list import UNLISTED, word_list

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
PIECES = Late(rf"[{HAN}]+|[0-9A-Za-z.,%+#&_-]+|.", re.DOTALL)


def segment(text: str) -> Iterator[str]:
    """Yield the words of a text; a figure, a word in Latin and any mark is one too."""
    for piece in PIECES().findall(text):
        if piece[0] >= "\u3400" and len(piece) > 1:
            yield from _words(piece)
        else:
            yield piece


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text of nothing but Han."""
    listed = word_list()
    count = len(text)
    costs, ends = [0.0] * (count + 1), [0] * count
    for start in range(count - 1, -1, -1):
        costs[start], ends[start] = UNLISTED + costs[start + 1], start + 1
        for end, cost in listed.words_at(text, start):
            if cost + costs[end] < costs[start]:
                costs[start], ends[start] = cost + costs[end], end
    start = 0
    while start < count:
        yield text[start : ends[start]]
        start = ends[start]
