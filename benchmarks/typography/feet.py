"""Tell for every page of issues that ends a line or more short why it does.

usage: python -m benchmarks.typography.feet [--copyfit on|off] FILE.json ...

Reads the plan, not the PDF: a page is short by what make-up left free on it. Pictures lie beside
the file that names them.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from unittest import mock

from hongtou.bulletin.order import COPYFIT, Order, Paging
from hongtou.config import Config
from hongtou.pipeline import Typesetter
from hongtou.plan import plan
from hongtou.plan.drafts import PageDraft
from hongtou.plan.feet import lines_together
from hongtou.plan.fitting import Fitting
from hongtou.plan.galleys import HEADLINES, Joint
from hongtou.plan.last_page import lines_of
from hongtou.plan.makeup import Makeup
from hongtou.plan.texts import TextSetter
from hongtou.plan.units import Parts

LEAST = 0.75  # lines: what an eye sees as a line that is missing
ASKED_FOR = "a page that was asked for"
FLOAT = "a picture or table"
HEADLINE = "a headline with two lines"


def main() -> None:
    """Print a line for every short page, and how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--copyfit", choices=("on", "off"), default="on")
    options = parser.parse_args()
    typesetter = Typesetter.open(Config())
    order = Order(options=((COPYFIT, options.copyfit),))
    kinds: Counter[str] = Counter()
    feet = pages = 0
    for file in options.files:
        fitting = fitting_of(typesetter, file, order)
        feet += len(fitting.pages) - 1
        pages += len(fitting.pages)
        above = lines_of(fitting.makeup, fitting.pages[-1])
        sys.stdout.write(f"{file.stem}: {len(fitting.pages)} pages, {above} lines on the last\n")
        for number, left, why in short_feet(fitting):
            kinds[why] += 1
            sys.stdout.write(f"  page {number}: {left:.1f} lines, {why}\n")
    sys.stdout.write(f"\n{sum(kinds.values())} of {feet} feet short, {pages} pages\n")
    for why, count in kinds.most_common():
        sys.stdout.write(f"{count:4} {why}\n")


def fitting_of(typesetter: Typesetter, file: Path, order: Order) -> Fitting:
    """Return what stands on which page of an issue."""
    images = {one.name: one.read_bytes() for one in file.parent.iterdir() if one.is_file()}
    accepted = typesetter.accept(file.read_bytes(), order, images)
    with fittings() as found:
        typesetter.plan(accepted)
    return found[-1]


@contextmanager
def fittings() -> Iterator[list[Fitting]]:
    """Keep what make-up puts on which page, of every issue that is planned meanwhile."""
    found: list[Fitting] = []

    filled_pages = plan.filled_pages

    def kept(parts: Parts, setter: TextSetter, paging: Paging) -> tuple[Parts, Fitting]:
        chosen = filled_pages(parts, setter, paging)
        found.append(chosen[1])
        return chosen

    with mock.patch.object(plan, "filled_pages", kept):
        yield found


def short_feet(fitting: Fitting) -> Iterator[tuple[int, float, str]]:
    """Yield (page, lines left free, why) for every page but the last that ends short."""
    makeup, pages = fitting.makeup, fitting.pages
    for number, (page, following) in enumerate(pairwise(pages), start=1):
        left = (makeup.room - page.height) / makeup.pitch
        if left > LEAST:
            is_last = number == len(pages) - 1
            yield number, left, _why(makeup, page, following, is_last=is_last)


def _why(makeup: Makeup, page: PageDraft, following: PageDraft, *, is_last: bool) -> str:
    left, pitch = makeup.room - page.height, makeup.pitch
    units = [makeup.units[number] for number in following.units]
    if not units or (is_last and lines_together(makeup, following.units[0]) * pitch <= left + 1):
        return "before the closing block"
    first = units[0]
    if first.begins_page:
        return ASKED_FOR
    if first.text is None:
        return FLOAT
    if first.text.style in HEADLINES:
        return HEADLINE
    if any(unit.joint is Joint.NEVER for unit in units[1:3]):
        return "a heading with a line"
    if first.height > left:
        return "blank that the grid asks for"
    return "a last line would be alone"


if __name__ == "__main__":
    main()
