"""Judge where headlines are broken: by jieba's words, and by how long their lines are.

usage: python -m benchmarks.typography.headlines [FILE]

FILE holds a headline a line; headlines.txt beside this file holds fifty of two lines each. jieba
divides each into words by its own rules, with its model of unlisted words.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from statistics import mean

from tests.support.shop import compositor, layouts

NEAR = 2  # characters: lines no further apart look alike
HEADLINES = Path(__file__).with_name("headlines.txt")


@dataclass(frozen=True, slots=True)
class Judged:
    """A headline of several lines: its breaks inside a word of jieba's, by what stands there.

    ``least`` is how many characters its lines must be apart if no word of jieba's is torn.
    """

    lines: tuple[str, ...]
    torn: tuple[str, ...]
    least: int

    @property
    def apart(self) -> int:
        """Return how many characters the longest line is longer than the shortest."""
        return _apart([0, *accumulate(map(len, self.lines))])


def main() -> None:
    """Print every headline that is torn, and the figures of all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path, default=HEADLINES)
    headlines = parser.parse_args().file.read_text(encoding="utf-8").splitlines()
    found = [judged(lines) for lines in map(broken, filter(None, headlines)) if len(lines) > 1]
    for headline in found:
        for place in headline.torn:
            sys.stdout.write(f"{place}  {' / '.join(headline.lines)}\n")
        if headline.apart > NEAR:
            sys.stdout.write(
                f"{headline.apart} apart, at least {headline.least}  {' / '.join(headline.lines)}\n"
            )
    apart = [headline.apart for headline in found]
    sys.stdout.write(
        f"headlines of two lines or more: {len(found)}\n"
        f"breaks: {sum(len(headline.lines) - 1 for headline in found)}\n"
        f"inside a word: {sum(len(headline.torn) for headline in found)}\n"
        f"lines apart, characters: mean {mean(apart):.1f}, "
        f"{sum(each <= NEAR for each in apart)} at most {NEAR}, {sum(each <= 3 for each in apart)} at most 3\n"
    )


def broken(headline: str) -> tuple[str, ...]:
    """Return the lines of a headline in the style and on the measure of the layouts."""
    layout = layouts()["dongtai"]
    style = layout.styles["headline"]
    measure = layout.pt("page.type_area_width")
    lines = compositor().balanced(headline, style.role, style.size_pt, measure)
    return tuple(line.text for line in lines)


def judged(lines: Sequence[str]) -> Judged:
    """Hold the breaks of a headline against the words that jieba finds in it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its patterns have escapes that Python deprecates
        import jieba
    jieba.setLogLevel("WARNING")
    text = "".join(lines)
    ends = list(accumulate(map(len, jieba.cut(text))))
    places = accumulate(map(len, lines[:-1]))
    torn = tuple(f"{text[at - 3 : at]}｜{text[at : at + 3]}" for at in places if at not in ends)
    least = min(
        _apart([0, *breaks, len(text)]) for breaks in combinations(ends[:-1], len(lines) - 1)
    )
    return Judged(tuple(lines), torn, least)


def _apart(ends: Sequence[int]) -> int:
    lengths = [end - start for start, end in pairwise(ends)]
    return max(lengths) - min(lengths)


if __name__ == "__main__":
    main()
