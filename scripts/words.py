"""Write the word list of the composer from jieba's dictionary.

``make words`` writes ``service/hongtou/compose/words/words.txt`` as `word_list.py` there reads it.
jieba is locked in ``requirements/bench.txt``; words with a character that 通用规范汉字表 lacks are
left out: they are traditional or very rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from math import log
from pathlib import Path
from typing import NamedTuple

from hongtou.compose.words.word_list import ADJECTIVE, ADVERB, HERE, VERB, letter_of

STANDARD = Path(__file__).parents[1] / "fonts" / "charsets" / "standard-characters.txt"
WORD = re.compile(r"[\u3400-\u9fff〇]+")
# By jieba's tags: verbs; adverbs, 介词 and 连词; adjectives.
SPEECH = {"v": VERB, "d": ADVERB, "ad": ADVERB, "p": ADVERB, "c": ADVERB, "a": ADJECTIVE}


class Counted(NamedTuple):
    """How often a word was counted, and its part of speech by jieba's tags."""

    times: int
    tag: str


def jieba_words(text: str) -> dict[str, Counted]:
    """Return the words of jieba's dictionary; a line of it is word, count, tag."""
    rows = (line.split(" ") for line in text.splitlines())
    return {word: Counted(int(count), tag) for word, count, tag in rows if WORD.fullmatch(word)}


def lines(words: Mapping[str, Counted], standard: frozenset[str]) -> Iterator[str]:
    """Yield a line for each first character, its words in the order of their characters."""
    total = sum(word.times for word in words.values())
    of_first: dict[str, list[str]] = {}
    for word, (times, tag) in sorted(words.items()):
        if standard.issuperset(word):
            cost = log(total) - log(max(times, 1))
            entry = f"{word[1:]}={letter_of(cost)}{SPEECH.get(tag, '')}"
            of_first.setdefault(word[0], []).append(entry)
    for first, entries in of_first.items():
        yield " ".join([first, *entries])


def main() -> None:
    """Write the list."""
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise SystemExit("没有 jieba：请运行 make words")
    found = jieba_words(Path(spec.origin).with_name("dict.txt").read_text(encoding="utf-8"))
    standard = frozenset(STANDARD.read_text(encoding="utf-8"))
    written = "".join(f"{line}\n" for line in lines(found, standard))
    path = HERE / "words.txt"
    path.write_text(written, encoding="utf-8")
    print(f"已写出 {path.name}：{written.count('='):,} 个词（词典共 {len(found):,} 个）")


if __name__ == "__main__":
    main()
